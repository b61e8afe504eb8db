"""The package's own work rules and the holidays published so far, read from files; a county changes them in its ledger.

Source: domain.md §0, §1.1, §1.2, §1.4, §2.3, §2.4 (each row carries its own badge); holidays: chinesecalendar, which ends with
the last year whose holidays the State Council had published.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import chinese_calendar  # type: ignore[import-untyped]

from xiezuo.rules.states import Badge, DayKind, RuleKind
from xiezuo.rules.working_days import SATURDAY

FILES = {
    RuleKind.SITUATION: "situations.toml",
    RuleKind.METHOD: "methods.toml",
    RuleKind.PROCEDURE: "procedures.toml",
    RuleKind.DEADLINE: "deadlines.toml",
    RuleKind.GROUND: "grounds.toml",
    RuleKind.INTERNAL: "internal.toml",
    RuleKind.ZONING: "zoning.toml",
}
HOLIDAYS = {
    "New Year's Day": "元旦", "Spring Festival": "春节", "Tomb-sweeping Day": "清明节", "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节", "Mid-autumn Festival": "中秋节", "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}  # fmt: skip
BASIS = "国务院办公厅节假日安排（随产品附带）"


@dataclass(frozen=True)
class PublishedDay:
    """One day that differs from Monday-to-Friday."""

    day: date
    kind: DayKind
    name: str


@cache
def default_rules() -> tuple[Mapping[str, Any], ...]:
    """Every default rule as the values of a `WorkRule`, in the order of the files."""
    return tuple(rule for kind, name in FILES.items() for rule in _rules_of(kind, name))


def default_of(kind: str, code: str) -> Mapping[str, Any] | None:
    """The package's own rule of a kind and code, None for one that a county added."""
    return next((each for each in default_rules() if (each["kind"], each["code"]) == (kind, code)), None)


def _rules_of(kind: RuleKind, name: str) -> Iterator[Mapping[str, Any]]:
    text = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8")
    for rule in tomllib.loads(text)["rule"]:
        yield {"kind": kind.value, "badge": Badge.LOCAL.value, **rule}


def published_years() -> range:
    """The years whose holidays are known to the package."""
    days = chinese_calendar.holidays
    return range(min(days).year, max(days).year + 1)


@cache
def published_days() -> tuple[PublishedDay, ...]:
    """Days of those years on which work differs from Monday-to-Friday, in their order."""
    first, last = published_years()[0], published_years()[-1]
    every = (
        date(first, 1, 1) + timedelta(days=n) for n in range((date(last + 1, 1, 1) - date(first, 1, 1)).days)
    )
    return tuple(found for day in every if (found := _published(day)) is not None)


def _published(day: date) -> PublishedDay | None:
    worked: bool = chinese_calendar.is_workday(day)
    if worked == (day.weekday() < SATURDAY):
        return None
    words = chinese_calendar.workdays.get(day) or chinese_calendar.holidays.get(day) or ""
    return PublishedDay(day, DayKind.MAKE_UP if worked else DayKind.HOLIDAY, HOLIDAYS.get(words, words))
