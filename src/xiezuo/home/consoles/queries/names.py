"""What the things are called over which somebody holds a role, and which of them can be chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Scope, as_the_product
from xiezuo.home.consoles.words import value_words
from xiezuo.organisation.api import person_names, unit_names
from xiezuo.organisation.models import Assignment, Commission, Person, Unit, UnitRecord
from xiezuo.organisation.states import UnitKind
from xiezuo.shared.errors import NotThere
from xiezuo.zones.models import Zone, ZoneRecord


class Scoped(Protocol):
    """A grant or a right: held over something, because of something."""

    commission: int | None
    scope_kind: str
    scope_id: int


@dataclass(frozen=True)
class Names:
    """Names of commissions, units and zones, as they are called on a day."""

    commissions: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    zones: Mapping[int, str] = field(default_factory=dict)

    def scope(self, held: Scoped) -> str:
        """Over what it is held."""
        if held.scope_kind == Scope.INSTALLATION:
            return _("the installation")
        of = {Scope.COMMISSION: self.commissions, Scope.UNIT: self.units, Scope.ZONE: self.zones}
        names = of.get(Scope(held.scope_kind), {})
        return names.get(held.scope_id) or _("matter no. %(number)d") % {"number": held.scope_id}

    def because(self, told: Mapping[str, Any]) -> str:
        """What a right rests on: a post, the lead of a zone, or a grant."""
        if "grant" in told:
            return _("grant no. %(number)s") % {"number": told["grant"]}
        if "approval" in told:
            return _("takes part in application no. %(number)s") % {"number": told["approval"]}
        if "zone" in told:
            return _("leads %(zone)s") % {"zone": self.zones.get(told["zone"], "")}
        if "post" in told:
            return _("post: %(unit)s, %(post)s") % {
                "unit": self.units.get(told.get("unit", 0), ""),
                "post": told["post"],
            }
        return value_words(dict(told)) if told else ""


def names_of(held: Iterable[Any], on: date) -> Names:
    """The names that these rights and grants need; three questions whatever their number."""
    held = list(held)
    told = [getattr(each, "because", None) or {} for each in held]
    units = {each.scope_id for each in held if each.scope_kind == Scope.UNIT} | {
        each["unit"] for each in told if "unit" in each
    }
    units |= {each.while_in for each in held if getattr(each, "while_in", None)}
    zones = {each.scope_id for each in held if each.scope_kind == Scope.ZONE} | {
        each["zone"] for each in told if "zone" in each
    }
    return Names(commission_names(), unit_names(units, on), zone_names(zones, on))


def commission_names() -> dict[int, str]:
    """Every commission of the installation, by code."""
    return dict(Commission.objects.order_by("code").values_list("pk", "name"))


def zone_names(zones: Iterable[int], on: date) -> dict[int, str]:
    """Name of each zone on the day, or as it was last called."""
    rows = ZoneRecord.objects.current().filter(zone_id__in=set(zones)).order_by("starts")
    known: dict[int, str] = {}
    for zone, name, starts in rows.values_list("zone_id", "name", "starts"):
        if zone not in known or starts <= on:
            known[zone] = name
    return known


def zones_standing(on: date) -> list[tuple[int, int, str]]:
    """Commission, zone and name of every zone of the day."""
    rows = ZoneRecord.objects.on(on).order_by("commission_id", "level", "position", "id")
    return list(rows.values_list("commission_id", "zone_id", "name"))


def units_standing(on: date) -> list[tuple[int, int, str]]:
    """Commission, unit and name of every unit of the day."""
    rows = UnitRecord.objects.on(on).order_by("commission_id", "kind", "order_no", "position", "id")
    return list(rows.values_list("commission_id", "unit_id", "name"))


@dataclass(frozen=True)
class Thing:
    """A person, a unit or a zone, and where it belongs: who may see it follows from that."""

    kind: str
    key: int
    name: str
    commission: int
    units: tuple[int, ...] = ()
    zone: int | None = None
    leads: bool = False


def person_of(commission: int, code: str) -> int:
    """The person that a code of the ledger means. Raises `NotThere`.

    An administrator may name somebody by the code on the request; the ledger's people stay out of sight.
    """
    with as_the_product():
        found = Person.objects.filter(commission=commission, code__iexact=code.strip()).first()
    if found is None:
        raise NotThere(_("The ledger has no person with the code “%(code)s”.") % {"code": code[:40]})
    return found.pk


def called(people: Iterable[int], on: date) -> dict[int, str]:
    """Code and name of the persons behind accounts, for whoever must say that account and person are one."""
    with as_the_product():
        names = person_names(list(people), on)
        codes = dict(Person.objects.filter(pk__in=list(people)).values_list("pk", "code"))
    return {key: f"{code} · {names.get(key, '')}" for key, code in codes.items()}


def thing(kind: str, key: int, on: date) -> Thing | None:
    """The person, unit or zone of this number; None if there is none."""
    found = {"person": _person, "unit": _unit, "zone": _zone}[kind]
    with as_the_product():
        return found(key, on)


def key_of(kind: str, commission: int, code: str) -> int | None:
    """The number of the person, unit or zone that has this code in a commission."""
    model: Any = {"person": Person, "unit": Unit, "zone": Zone}[kind]
    with as_the_product():
        found: int | None = (
            model.objects.filter(commission=commission, code__iexact=code.strip())
            .values_list("pk", flat=True)
            .first()
        )
    return found


def _person(key: int, on: date) -> Thing | None:
    """A person belongs to every unit in which the ledger ever had a post of theirs, as the database's wall reads it."""
    person = Person.objects.filter(pk=key).first()
    if person is None:
        return None
    units = set(Assignment.objects.filter(person=key).values_list("unit_id", flat=True))
    kinds = UnitRecord.objects.on(on).filter(unit__in=units, kind=UnitKind.LEADERSHIP)
    name = person_names([key], on).get(key, "")
    return Thing(
        "person", key, f"{person.code} · {name}", person.commission_id, tuple(units), leads=kinds.exists()
    )


def _unit(key: int, on: date) -> Thing | None:
    unit = Unit.objects.filter(pk=key).first()
    if unit is None:
        return None
    leads = UnitRecord.objects.on(on).filter(unit=key, kind=UnitKind.LEADERSHIP).exists()
    return Thing(
        "unit", key, unit_names([key], on).get(key, unit.code), unit.commission_id, (key,), leads=leads
    )


def _zone(key: int, on: date) -> Thing | None:
    zone = Zone.objects.filter(pk=key).first()
    if zone is None:
        return None
    return Thing("zone", key, zone_names([key], on).get(key, zone.code), zone.commission_id, zone=key)
