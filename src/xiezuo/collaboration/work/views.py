"""The page of the work of a request, and its printed forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import Actor, step_up_required
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.queries import work as queries
from xiezuo.collaboration.queries.interference import interference_shown
from xiezuo.collaboration.queries.requests import request_shown
from xiezuo.collaboration.requests.asking_views import by
from xiezuo.collaboration.requests.wording import number_words
from xiezuo.collaboration.work import shown
from xiezuo.collaboration.work.papers.table import FORMS
from xiezuo.collaboration.work.papers.taking_operations import take_form, take_interference, take_letter
from xiezuo.collaboration.work.papers.working import letter_number
from xiezuo.shared import clock
from xiezuo.ui.links import address, whole_address

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_safe
@never_cache
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan, tasks, log, meetings, letters, index and evaluation of one request, with its forms to print."""
    row, actor, on = request_shown(request.commission, pk), by(request), clock.today()
    context = shown.page_of(request, row, actor, on)
    number = number_words(row.year, row.number)
    context |= {
        "page_title": _("Work on %(number)s") % {"number": number}, "number": number, "printed": printed(row, actor, on),
        "back": address(request, "collaboration:request", row.pk),
    }  # fmt: skip
    return render(request, "collaboration/work/work.html", context)


@dataclass(frozen=True)
class Sheet:
    """One form that can be printed now: code, title, and of which row."""

    code: str
    title: Any
    rows: Sequence[tuple[int, str]]


def printed(row: Request, actor: Actor, on: date) -> list[Sheet]:
    """The forms that can be printed of a request now, with the eyes of the reader."""
    found = [Sheet(kind.code, kind.title, kind.rows(row, actor, on)) for kind in FORMS.values()]
    return [each for each in found if each.rows]


@step_up_required
@require_safe
@never_cache
def form(request: HttpRequest, pk: int, code: str, of: int, ending: str) -> HttpResponse:
    """One printed form, for whoever may read the request; it says no more than its page."""
    row = request_shown(request.commission, pk)
    to = whole_address(request, reverse("collaboration:request", args=[pk]))
    content = take_form(
        request=row, form=code, of=of, ending=ending, code=to, by=by(request), now=clock.now()
    )
    return _file(content, f"{row.year}-{row.number}-{code}.{ending}", ending)


@step_up_required
@require_safe
@never_cache
def letter_form(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """A rectification letter on paper, for the unit that it went to as well."""
    lines = queries.letter_shown(request.commission, pk)
    to = whole_address(request, reverse("collaboration:letter", args=[lines[0].pk]))
    content = take_letter(lines=lines, ending=ending, code=to, on=clock.today(), by=by(request), now=clock.now())  # fmt: skip
    return _file(content, f"{letter_number(lines[0])}.{ending}", ending)


@step_up_required
@require_safe
@never_cache
def interference_form(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The form of a registered interference, for whoever may read the register."""
    row = interference_shown(request.commission, pk)
    to = whole_address(request, reverse("collaboration:interference", args=[pk]))
    content = take_interference(row=row, ending=ending, code=to, by=by(request), now=clock.now())
    return _file(content, f"{row.year}-{row.number}-F15.{ending}", ending)


def _file(content: bytes, name: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
