"""The effectiveness page in words: a table by zone, situation or method, and the course of the months.

No column is sorted, coloured or ranked, and none has a goal (P18–P21): order is official, small counts are hidden.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from xiezuo.collaboration.figures.measuring import Counted, Key
from xiezuo.collaboration.figures.periods import Length, Period
from xiezuo.collaboration.figures.suppressing import (
    LEAST,
    Mark,
    Shown,
    Suppressed,
    share,
    suppressed,
    suppressed_line,
)
from xiezuo.ui.charts import Chart, Series
from xiezuo.ui.parts import Drawn
from xiezuo.ui.table import Column

Cells = dict[str, Any]
NOTHING = "—"
MONTHS_A_QUARTER = 3


@dataclass(frozen=True)
class Compared(Drawn):
    """What a cell says of the period and of the one before it."""

    now: str
    was: str

    @property
    def plain(self) -> str:
        """Both, as an export writes them."""
        return _("%(now)s (before: %(was)s)") % {"now": self.now, "was": self.was}

    def __html__(self) -> str:
        before = _("before: %(was)s") % {"was": self.was}
        return format_html('{} <span class="xz-secondary xz-small xz-before">{}</span>', self.now, before)


@dataclass(frozen=True)
class Hiding:
    """The counts of one period as they may be shown, part by part; the last one of each list is the whole."""

    columns: Mapping[str, Sequence[Shown | int | None]]

    @classmethod
    def of(cls, found: Counted, parts: Sequence[Key]) -> "Hiding":
        """Hide what must be hidden: each count beside its total, decided beside in time, found beside rectified."""
        columns: dict[str, Sequence[Shown | int | None]] = {}
        for name in ("submitted", "overdue", "recusals", "sent"):
            line, whole = suppressed_line([getattr(found, name)[part] for part in parts])
            columns[name] = [*line, whole]
        decided = _both(found.in_time, found.late, parts)
        columns["decided"] = [*decided.rows, decided.whole]
        columns["in_time"] = _shares(decided)
        rectified = _both(found.rectified, found.not_rectified, parts)
        columns["found"] = [*rectified.rows, rectified.whole]
        columns["rectified"] = _shares(rectified)
        columns["middle"] = [*_middles(found, parts, decided), _middle(found.middle, decided.whole)]
        for name in ("given", "received"):
            days = [getattr(found, name)[part] for part in parts]
            columns[name] = [*days, sum(days)]
        return cls(columns)


def _both(one: Mapping[Key, int], other: Mapping[Key, int], parts: Sequence[Key]) -> Suppressed:
    return suppressed([[one[part], other[part]] for part in parts])


def _shares(found: Suppressed) -> list[int | None]:
    return [*(share(*cells) for cells in found.cells), share(*found.columns)]


def _middles(found: Counted, parts: Sequence[Key], decided: Suppressed) -> list[int | None]:
    return [_middle(found.middles.get(part), count) for part, count in zip(parts, decided.rows, strict=True)]


def _middle(hours: int | None, of: Shown) -> int | None:
    """The middle of fewer than five, or of a number that is hidden, would tell of single ones."""
    return None if isinstance(of, Mark) or of < LEAST else hours


HOURS, PERCENT = ("middle",), ("in_time", "rectified")


def _text(name: str, value: Shown | int | None) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, Mark):
        return value.value
    return f"{value}%" if name in PERCENT else str(value)


def rows_of(names: Mapping[Key, str], now: Counted, was: Counted) -> list[Cells]:
    """A row for each part in official order, then the whole commission."""
    parts = list(names)
    found, earlier = Hiding.of(now, parts), Hiding.of(was, parts)
    titles = [names[part] or _("outside the zones") for part in parts]
    return [
        {"part": title} | {name: Compared(_text(name, values[at]), _text(name, earlier.columns[name][at])) for name, values in found.columns.items()}
        for at, title in enumerate([*titles, _("The whole commission")])
    ]  # fmt: skip


def columns_of(by: str) -> list[Column]:
    """What is compared. Given and received are told apart only among zones: who gives is a unit, not a situation."""
    titles = {
        "zone": _("Zone"),
        "situation": pgettext("request", "Situation"),
        "method": pgettext("request", "Method"),
    }
    told = [
        ("submitted", pgettext("effectiveness", "Submitted"), ""), ("decided", pgettext("effectiveness", "Decided"), ""),
        ("in_time", pgettext("effectiveness", "Decided in time"), _("Of a hundred decided, by the day that their rule gives")),
        ("middle", pgettext("effectiveness", "Hours to decide"), _("The middle: half took no longer")),
        ("overdue", pgettext("effectiveness", "Overdue at the end"), _("On the last day of the period, or today")),
        ("recusals", pgettext("effectiveness", "Questions of recusal"), ""), ("found", pgettext("effectiveness", "Problems found"), ""),
        ("rectified", pgettext("effectiveness", "Rectified"), _("Of a hundred found in the period")),
        ("sent", pgettext("effectiveness", "Members sent"), _("Times that somebody went out (人次)")),
        ("given", pgettext("effectiveness", "Days of help given"), ""), ("received", pgettext("effectiveness", "Days of help received"), ""),
    ]  # fmt: skip
    shown = [each for each in told if by == "zone" or each[0] != "given"]
    columns = [Column(key, title, numeric=True, sortable=False, hint=hint) for key, title, hint in shown]
    return [Column("part", titles[by], sortable=False), *columns]


def charts_of(now: Counted, was: Counted, periods: tuple[Period, Period]) -> list[tuple[str, Chart]]:
    """The months of the period before and of the period: requests, and what became of help. No goal line, no ranking."""
    months = [month for period in reversed(periods) for month in period.months()]
    asked = (
        ("submitted", pgettext("effectiveness", "Submitted")),
        ("decided", pgettext("effectiveness", "Decided")),
    )
    helped = (
        ("sent", pgettext("effectiveness", "Members sent")),
        ("found", pgettext("effectiveness", "Problems found")),
    )
    return [
        ("requests-by-month", _chart(_("Requests by month"), asked, now, was, months)),
        ("help-by-month", _chart(_("Members sent and problems found by month"), helped, now, was, months)),
    ]  # fmt: skip


def _chart(
    title: str, named: Iterable[tuple[str, str]], now: Counted, was: Counted, months: list[date]
) -> Chart:
    series = [
        Series(key, words, _by_month(key, now, was, months), slot=slot)
        for slot, (key, words) in enumerate(named)
    ]
    return Chart(title, "line", [month_words(month) for month in months], series, category_name=_("Month"), size="small")  # fmt: skip


def _by_month(key: str, now: Counted, was: Counted, months: list[date]) -> list[int | None]:
    """Counts of months, hidden beside those of their own quarter, whichever period is shown."""
    counts = [now.months[key][month] + was.months[key][month] for month in months]
    found: list[int | None] = []
    for at in range(0, len(counts), MONTHS_A_QUARTER):
        line, _whole = suppressed_line(counts[at : at + MONTHS_A_QUARTER])
        found += [None if isinstance(each, Mark) else each for each in line]
    return found


def month_words(first: date) -> str:
    """`2026年11月` or `Nov 2026`, in the reader's language."""
    if (get_language() or "").startswith("zh"):
        return f"{first.year}年{first.month}月"
    return formats.date_format(first, "M Y")


def period_words(period: Period, length: Length) -> str:
    """What a period is called."""
    year, number = {"year": period.starts.year}, (period.starts.month - 1) // len(period.months()) + 1
    if length == Length.YEAR:
        return _("%(year)d") % year
    words = _("%(year)d, quarter %(number)d") if length == Length.QUARTER else _("%(year)d, half %(number)d")
    return words % (year | {"number": number})


def length_words(length: Length) -> str:
    """How long a period is, in words."""
    return {Length.QUARTER: _("Quarter"), Length.HALF: _("Half-year"), Length.YEAR: _("Year")}[length]
