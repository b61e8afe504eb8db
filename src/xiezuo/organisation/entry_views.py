"""Screens of entry: a form, the ledger before and after, and only then the change."""

from collections.abc import Callable
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
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiezuo.accounts.api import Actor, actor_of
from xiezuo.organisation import entry_operations as operations
from xiezuo.organisation import forms, policies
from xiezuo.organisation.models import Assignment, Person, Portfolio, Unit
from xiezuo.organisation.queries import entry
from xiezuo.organisation.rehearsal import Rehearsed, rehearse
from xiezuo.organisation.states import Engagement, MoveIn, Sex
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Reason, Refused
from xiezuo.shared.periods import covers
from xiezuo.ui.absence import period_words
from xiezuo.ui.asof import day_query, keep_day
from xiezuo.ui.blocks import Changed, Difference
from xiezuo.ui.choices import words_of
from xiezuo.ui.links import address

HIDDEN = ("csrfmiddlewaretoken", "step", "key")
"""Fields of the page itself, which are not carried from the form to the second step."""

take_part = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Step:
    """A filled form that may become a change: whom it is about, on which day, and how it is done."""

    person: Person | None
    day: date
    act: Callable[..., object]
    done: str
    notes: list[str] = field(default_factory=list)
    difference: Difference | None = None

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
    form: Callable[..., forms.EntryForm]
    step: Callable[[Any], Step]
    back: str
    lead: str = ""
    others: tuple[tuple[str, str], ...] = ()


def entered(request: HttpRequest, screen: Screen) -> HttpResponse:
    """The form, the second step, or the change: whichever the reader asked for."""
    asked = request.POST.get("step", "") if request.method == "POST" else ""
    if asked == "confirm" and operations.form_is_spent(key=_key(request)):
        return _already(request, screen.back)
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
        if fresh:
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


@take_part
@never_cache
def enter_move(request: HttpRequest, unit: int | None = None, person: int | None = None) -> HttpResponse:
    """Someone takes up a post, and perhaps leaves another."""
    initial: dict[str, Any] = {"day": request.day}
    others = ((_("Someone new: add the person first"), address(request, "organisation:add-person")),)
    back = address(request, "organisation:moves")
    if unit is not None:
        place = _unit(request, unit)
        initial["unit"], back = str(place.pk), address(request, "organisation:unit", place.pk)
    if person is not None:
        someone = _person(request, person)
        initial |= {"person": f"{entry.named(someone)}（{someone.code}）", "moves": [MoveIn.MOVED.value]}
        others = (
            (
                _("A change in the division of work instead"),
                address(request, "organisation:begin-share", someone.pk),
            ),
        )
        back = address(request, "organisation:person", someone.pk)
    screen = Screen(
        _("Enter a move"), partial(forms.MoveForm, initial=initial), _move_step, back,
        _("Who takes up which post, from which day on. Nothing changes before you have seen the ledger before and after."),
        others,
    )  # fmt: skip
    return entered(request, screen)


@take_part
@never_cache
def change_post(request: HttpRequest, pk: int) -> HttpResponse:
    """A post is left for another, or becomes full-time where it is: the form knows what is left."""
    row = _post(request, pk)
    if reasons := policies.may_move_person(actor_of(request.user), row):
        return _not_now(request, row.person_id, reasons)
    part_time = row.engagement == Engagement.PART_TIME
    initial = {
        "person": f"{entry.named(row.person)}（{row.person.code}）", "leaves": str(row.pk), "day": request.day,
        "status": row.status, "unit": str(row.unit_id), "post": row.post, "other_posts": row.other_posts,
        "engagement": Engagement.FULL_TIME.value,
        "moves": [MoveIn.MADE_FULL_TIME.value if part_time else MoveIn.MOVED.value],
    }  # fmt: skip
    back = address(request, "organisation:person", row.person_id)
    screen = Screen(
        _("Change a post"), partial(forms.MoveForm, initial=initial), _move_step, back, _post_words(row)
    )
    return entered(request, screen)


