"""Taking the form of a loan out of the product as a file: an act, as with every other file."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import Act
from xiezuo.collaboration.loans.operations import note
from xiezuo.collaboration.loans.paper import paper_of
from xiezuo.collaboration.models import Loan
from xiezuo.papers import MissingFonts, write_form_docx, write_form_pdf
from xiezuo.shared.errors import BadInput, NotThere
from xiezuo.shared.lists import listed

WRITERS = {"docx": write_form_docx, "pdf": write_form_pdf}


@transaction.atomic
def take_paper(*, loan: Loan, ending: str, code: str, by: Actor, now: datetime) -> bytes:
    """The form as a docx or pdf file; `code` is the address that the square code says. Raises `NotThere`."""
    if ending not in WRITERS:
        raise NotThere(_("A form is printed as docx or pdf; found “%(found)s”.") % {"found": ending[:10]})
    try:
        content = WRITERS[ending](paper_of(loan, code=code, now=now))
    except MissingFonts as error:
        words = _("Fonts are missing: %(names)s. Run the set-up again.")
        raise BadInput(words % {"names": listed(error.names)}) from error
    note(Act.REQUEST_FORM_TAKEN, loan, {"file": ending}, by=by, now=now)
    return content
