"""The clock of a work rule: its limit, and how often and by whom it may be extended."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.rules.states import Approver, LimitUnit
from xiezuo.rules.working_days import Clock, Suspension, WorkCalendar, clock
from xiezuo.shared.errors import Reason, refuse
from xiezuo.shared.lists import listed

if TYPE_CHECKING:
    from xiezuo.rules.models import WorkRule


def clock_of(
    rule: "WorkRule", begun: date, calendar: WorkCalendar, *, extensions: Sequence[int] = (),
    suspensions: Iterable[Suspension] = (), on: date | None = None,
) -> Clock:  # fmt: skip
    """The clock of what a rule limits in days and that began on `begun`; see `working_days.clock`.

    Raises `Refused` where the rule names no number of days, or was extended more often than it allows.
    """
    if rule.limit is None or rule.limit_unit == LimitUnit.HOURS:
        refuse("no-limit", _("The rule %(code)s names no limit in days.") % {"code": rule.code})
    if len(extensions) > rule.extensions:
        refuse(*_used_up(rule, len(extensions) - 1))
    return clock(
        begun, rule.limit, LimitUnit(rule.limit_unit), calendar, extensions=extensions, suspensions=suspensions, on=on
    )  # fmt: skip


def may_extend(rule: "WorkRule", done: int, by: Approver) -> list[Reason]:
    """Whether an office may extend once more what was extended `done` times. An empty list means yes."""
    found = []
    if done >= rule.extensions:
        found.append(Reason(*_used_up(rule, done)))
    if rule.extensions and by not in rule.extended_by:
        named = listed(str(Approver(each).label) for each in rule.extended_by)
        words = _("By the rule %(code)s it is extended by %(named)s, not by %(found)s.")
        found.append(Reason("extended_by", words % {"code": rule.code, "named": named, "found": by.label}))
    return found


def _used_up(rule: "WorkRule", done: int) -> tuple[str, str]:
    words = _("The rule %(code)s allows %(allowed)s extensions; there have been %(done)s.")
    return "extensions", words % {"code": rule.code, "allowed": rule.extensions, "done": done}
