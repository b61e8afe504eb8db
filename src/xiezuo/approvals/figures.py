"""Figures of the approvals: what is under way on a day, and what was decided in a period, in time or late.

They count matters, never persons; how long a decision took stands with the work calendar, in `rules`.
"""

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Concat, TruncDate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.approvals.kinds import all_kinds
from xiezuo.approvals.models import Approval, Move, StepRow
from xiezuo.approvals.states import ApprovalState, Verb
from xiezuo.figures.api import Asked, Balance, Column, Figure, between, register, register_balances
from xiezuo.organisation.columns import unit_column

Rows = QuerySet[Any, Any]
DECIDED = (ApprovalState.APPROVED, ApprovalState.REFUSED)
MATTERS = pgettext_lazy("unit of count", "matters")
FIRST_PLACE = 600
"""Where the approvals stand among the figures."""


class NotOver(Func):
    """Whether an instant is still ahead."""

    template = "(%(expressions)s >= statement_timestamp())"
    output_field = BooleanField()


def under_way(asked: Asked) -> Rows:
    """Applied for by the end of the day and not settled by then, each with the state that it then was in."""
    rows = asked.of_commissions(_placed(Approval.objects.all())).filter(submitted_at__lt=asked.nightfall)
    still = rows.filter(Q(settled_at=None) | Q(settled_at__gte=asked.nightfall))
    last = Move.objects.filter(approval=OuterRef("pk"), at__lt=asked.nightfall).order_by("-edition")
    # Of a day that is not over, the application itself says it; only for one gone by its moves are gone through.
    then = Case(When(NotOver(asked.nightfall), then=F("state")), default=Subquery(last.values("state")[:1]))
    return still.annotate(then=then)


def settled(asked: Asked, *states: str) -> Rows:
    """Settled in the period, by the day of it."""
    rows = asked.of_commissions(_placed(Approval.objects.filter(state__in=states)))
    inside = rows.filter(settled_at__gte=asked.begins, settled_at__lt=asked.closes)
    return inside.annotate(then=F("state"), starts=TruncDate("settled_at"))


def decided(asked: Asked) -> Rows:
    """Approved or refused in the period."""
    return settled(asked, *DECIDED)


def _placed(rows: Rows) -> Rows:
    return rows.annotate(position=F("pk"))


def _applied(asked: Asked) -> Rows:
    rows = asked.of_commissions(_placed(Approval.objects.all()))
    inside = rows.filter(submitted_at__gte=asked.begins, submitted_at__lt=asked.closes)
    return inside.annotate(then=F("state"), starts=TruncDate("submitted_at"))


def _late() -> Exists:
    """A step of it passed its limit before it was decided."""
    return Exists(StepRow.objects.filter(approval=OuterRef("pk"), timed_out_on__isnull=False))


def _moves(verb: Verb) -> Any:
    def rows(asked: Asked) -> Rows:
        moves = Move.objects.filter(verb=verb, at__gte=asked.begins, at__lt=asked.closes)
        named = moves.annotate(
            commission_id=F("approval__commission_id"), position=F("pk"), starts=TruncDate("at")
        )
        return asked.of_commissions(named)

    return rows


def _number(path: str) -> Any:
    """The number as it is printed."""

    def build(_asked: Asked) -> Concat:
        marks = [When(**{f"{path}kind": kind.code}, then=Value(kind.mark)) for kind in all_kinds()]
        mark = Case(*marks, default=F(f"{path}kind"), output_field=TextField())
        parts = [mark, F(f"{path}year"), F(f"{path}commission__code"), F(f"{path}number")]
        dashed = [part for each in parts for part in (Value("-"), each)][1:]
        return Concat(*dashed, output_field=TextField())

    return build


def columns_of(path: str = "") -> tuple[Column, ...]:
    """Number, title and unit of a matter: what is counted, and nobody who took part."""
    return (
        Column("approval", _("Number"), _number(path), link="approval", link_id=f"{path}id"),
        Column("title", _("Matter"), f"{path}title"),
        unit_column(f"{path}unit"),
        Column("applied_on", _("Applied on"), lambda _asked: TruncDate(f"{path}submitted_at")),
    )


STATE = Column("approval_state", _("State"), "then")
DECIDED_ON = Column("decided_on", _("Decided on"), "starts")


