"""The only writes of the work rules and the work calendar.

Each act first grows the edition of the commission's ledger. That locks the commission's row, so that two acts come one
after the other and the second is checked against what the first wrote. No row is changed: an edition that ends earlier
is stated anew, and the row that a matter began under stays readable under its number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import Act, record
from xiezuo.organisation.api import Commission, grow_ledger, ledger_version
from xiezuo.rules.defaults import BASIS, default_of, default_rules, published_days, published_years
from xiezuo.rules.models import CalendarDay, CalendarYear, WorkRule
from xiezuo.rules.policies import (
    against_codes,
    against_day,
    against_values,
    against_zoning,
    may_edit_rules,
    moved_on,
)
from xiezuo.rules.states import DayKind
from xiezuo.rules.working_days import SATURDAY
from xiezuo.shared.errors import refuse, refuse_if
from xiezuo.shared.ledger import LedgerRow
from xiezuo.shared.periods import ALWAYS, OPEN

STATED = (
    "name", "situation", "methods", "approvers", "approval_note", "decide_days", "each_level", "decide_words", "limit",
    "limit_unit", "limit_words", "extensions", "extended_by", "rule", "records", "binding", "clause", "badge", "source",
    "basis",
)  # fmt: skip
"""What an edition of a rule says."""


@dataclass(frozen=True)
class Loaded:
    """How many default rules, years and days were added."""

    rules: int
    years: int
    days: int


@transaction.atomic
def load_defaults(*, commission: Commission, by: Actor, now: datetime) -> Loaded:
    """Add the package's rules and published years that the commission never had; what it has stays as it is."""
    _begin(commission, by)
    own = {"commission": commission, "known_from": now, "entered_by": by.name}
    rules = _missing_rules(commission, own)
    years, days = _missing_years(commission, own)
    WorkRule.objects.bulk_create(rules)
    CalendarYear.objects.bulk_create(years)
    CalendarDay.objects.bulk_create(days)
    loaded = Loaded(len(rules), len(years), len(days))
    told = {"rules": loaded.rules, "years": loaded.years, "days": loaded.days}
    _note(Act.RULES_LOADED, commission, commission.name, told, by=by, now=now)
    return loaded


def _missing_rules(commission: Commission, own: Mapping[str, Any]) -> list[WorkRule]:
    had = set(WorkRule.objects.filter(commission=commission).values_list("kind", "code"))
    return [
        WorkRule(**{**rule, **own}, starts=ALWAYS, position=place)
        for place, rule in enumerate(default_rules())
        if (rule["kind"], rule["code"]) not in had
    ]


def _missing_years(
    commission: Commission, own: Mapping[str, Any]
) -> tuple[list[CalendarYear], list[CalendarDay]]:
    had = {row.starts.year for row in CalendarYear.objects.filter(commission=commission)}
    lacking = [year for year in published_years() if year not in had]
    years = [CalendarYear(**own, **_year_period(year), basis=BASIS) for year in lacking]
    days = [
        CalendarDay(**own, **_day_period(each.day), kind=each.kind, name=each.name, basis=BASIS)
        for each in published_days()
        if each.day.year in lacking
    ]
    return years, days


@transaction.atomic
def state_rule(
    *, commission: Commission, kind: str, code: str, values: Mapping[str, Any], starts: date, seen: int | None,
    by: Actor, now: datetime,
) -> WorkRule:  # fmt: skip
    """State what a rule says from `starts` on, until its next edition if it has one ahead.

    `seen` is the edition of that day that the change was made from, None where there was none. `values` name fields in
    `STATED`; what they leave out stays. Raises `Refused` if someone else was first, or with what stands against it.
    """
    _begin(commission, by)
    refuse_if([*against_day(starts, timezone.localdate(now)), *_against_code(code)])
    before = _edition(commission, kind, code, starts)
    refuse_if([moved_on()] if seen != (before.pk if before else None) else [])
    draft = _next_edition(commission, kind, code, starts, before)
    for name in STATED:
        setattr(draft, name, values.get(name, getattr(draft, name)))
    changed = [name for name in STATED if before is None or getattr(draft, name) != getattr(before, name)]
    _check(draft, changed)
    if before is not None:
        _cut(before, starts, by, now)
    _know(draft, by, now)
    told = {
        "starts": starts, "before": _told(before, changed) if before else None, "after": _told(draft, changed),
    }  # fmt: skip
    _note(Act.RULE_STATED, commission, f"{kind} {code}", told, by=by, now=now)
    return draft


