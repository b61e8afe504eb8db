"""Figures of requests: submitted, open, decided and how soon, overdue, extended; and of what was found and put right.

They count matters and no persons. A request counts from the day of its first submission; one that acted first, from the
day on which it was begun. A draft never counts.
"""

import statistics
from collections.abc import Sequence
from typing import Any

from django.db.models import (  # fmt: skip
    Case,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.collaboration.models import Letter, Request, RequestMove
from xiezuo.collaboration.states import ASKED, AT_WORK, ENDED, LetterOutcome, RequestState, RequestVerb
from xiezuo.figures.api import Asked, Balance, Column, Figure, between
from xiezuo.organisation.columns import unit_column
from xiezuo.rules.api import with_working_days
from xiezuo.rules.models import WorkRule
from xiezuo.rules.states import RuleKind
from xiezuo.zones.models import ZoneRecord

Rows = QuerySet[Any, Any]
FIRST_PLACE = 860
"""Where the collaboration stands among the figures."""
MATTERS = pgettext_lazy("unit of count", "matters")
PROBLEMS = pgettext_lazy("unit of count", "problems")
TIMES = pgettext_lazy("unit of count", "times")
WAITING = (*ASKED, RequestState.RETURNED)


def submitted_ever(asked: Asked) -> Rows:
    """Every request that has its number, with the instant from which it counts."""
    rows = Request.objects.filter(number__isnull=False)
    return asked.of_commissions(rows.annotate(position=F("pk"), came_at=Coalesce("submitted_at", "begun_at")))


def submitted(asked: Asked) -> Rows:
    """Submitted first in the period."""
    rows = submitted_ever(asked).filter(came_at__gte=asked.begins, came_at__lt=asked.closes)
    return rows.annotate(day=TruncDate("came_at"), then=F("state"))


def decided(asked: Asked) -> Rows:
    """Approved or refused in the period, by the last decision; what was withdrawn was not decided."""
    rows = submitted_ever(asked).exclude(state=RequestState.WITHDRAWN)
    inside = rows.filter(decided_at__gte=asked.begins, decided_at__lt=asked.closes)
    return inside.annotate(day=TruncDate("decided_at"), then=F("state"), begun=TruncDate("came_at"))


LATE = Q(day__gt=F("decide_by"))
"""Decided after the day by which its rule wanted a decision."""


def open_on(asked: Asked) -> Rows:
    """Submitted by the end of the day and neither ended nor refused by then, each with the state that it then was in."""
    moves = RequestMove.objects.filter(request=OuterRef("pk"), at__lt=asked.nightfall).order_by("-version")
    rows = submitted_ever(asked).filter(came_at__lt=asked.nightfall)
    return rows.annotate(then=Subquery(moves.values("state")[:1])).exclude(then__in=ENDED)


def overdue(asked: Asked) -> Rows:
    """Open on the day and past the day by which it was to be decided, or the work to be reported."""
    undecided = Q(decided_at=None) | Q(decided_at__gte=asked.nightfall)
    unreported = Q(reported_on=None) | Q(reported_on__gt=asked.day)
    late = (Q(decide_by__lt=asked.day) & undecided & ~Q(then__in=AT_WORK)) | (
        Q(due_on__lt=asked.day) & unreported & Q(then__in=AT_WORK)
    )
    return open_on(asked).filter(late)


def _extended(asked: Asked) -> Rows:
    moves = RequestMove.objects.filter(verb=RequestVerb.EXTEND, at__gte=asked.begins, at__lt=asked.closes)
    named = moves.annotate(commission_id=F("request__commission_id"), position=F("pk"), day=TruncDate("at"))
    return asked.of_commissions(named)


def found(asked: Asked) -> Rows:
    """Problems in rectification letters sent in the period; a problem that is sent again is no new one."""
    rows = Letter.objects.filter(again=None).annotate(commission_id=F("request__commission_id"))
    inside = asked.of_commissions(rows).filter(sent_on__gte=asked.first, sent_on__lte=asked.last)
    return inside.annotate(day=F("sent_on"), rectified=_rectified(asked))


def _rectified(asked: Asked) -> Any:
    """1 if the problem was verified as rectified by the day, in this letter or when it was sent again."""
    repeats = Letter.objects.filter(
        again=OuterRef("pk"), outcome=LetterOutcome.DONE, verified_on__lte=asked.day
    )
    done = Q(outcome=LetterOutcome.DONE, verified_on__lte=asked.day) | Q(Exists(repeats))
    return Case(When(done, then=1), default=0, output_field=IntegerField())


def _letters_overdue(asked: Asked) -> Rows:
    rows = Letter.objects.annotate(commission_id=F("request__commission_id"))
    sent = asked.of_commissions(rows).filter(sent_on__lte=asked.day, due_on__lt=asked.day)
    return sent.filter(Q(answered_on=None) | Q(answered_on__gt=asked.day))


def hours_taken() -> Any:
    """Whole hours between the instant from which a request counts and its decision."""
    return Cast(Func(F("decided_at") - F("came_at"), function="EXTRACT", template="floor(EXTRACT(EPOCH FROM %(expressions)s) / 3600)"), IntegerField())  # fmt: skip


def middle(numbers: Sequence[int]) -> int | None:
    """Half of them are no more; of two middle ones the smaller."""
    return statistics.median_low(numbers) if numbers else None


def per_cent(numbers: Sequence[int]) -> int | None:
    """How many in a hundred are 1."""
    return round(100 * sum(numbers) / len(numbers)) if numbers else None


def number_of(path: str = "") -> Any:
    """The number of a request as it is printed, such as 协作〔2026〕3号."""

    def build(_asked: Asked) -> Concat:
        parts = (Value("协作〔"), F(f"{path}year"), Value("〕"), F(f"{path}number"), Value("号"))
        return Concat(*parts, output_field=TextField())

    return build


def rule_named(kind: RuleKind, path: str) -> Any:
    """What the situation or method whose code stands at `path` is called on the day."""

    def build(asked: Asked) -> Any:
        rules = asked.latest(
            WorkRule, kind=kind, code=OuterRef(path), commission_id=OuterRef("commission_id")
        )
        return Coalesce(Subquery(rules.values("name")), F(path), output_field=TextField())

    return build


def zone_named(path: str = "zone") -> Any:
    """What the zone whose id stands at `path` is called on the day."""
    return lambda asked: Subquery(asked.latest(ZoneRecord, zone_id=OuterRef(path)).values("name"))


def columns_of(path: str = "") -> tuple[Column, ...]:
    """Number, unit, situation, method and zone of a request: nothing of its matter, and nobody."""
    return (
        Column("request", _("Number"), number_of(path), link="request", link_id=f"{path}id"),
        unit_column(f"{path}unit_id"),
        Column("situation", pgettext_lazy("request", "Situation"), rule_named(RuleKind.SITUATION, f"{path}situation")),
        Column("method", pgettext_lazy("request", "Method"), rule_named(RuleKind.METHOD, f"{path}method")),
        Column("zone", _("Zone"), zone_named(f"{path}zone"), link="zone", link_id=f"{path}zone"),
    )  # fmt: skip


STATE = Column("request_state", _("State"), "then")
DAY = Column("day", _("Day"), "day")


def figure(
    key: str, title: Any, definition: Any, place: int, rows: Any, *more: Column, **other: Any
) -> Figure:
    """A figure of requests."""
    given: dict[str, Any] = {
        "unit": MATTERS,
        "record": "request",
        "columns": (*columns_of(), *more),
        "dated": "day",
    } | other
    return Figure(key=f"collaboration.{key}", title=title, definition=definition, order=FIRST_PLACE + place, rows=rows, **given)  # fmt: skip


def _in_states(*states: RequestState) -> Any:
    return lambda asked: open_on(asked).filter(then__in=states)


def _with_hours(asked: Asked) -> Rows:
    return decided(asked).annotate(hours=hours_taken())


def _in_time(asked: Asked) -> Rows:
    return decided(asked).annotate(in_time=Case(When(LATE, then=0), default=1, output_field=IntegerField()))


OF_LETTER = {"unit": PROBLEMS, "record": "request_letter", "columns": (*columns_of("request__"), Column("sent_on", _("Sent on"), "sent_on"), Column("due_on", _("Due on"), "due_on"))}  # fmt: skip

FIGURES = (
    figure("submitted", _("Requests for collaboration submitted"), _("Requests first submitted in the period; one that acted first on an oral agreement counts when it was begun."), 0, submitted, STATE, DAY, monthly=True),
    figure("open", _("Requests for collaboration open"), _("Requests submitted by the day and not closed, refused, withdrawn, terminated or transferred by its end."), 1, open_on, STATE),
    figure("open_deciding", _("Of which being decided"), _("Of the open requests, those that wait for a decision or were returned to be completed."), 2, _in_states(*WAITING), STATE),
    figure("open_approved", _("Of which approved, without a team"), _("Of the open requests, those approved whose team is not being put together yet."), 3, _in_states(RequestState.APPROVED), STATE),
    figure("open_at_work", _("Of which at work"), _("Of the open requests, those whose team is being put together, is at work, or whose result is being evaluated."), 4, _in_states(*AT_WORK), STATE),
    figure("overdue", _("Requests for collaboration overdue"), _("Open requests past the day by which they were to be decided, or the work to be reported."), 5, overdue, STATE),
    figure("decided", _("Requests for collaboration decided"), _("Requests approved or refused in the period, by the day of the last decision."), 6, decided, STATE, DAY, monthly=True),
    figure("decided_in_time", _("Of which in time"), _("Of the requests decided, those decided by the day that their rule gives."), 7, lambda asked: decided(asked).exclude(LATE), STATE, DAY, monthly=True),
    figure("decided_late", _("Of which late"), _("Of the requests decided, those decided after the day that their rule gives."), 8, lambda asked: decided(asked).filter(LATE), STATE, DAY, monthly=True),
    figure("in_time_share", _("Share of requests decided in time"), _("Of a hundred requests decided in the period, how many were decided by the day that their rule gives."), 9, _in_time, STATE, DAY, unit="%", measure="in_time", reduce=per_cent),
    figure("middle_days", _("Working days to decide a request, the middle"), _("Half of the requests decided in the period took no longer; working days are counted after the day from which the request counts."), 10, lambda asked: with_working_days(asked, decided(asked), "day"), STATE, DAY, unit=pgettext_lazy("unit of count", "working days"), measure="working_days", reduce=middle),
    figure("middle_hours", _("Hours to decide a request, the middle"), _("Half of the requests decided in the period took no longer, in whole hours, nights and free days included."), 11, _with_hours, STATE, DAY, unit=pgettext_lazy("unit of count", "hours"), measure="hours", reduce=middle),
    figure("extensions", _("Extensions of requests"), _("Times that the work of a request was extended in the period."), 12, _extended, DAY, unit=TIMES, record="request_move", columns=(*columns_of("request__"), DAY), monthly=True),
    figure("problems_found", _("Problems found"), _("Problems in rectification letters sent in the period; one that is sent again is no new one."), 13, found, monthly=True, **OF_LETTER),
    figure("problems_rectified", _("Of which rectified"), _("Of the problems found in the period, those verified as rectified by the day."), 14, lambda asked: found(asked).filter(rectified=1), **OF_LETTER),
    figure("problems_not_rectified", _("Of which not rectified yet"), _("Of the problems found in the period, those not verified as rectified by the day."), 15, lambda asked: found(asked).filter(rectified=0), **OF_LETTER),
    figure("rectified_share", _("Share of problems rectified"), _("Of a hundred problems found in the period, how many were verified as rectified by the day."), 16, found, **(OF_LETTER | {"unit": "%", "measure": "rectified", "reduce": per_cent})),
    figure("letters_overdue", _("Problems not answered in time"), _("Problems in rectification letters that were due before the day and not answered by it."), 17, _letters_overdue, **OF_LETTER),
)  # fmt: skip


def adds_up(name: str, rule: Any, place: int, whole: str, *parts: str) -> Balance:
    """A figure is the sum of others."""
    sides = between(
        f"collaboration.{whole}", lambda *terms: sum(terms), *(f"collaboration.{part}" for part in parts)
    )
    return Balance(id=f"collaboration.{name}", kind="identity", rule=rule, order=FIRST_PLACE + place, **sides)


BALANCES = (
    adds_up("open_by_state", _("Open requests = being decided + approved + at work"), 0, "open", "open_deciding", "open_approved", "open_at_work"),
    adds_up("decided_by_time", _("Requests decided = in time + late"), 1, "decided", "decided_in_time", "decided_late"),
    adds_up("problems_by_outcome", _("Problems found = rectified + not rectified yet"), 2, "problems_found", "problems_rectified", "problems_not_rectified"),
)  # fmt: skip
