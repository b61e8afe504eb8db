"""From a template, the figures and the state of a county to a document. Knows no database: all is asked before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.figures.api import Record, figure_of
from xiezuo.papers.model import Document
from xiezuo.reports.county import Month, State
from xiezuo.reports.errors import TemplateRefused, Unsuitable
from xiezuo.reports.language.budget import tool
from xiezuo.reports.language.lines import parse
from xiezuo.reports.language.marks import without_marks
from xiezuo.reports.language.sandbox import Compiled, Sandbox, compiled, environment
from xiezuo.reports.language.values import Fact, NoValue, Traced
from xiezuo.reports.language.words import FILTERS, TOOLS
from xiezuo.shared.errors import NotThere

Values = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Listed(Fact):
    """A record that a figure counts; `name` is its first column."""

    name: str


@dataclass(frozen=True)
class Given:
    """Everything that one county's report is made from."""

    on: date
    values: Values
    state: State
    records: Mapping[str, Sequence[Record]]
    shortfalls: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def sandbox() -> Sandbox:
    """The one sandbox of the process."""
    return environment(FILTERS, TOOLS)


@lru_cache(maxsize=32)
def compiled_template(text: str) -> Compiled:
    """`text` checked and compiled, its figures known. Raises `TemplateRefused` naming the line."""
    found = compiled(text, sandbox())
    needs = found.needs
    for key, line in (needs.plain | needs.monthly | needs.listed).items():
        _known_figure(key, line)
    for key, line in needs.monthly.items():
        if not figure_of(key)[0].monthly:
            raise TemplateRefused(line, _("the figure “%(key)s” is not given by month") % {"key": key})
    return found


def _known_figure(key: str, line: int) -> None:
    try:
        figure_of(key)
    except NotThere as error:
        raise TemplateRefused(line, str(error)) from None


def keys_needed(template: Compiled, on: date) -> list[str]:
    """Every key that `template` may show on a day, months as `key@MM`."""
    months = (f"{key}@{month:02}" for key in template.needs.monthly for month in range(1, on.month + 1))
    return sorted({*template.needs.plain, *months})


def render(template: Compiled, given: Given) -> Document:
    """The document that `template` makes of `given`. Raises `TemplateRefused`."""
    parsed = parse(template.render(_context(given)))
    fields: dict[str, Any] = {"title": given.state.county.name, **parsed.fields}
    return Document(blocks=parsed.blocks, date=given.on, notices=given.notices, **fields)


def _context(given: Given) -> dict[str, Any]:
    state = given.state
    return {
        "fig": tool(_figures(given.values)),
        "records": tool(_records(given.records)),
        "missing": tool(_missing(given.records)),
        "on": given.on,
        "year": given.on.year,
        "months": tuple(Month(f"{number}月", number) for number in range(1, given.on.month + 1)),
        "shortfalls": tuple(map(without_marks, given.shortfalls)),
        **{name: getattr(state, name) for name in state.__slots__},
    }


def _figures(values: Values) -> Callable[..., Traced | NoValue]:
    made: dict[str, Traced | NoValue] = {}

    def fig(key: str, month: Month | int | None = None) -> Traced | NoValue:
        number = month.number if isinstance(month, Month) else month
        asked = key if number is None else f"{key}@{number:02}"
        if asked in made:
            return made[asked]
        if asked not in values:
            raise Unsuitable(
                _("write the key of a figure out, so that it can be asked beforehand: “%(key)s”")
                % {"key": asked}
            )
        value = values[asked]
        made[asked] = NoValue(asked) if value is None else Traced(value, asked)
        return made[asked]

    return fig


def _records(records: Mapping[str, Sequence[Record]]) -> Callable[[str], tuple[Listed, ...]]:
    def listed(key: str) -> tuple[Listed, ...]:
        return _listed(_of(records, key))

    return listed


def _missing(records: Mapping[str, Sequence[Record]]) -> Callable[[str, str], tuple[Listed, ...]]:
    def missing(whole: str, part: str) -> tuple[Listed, ...]:
        """Records of `whole` that `part` does not count."""
        there = {record.id for record in _of(records, part)}
        return _listed(record for record in _of(records, whole) if record.id not in there)

    return missing


def _of(records: Mapping[str, Sequence[Record]], key: str) -> Sequence[Record]:
    if key not in records:
        raise Unsuitable(
            _("write the key of a figure out, so that it can be asked beforehand: “%(key)s”") % {"key": key}
        )
    return records[key]


def _listed(records: Iterable[Record]) -> tuple[Listed, ...]:
    return tuple(Listed(without_marks(str(next(iter(record.cells.values()), "")))) for record in records)