def _move_step(form: forms.MoveForm) -> Step:
    person, day, told = form.cleaned_data["person"], form.cleaned_data["day"], form.told()
    words = {"person": entry.named(person), "unit": entry.unit_named(told["unit"]), "post": told["post"]}
    done = _("Entered: %(person)s, %(unit)s %(post)s.") % words
    if form.leaving is not None:
        return Step(
            person, day, partial(operations.move_person, assignment=form.leaving, on=day, **told), done
        )
    origin = {"from_unit": form.unit_of("from_unit"), "from_outside": form.cleaned_data["from_outside"]}
    act = partial(operations.take_up_post, person=person, starts=day, **origin, **told)
    return Step(person, day, act, done, _new_word(form, told["post"]))


def _new_word(form: forms.EntryForm, post: str) -> list[str]:
    if entry.post_is_known(form.commission, post):
        return []
    return [
        _("Nobody in this ledger has held a post called “%(post)s”; check that the word is meant.")
        % {"post": post}
    ]


@take_part
@never_cache
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """A post is given up."""
    row = _post(request, pk)
    if reasons := policies.may_give_up_post(actor_of(request.user), row):
        return _not_now(request, row.person_id, reasons)

    def step(form: forms.EndPostForm) -> Step:
        act = partial(operations.give_up_post, assignment=row, **form.cleaned_data)
        done = _("Entered: %(post)s has ended.") % {"post": _post_words(row)}
        return Step(row.person, form.cleaned_data["ends"], act, done)

    back = address(request, "organisation:person", row.person_id)
    form = partial(forms.EndPostForm, initial={"ends": request.day})
    return entered(request, Screen(_("End a post"), form, step, back, _post_words(row)))


@take_part
@never_cache
def correct_post(request: HttpRequest, pk: int) -> HttpResponse:
    """What the ledger says of a post is wrong."""
    row = _post(request, pk)
    if reasons := policies.may_correct_post(actor_of(request.user), row):
        return _not_now(request, row.person_id, reasons)

    def step(form: forms.CorrectPostForm) -> Step:
        act = partial(
            operations.correct_post, assignment=row, changes=form.told(), reason=form.cleaned_data["reason"]
        )
        done = _("Corrected: %(post)s. What was known before is kept.") % {"post": _post_words(row)}
        told = form.told()
        return Step(row.person, _day_inside(request, told["starts"], told["ends"]), act, done)

    back = address(request, "organisation:person", row.person_id)
    form = partial(forms.CorrectPostForm, initial=forms.said_by(row))
    strike = (_("This post was never held"), address(request, "organisation:strike-post", row.pk))
    lead = _("%(post)s. A correction is for what was entered wrongly; a change that happened is a move.")
    return entered(
        request, Screen(_("Correct a post"), form, step, back, lead % {"post": _post_words(row)}, (strike,))
    )


@take_part
@never_cache
def strike_post(request: HttpRequest, pk: int) -> HttpResponse:
    """A post was never held."""
    row = _post(request, pk)
    if reasons := policies.may_strike_post(actor_of(request.user), row):
        return _not_now(request, row.person_id, reasons)

    def step(form: forms.StrikePostForm) -> Step:
        act = partial(operations.strike_post, assignment=row, reason=form.cleaned_data["reason"])
        return Step(
            row.person,
            _day_inside(request, row.starts, row.ends),
            act,
            _("Struck: %(post)s. What was known before is kept.") % {"post": _post_words(row)},
        )

    back = address(request, "organisation:person", row.person_id)
    return entered(
        request,
        Screen(_("Strike a post that was never held"), forms.StrikePostForm, step, back, _post_words(row)),
    )


