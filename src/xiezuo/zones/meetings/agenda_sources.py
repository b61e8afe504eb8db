"""Where the agenda of a zone's meeting may come from: apps above offer lines that point to open matters of the zone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from xiezuo.organisation.api import Commission


@dataclass(frozen=True)
class Suggested:
    """One line that may be taken onto an agenda: words that point, and the address of a page of the installation."""

    words: str
    href: str


Source = Callable[[Commission, int, date], Iterable[Suggested]]
"""Lines for a zone on a day, of what the reader of the transaction may see."""
_sources: list[Source] = []


def offer_agenda(source: Source) -> None:
    """Name a source of lines; named twice it is asked once."""
    if source not in _sources:
        _sources.append(source)


def suggested(commission: Commission, zone: int, on: date, taken: Iterable[str] = ()) -> list[Suggested]:
    """The lines of every source in their order, without those whose page stands on the agenda already."""
    known = set(taken)
    return [each for source in _sources for each in source(commission, zone, on) if each.href not in known]
