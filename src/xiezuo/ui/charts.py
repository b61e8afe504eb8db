"""Charts: data in, a place for ECharts and a table that says the same out."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from zlib import crc32

from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xiezuo.ui.markup import drawn
from xiezuo.ui.shapes import COLOURS, chart_mark
from xiezuo.ui.table import Column, Table, render_table
from xiezuo.ui.words import Words

KINDS = ("line", "area", "bar", "stacked")
PALETTE_SIZE = len(COLOURS)


@dataclass(frozen=True)
class Series:
    """One line or one row of bars. `key` decides its colour, so that it is the same on every page and in each language.

    `links` opens the records behind each point in the drawer. `slot` fixes the colour where a page needs a given one.
    """

    key: str
    name: Words
    values: Sequence[int | float | None]
    links: Sequence[str] = ()
    slot: int | None = None
    dashed: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart of `kind` over `categories`; `mark` names the category where the day line stands."""

    title: Words
    kind: str
    categories: Sequence[Words]
    series: Sequence[Series]
    unit: Words = ""
    mark: Words | None = None
    sideways: bool = False
    step: bool = False
    size: str = ""
    category_name: Words = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"a chart is one of {', '.join(KINDS)}, not {self.kind!r}")


def slots(series: Sequence[Series]) -> list[int]:
    """The palette place of each series: its own, or one drawn from its key, or the next free one."""
    taken: list[int] = []
    for each in series:
        wanted = crc32(each.key.encode()) % PALETTE_SIZE if each.slot is None else each.slot % PALETTE_SIZE
        free = (s for s in range(wanted, wanted + PALETTE_SIZE) if s % PALETTE_SIZE not in taken)
        taken.append(next(free, wanted) % PALETTE_SIZE)
    return taken


def render_chart(name: str, chart: Chart) -> SafeString:
    """The place where static/ui/charts.js draws, the data for it, and the table twin."""
    size = f" xz-chart-{chart.size}" if chart.size in ("small", "tall") else ""
    label = _("Chart: %(title)s; the table below says the same") % {"title": chart.title}
    # Safe: texts are escaped here, the data by json_script and the table by its template.
    return drawn(
        f'<figure class="xz-picture"><figcaption>{escape(str(chart.title))}{_unit(chart)}</figcaption>'
        f'<div class="xz-chart{size}" data-chart="{escape(name)}-data" role="img" aria-label="{escape(label)}"></div>{_legend(chart)}'
        f"{json_script(_data(chart), f'{name}-data')}"
        f'<details class="xz-twin"><summary>{escape(_("The chart as a table"))}</summary>'
        f"{render_table(_table(name, chart))}</details></figure>"
    )


def _legend(chart: Chart) -> str:
    """Which mark is which series; one series needs none. Outside the picture, so that it wraps as the page does."""
    if len(chart.series) < 2:
        return ""
    entries = (
        f'<li><svg viewBox="0 0 20 20" aria-hidden="true">{chart_mark(slot)}</svg>{escape(str(series.name))}</li>'
        for series, slot in zip(chart.series, slots(chart.series), strict=True)
    )
    return f'<ul class="xz-legend">{"".join(entries)}</ul>'


def _unit(chart: Chart) -> str:
    return f' <span class="xz-secondary xz-small">· {escape(str(chart.unit))}</span>' if chart.unit else ""


def _data(chart: Chart) -> dict[str, Any]:
    whole = all(
        isinstance(value, int) for series in chart.series for value in series.values if value is not None
    )
    return {
        "kind": chart.kind,
        "categories": [str(each) for each in chart.categories],
        "mark": str(chart.mark) if chart.mark is not None else None,
        "sideways": chart.sideways,
        "step": chart.step,
        "whole": whole,
        "series": [
            {
                "name": str(series.name),
                "values": list(series.values),
                "links": list(series.links),
                "slot": slot,
                "dashed": series.dashed,
            }
            for series, slot in zip(chart.series, slots(chart.series), strict=True)
        ],
    }


def _table(name: str, chart: Chart) -> Table:
    columns = [Column("category", chart.category_name or _("Point"))]
    columns += [Column(series.key, series.name, numeric=True) for series in chart.series]
    rows = [
        {
            "category": str(category),
            **{s.key: s.values[at] if at < len(s.values) else None for s in chart.series},
        }
        for at, category in enumerate(chart.categories)
    ]
    return Table(columns, rows, id=f"{name}-table", caption=chart.title)