@take_part
@never_cache
def add_person(request: HttpRequest) -> HttpResponse:
    """Someone new to the ledger."""

    def step(form: forms.PersonForm) -> Step:
        told = form.cleaned_data
        summary = f"{words_of(Sex, told['sex'])} · {told['code']}"
        difference = Difference([Changed(told["name"], None, summary)])
        same = entry.people_meant(form.commission, told["name"])
        notes = [_("There is already someone called %(name)s, with the code %(code)s.") % {"name": told["name"], "code": each.code} for each in same]  # fmt: skip
        act = partial(operations.add_person, commission=form.commission, **told)
        done = _("Added: %(name)s (%(code)s). Enter the first post.") % told
        return Step(None, request.day, act, done, notes, difference)

    form = partial(forms.PersonForm, initial={"code": entry.free_code(request.commission)})
    lead = _("No more than is needed to name someone; posts are entered afterwards.")
    return entered(
        request, Screen(_("Add a person"), form, step, address(request, "organisation:enter-move"), lead)
    )


@take_part
@never_cache
def begin_share(request: HttpRequest, person: int) -> HttpResponse:
    """A leader's share in the division of work begins."""
    someone = _person(request, person)

    def step(form: forms.ShareForm) -> Step:
        told = {name: form.cleaned_data[name] for name in ("line", "mode", "starts", "basis")}
        act = partial(operations.begin_share, person=someone, unit=form.unit_of("unit"), **told)
        return Step(
            someone,
            told["starts"],
            act,
            _("Entered: the division of work of %(person)s.") % {"person": entry.named(someone)},
        )

    back = address(request, "organisation:person", someone.pk)
    form = partial(forms.ShareForm, initial={"starts": request.day})
    return entered(
        request, Screen(_("Enter a share in the division of work"), form, step, back, entry.named(someone))
    )


@take_part
@never_cache
def end_share(request: HttpRequest, pk: int) -> HttpResponse:
    """A leader's share in the division of work ends."""
    share = Portfolio.objects.filter(commission=request.commission, pk=pk).select_related("person").first()
    if share is None:
        raise NotThere(_("There is no such entry in this ledger."))
    if reasons := policies.may_end_share(actor_of(request.user), share):
        return _not_now(request, share.person_id, reasons)

    def step(form: forms.EndShareForm) -> Step:
        act = partial(operations.end_share, share=share, **form.cleaned_data)
        done = _("Entered: the division of work of %(person)s.") % {"person": entry.named(share.person)}
        return Step(share.person, form.cleaned_data["ends"], act, done)

    back = address(request, "organisation:person", share.person_id)
    form = partial(forms.EndShareForm, initial={"ends": request.day})
    return entered(
        request, Screen(_("End a share in the division of work"), form, step, back, entry.named(share.person))
    )


def _day_inside(request: HttpRequest, starts: date, ends: date) -> date:
    """The day of the page if the post is held then, otherwise the first day on which it is."""
    return request.day if covers(starts, ends, request.day) else starts


def _post_words(row: Assignment) -> str:
    unit = entry.unit_named(row.unit)
    return f"{entry.named(row.person)} · {unit} {row.post}（{period_words(row.starts, row.ends)}）"


def _not_now(request: HttpRequest, person: int, reasons: list[Reason]) -> HttpResponse:
    """Back to the person as the ledger has them now, with the reasons; they may be that the form was sent twice."""
    back = reverse("organisation:person", args=[person])
    if request.POST.get("step") == "confirm" and operations.form_is_spent(key=_key(request)):
        return _already(request, back)
    for reason in reasons:
        messages.error(request, reason.text)
    return HttpResponseRedirect(keep_day(back, day_query(request)))


def _post(request: HttpRequest, pk: int) -> Assignment:
    held = Assignment.objects.filter(commission=request.commission, pk=pk).select_related(
        "person", "unit", "commission"
    )
    return _there(held.first())


def _person(request: HttpRequest, pk: int) -> Person:
    return _there(Person.objects.filter(commission=request.commission, pk=pk).first())


def _unit(request: HttpRequest, pk: int) -> Unit:
    return _there(Unit.objects.filter(commission=request.commission, pk=pk).first())


def _there(found: Any) -> Any:
    if found is None:
        raise NotThere(_("There is no such entry in this ledger."))
    return found
