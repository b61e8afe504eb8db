"""How something is entered: a form, the ledger before and after, and only then the change, or its proposal."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xiezuo.accounts.api import Actor, actor_of
from xiezuo.organisation import entry_operations as operations
from xiezuo.organisation import forms
from xiezuo.organisation.models import Assignment, Person, Unit
from xiezuo.organisation.queries import entry
from xiezuo.organisation.rehearsal import Rehearsed, rehearse
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Reason, Refused
from xiezuo.shared.periods import covers
from xiezuo.ui.absence import period_words
from xiezuo.ui.asof import day_query, keep_day
from xiezuo.ui.blocks import Difference
from xiezuo.ui.words import Words

HIDDEN = ("csrfmiddlewaretoken", "step", "key")
"""Fields of the page itself, which are not carried from the form to the second step."""

take_part = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Step:
    """A filled form that may become a change: whom it is about, on which day, and how it is done.

    Where a second person must agree, `propose` is done instead of `act` (told `key` too), which is shown only.
    """

    person: Person | None
    day: date
    act: Callable[..., object]
    done: str
    notes: Sequence[Words] = field(default_factory=list)
    difference: Difference | None = None
    propose: Callable[..., object] | None = None

    def rehearsed(self, by: Actor, now: datetime) -> Rehearsed:
        """The ledger before and after. Raises `Refused` with what stands against it."""
        act = partial(self.act, by=by, now=now)
        if self.person is not None:
            return rehearse(self.person, self.day, act)
        mark = transaction.savepoint()
        try:
            act()
        finally:
            transaction.savepoint_rollback(mark)
        return Rehearsed(self.difference or Difference([]), ())


@dataclass(frozen=True)
class Screen:
    """One kind of entry: its words, its form, and what a filled form means."""

    title: str
    form: Callable[..., forms.EntryForm] | None
    """None where there is nothing to fill in: the page begins with what would change."""
    step: Callable[[Any], Step]
    back: str
    lead: str = ""
    others: tuple[tuple[str, str], ...] = ()
    confirm: str = ""
    """The words of the last button, where they are not those of an entry into the ledger."""

    @property
    def one_step(self) -> bool:
        """Whether there is nothing to fill in; a template would call `form`."""
        return self.form is None


def entered(request: HttpRequest, screen: Screen) -> HttpResponse:
    """The form, the second step, or the change: whichever the reader asked for."""
    asked = request.POST.get("step", "") if request.method == "POST" else ""
    if asked == "confirm" and operations.form_is_spent(key=_key(request)):
        return _already(request, screen.back)
    if screen.form is None:
        step = screen.step(None)
        return _confirm(request, screen, step) if asked == "confirm" else _check_page(request, screen, step)
    if asked not in ("check", "confirm", "edit"):
        return _form_page(request, screen, screen.form(commission=request.commission))
    form = screen.form(request.POST, commission=request.commission)
    if asked == "edit" or not form.is_valid():
        return _form_page(request, screen, form)
    try:
        step = screen.step(form)
        return _confirm(request, screen, step) if asked == "confirm" else _check_page(request, screen, step)
    except Refused as refused:
        form.tell(refused.reasons)
        return _form_page(request, screen, form)


def _form_page(request: HttpRequest, screen: Screen, form: forms.EntryForm) -> HttpResponse:
    context = {
        "page_title": screen.title, "screen": screen, "form": form,
        "people_offered": entry.people_offered(request.commission) if "person" in form.fields else [],
        "posts_offered": entry.posts_offered(request.commission) if "post" in form.fields else [],
    }  # fmt: skip
    return render(request, "organisation/entry_form.html", context)


def _check_page(request: HttpRequest, screen: Screen, step: Step) -> HttpResponse:
    rehearsed = step.rehearsed(actor_of(request.user), clock.now())
    context = {
        "page_title": screen.title, "screen": screen, "key": uuid4(),
        "difference": rehearsed.difference, "notes": [*step.notes, *rehearsed.notes],
        "kept": [(name, value) for name in request.POST if name not in HIDDEN for value in request.POST.getlist(name)],
    }  # fmt: skip
    return render(request, "organisation/entry_check.html", context)


def _confirm(request: HttpRequest, screen: Screen, step: Step) -> HttpResponse:
    """Do it once: the same form sent again finds its key spent and changes nothing."""
    by, now = actor_of(request.user), clock.now()
    with transaction.atomic():
        fresh = operations.spend_form(key=_key(request), by=by, now=now)
        if fresh and step.propose is not None:
            step.propose(key=_key(request), by=by, now=now)
        elif fresh:
            step.act(by=by, now=now)
    if not fresh:
        return _already(request, screen.back)
    messages.success(request, step.done)
    return HttpResponseRedirect(_on_day(screen.back, step.day))


def _already(request: HttpRequest, back: str) -> HttpResponse:
    """The page that the first confirmation led to."""
    messages.info(request, _("This form was already entered; nothing was changed a second time."))
    return HttpResponseRedirect(_on_day(back, _day_sent(request)))


def _day_sent(request: HttpRequest) -> date:
    for name in forms.DAY_FIELDS:
        with suppress(ValidationError):
            return forms.day_field("").clean(request.POST.get(name, ""))
    return request.day


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise BadInput(_("The form came without its key. Go back, look at the change again and confirm it there.")) from error  # fmt: skip


def _on_day(back: str, day: date) -> str:
    """The page that the reader came from, on the day of the change."""
    return keep_day(back.split("?", maxsplit=1)[0], "" if day == clock.today() else f"on={day.isoformat()}")


def day_inside(request: HttpRequest, starts: date, ends: date) -> date:
    """The day of the page if the post is held then, otherwise the first day on which it is."""
    return request.day if covers(starts, ends, request.day) else starts


def post_words(row: Assignment) -> str:
    """A post in words: whose, where, what, from when to when."""
    unit = entry.unit_named(row.unit)
    return f"{entry.named(row.person)} · {unit} {row.post}（{period_words(row.starts, row.ends)}）"


def not_now(request: HttpRequest, person: int, reasons: list[Reason]) -> HttpResponse:
    """Back to the person as the ledger has them now, with the reasons; they may be that the form was sent twice."""
    back = reverse("organisation:person", args=[person])
    if request.POST.get("step") == "confirm" and operations.form_is_spent(key=_key(request)):
        return _already(request, back)
    for reason in reasons:
        messages.error(request, reason.text)
    return HttpResponseRedirect(keep_day(back, day_query(request)))


def post_row(request: HttpRequest, pk: int) -> Assignment:
    """The post of this number in the ledger of the page. Raises `NotThere`."""
    held = Assignment.objects.filter(commission=request.commission, pk=pk).select_related(
        "person", "unit", "commission"
    )
    return _there(held.first())


def person_row(request: HttpRequest, pk: int) -> Person:
    """The person of this number in the ledger of the page. Raises `NotThere`."""
    return _there(Person.objects.filter(commission=request.commission, pk=pk).first())


def unit_row(request: HttpRequest, pk: int) -> Unit:
    """The unit of this number in the ledger of the page. Raises `NotThere`."""
    return _there(Unit.objects.filter(commission=request.commission, pk=pk).first())


def _there(found: Any) -> Any:
    if found is None:
        raise NotThere(_("There is no such entry in this ledger."))
    return found
