"""What the page of one thing shows from other parts of the house.

A lower app owns the page of a unit; a higher app knows the unit's zones. The higher app registers a panel in its
module `panels`, and the page asks for the panels of what it shows, so that imports keep pointing down.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.utils.module_loading import autodiscover_modules
from django.utils.safestring import SafeString

from xiezuo.ui.timeline import Lane
from xiezuo.ui.words import Words


@dataclass(frozen=True)
class Subject:
    """What a page shows: its kind (unit, person, zone), its key, and the units that belong to it."""

    kind: str
    key: int
    units: tuple[int, ...] = ()


@dataclass(frozen=True)
class Panel:
    """A section of a page: words above, markup below, and lanes for the page's timeline. Without `body` only lanes."""

    title: Words
    body: SafeString | str = ""
    lanes: Sequence[Lane] = ()


Maker = Callable[[HttpRequest, Subject], Panel | None]
_makers: dict[str, list[tuple[int, Maker]]] = {}


def panel(kind: str, order: int) -> Callable[[Maker], Maker]:
    """Register a maker of panels for pages of `kind`; lower `order` stands first."""

    def registered(maker: Maker) -> Maker:
        _makers.setdefault(kind, []).append((order, maker))
        return maker

    return registered


def panels_of(request: HttpRequest, subject: Subject) -> list[Panel]:
    """Every panel that has something to say about `subject`, in order."""
    _discover()
    makers = sorted(_makers.get(subject.kind, []), key=lambda pair: pair[0])
    return [made for _order, maker in makers if (made := maker(request, subject)) is not None]


@cache
def _discover() -> None:
    autodiscover_modules("panels")
