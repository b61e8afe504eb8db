"""Screens of corrections: what the ledger says of a post is wrong, or the post was never held. A second person agrees."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from xiezuo.accounts.api import actor_of
from xiezuo.organisation import correction_operations as operations
from xiezuo.organisation import forms, policies
from xiezuo.organisation.corrected import kept_changes
from xiezuo.organisation.entering import (
    Screen,
    Step,
    day_inside,
    entered,
    not_now,
    post_row,
    post_words,
    take_part,
)
from xiezuo.organisation.events import correction_asked_for
from xiezuo.organisation.models import Assignment
from xiezuo.organisation.proposals import Proposed, proposals_of
from xiezuo.shared.errors import Reason
from xiezuo.shared.periods import OPEN
from xiezuo.ui.links import address


@take_part
@never_cache
def correct_post(request: HttpRequest, pk: int) -> HttpResponse:
    """What the ledger says of a post is wrong."""
    row = post_row(request, pk)
    under_way = proposals_of([row.pk]).get(row.pk)
    if reasons := _against(request, row, under_way):
        return not_now(request, row.person_id, reasons)

    def step(form: forms.CorrectPostForm) -> Step:
        said, reason = form.told(), form.cleaned_data["reason"]
        act = partial(_rehearsed(operations.correct_post, row, reason), changes=said)
        kept = kept_changes(row, said)
        done = _("Proposed: a correction of %(post)s. It takes effect once a second person has agreed.")
        return Step(
            row.person, day_inside(request, said["starts"], said["ends"]), act, done % {"post": post_words(row)},
            propose=_proposal(row, kept, reason),
        )  # fmt: skip

    back = address(request, "organisation:person", row.person_id)
    form = partial(forms.CorrectPostForm, initial={**forms.said_by(row), **_said_before(under_way)})
    strike = (_("This post was never held"), address(request, "organisation:strike-post", row.pk))
    lead = _("%(post)s. A correction is for what was entered wrongly; a change that happened is a move.")
    return entered(request, Screen(
        _("Correct a post"), form, step, back, lead % {"post": post_words(row)}, (strike,), _("Propose the correction"),
    ))  # fmt: skip


@take_part
@never_cache
def strike_post(request: HttpRequest, pk: int) -> HttpResponse:
    """A post was never held."""
    row = post_row(request, pk)
    under_way = proposals_of([row.pk]).get(row.pk)
    if reasons := _against(request, row, under_way):
        return not_now(request, row.person_id, reasons)

    def step(form: forms.StrikePostForm) -> Step:
        reason = form.cleaned_data["reason"]
        done = _("Proposed: %(post)s was never held. It is struck once a second person has agreed.")
        return Step(
            row.person, day_inside(request, row.starts, row.ends), _rehearsed(operations.strike_post, row, reason),
            done % {"post": post_words(row)}, propose=_proposal(row, {}, reason),
        )  # fmt: skip

    back = address(request, "organisation:person", row.person_id)
    form = partial(forms.StrikePostForm, initial=_said_before(under_way))
    return entered(request, Screen(
        _("Strike a post that was never held"), form, step, back, post_words(row), (), _("Propose the correction"),
    ))  # fmt: skip


def _against(request: HttpRequest, row: Assignment, under_way: Proposed | None) -> list[Reason]:
    """What stands against proposing it; one that was returned may be mended by whoever it was returned to."""
    reasons = policies.may_correct_post(actor_of(request.user), row)
    if under_way is None or under_way.returned:
        return reasons
    words = _("A correction of this post is being decided already: %(number)s.")
    return [*reasons, Reason("under-way", words % {"number": under_way.number})]


def _rehearsed(act: Callable[..., object], row: Assignment, reason: str) -> Callable[..., object]:
    return partial(act, assignment=row, reason=reason, decided=operations.IN_REHEARSAL)


def _proposal(row: Assignment, changes: Mapping[str, Any], reason: str) -> Callable[..., object]:
    told = {"assignment": row, "changes": dict(changes), "strikes": not changes, "reason": reason}
    return partial(correction_asked_for.publish, **told)


def _said_before(under_way: Proposed | None) -> dict[str, Any]:
    """What was proposed and returned, so that it can be mended instead of entered anew."""
    if under_way is None:
        return {}
    ends = {"ends": None} if under_way.changes.get("ends") == OPEN.isoformat() else {}
    return {**under_way.changes, **ends, "reason": under_way.reason}
