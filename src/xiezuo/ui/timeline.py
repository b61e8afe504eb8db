"""Dated facts as bars on one axis, drawn on the server; a table says the same to those who cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xiezuo.shared.periods import ALWAYS, OPEN, shown
from xiezuo.ui.markup import drawn
from xiezuo.ui.parts import State
from xiezuo.ui.table import Column, Table, render_table
from xiezuo.ui.words import Words

WIDTH = 1000
LEFT = 176
RIGHT = WIDTH - 16
TOP = 30
LANE = 26
GAP = 8
CHARACTER = 12.5
"""Width of a Chinese character in the bars' type size; a Latin letter takes about half."""

FILLS = {"good": "#1b6a49", "warn": "#8a5a00", "bad": "#b3261e", "wait": "#2b5a86", "quiet": "#565c63"}


@dataclass(frozen=True)
class Fact:
    """One bar: what was true in `[starts, ends)` and what it rests on."""

    words: Words
    starts: date
    ends: date = OPEN
    basis: Words = ""
    href: str = ""
    tone: str = "quiet"


@dataclass(frozen=True)
class Lane:
    """One row of the picture: a name and its facts; facts that overlap are drawn below each other."""

    name: Words
    facts: Sequence[Fact]
    href: str = ""


@dataclass(frozen=True)
class _Axis:
    first: date
    last: date

    def x(self, day: date) -> float:
        span = (self.last - self.first).days or 1
        share = (min(max(day, self.first), self.last) - self.first).days / span
        return round(LEFT + share * (RIGHT - LEFT), 1)


def render_timeline(
    lanes: Sequence[Lane], day: date, *, title: Words = "", name: str = "timeline"
) -> SafeString:
    """The picture of `lanes` with the line of `day`, and under it the table that says the same."""
    facts = [fact for lane in lanes for fact in lane.facts]
    if not facts:
        return drawn(f'<p class="xz-secondary">{escape(_("Nothing is recorded here."))}</p>')
    axis = _axis(facts, day)
    parts, height = _lanes(lanes, axis)
    # Safe: every text below is escaped where it is put in.
    return drawn(
        f'<figure class="xz-picture" id="{escape(name)}">'
        + (f"<figcaption>{escape(str(title))}</figcaption>" if title else "")
        + f'<div class="xz-timeline-scroll"><svg class="xz-svg" viewBox="0 0 {WIDTH} {height}" role="group"'
        f' aria-label="{escape(str(title) or _("Timeline"))}" data-first="{axis.first}" data-last="{axis.last}"'
        f' data-left="{LEFT}" data-right="{RIGHT}" font-size="13">'
        + _grid(axis, height)
        + parts
        + _day_line(axis, day, height)
        + "</svg></div>"
        + _twin(lanes)
        + "</figure>"
    )