def _against_code(code: str) -> list[Any]:
    return [] if code.strip() else _no_code()


def _no_code() -> list[Any]:
    refuse("code", _("The rule has no code; expected one such as R19."))


def _check(draft: WorkRule, changed: list[str]) -> None:
    if not changed:
        refuse(
            "nothing-changed", _("Every value is what the rule already says; expected at least one change.")
        )
    refuse_if(against_values(draft.kind, {name: getattr(draft, name) for name in STATED}))
    beside = WorkRule.objects.on(draft.starts).filter(commission=draft.commission)
    refuse_if([*against_codes(draft, beside), *against_zoning(draft, default_of(draft.kind, draft.code))])


@transaction.atomic
def end_rule(*, rule: WorkRule, ends: date, basis: str, by: Actor, now: datetime) -> None:
    """Let a rule end: from `ends` on there is no edition of it. Raises `Refused`."""
    _begin(rule.commission, by)
    refuse_if(against_day(ends, timezone.localdate(now)))
    rows = WorkRule.objects.current().filter(commission=rule.commission, kind=rule.kind, code=rule.code)
    last = list(rows.filter(ends__gt=ends))
    refuse_if([] if rule.pk in {row.pk for row in last} else [moved_on()])
    for row in last:
        _cut(row, ends, by, now)
    told = {"ends": ends, "basis": basis.strip()}
    _note(Act.RULE_ENDED, rule.commission, f"{rule.kind} {rule.code}", told, by=by, now=now)


@transaction.atomic
def add_year(
    *, commission: Commission, year: int, provisional: bool, basis: str, by: Actor, now: datetime
) -> CalendarYear:
    """Let the calendar hold a year, with weekends only until its days off are entered.

    A year that is held provisionally can be stated again as published. Raises `Refused` if nothing would change.
    """
    _begin(commission, by)
    held = CalendarYear.objects.current().filter(commission=commission, starts=date(year, 1, 1)).first()
    if held is not None and (provisional or not held.provisional):
        refuse("year-held", _("The work calendar already holds %(year)s.") % {"year": year})
    if not basis.strip():
        refuse("basis", _("No basis is given; expected the notice that the days off follow."))
    if held is not None:
        _close(held, now)
    row = CalendarYear(
        commission=commission, provisional=provisional, basis=basis.strip(), **_year_period(year)
    )
    _know(row, by, now)
    told = {"provisional": provisional, "basis": row.basis}
    _note(Act.CALENDAR_YEAR_ADDED, commission, str(year), told, by=by, now=now)
    return row


@transaction.atomic
def add_day(
    *, commission: Commission, day: date, kind: str, name: str, basis: str, by: Actor, now: datetime
) -> CalendarDay:
    """Enter a day off or a make-up day. Raises `Refused` if the day is that already, or its year is not held."""
    _begin(commission, by)
    _check_day(commission, day, kind, basis)
    row = CalendarDay(
        commission=commission, kind=kind, name=name.strip(), basis=basis.strip(), **_day_period(day)
    )
    _know(row, by, now)
    told = {"kind": kind, "name": row.name, "basis": row.basis}
    _note(Act.CALENDAR_DAY_ADDED, commission, day.isoformat(), told, by=by, now=now)
    return row


