"""A document as the page shows it: the words that will be printed, each figure a link to its records."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.figures.api import all_figures
from xiezuo.papers import Document, Figure, Heading, Lead, List, Paragraph, Run, Table, Text
from xiezuo.papers.text import list_label
from xiezuo.ui.asof import PARAMETER, keep_day
from xiezuo.ui.parts import FigureChip, State


@dataclass(frozen=True)
class Part:
    """One block of the page. `kind` names its look; `words` are drawn; a table has `head` and `rows`
    instead, each cell with its look."""

    kind: str
    words: SafeString | str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[SafeString, str], ...], ...] = ()
    caption: str = ""


def parts_of(document: Document) -> list[Part]:
    """The blocks of `document`, its figures linked to their records on its day."""
    draw = _drawer(document.date)
    return [part for block in document.blocks for part in _parts(block, draw)]


def _parts(block: Any, draw: Callable[[Iterable[Run]], SafeString]) -> Iterable[Part]:
    match block:
        case Heading(level=level, runs=runs):
            yield Part(f"heading{level}", draw(runs))
        case Paragraph(runs=runs):
            yield Part("paragraph", draw(runs))
        case List(items=items):
            for number, item in enumerate(items, 1):
                yield Part("paragraph", format_html("{}{}", list_label(block, number), draw(item)))
        case Table(columns=columns, rows=rows, caption=caption):
            looks = tuple("xz-num" if column.number else "" for column in columns)
            cells = tuple(tuple(zip((draw(_runs(cell)) for cell in row), looks, strict=True)) for row in rows)
            yield Part("table", "", tuple(column.title for column in columns), cells, caption)


def _runs(cell: Any) -> tuple[Run, ...]:
    return (Text(cell),) if isinstance(cell, str) else cell


def _drawer(day: date | None) -> Callable[[Iterable[Run]], SafeString]:
    titles = {figure.key: figure for figure in all_figures()}

    def drawn(run: Run) -> Any:
        if isinstance(run, Figure):
            return _chip(run, titles.get(run.key.partition("@")[0]), day)
        if isinstance(run, Lead):
            return format_html('<span class="xz-paper-lead">{}</span>', run.text)
        return format_html("<b>{}</b>", run.text) if run.bold else run.text

    return lambda runs: format_html_join("", "{}", ((drawn(run),) for run in runs))


def _chip(run: Figure, figure: Any, day: date | None) -> Any:
    if figure is None:  # a figure of an earlier release
        return run.text
    month = run.key.partition("@")[2]
    title = f"{figure.title} {month}" if month else figure.title
    return FigureChip(
        run.text, href=records_address(run.key, day), title=title, definition=figure.definition, day=day
    )


def records_address(key: str, day: date | None) -> str:
    """The page of the records that `key` counts on `day`."""
    return keep_day(reverse("figures:records", args=[key]), f"{PARAMETER}={day.isoformat()}" if day else "")


def state_of(*, issued: bool) -> State:
    """Draft or issued, in words."""
    return State(_("issued"), "good") if issued else State(pgettext("report", "draft"), "wait")