def _axis(facts: Sequence[Fact], day: date) -> _Axis:
    days = [d for fact in facts for d in (fact.starts, fact.ends) if d not in (OPEN, ALWAYS)] + [day]
    margin = timedelta(days=max((max(days) - min(days)).days // 20, 20))
    return _Axis(min(days) - margin, max(days) + margin)


def _grid(axis: _Axis, height: int) -> str:
    """A line at each first of January, and of each quarter where there is room."""
    months = (1, 4, 7, 10) if (axis.last - axis.first).days < 1500 else (1,)
    years = range(axis.first.year, axis.last.year + 1)
    every = max(len(years) // 12, 1)
    ticks = [
        date(year, month, 1) for year in years if (year - axis.first.year) % every == 0 for month in months
    ]
    return "".join(_tick(axis, tick, height) for tick in ticks if axis.first <= tick <= axis.last)


def _tick(axis: _Axis, tick: date, height: int) -> str:
    x, new_year = axis.x(tick), tick.month == 1
    words = str(tick.year) if new_year else f"{tick.month:02d}"
    line = f'<path d="M{x} {TOP - 6}V{height}" stroke="{"#b9b4a8" if new_year else "#e9e5dc"}" fill="none"/>'
    weight = ' font-weight="600"' if new_year else ' class="xz-svg-quiet"'
    return f'{line}<text x="{x}" y="{TOP - 12}" text-anchor="middle" font-size="12"{weight}>{words}</text>'


def _lanes(lanes: Sequence[Lane], axis: _Axis) -> tuple[str, int]:
    parts, top = [], TOP
    for lane in lanes:
        levels = _levels(lane.facts)
        parts.append(_lane_name(lane, top))
        parts += [_bar(fact, axis, top + level * LANE) for fact, level in levels]
        top += (max((level for _fact, level in levels), default=0) + 1) * LANE + GAP
        parts.append(f'<path d="M0 {top - GAP / 2}H{WIDTH}" stroke="#eeebe4" fill="none"/>')
    return "".join(parts), top


def _levels(facts: Sequence[Fact]) -> list[tuple[Fact, int]]:
    """Each fact with the first level on which it overlaps no earlier one."""
    free: list[date] = []
    placed = []
    for fact in sorted(facts, key=lambda each: (each.starts, each.ends)):
        level = next((at for at, until in enumerate(free) if until <= fact.starts), len(free))
        free[level : level + 1] = [fact.ends]
        placed.append((fact, level))
    return placed


def _lane_name(lane: Lane, top: int) -> str:
    words = clipped(str(lane.name), LEFT - 16)
    text = f'<text x="4" y="{top + 17}"><title>{escape(str(lane.name))}</title>{escape(words)}</text>'
    return _linked(text, lane.href)


def _bar(fact: Fact, axis: _Axis, top: int) -> str:
    start, end = axis.x(fact.starts), axis.x(fact.ends)
    width = max(end - start, 3)
    label = clipped(str(fact.words), width - 12)
    fill = FILLS.get(fact.tone, FILLS["quiet"])
    text = (
        f'<text class="xz-bar-label" x="{start + 6}" y="{top + 17}">{escape(label)}</text>' if label else ""
    )
    bar = (
        f"<g><title>{escape(_explained(fact))}</title>"
        f'<rect x="{start}" y="{top + 2}" width="{round(width, 1)}" height="{LANE - 4}" rx="3" fill="{fill}"/>'
        f"{_open_edge(fact, end, top)}{text}</g>"
    )
    return _linked(bar, fact.href)


def _open_edge(fact: Fact, end: float, top: int) -> str:
    """An arrow head on a bar that has not ended."""
    if fact.ends != OPEN:
        return ""
    fill = FILLS.get(fact.tone, FILLS["quiet"])
    return f'<path d="M{end - 1} {top + 2}l10 {(LANE - 4) / 2}l-10 {(LANE - 4) / 2}z" fill="{fill}"/>'


def _explained(fact: Fact) -> str:
    period = f"{shown(fact.starts) or '…'} – {shown(_last_day(fact.ends)) or '…'}"
    return "\n".join(str(line) for line in (fact.words, period, fact.basis) if line)


def _last_day(ends: date) -> date:
    """The last day of a period: people read closed periods."""
    return ends if ends == OPEN else ends - timedelta(days=1)


def _day_line(axis: _Axis, day: date, height: int) -> str:
    x = axis.x(day)
    anchor = "end" if x > RIGHT - 60 else "start" if x < LEFT + 60 else "middle"
    return (
        f'<g data-day-line="" data-x="{x}"><path d="M{x} {TOP - 4}V{height}" stroke="#96191d" stroke-width="2" fill="none"/>'
        f'<path d="M{x - 8} 0V{height}h16V0z" fill="transparent"/>'
        f'<rect x="{_label_left(x, anchor)}" y="0" width="84" height="19" rx="3" fill="#96191d"/>'
        f'<text class="xz-bar-label" x="{_label_left(x, anchor) + 42}" y="14" text-anchor="middle" font-size="12">'
        f"{day}</text></g>"
    )


def _label_left(x: float, anchor: str) -> float:
    return round({"end": x - 84, "start": x, "middle": x - 42}[anchor], 1)


def _linked(drawing: str, href: str) -> str:
    return f'<a href="{escape(href)}">{drawing}</a>' if href else drawing


def width_of(words: str, character: float = CHARACTER) -> float:
    """About how wide `words` are drawn, in the units of the picture."""
    return sum(character if ord(letter) > 0x2E7F else character * 0.58 for letter in words)


def clipped(words: str, room: float) -> str:
    """`words` cut to `room` with an ellipsis; nothing if not even two characters fit."""
    if width_of(words) <= room:
        return words
    kept = ""
    for letter in words:
        if width_of(kept + letter + "…") > room:
            break
        kept += letter
    return f"{kept}…" if len(kept) > 1 else ""


def _twin(lanes: Sequence[Lane]) -> str:
    columns = [
        Column("name", _("Name")),
        Column("words", _("What")),
        Column("starts", _("From"), kind="date"),
        Column("ends", _("Until"), kind="date"),
        Column("basis", _("Basis")),
    ]
    rows = [
        {
            "name": str(lane.name),
            "words": State(fact.words, fact.tone) if fact.tone != "quiet" else str(fact.words),
            "starts": fact.starts,
            "ends": _last_day(fact.ends),
            "basis": str(fact.basis),
        }
        for lane in lanes
        for fact in lane.facts
    ]
    table = render_table(Table(columns, rows, id="timeline-table", caption=_("The timeline as a table")))
    return (
        f'<details class="xz-twin"><summary>{escape(_("The timeline as a table"))}</summary>{table}</details>'
    )
