"""Taking agenda or minutes out of the product as a file: an act, as with every other file."""

from datetime import datetime

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import Act
from xiezuo.papers import MissingFonts, write_form_docx, write_form_pdf
from xiezuo.shared.errors import BadInput, NotThere
from xiezuo.shared.lists import listed
from xiezuo.zones.meetings.operations import note
from xiezuo.zones.meetings.paper import AGENDA, MINUTES, paper_of
from xiezuo.zones.models import ZoneMeeting

WRITERS = {"docx": write_form_docx, "pdf": write_form_pdf}


def take_paper(*, meeting: ZoneMeeting, what: str, ending: str, code: str, by: Actor, now: datetime) -> bytes:
    """Agenda or minutes as a docx or pdf file; `code` is the address that the square code says.

    Raises `NotThere` for another paper or ending.
    """
    if what not in (AGENDA, MINUTES) or ending not in WRITERS:
        words = _("A meeting is printed as %(known)s; found “%(found)s”.")
        raise NotThere(words % {"known": "agenda, minutes; docx, pdf", "found": f"{what[:10]}.{ending[:10]}"})
    try:
        content = WRITERS[ending](paper_of(meeting, what, code=code, now=now))
    except MissingFonts as error:
        words = _("Fonts are missing: %(names)s. Run the set-up again.")
        raise BadInput(words % {"names": listed(error.names)}) from error
    note(Act.ZONE_PAPER_TAKEN, meeting, {"file": f"{what}.{ending}"}, by=by, now=now)
    return content
