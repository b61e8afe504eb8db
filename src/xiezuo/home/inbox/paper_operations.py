"""Taking a printed form out of the product: an act, as with every other file."""

from datetime import datetime

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.approvals.api import Approval
from xiezuo.audit.api import Act, record
from xiezuo.home.inbox.paper import form_of
from xiezuo.papers import MissingFonts, write_form_docx, write_form_pdf
from xiezuo.shared.errors import BadInput, NotThere
from xiezuo.shared.lists import listed

WRITERS = {"docx": write_form_docx, "pdf": write_form_pdf}


def take_form(*, approval: Approval, ending: str, code: str, by: Actor, now: datetime) -> bytes:
    """The form as a docx or pdf file; `code` is what its square code says. Raises `NotThere` for another ending."""
    if ending not in WRITERS:
        words = _("A form is printed as %(known)s; found “%(found)s”.")
        raise NotThere(words % {"known": "docx, pdf", "found": ending[:10]})
    try:
        content = WRITERS[ending](form_of(approval, code=code, by=by, now=now))
    except MissingFonts as error:
        words = _("Fonts are missing: %(names)s. Run the set-up again.")
        raise BadInput(words % {"names": listed(error.names)}) from error
    target = f"approval:{approval.pk} {approval.kind} {approval.year}-{approval.number}"
    details = {"file": f"form.{ending}", "edition": approval.edition}
    record(
        Act.FORM_TAKEN,
        by=by,
        at=now,
        commission_code=approval.commission.code,
        target=target,
        details=details,
    )
    return content