def _figure(
    key: str, title: Any, definition: Any, place: int, rows: Any, *more: Column, monthly: bool = False
) -> Figure:
    return Figure(
        key=f"approvals.{key}", title=title, definition=definition, unit=MATTERS, order=FIRST_PLACE + place,
        record="approval", rows=rows, columns=(*columns_of(), *more), monthly=monthly,
    )  # fmt: skip


def _of_moves(key: str, title: Any, definition: Any, place: int, verb: Verb) -> Figure:
    return Figure(
        key=f"approvals.{key}", title=title, definition=definition, unit=pgettext_lazy("unit of count", "times"),
        order=FIRST_PLACE + place, record="approval_move", rows=_moves(verb), monthly=True,
        columns=(*columns_of("approval__"), Column("day", _("Day"), "starts")),
    )  # fmt: skip


def _in_state(state: ApprovalState) -> Any:
    return lambda asked: under_way(asked).filter(then=state)


FIGURES = (
    _figure("open", _("Applications under way"), _("Applications made by the day and neither decided nor withdrawn by its end."), 0, under_way, STATE),
    _figure("open_deciding", _("Of which being decided"), _("Of the applications under way, those that wait for a decision at the end of the day."), 1, _in_state(ApprovalState.PENDING)),
    _figure("open_returned", _("Of which returned to the applicant"), _("Of the applications under way, those that the applicant is to mend at the end of the day."), 2, _in_state(ApprovalState.RETURNED)),
    _figure("open_confirming", _("Of which paper entries to be confirmed"), _("Of the applications under way, those decided on paper whose entry nobody has confirmed by the end of the day."), 3, _in_state(ApprovalState.CONFIRMING)),
    _figure("applied", _("Applications made"), _("Applications made in the period, whatever became of them."), 10, _applied, STATE, monthly=True),
    _figure("decided", _("Applications decided"), _("Applications approved or refused in the period, by the day of the last decision."), 11, decided, STATE, DECIDED_ON, monthly=True),
    _figure("approved", _("Of which approved"), _("Of the applications decided, those approved."), 12, lambda asked: settled(asked, ApprovalState.APPROVED), DECIDED_ON, monthly=True),
    _figure("refused", _("Of which refused"), _("Of the applications decided, those refused."), 13, lambda asked: settled(asked, ApprovalState.REFUSED), DECIDED_ON, monthly=True),
    _figure("decided_in_time", _("Of which in time"), _("Of the applications decided, those of which no step passed its limit in working days."), 14, lambda asked: decided(asked).filter(~_late()), STATE, DECIDED_ON, monthly=True),
    _figure("decided_late", _("Of which late"), _("Of the applications decided, those of which at least one step passed its limit in working days."), 15, lambda asked: decided(asked).filter(_late()), STATE, DECIDED_ON, monthly=True),
    _figure("withdrawn", _("Applications withdrawn"), _("Applications that their applicant took back in the period."), 16, lambda asked: settled(asked, ApprovalState.WITHDRAWN), DECIDED_ON, monthly=True),
    _of_moves("returns", _("Returns"), _("Times that an application was returned in the period, to an earlier step or to the applicant."), 17, Verb.RETURN),
    _of_moves("paper_entries", _("Paper entries"), _("Times that a decision given on paper was entered in the period."), 18, Verb.ENTER_PAPER),
)  # fmt: skip


def _adds_up(name: str, rule: Any, place: int, whole: str, *parts: str) -> Balance:
    keys = [f"approvals.{part}" for part in parts]
    sides = between(f"approvals.{whole}", lambda *terms: sum(terms), *keys)
    return Balance(id=f"approvals.{name}", kind="identity", rule=rule, order=FIRST_PLACE + place, **sides)


BALANCES = (
    _adds_up("open_by_state", _("Applications under way = being decided + returned + paper entries to be confirmed"), 0, "open", "open_deciding", "open_returned", "open_confirming"),
    _adds_up("decided_by_outcome", _("Applications decided = approved + refused"), 1, "decided", "approved", "refused"),
    _adds_up("decided_by_time", _("Applications decided = in time + late"), 2, "decided", "decided_in_time", "decided_late"),
)  # fmt: skip


def register_figures() -> None:
    """Called once, when the app is ready."""
    register(*FIGURES)
    register_balances(*BALANCES)
