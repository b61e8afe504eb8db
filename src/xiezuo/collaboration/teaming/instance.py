"""A question for teams as others write it: read from JSON, or every fault in it named by its place.

Plain Python, so that who only reads one waits for no solver.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from xiezuo.collaboration.teaming.problem import Days, Need, Person
from xiezuo.shared.instances import MISSING, BadInstance, Fault, Id, as_name, as_number, fault, read_json

LARGEST_LOAD = 1e6
LARGEST_COUNT = 1_000_000
WOMAN = {"女", "女性", "f", "female", "woman"}
MAN = {"男", "男性", "m", "male", "man"}
Kind = TypeVar("Kind")


class Expected(Enum):
    """What should have stood there."""

    OBJECT = "object"
    LIST = "list"
    ID = "id"
    NEW_ID = "new id"
    NAME = "name"
    SEX = "sex"
    YES_OR_NO = "yes or no"
    LOAD = "load"
    COUNT = "count"
    DAY = "day"
    PERIOD = "period"
    LATER = "later"
    PERSON = "person"


@dataclass(frozen=True)
class Instance:
    """People and needs; ids are texts within, `written` has them as the document wrote them."""

    people: tuple[Person, ...]
    needs: tuple[Need, ...]
    written: Mapping[str, Id]


def read(text: bytes) -> Instance:
    """The instance that a JSON document describes. Raises `BadInstance` with what is wrong in it."""
    return _Reading().instance(read_json(text))


class _Reading:
    """Reads on after a fault, so that all are named at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.written: dict[str, Id] = {}

    def instance(self, document: Any) -> Instance:
        if not isinstance(document, dict):
            raise BadInstance([fault("$", document, Expected.OBJECT)])
        people = self._rows(document, "people", self._person)
        known = frozenset(self.written)
        needs = self._rows(document, "requests", lambda row, where: self._need(row, where, known))
        self._each_once("people", [each.id for each in people])
        self._each_once("requests", [each.id for each in needs])
        if self.faults:
            raise BadInstance(self.faults)
        return Instance(people, needs, self.written)

    def _fail(self, where: str, found: Any, expected: Expected, most: int = 0) -> None:
        self.faults.append(fault(where, found, expected, most))

    def _each_once(self, name: str, ids: list[str]) -> None:
        known: set[str] = set()
        for at, each in enumerate(ids):
            if each and each in known:
                self._fail(f"{name}[{at}].id", each, Expected.NEW_ID)
            known.add(each)

    def _rows(
        self, document: Mapping[str, Any], name: str, read_row: Callable[[Mapping[str, Any], str], Kind]
    ) -> tuple[Kind, ...]:
        rows = document.get(name, MISSING)
        if not isinstance(rows, list):
            self._fail(name, rows, Expected.LIST)
            return ()
        found = []
        for at, row in enumerate(rows):
            if isinstance(row, dict):
                found.append(read_row(row, f"{name}[{at}]"))
            else:
                self._fail(f"{name}[{at}]", row, Expected.OBJECT)
        return tuple(found)

    def _person(self, row: Mapping[str, Any], where: str) -> Person:
        code = self._id(row, where)
        self.written.setdefault(code, row.get("id", ""))
        return Person(
            code,
            self._name(row.get("unit", MISSING), f"{where}.unit"),
            woman=self._woman(row.get("sex", MISSING), f"{where}.sex"),
            roles=self._names(row, "roles", where),
            skills=self._names(row, "skills", where),
            own=self._own(row.get("own", MISSING), f"{where}.own"),
            busy=self._busy(row, where),
            load=self._load(row.get("load", MISSING), f"{where}.load"),
        )

    def _need(self, row: Mapping[str, Any], where: str, known: frozenset[str]) -> Need:
        starts, ends = self._period(row.get("from", MISSING), row.get("to", MISSING), where)
        return Need(
            self._id(row, where),
            self._count(row.get("size", MISSING), f"{where}.size"),
            starts,
            ends,
            roles=self._roles(row, where),
            skills=self._names(row, "skills", where),
            women=self._count(row.get("women", 0), f"{where}.women"),
            own=self._count(row.get("own", 0), f"{where}.own"),
            barred=dict.fromkeys(self._barred(row, where, known), "barred"),
            units_barred=self._names(row, "units_barred", where),
        )

    def _id(self, row: Mapping[str, Any], where: str) -> str:
        found = row.get("id", MISSING)
        if not as_name(found):
            self._fail(f"{where}.id", found, Expected.ID)
        return as_name(found)

    def _name(self, found: Any, where: str) -> str:
        if not as_name(found):
            self._fail(where, found, Expected.NAME)
        return as_name(found)

    def _list(self, row: Mapping[str, Any], name: str, where: str) -> list[Any]:
        found = row.get(name, [])
        if isinstance(found, list):
            return found
        self._fail(f"{where}.{name}", found, Expected.LIST)
        return []

    def _names(self, row: Mapping[str, Any], name: str, where: str) -> frozenset[str]:
        rows = enumerate(self._list(row, name, where))
        return frozenset(self._name(found, f"{where}.{name}[{at}]") for at, found in rows)

    def _barred(self, row: Mapping[str, Any], where: str, known: frozenset[str]) -> list[str]:
        """A bar of somebody unknown would bar nobody, which is worse than a refusal."""
        found = self._list(row, "barred", where)
        for at, each in enumerate(found):
            if as_name(each) not in known or not as_name(each):
                self._fail(f"{where}.barred[{at}]", each, Expected.PERSON)
        return [as_name(each) for each in found]

    def _woman(self, found: Any, where: str) -> bool:
        """Null is not known, and counts as no woman."""
        word = found.strip().casefold() if isinstance(found, str) else found
        if word is not None and (not isinstance(word, str) or word not in WOMAN | MAN):
            self._fail(where, found, Expected.SEX)
            return False
        return word in WOMAN

    def _own(self, found: Any, where: str) -> bool:
        if not isinstance(found, bool):
            self._fail(where, found, Expected.YES_OR_NO)
        return found is True

    def _load(self, found: Any, where: str) -> float:
        value = as_number(found)
        if value is None or not 0 <= value <= LARGEST_LOAD:
            self._fail(where, found, Expected.LOAD)
            return 0.0
        return value

    def _count(self, found: Any, where: str) -> int:
        value = as_number(found)
        if value is None or value % 1 or not 0 <= value <= LARGEST_COUNT:
            self._fail(where, found, Expected.COUNT)
            return 0
        return int(value)

    def _roles(self, row: Mapping[str, Any], where: str) -> dict[str, int]:
        found = row.get("roles", {})
        if not isinstance(found, dict):
            self._fail(f"{where}.roles", found, Expected.OBJECT)
            return {}
        return {role: self._count(least, f"{where}.roles.{role}") for role, least in found.items()}

    def _busy(self, row: Mapping[str, Any], where: str) -> tuple[Days, ...]:
        found = []
        for at, pair in enumerate(self._list(row, "busy", where)):
            here = f"{where}.busy[{at}]"
            if isinstance(pair, list) and len(pair) == 2:
                found.append(self._days(pair[0], pair[1], here, (f"{here}[0]", f"{here}[1]")))
            else:
                self._fail(here, pair, Expected.PERIOD)
        return tuple(found)

    def _period(self, starts: Any, ends: Any, where: str) -> Days:
        return self._days(starts, ends, f"{where}.to", (f"{where}.from", f"{where}.to"))

    def _days(self, starts: Any, ends: Any, where: str, at: tuple[str, str]) -> Days:
        """A period that ends before it begins, or on the same day, has no day and is a mistake."""
        first, last = _day(starts), _day(ends)
        for day, found, place in ((first, starts, at[0]), (last, ends, at[1])):
            if day is None:
                self._fail(place, found, Expected.DAY)
        if first is None or last is None:
            return date.min, date.max
        if first >= last:
            self._fail(where, f"{starts} – {ends}", Expected.LATER)
        return first, last


def _day(found: Any) -> date | None:
    if not isinstance(found, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", found, re.ASCII):
        return None
    try:
        return date.fromisoformat(found)
    except ValueError:
        return None
