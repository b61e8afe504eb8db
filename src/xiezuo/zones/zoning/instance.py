"""An instance of zone drawing as others write it: read from JSON, or every fault in it named by its place.

Plain Python, so that who only reads one waits for no solver. Words are others' business: a fault says what was expected
by a code.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from xiezuo.shared.instances import (
    MISSING,
    BadInstance,
    Document,
    Fault,
    Id,
    as_name,
    as_number,
    fault,
    read_json,
)

__all__ = ["BadInstance", "Blamed", "Document", "Expected", "Fault", "Instance", "NoAnswer", "Site", "read"]

Pair = tuple[int, int]


class Expected(Enum):
    """What should have stood there."""

    OBJECT = "object"
    LIST = "list"
    SOME = "some"
    ID = "id"
    NEW_ID = "new id"
    NUMBER = "number"
    NOT_NEGATIVE = "not negative"
    COUNT = "count"
    PLACE = "place"
    CENTRE = "centre"
    PAIR = "pair"
    ROW = "row"


@dataclass(frozen=True)
class Blamed:
    """A rule in conflict: what it is about (choose, capacity, fixed, together, barred), and the ids that it names."""

    kind: str
    ids: tuple[str, ...]

    @property
    def name(self) -> str:
        """As the document names it: `fixed p1: c2`, `barred p1, p2`, `capacity c2`, `choose 3`; `capacity` of all."""
        between = ": " if self.kind == "fixed" else ", "
        return f"{self.kind} {between.join(self.ids)}".strip()


class NoAnswer(ValueError):
    """There is no division, or none was found: the rules in conflict, none if no division is not known to be impossible.

    `minimal`: without any one of them there is a division.
    """

    def __init__(self, conflict: tuple[Blamed, ...], *, minimal: bool, seconds: float) -> None:
        super().__init__("; ".join(each.name for each in conflict) or "none found")
        self.conflict, self.minimal, self.seconds = conflict, minimal, seconds

    def document(self) -> dict[str, Any]:
        """The document of docs/commands.md, without its words."""
        names = [each.name for each in self.conflict]
        return {"conflict": names, "minimal": self.minimal, "seconds": round(self.seconds, 3)}


@dataclass(frozen=True)
class Site:
    """A place or a centre: where it lies (None where distances are given), what it brings and what it takes."""

    code: Id
    x: float | None
    y: float | None
    load: float
    capacity: float


@dataclass(frozen=True)
class Instance:
    """Places to be divided; rules name places and centres by their positions.

    `centres` None: `choose` of the places become centres. `distance[place][centre]`, or None for straight lines.
    """

    places: tuple[Site, ...]
    centres: tuple[Site, ...] | None
    choose: int | None
    distance: tuple[tuple[float, ...], ...] | None
    fixed: Mapping[int, int]
    barred: tuple[Pair, ...]
    together: tuple[Pair, ...]

    @property
    def possible_centres(self) -> tuple[Site, ...]:
        """The centres given, or else the places."""
        return self.places if self.centres is None else self.centres

    @property
    def zones(self) -> int:
        """How many centres there are to be."""
        return len(self.possible_centres) if self.choose is None else self.choose


def read(text: bytes) -> Instance:
    """The instance that a JSON document describes. Raises `BadInstance` with what is wrong in it."""
    return _Reading().instance(read_json(text))


class _Reading:
    """Reads on after a fault, so that all are named at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def instance(self, document: Any) -> Instance:
        if not isinstance(document, dict):
            raise BadInstance([fault("$", document, Expected.OBJECT)])
        straight = document.get("distance") is None
        chosen = document.get("centres") is None
        places = self._sites(document, "places", straight=straight, load=True, capacity=chosen)
        centres = (
            None if chosen else self._sites(document, "centres", straight=straight, load=False, capacity=True)
        )
        possible = places if centres is None else centres
        choose = self._choose(document.get("choose"), len(possible), needed=chosen) if possible else None
        self._stop_at_faults()
        distance = None if straight else self._distance(document["distance"], len(places), len(possible))
        at, centre_at = _positions(places), _positions(possible)
        fixed = dict(self._fixed(document, at, centre_at))
        barred, together = (tuple(self._pairs(document, name, at)) for name in ("barred", "together"))
        self._stop_at_faults()
        return Instance(places, centres, choose, distance, fixed, barred, together)

    def _stop_at_faults(self) -> None:
        if self.faults:
            raise BadInstance(self.faults)

    def _fail(self, where: str, found: Any, expected: Expected, most: int = 0) -> None:
        self.faults.append(fault(where, found, expected, most))

    def _list(self, document: Mapping[str, Any], name: str) -> list[Any]:
        found = document.get(name)
        if isinstance(found, list):
            return found
        if found is not None:
            self._fail(name, found, Expected.LIST)
        return []

    def _sites(
        self, document: Mapping[str, Any], name: str, *, straight: bool, load: bool, capacity: bool
    ) -> tuple[Site, ...]:
        rows = self._list(document, name)
        if not rows:
            self._fail(name, document.get(name, MISSING), Expected.SOME)
        known: set[str] = set()
        sites = []
        for at, row in enumerate(rows):
            where = f"{name}[{at}]"
            if not isinstance(row, dict):
                self._fail(where, row, Expected.OBJECT)
                continue
            code = self._code(row.get("id", MISSING), f"{where}.id", known)
            x, y = (self._number(row, where, key) if straight else None for key in ("x", "y"))
            brings = self._amount(row, where, "load") if load else 0.0
            takes = self._amount(row, where, "capacity") if capacity else 0.0
            sites.append(Site(code, x, y, brings, takes))
        return tuple(sites)

    def _code(self, found: Any, where: str, known: set[str]) -> Id:
        if isinstance(found, bool) or not isinstance(found, (str, int)) or found == "":
            self._fail(where, found, Expected.ID)
            return ""
        if str(found) in known:
            self._fail(where, found, Expected.NEW_ID)
        known.add(str(found))
        return found

    def _number(self, row: Mapping[str, Any], where: str, key: str) -> float:
        return self._real(row.get(key, MISSING), f"{where}.{key}", Expected.NUMBER)

    def _amount(self, row: Mapping[str, Any], where: str, key: str) -> float:
        return self._real(row.get(key, MISSING), f"{where}.{key}", Expected.NOT_NEGATIVE)

    def _real(self, found: Any, where: str, expected: Expected) -> float:
        number = as_number(found)
        if number is None or (expected is Expected.NOT_NEGATIVE and number < 0):
            self._fail(where, found, expected)
            return 0.0
        return number

    def _choose(self, found: Any, most: int, *, needed: bool) -> int | None:
        if found is None and not needed:
            return None
        number = as_number(found)
        if number is None or number % 1 or not 1 <= number <= most:
            self._fail("choose", MISSING if found is None else found, Expected.COUNT, most)
            return None
        return int(number)

    def _distance(self, found: Any, places: int, centres: int) -> tuple[tuple[float, ...], ...]:
        if not isinstance(found, list) or len(found) != places:
            self._fail("distance", _length(found), Expected.ROW, places)
            return ()
        return tuple(self._row(row, f"distance[{at}]", centres) for at, row in enumerate(found))

    def _row(self, found: Any, where: str, centres: int) -> tuple[float, ...]:
        if not isinstance(found, list) or len(found) != centres:
            self._fail(where, _length(found), Expected.ROW, centres)
            return ()
        return tuple(
            self._real(cell, f"{where}[{at}]", Expected.NOT_NEGATIVE) for at, cell in enumerate(found)
        )

    def _fixed(
        self, document: Mapping[str, Any], at: Mapping[str, int], centre_at: Mapping[str, int]
    ) -> Iterator[tuple[int, int]]:
        found = document.get("fixed")
        if found is not None and not isinstance(found, dict):
            self._fail("fixed", found, Expected.OBJECT)
            return
        for place, centre in (found or {}).items():
            if place not in at:
                self._fail(f"fixed.{place}", place, Expected.PLACE)
            elif as_name(centre) not in centre_at:
                self._fail(f"fixed.{place}", centre, Expected.CENTRE)
            else:
                yield at[place], centre_at[as_name(centre)]

    def _pairs(self, document: Mapping[str, Any], name: str, at: Mapping[str, int]) -> Iterator[Pair]:
        for index, pair in enumerate(self._list(document, name)):
            where = f"{name}[{index}]"
            if not isinstance(pair, list) or len(pair) != 2 or as_name(pair[0]) == as_name(pair[1]):
                self._fail(where, pair, Expected.PAIR)
                continue
            strange = [each for each in pair if as_name(each) not in at]
            if strange:
                self._fail(where, strange[0], Expected.PLACE)
            else:
                yield at[as_name(pair[0])], at[as_name(pair[1])]


def _positions(sites: tuple[Site, ...]) -> dict[str, int]:
    return {str(site.code): at for at, site in enumerate(sites)}


def _length(found: Any) -> Any:
    """A list is shown by its length: its cells say nothing about what is wrong with it."""
    return f"[{len(found)}]" if isinstance(found, list) else found
