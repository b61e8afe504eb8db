"""Answers: values set-based for any number of commissions, and the records behind one value."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from xiezuo.figures.asking import Asking
from xiezuo.figures.counting import counting
from xiezuo.figures.registry import Figure, all_figures, figure_of
from xiezuo.shared.periods import ALWAYS, OPEN

Values = dict[int, dict[str, int | None]]


@dataclass
class Record:
    """One thing counted. `cells` holds a value per column of the figure, `links` the page (kind, id) of a cell.

    `facts` are the rows of the ledger that speak for it: a person in two posts is one record resting on two.
    """

    id: str
    commission: int
    cells: dict[str, Any]
    links: dict[str, tuple[str, int]]
    facts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """A figure's value and the records it counts, on a day. Several commissions are answered as one.

    `known` is false for a total that the reader may not know; `rows` are only the records that the reader may see.
    """

    figure: Figure
    key: str
    value: int | None
    rows: tuple[Record, ...]
    known: bool = True

    @property
    def withheld(self) -> int:
        """How many of the records counted are not for the reader."""
        if self.figure.reduce or self.value is None:
            return 0
        return max(self.value - len(self.rows), 0)


def answer(key: str, asking: Asking) -> Answer:
    """Value and records of `key` or `key@MM`; `NotThere` for an unknown key."""
    figure, month = figure_of(key)
    asking = asking.in_month(month) if month else asking
    with counting(asking.commissions) as totals:
        known = figure.structural or totals == asking.commissions
        measures = [row[1] for row in figure.totals.ask(asking)] if known else []
    value = figure.reduced(measures) if known else None
    return Answer(figure, key, value, tuple(_records(figure, asking)), known)


def records(key: str, asking: Asking) -> tuple[Record, ...]:
    """The records that `key` or `key@MM` counts, in official order."""
    figure, month = figure_of(key)
    return tuple(_records(figure, asking.in_month(month) if month else asking))


def values(asking: Asking, keys: Iterable[str] | None = None) -> Values:
    """The value of each key for each commission: one question per figure, however many commissions.

    Without `keys`: every figure, and every month of the year up to the day as `key@MM`. A total that the reader may
    not know is None, never the part of it that the reader could see.
    """
    wanted = all_keys(asking.on) if keys is None else list(keys)
    found: Values = {commission: {} for commission in asking.commissions}
    with counting(asking.commissions) as known:
        for figure, asked in _by_figure(wanted).items():
            mine = asking if figure.structural else replace(asking, commissions=known)
            for commission, answers in _values_of(figure, asked, mine).items():
                found[commission].update(answers)
    return {commission: {key: answers.get(key) for key in wanted} for commission, answers in found.items()}


def all_keys(on: date) -> list[str]:
    """Every key that can be asked on a day, the months of monthly figures up to it included."""
    keys = []
    for figure in all_figures():
        keys.append(figure.key)
        if figure.monthly:
            keys += [f"{figure.key}@{month:02}" for month in range(1, on.month + 1)]
    return keys


def _by_figure(keys: Sequence[str]) -> dict[Figure, dict[str, int | None]]:
    wanted: dict[Figure, dict[str, int | None]] = defaultdict(dict)
    for key in keys:
        figure, month = figure_of(key)
        wanted[figure][key] = month
    return wanted


def _values_of(figure: Figure, keys: dict[str, int | None], asking: Asking) -> Values:
    if not asking.commissions:
        return {}
    if figure.monthly and asking.during is None:
        return _by_month(figure, keys, asking)
    if figure.reduce:
        return _reduced(figure, keys, asking)
    totals = dict(figure.totals.ask(asking))
    return {commission: dict.fromkeys(keys, totals.get(commission, 0)) for commission in asking.commissions}


def _by_month(figure: Figure, keys: dict[str, int | None], asking: Asking) -> Values:
    counts: dict[int, dict[int, int]] = {commission: {} for commission in asking.commissions}
    for commission, month, total in figure.months.ask(asking):
        counts[commission][int(month)] = total
    return {
        commission: {
            key: sum(months.values()) if month is None else months.get(month, 0)
            for key, month in keys.items()
        }
        for commission, months in counts.items()
    }


def _reduced(figure: Figure, keys: dict[str, int | None], asking: Asking) -> Values:
    measures: dict[int, list[int]] = {commission: [] for commission in asking.commissions}
    for commission, measure in figure.totals.ask(asking):
        measures[commission].append(measure)
    return {commission: dict.fromkeys(keys, figure.reduced(found)) for commission, found in measures.items()}


def _records(figure: Figure, asking: Asking) -> list[Record]:
    found: dict[tuple[int, Any], Record] = {}
    record_of = _reader(figure)
    for row in figure.listed.ask(asking):
        record = record_of(row)
        held = found.setdefault((row[0], row[1]), record)
        if held is not record:
            _merge(held, record)
    return list(found.values())


def _reader(figure: Figure) -> Callable[[tuple[Any, ...]], Record]:
    """A function that makes a record of a row."""
    names = [column.name for column in figure.columns]
    linked = [(column.name, column.link) for column in figure.columns if column.link]
    end, counts, fact = 3 + len(names), figure.record, figure.fact or figure.record

    def record_of(row: tuple[Any, ...]) -> Record:
        cells = dict(zip(names, map(_cell, row[3:end]), strict=True))
        links = {
            name: (link, target) for (name, link), target in zip(linked, row[end:], strict=True) if target
        }
        return Record(f"{counts}:{row[1]}", row[0], cells, links, [f"{fact}:{row[2]}"])

    return record_of


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    return None if value in (OPEN, ALWAYS) else value


def _merge(held: Record, other: Record) -> None:
    held.facts += other.facts
    for name, value in other.cells.items():
        words = str(held.cells[name] or "").split("、")
        if value not in (held.cells[name], None, "") and str(value) not in words:
            held.cells[name] = "、".join(word for word in [*words, str(value)] if word)
            held.links.pop(name, None)