def _check_day(commission: Commission, day: date, kind: str, basis: str) -> None:
    if not basis.strip():
        refuse("basis", _("No basis is given; expected the notice that the days off follow."))
    year = CalendarYear.objects.current().filter(commission=commission, starts=date(day.year, 1, 1))
    if not year.exists():
        refuse(
            "year",
            _("The work calendar does not hold %(year)s yet; add the year first.") % {"year": day.year},
        )
    there = CalendarDay.objects.current().filter(commission=commission, starts=day).first()
    if there is not None:
        words = _("%(day)s is already entered as %(kind)s; remove that first if it is wrong.")
        refuse("day", words % {"day": day, "kind": DayKind(there.kind).label})
    if (day.weekday() < SATURDAY) == (kind == DayKind.MAKE_UP):
        words = (
            _("%(day)s is worked anyway.") if kind == DayKind.MAKE_UP else _("%(day)s is a weekend anyway.")
        )
        refuse("day", words % {"day": day})


@transaction.atomic
def remove_day(*, day: CalendarDay, reason: str, by: Actor, now: datetime) -> None:
    """Take a day out of the calendar, as one that was never to be there. Raises `Refused` if someone else was first."""
    _begin(day.commission, by)
    if not reason.strip():
        refuse("reason", _("No reason is given; expected why the day does not belong there."))
    _close(day, now)
    told = {"kind": day.kind, "name": day.name, "reason": reason.strip()}
    _note(Act.CALENDAR_DAY_REMOVED, day.commission, day.starts.isoformat(), told, by=by, now=now)


def _begin(commission: Commission, by: Actor) -> None:
    refuse_if(may_edit_rules(by, commission.pk))
    grow_ledger(commission)


def _edition(commission: Commission, kind: str, code: str, on: date) -> WorkRule | None:
    rows = WorkRule.objects.on(on).filter(commission=commission, kind=kind, code=code)
    return rows.first()


def _next_edition(
    commission: Commission, kind: str, code: str, starts: date, before: WorkRule | None
) -> WorkRule:
    """An edition that says what the one before said, up to the next one that is already ahead."""
    if before is not None:
        return _restated(before, starts=starts)
    ahead = WorkRule.objects.current().filter(commission=commission, kind=kind, code=code, starts__gt=starts)
    following = ahead.order_by("starts").first()
    ends = following.starts if following else OPEN
    last = WorkRule.objects.filter(commission=commission).order_by("-position").first()
    position = last.position + 1 if last else 0
    return WorkRule(
        commission=commission, kind=kind, code=code.strip(), starts=starts, ends=ends, position=position
    )


def _restated(row: WorkRule, **changes: Any) -> WorkRule:
    own = ("id", "known_from", "known_until", "load", "closed_by_load")
    said = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields if field.attname not in own
    }  # fmt: skip
    return WorkRule(**{**said, **changes})


def _cut(row: WorkRule, ends: date, by: Actor, now: datetime) -> None:
    """Let an edition end on `ends`; one that had not begun by then never was."""
    _close(row, now)
    if row.starts < ends:
        cut = _restated(row, ends=ends)
        _know(cut, by, now, entered_by=row.entered_by)


def _close(row: LedgerRow, now: datetime) -> None:
    """Compare and set: of two who saw the same row, the second is told."""
    seen = type(row).objects.current().filter(pk=row.pk)
    refuse_if([] if seen.update(known_until=now) else [moved_on()])


def _know(
    row: WorkRule | CalendarYear | CalendarDay, by: Actor, now: datetime, *, entered_by: str = ""
) -> None:
    row.known_from, row.entered_by = now, entered_by or by.name
    row.save(force_insert=True)


def _year_period(year: int) -> dict[str, date]:
    return {"starts": date(year, 1, 1), "ends": date(year + 1, 1, 1)}


def _day_period(day: date) -> dict[str, date]:
    return {"starts": day, "ends": day + timedelta(days=1)}


def _told(row: WorkRule, names: list[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _note(
    act: Act, commission: Commission, target: str, told: Mapping[str, Any], *, by: Actor, now: datetime
) -> None:
    details = {
        **{name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()},
        "ledger_version": ledger_version(commission),
    }
    record(act, by=by, at=now, commission_code=commission.code, target=target, details=details)
