"""Screens of entry: moves, ends of posts, people and shares in the division of work."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from xiezuo.accounts.api import actor_of
from xiezuo.organisation import entry_operations as operations
from xiezuo.organisation import forms, policies
from xiezuo.organisation.entering import (
    Screen,
    Step,
    entered,
    not_now,
    person_row,
    post_row,
    post_words,
    take_part,
    unit_row,
)
from xiezuo.organisation.models import Portfolio
from xiezuo.organisation.queries import entry
from xiezuo.organisation.states import Engagement, MoveIn, Sex
from xiezuo.organisation.warnings import Occasion, warnings_of
from xiezuo.shared.errors import NotThere
from xiezuo.shared.periods import OPEN
from xiezuo.ui.blocks import Changed, Difference
from xiezuo.ui.choices import words_of
from xiezuo.ui.links import address


@take_part
@never_cache
def enter_move(request: HttpRequest, unit: int | None = None, person: int | None = None) -> HttpResponse:
    """Someone takes up a post, and perhaps leaves another."""
    initial: dict[str, Any] = {"day": request.day}
    others = ((_("Someone new: add the person first"), address(request, "organisation:add-person")),)
    back = address(request, "organisation:moves")
    if unit is not None:
        place = unit_row(request, unit)
        initial["unit"], back = str(place.pk), address(request, "organisation:unit", place.pk)
    if person is not None:
        someone = person_row(request, person)
        initial |= {"person": f"{entry.named(someone)}（{someone.code}）", "moves": [MoveIn.MOVED.value]}
        others = (
            (
                _("A change in the division of work instead"),
                address(request, "organisation:begin-share", someone.pk),
            ),
        )
        back = address(request, "organisation:person", someone.pk)
    screen = Screen(
        _("Enter a move"), partial(forms.MoveForm, initial=initial), partial(_move_step, request), back,
        _("Who takes up which post, from which day on. Nothing changes before you have seen the ledger before and after."),
        others,
    )  # fmt: skip
    return entered(request, screen)


@take_part
@never_cache
def change_post(request: HttpRequest, pk: int) -> HttpResponse:
    """A post is left for another, or becomes full-time where it is: the form knows what is left."""
    row = post_row(request, pk)
    if reasons := policies.may_move_person(actor_of(request.user), row):
        return not_now(request, row.person_id, reasons)
    part_time = row.engagement == Engagement.PART_TIME
    initial = {
        "person": f"{entry.named(row.person)}（{row.person.code}）", "leaves": str(row.pk), "day": request.day,
        "status": row.status, "unit": str(row.unit_id), "post": row.post, "other_posts": row.other_posts,
        "engagement": Engagement.FULL_TIME.value,
        "moves": [MoveIn.MADE_FULL_TIME.value if part_time else MoveIn.MOVED.value],
    }  # fmt: skip
    back = address(request, "organisation:person", row.person_id)
    screen = Screen(
        _("Change a post"),
        partial(forms.MoveForm, initial=initial),
        partial(_move_step, request),
        back,
        post_words(row),
    )
    return entered(request, screen)


def _move_step(request: HttpRequest, form: forms.MoveForm) -> Step:
    person, day, told = form.cleaned_data["person"], form.cleaned_data["day"], form.told()
    words = {"person": entry.named(person), "unit": entry.unit_named(told["unit"]), "post": told["post"]}
    done = _("Entered: %(person)s, %(unit)s %(post)s.") % words
    if form.leaving is not None:
        act = partial(operations.move_person, assignment=form.leaving, on=day, **told)
        return Step(person, day, act, done, warnings_of(Occasion.POST_ENDS, request, person, day, OPEN))
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
    row = post_row(request, pk)
    if reasons := policies.may_give_up_post(actor_of(request.user), row):
        return not_now(request, row.person_id, reasons)

    def step(form: forms.EndPostForm) -> Step:
        act = partial(operations.give_up_post, assignment=row, **form.cleaned_data)
        done = _("Entered: %(post)s has ended.") % {"post": post_words(row)}
        ends = form.cleaned_data["ends"]
        return Step(
            row.person, ends, act, done, warnings_of(Occasion.POST_ENDS, request, row.person, ends, OPEN)
        )

    back = address(request, "organisation:person", row.person_id)
    form = partial(forms.EndPostForm, initial={"ends": request.day})
    return entered(request, Screen(_("End a post"), form, step, back, post_words(row)))


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
    someone = person_row(request, person)

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
        return not_now(request, share.person_id, reasons)

    def step(form: forms.EndShareForm) -> Step:
        act = partial(operations.end_share, share=share, **form.cleaned_data)
        done = _("Entered: the division of work of %(person)s.") % {"person": entry.named(share.person)}
        return Step(share.person, form.cleaned_data["ends"], act, done)

    back = address(request, "organisation:person", share.person_id)
    form = partial(forms.EndShareForm, initial={"ends": request.day})
    return entered(
        request, Screen(_("End a share in the division of work"), form, step, back, entry.named(share.person))
    )
