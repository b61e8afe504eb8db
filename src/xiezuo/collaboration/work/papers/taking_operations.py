"""Taking a form out of the product as a file: an act, as with every other file."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.collaboration.models import Interference, Letter, Request
from xiezuo.collaboration.work.papers.interference import interference_form
from xiezuo.collaboration.work.papers.parts import Printing, form_of
from xiezuo.collaboration.work.papers.table import FORMS
from xiezuo.collaboration.work.papers.working import letter_content
from xiezuo.papers import Form, MissingFonts, write_form_docx, write_form_pdf
from xiezuo.shared.errors import BadInput, NotThere
from xiezuo.shared.lists import listed

WRITERS = {"docx": write_form_docx, "pdf": write_form_pdf}
LANGUAGE = "zh-hans"


def take_form(*, request: Request, form: str, of: int, ending: str, code: str, by: Actor, now: datetime) -> bytes:  # fmt: skip
    """A form of a request that `by` may read, as a docx or pdf file; `code` is the address that the square code says.

    `of` is the row that is meant, 0 for the request itself. Raises `NotThere` for another form, row or ending.
    """
    kind = FORMS.get(form)
    if kind is None:
        raise NotThere(_("There is no form “%(found)s”.") % {"found": form[:10]})
    printing = Printing(request, of, by, now)
    if of not in [row for row, _words in kind.rows(request, by, printing.today)]:
        raise NotThere(_("There is no such form of this request."))
    with translation.override(LANGUAGE):
        page = form_of(str(kind.title), kind.content(printing), request, code=code, now=now)
    content = _written(page, ending)
    note(request.commission.code, f"request:{request.pk}", f"{form}.{ending}", of, by, now)
    return content


def take_letter(*, lines: Sequence[Letter], ending: str, code: str, on: date, by: Actor, now: datetime) -> bytes:  # fmt: skip
    """A rectification letter for the unit that it went to, which sees the letter and not the request."""
    with as_the_product():
        row = Request.objects.select_related("commission").get(pk=lines[0].request_id)
    with translation.override(LANGUAGE):
        page = form_of(str(FORMS["F9"].title), letter_content(lines, row, on), row, code=code, now=now)
    content = _written(page, ending)
    note(row.commission.code, f"letter:{lines[0].pk}", f"F9.{ending}", lines[0].pk, by, now)
    return content


def take_interference(*, row: Interference, ending: str, code: str, by: Actor, now: datetime) -> bytes:
    """The form of a registered interference, for whoever may read the register."""
    with translation.override(LANGUAGE):
        page = interference_form(row, code=code, now=now)
    content = _written(page, ending)
    note(row.commission.code, f"interference:{row.pk}", f"F15.{ending}", row.pk, by, now)
    return content


def _written(page: Form, ending: str) -> bytes:
    if ending not in WRITERS:
        words = _("A form is printed as %(known)s; found “%(found)s”.")
        raise NotThere(words % {"known": "docx, pdf", "found": ending[:10]})
    try:
        return WRITERS[ending](page)
    except MissingFonts as error:
        words = _("Fonts are missing: %(names)s. Run the set-up again.")
        raise BadInput(words % {"names": listed(error.names)}) from error


def note(commission: str, target: str, file: str, of: int, by: Actor, now: datetime) -> None:  # noqa: PLR0917 - one act
    """Tell the journal which file was taken."""
    record(Act.REQUEST_FORM_TAKEN, by=by, at=now, commission_code=commission, target=target, details={"file": file, "of": of})  # fmt: skip
