"""Chinese wording that stays true: 均 and 各 only where they hold, planned apart from done, dates as they are written."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.papers.text import chinese_number
from xiezuo.reports.errors import Unsuitable
from xiezuo.reports.language.budget import tool
from xiezuo.reports.language.marks import literal
from xiezuo.reports.language.values import Fact, NoValue, Traced, printed

YES = True
FEWEST_FOR_OTHERS = 3
"""“其他各…” needs at least two others."""


@tool
def every(part: Any, whole: Any) -> bool:
    """Whether `part` is all of `whole`, and there is something: the condition of 均 and 全部."""
    if isinstance(part, NoValue) or isinstance(whole, NoValue):
        return False
    return bool(whole > 0 and part == whole)


@tool
def each(
    rows: Sequence[Fact],
    field: str,
    unit: str = "名",
    *,
    same: Any = None,
    most: Any = None,
    others: Any = None,
) -> str:
    """How many each of `rows` has: 各5名 where all have the same, 甲镇4名，其他各3名 where one has most, else the list.

    `same`, `most` and `others` are figures that speak for these numbers; they are linked where they say the same.
    """
    numbers = [(name_of(row), number_of(row, field)) for row in rows]
    groups = _by_number(numbers)
    if len(numbers) > 1 and len(groups) == 1:
        return f"各{_linked(numbers[0][1], same)}{literal(unit)}"
    if len(numbers) >= FEWEST_FOR_OTHERS and len(groups) == 2 and len(groups[0][1]) == 1:
        (highest, (name,)), (rest, _names) = groups
        return f"{literal(name)}{_linked(highest, most)}{literal(unit)}，其他各{_linked(rest, others)}{literal(unit)}"
    return "，".join(_group(number, names, unit) for number, names in groups)


def _linked(number: int, figure: Any) -> str:
    return printed(figure if isinstance(figure, Traced) and figure == number else number)


def _by_number(numbers: Iterable[tuple[str, int]]) -> list[tuple[int, list[str]]]:
    groups: dict[int, tuple[int, list[str]]] = {}
    for name, number in numbers:
        groups.setdefault(int(number), (number, []))[1].append(name)
    return [groups[number] for number in sorted(groups, reverse=True)]


def _group(number: int, names: list[str], unit: str) -> str:
    together = "各" if len(names) > 1 else ""
    return f"{'、'.join(map(literal, names))}{together}{printed(number)}{literal(unit)}"


@tool
def clauses(*parts: Any, between: str = "，") -> str:
    """The parts that say something, joined; a part whose condition failed says nothing."""
    said = (part if isinstance(part, str) else printed(part) for part in parts)
    return between.join(part for part in said if part)


@tool
def sentence(*parts: Any) -> str:
    """The parts that say something as one sentence; nothing where none does."""
    said = clauses(*parts)
    return said + "。" if said else ""


@tool
def outlook(rows: Sequence[Fact], done: str = "完成") -> str:
    """When things will be done, those of one day together: 甲、乙预计8月底完成；丙原定7月底完成，目前尚未完成.

    Each record has `name`, `due` (a day, or none) and `near`, the day's wording, and `overdue`.
    """
    groups: dict[tuple[str, bool], list[str]] = {}
    for row in rows:
        groups.setdefault((str(field_of(row, "near")), bool(field_of(row, "overdue"))), []).append(
            name_of(row)
        )
    only = len(groups) == 1
    said = (
        _promise("" if only else "、".join(map(literal, who)), near, done, overdue=overdue)
        for (near, overdue), who in groups.items()
    )
    return "；".join(said)


def _promise(who: str, near: str, done: str, *, overdue: bool) -> str:
    if not near:
        return f"{who}完成时限待定"
    return f"{who}原定{near}{done}，目前尚未{done}" if overdue else f"{who}预计{near}{done}"


def names(rows: Iterable[Any]) -> str:
    """甲镇、乙镇: the names of records, or the texts of a list, in their order."""
    return "、".join(literal(row) if isinstance(row, str) else literal(name_of(row)) for row in rows)


def titles(rows: Iterable[Any]) -> str:
    """《甲办法》《乙规定》: the names of documents."""
    return "".join(f"《{literal(name_of(row))}》" for row in rows)


def where(rows: Sequence[Fact], field: str, value: Any = YES) -> tuple[Fact, ...]:
    """The records whose `field` is `value` (without a value: is yes)."""
    return tuple(row for row in rows if field_of(row, field) == value)


def total(rows: Sequence[Fact], field: str) -> int:
    """The sum of a field over records."""
    return sum(int(number_of(row, field)) for row in rows)


def values(rows: Sequence[Fact], field: str) -> tuple[Any, ...]:
    """The values of a field, each once, in their order."""
    return tuple(dict.fromkeys(field_of(row, field) for row in rows))


def hanzi(number: Any) -> Any:
    """A number up to 99 in Chinese numerals; a figure stays a figure."""
    if isinstance(number, NoValue) or not isinstance(number, int) or not 0 <= number <= 99:
        raise Unsuitable(_("only numbers from 0 to 99 are written in Chinese numerals"))
    words = chinese_number(number) if number else "零"
    return Traced(number, number.key, words) if isinstance(number, Traced) else words


def bare(text: Any) -> str:
    """A text without the stop that it may end with, so that it can stand inside a sentence."""
    return str(text).rstrip("。；;.，, ") if isinstance(text, str) else printed(text)


def short_day(day: Any) -> str:
    """8月31日: a day of the year that the report speaks of."""
    return f"{_day(day).month}月{day.day}日"


def month_end_or_day(day: Any) -> str:
    """8月底 for the last day of a month, 11月20日 for any other."""
    last = (_day(day) + timedelta(days=1)).day == 1
    return f"{day.month}月底" if last else short_day(day)


@lru_cache(maxsize=1024)
def near(day: date | None, on: date) -> str:
    """A day as a report of `on` writes it: with its year only when it is another year; nothing for no day."""
    if day is None:
        return ""
    return ("" if day.year == on.year else f"{day.year}年") + month_end_or_day(day)


def name_of(row: Any) -> str:
    """The name of a record. Raises `Unsuitable` where it has none."""
    return str(field_of(row, "name"))


def number_of(row: Any, field: str) -> int:
    """A field of a record that must be a number."""
    value = field_of(row, field)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unsuitable(_("“%(name)s” is no number") % {"name": field})
    return value


def field_of(row: Any, field: str) -> Any:
    """A declared field of a record."""
    if not isinstance(row, Fact) or field not in row.__slots__:
        raise Unsuitable(_("there is nothing called “%(name)s” here") % {"name": str(field)[:40]})
    return getattr(row, field)


def _day(value: Any) -> date:
    if not isinstance(value, date):
        raise Unsuitable(_("a day is expected here; ask first with “{% if … %}”"))
    return value


FILTERS: dict[str, Callable[..., Any]] = {
    "names": names, "titles": titles, "where": where, "sum": total, "values": values, "hanzi": hanzi, "bare": bare, "day": short_day,
    "due": month_end_or_day, "length": len, "count": len, "join": lambda parts, between="、": between.join(map(printed, parts)),
}  # fmt: skip
TOOLS: dict[str, Callable[..., Any]] = {
    "every": every, "each": each, "clauses": clauses, "sentence": sentence, "outlook": outlook,
}  # fmt: skip
