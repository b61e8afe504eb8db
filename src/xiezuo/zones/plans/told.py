"""A difference between two schemes in words, for whoever signs and for whoever is told what another changed."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from xiezuo.shared.lists import listed
from xiezuo.zones.queries.schemes import Known
from xiezuo.zones.scheme import PlannedZone, Scheme, SchemeDifference

Line = tuple[str, str, str]
"""What · before · after."""


def difference_lines(
    found: SchemeDifference, before: Scheme, after: Scheme, known: Known, empty: str = "—"
) -> list[Line]:
    """Each thing that changes: zones opened, closed and described otherwise, then units, then leaders."""
    names = _names(before) | _names(after)
    return [
        *((each.name, empty, _described(each, names)) for each in found.opened),
        *((each.name, _described(each, names), empty) for each in found.closed),
        *((new.name, _described(old, names), _described(new, names)) for old, new in found.described),
        *((known.unit(each.unit), _places(each.before, names) or empty, _places(each.after, names) or empty)
          for each in in_order(found, known)),
        *((_("Leaders of %(zone)s") % {"zone": names.get(each.zone, each.zone)}, _people(each.before, known) or empty,
           _people(each.after, known) or empty) for each in found.handed),
    ]  # fmt: skip


def in_order(found: SchemeDifference, known: Known) -> "list":  # type: ignore[type-arg]
    """Units that move, in official order."""
    order = {unit: place for place, unit in enumerate(known.units)}
    return sorted(found.moved, key=lambda each: (order.get(each.unit, len(order)), each.unit))


def difference_words(found: SchemeDifference, after: Scheme, known: Known) -> list[str]:
    """The same as short sentences."""
    return list(_sentences(found, after, known))


def _sentences(found: SchemeDifference, after: Scheme, known: Known) -> Iterator[str]:
    names = _names(after) | {each.code: each.name for each in found.closed}
    for zone in found.opened:
        yield _("%(zone)s was added") % {"zone": zone.name}
    for zone in found.closed:
        yield _("%(zone)s was taken out") % {"zone": zone.name}
    for old, new in found.described:
        yield _("%(zone)s was described otherwise") % {"zone": old.name if old.name == new.name else f"{old.name} → {new.name}"}  # fmt: skip
    for moved in in_order(found, known):
        told = {"unit": known.unit(moved.unit), "before": _places(moved.before, names) or "—", "after": _places(moved.after, names) or "—"}  # fmt: skip
        yield _("%(unit)s: %(before)s → %(after)s") % told
    for handed in found.handed:
        told = {"zone": names.get(handed.zone, handed.zone), "before": _people(handed.before, known) or "—", "after": _people(handed.after, known) or "—"}  # fmt: skip
        yield _("leaders of %(zone)s: %(before)s → %(after)s") % told


def _names(scheme: Scheme) -> dict[str, str]:
    return {zone.code: zone.name for zone in scheme.zones}


def _described(zone: PlannedZone, names: dict[str, str]) -> str:
    return " · ".join(filter(None, (zone.name, zone.level, zone.kind, names.get(zone.parent, zone.parent))))


def _places(places: Iterable[tuple[str, str]], names: dict[str, str]) -> str:
    return listed(f"{names.get(zone, zone)}（{role}）" for zone, role in places)


def _people(people: Iterable[int], known: Known) -> str:
    return listed(known.person(each) for each in people)
