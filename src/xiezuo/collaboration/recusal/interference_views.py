"""Screens of the register of interference: filing for everybody, the register for leaders outside the matter and the auditor."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.accounts.api import Actor, actor_of, list_response, origin_of
from xiezuo.collaboration.models import Interference, Intervener
from xiezuo.collaboration.queries import interference as queries
from xiezuo.collaboration.queries.requests import request_shown
from xiezuo.collaboration.recusal import interference_operations as operations
from xiezuo.collaboration.recusal import interference_policies as policies
from xiezuo.collaboration.recusal import interference_shown as shown
from xiezuo.collaboration.recusal.interference_filed import number_filed
from xiezuo.collaboration.recusal.interference_forms import (
    FilingForm,
    NoteForm,
    PaperFilingForm,
    first_values,
)
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, Refused, refuse_if
from xiezuo.ui.links import address, row_linker
from xiezuo.ui.listing import Listing

take_part = require_http_methods(["GET", "HEAD", "POST"])


def by(request: HttpRequest) -> Actor:
    """Who acts."""
    return actor_of(request.user, origin_of(request))


@require_safe
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """Entries of matters in which the reader takes no part, the newest first; without names, and never taken out."""
    refuse_if(policies.may_read(by(request), request.commission.pk))
    rows = [shown.list_row(row) for row in queries.register_of(request.commission)]
    listing = Listing(
        request, shown.list_columns(), rows, title=_("Register of interference"), extra=("pk",), exports=False,
        row_link=row_linker(request, "collaboration:interference", "pk"), empty=_("Nothing that you may read has been filed."),
    )  # fmt: skip
    context = {"file_href": _file_href(request)}
    return list_response(request, listing, "collaboration/interference/list.html", context)


def _file_href(request: HttpRequest) -> str:
    refused = policies.may_file(by(request), request.commission.pk)
    return "" if refused else address(request, "collaboration:file-interference")


@take_part
@never_cache
def file(request: HttpRequest) -> HttpResponse:
    """File an interference; `request` in the address names the matter."""
    refuse_if(policies.may_file(by(request), request.commission.pk))
    return _filing(request, FilingForm, operations.file_interference, paper=False)


@take_part
@never_cache
def file_paper(request: HttpRequest) -> HttpResponse:
    """Enter what somebody filed on paper."""
    refuse_if(policies.may_file_from_paper(by(request), request.commission.pk, took_part=False))
    return _filing(request, PaperFilingForm, operations.file_from_paper, paper=True)


def _filing(request: HttpRequest, kind: type[FilingForm], operation: Callable[..., str], *, paper: bool) -> HttpResponse:  # fmt: skip
    matter = _matter(request)
    form = kind(request.POST or None, initial=first_values(on=clock.today()))
    if form.is_bound and form.is_valid():
        try:
            number = operation(
                commission=request.commission, filing=form.filing(matter), key=form.cleaned_data["key"], by=by(request), now=clock.now()
            )  # fmt: skip
        except Refused as refused:
            form.tell(refused.reasons)
        else:
            messages.success(request, _("It is registered under the number %(number)s. Keep this number.") % {"number": number})  # fmt: skip
            return HttpResponseRedirect(address(request, "collaboration:interference-filed"))
    context = {
        "page_title": _("Enter a filing of interference from paper") if paper else _("File an interference"), "form": form, "paper": paper,
        "of_matter": matter is not None, "back": address(request, "home:work"),
        "paper_href": "" if paper or policies.may_file_from_paper(by(request), request.commission.pk, took_part=False)
        else address(request, "collaboration:file-interference-paper"),
    }  # fmt: skip
    return render(
        request, "collaboration/interference/file.html", context, status=422 if form.errors else 200
    )


def _matter(request: HttpRequest) -> int | None:
    """The matter that the address names, as far as the reader reads it. Raises `BadInput`, `NotThere`."""
    asked = request.GET.get("request", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit()):
        raise BadInput(_("“%(found)s” is no number.") % {"found": asked[:20]})
    found: int = request_shown(request.commission, int(asked[:12])).pk
    return found


@require_safe
@never_cache
def filed(request: HttpRequest) -> HttpResponse:
    """What becomes of a filing; whoever filed sees nothing more of it."""
    return render(request, "collaboration/interference/filed.html", {"page_title": _("The filing is registered"), "back": address(request, "home:work")})  # fmt: skip


@require_safe
@never_cache
def interference(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry without its name, what was done about it, and a button to read the name."""
    refuse_if(policies.may_read(by(request), request.commission.pk))
    return _page(request, queries.interference_shown(request.commission, pk), NoteForm())


@require_POST
@never_cache
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with the name; each reading is an act."""
    row = queries.interference_shown(request.commission, pk)
    read = operations.read_intervener(interference=row, by=by(request), now=clock.now())
    return _page(request, row, NoteForm(), read)


@require_POST
@never_cache
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done."""
    row, form = queries.interference_shown(request.commission, pk), NoteForm(request.POST)
    refuse_if(policies.may_note(by(request), request.commission.pk))
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("said", "sure", "key")}
        try:
            operations.note_step(interference=row, **given, by=by(request), now=clock.now())
        except Refused as refused:
            form.tell(refused.reasons)
        else:
            messages.success(request, _("It has been noted."))
            return HttpResponseRedirect(address(request, "collaboration:interference", pk))
    return _page(request, row, form)


def _page(request: HttpRequest, row: Interference, form: NoteForm, read: Intervener | None = None) -> HttpResponse:  # fmt: skip
    number = number_filed(row.year, row.number)
    context: dict[str, Any] = {
        "page_title": _("Register of interference: %(number)s") % {"number": number}, "row": row, "read": read,
        "facts": shown.facts_of(row, queries.matter_pointed_at(row)), "steps": shown.steps_table(queries.steps_of(row)), "form": form,
        "may_not_note": policies.may_note(by(request), request.commission.pk), "back": address(request, "collaboration:interferences"),
        "name_href": address(request, "collaboration:interference-name", row.pk),
        "note_href": address(request, "collaboration:note-interference", row.pk),
    }  # fmt: skip
    return render(
        request, "collaboration/interference/page.html", context, status=422 if form.errors else 200
    )
