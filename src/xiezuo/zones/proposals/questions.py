"""A county's ground as the questions that the solver takes: places, zones, ties, prices and named rules; who leads.

Loaded by who solves alone, with what it imports. Codes of places are unit numbers written out, so that equal questions are
equal whatever the units are called.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xiezuo.zones.judged import RuleSaid
from xiezuo.zones.proposals.asking import Drawing, Wishes
from xiezuo.zones.scheme import DIRECT, FIRST, SECOND, TOWNSHIP, Scheme
from xiezuo.zones.valuing import STAFF, CountyGround, Drawn, share_of, ties_of
from xiezuo.zones.zoning.ground import Division, Ground, Place, Zone, members
from xiezuo.zones.zoning.leaders import SPAN, Deputy, Leader, LeaderPrices, LeaderQuestion
from xiezuo.zones.zoning.question import Question
from xiezuo.zones.zoning.rules import Apart, Member, Needs, Reach, Rule, Size, Together, Writing
from xiezuo.zones.zoning.terms import Balance, Prices
from xiezuo.zones.zoning.touching import Touching

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Within(Rule):
    """Every zone holds between the least and the most of a load."""

    load: str = STAFF
    least: float = 0.0
    most: float = 0.0

    def breaches(self, ground: Ground, division: Division) -> tuple[str, ...]:
        """The zones that hold less or more."""
        loads, held = ground.loads_of(self.load), members(division)
        sums = {zone.code: sum(loads[place] for place in held.get(zone.code, [])) for zone in ground.zones}
        used = {code: amount for code, amount in sums.items() if ground.pick is None or code in held}
        return tuple(
            code
            for code, amount in used.items()
            if not self.least - TOLERANCE <= amount <= self.most + TOLERANCE
        )

    def bind(self, writing: Writing) -> None:
        """Both bounds of each zone that is used."""
        loads = writing.ground.loads_of(self.load)
        for zone in writing.ground.zones:
            arcs = {(place, zone.code): load for place, load in loads.items() if load}
            writing.bind(arcs, least=0, use={zone.code: -self.least})
            writing.bind(arcs, most=0, use={zone.code: -self.most})


@dataclass(frozen=True)
class Seated(Rule):
    """Where axes are chosen: a zone that is used holds the unit that is its axis, and the township that houses it."""

    seats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def breaches(self, _ground: Ground, division: Division) -> tuple[str, ...]:
        """The seats that are in another zone than their own."""
        used = set(division.values())
        return tuple(
            sorted(
                {
                    seat
                    for zone, seats in self.seats.items()
                    if zone in used
                    for seat in seats
                    if division[seat] != zone
                }
            )
        )

    def bind(self, writing: Writing) -> None:
        """A used zone has its seats."""
        for zone, seats in sorted(self.seats.items()):
            for seat in seats:
                writing.bind({(seat, zone): 1.0}, least=0, use={zone: -1.0})


def question_of(
    drawing: Drawing,
    ground: CountyGround,
    today: Scheme,
    base: Scheme,
    *,
    wishes: Wishes,
    rules: Sequence[RuleSaid],
) -> Question:
    """One part as the solver takes it; `base` is today's scheme with the zones that it lacks (`begun`).

    Raises ValueError for what makes no question.
    """
    weights, names = ground.weights, ground.weights.balance
    was = {each.unit: each.zone for each in reversed(today.members) if today.place(each.unit) == each}
    places = tuple(
        Place(str(unit), {name: ground.load(unit, name) for name in (STAFF, *names)}, was.get(unit))
        for unit in drawing.units
    )
    zones = tuple(Zone(each.code, _code(drawing.hosts.get(each.code))) for each in drawing.zones)
    asked = Ground(places, zones, _travel(drawing, ground), _ties(drawing, ground, base), drawing.chosen)
    balance = {name: Balance(price, weights.band) for name, price in names.items()}
    prices = Prices(weights.way, weights.change, 1.0, balance)
    return Question(asked, tuple(_rules(drawing, ground, base, wishes, rules)), prices)


def _code(unit: int | None) -> str | None:
    return None if unit is None else str(unit)


def _travel(drawing: Drawing, ground: CountyGround) -> dict[tuple[str, str], float]:
    """Minutes to the axis of each zone; nothing for the axes themselves, and nothing at all where no way is known."""
    axes = set(drawing.axis.values()) if drawing.chosen is None else set()
    found = {
        (str(unit), code): 0.0 if unit == axis or unit in axes else ground.ways.get((unit, axis))
        for code, axis in drawing.axis.items()
        for unit in drawing.units
    }
    known = {arc: way for arc, way in found.items() if way is not None}
    return known if any(known.values()) else {}


def _ties(drawing: Drawing, ground: CountyGround, today: Scheme) -> dict[tuple[str, str], float]:
    if drawing.kind != DIRECT:
        return {}
    # Each unit as if it were in some direct zone: how closely it belongs to each does not depend on where it is.
    everywhere = Drawn(today)
    for unit in drawing.units:
        if unit not in everywhere.zone_of or everywhere.zone_of[unit] not in everywhere.of_kind(DIRECT):
            everywhere.units[drawing.zones[0].code].append(unit)
    return {(str(unit), code): tie for (unit, code), tie in ties_of(everywhere, ground, Drawn(today)).items()}


def _rules(
    drawing: Drawing, ground: CountyGround, today: Scheme, wishes: Wishes, rules: Sequence[RuleSaid]
) -> list[Rule]:
    kept = {each.code: each for each in rules if each.binding or wishes.every_rule}
    found = [
        *_axes(drawing, keeps_hosts="Z07" in kept),
        *_wishes(drawing, wishes),
        *_bounds(drawing, ground, kept),
    ]
    if wishes.touching and drawing.kind == TOWNSHIP and ground.neighbours:
        inside = set(drawing.units)
        pairs = {(str(one), str(other)) for one, other in ground.neighbours if {one, other} <= inside}
        found.append(Touching("touching", frozenset(pairs)))
    if drawing.kind == DIRECT and "Z04" in kept:
        found.append(Needs("Z04", frozenset(str(unit) for unit in drawing.offices)))
    if drawing.kind == DIRECT and wishes.offices_stay:
        places = {each.unit: each.zone for each in today.members if each.unit in drawing.offices}
        fixed = {unit for unit, _zone in wishes.fixed}
        codes = {each.code for each in drawing.zones}
        found += [
            Member(f"stays:{u}", str(u), z)
            for u, z in sorted(places.items())
            if z in codes and u not in fixed
        ]
    return found


def _axes(drawing: Drawing, *, keeps_hosts: bool) -> list[Rule]:
    """The axis is in its zone, and so is the township that houses it."""
    if drawing.chosen is not None:
        hosts = {code: drawing.hosts.get(code) for code in drawing.axis} if keeps_hosts else {}
        seats = {
            c: tuple(sorted({str(u) for u in (axis, hosts.get(c)) if u is not None}))
            for c, axis in drawing.axis.items()
        }
        return [Seated("axis", seats)]
    found: list[Rule] = [Member(f"axis:{unit}", str(unit), code) for code, unit in drawing.axis.items()]
    if keeps_hosts:
        axes = set(drawing.axis.values())
        found += [Member(f"host:{u}:{c}", str(u), c) for c, u in drawing.hosts.items() if u not in axes]
    return found


def _wishes(drawing: Drawing, wishes: Wishes) -> list[Rule]:
    """What the asker wishes of the units of this part. A pair across both parts is apart anyhow."""
    inside, codes = set(drawing.units), {each.code for each in drawing.zones}
    found: list[Rule] = [
        Member(f"fixed:{u}:{zone}", str(u), zone) for u, zone in wishes.fixed if u in inside and zone in codes
    ]
    found += [Apart(f"apart:{o}:{p}", str(o), str(p)) for o, p in wishes.barred if {o, p} <= inside]
    for group in wishes.together:
        mine = tuple(str(unit) for unit in group if unit in inside)
        if len(mine) > 1:
            found.append(Together("together:" + ":".join(mine), mine))
    return found


def _bounds(drawing: Drawing, ground: CountyGround, kept: Mapping[str, RuleSaid]) -> list[Rule]:
    """The rules of zone plans that bound a zone: its size, its staff, its longest way."""
    found: list[Rule] = []
    limit = {code: each.limit for code, each in kept.items() if each.limit is not None}
    if "Z08" in limit:
        found.append(Size("Z08", fewest=limit["Z08"]))
    if "Z09" in limit:
        found.append(Size("Z09", most=limit["Z09"]))
    if "Z10" in limit:
        zones = drawing.chosen or len(drawing.zones)
        mean, part = sum(ground.load(unit, STAFF) for unit in drawing.units) / zones, limit["Z10"] / 100
        found.append(Within("Z10", least=mean * (1 - part), most=mean * (1 + part)))
    if "Z14" in limit and drawing.axis:
        found.append(Reach("Z14", float(limit["Z14"])))
    return found


def leaders_of(
    scheme: Scheme, ground: CountyGround, today: Scheme, rules: Sequence[RuleSaid]
) -> LeaderQuestion | None:
    """Who may lead which zone of a scheme; None where nobody may, or there is no first level to be under."""
    drawn, was, weights = Drawn(scheme), Drawn(today), ground.weights
    first = chiefs_of(scheme)
    chiefs = [person for person in ground.chiefs if person in first]
    if not ground.contacts or not chiefs or not drawn.second:
        return None
    span = next((each.limit for each in rules if each.code == "Z05" and each.limit is not None), SPAN)
    ties = {
        (code, str(person)): share_of(drawn.units[code], ground.shared(person))
        for code in drawn.second
        for person in {*ground.contacts, *chiefs}
    }
    held = {code: (_code(was.led_by.get(code)), _code(was.chief(code))) for code in drawn.second}
    return LeaderQuestion(
        tuple(drawn.second),
        tuple(Leader(str(each), _code(_assisted(ground, each, chiefs)), span) for each in ground.contacts),
        tuple(Deputy(str(each), fewest=1) for each in chiefs), ties, held,
        prices=LeaderPrices(weights.share, weights.outside, weights.hands),
    )  # fmt: skip


def _assisted(ground: CountyGround, person: int, chiefs: Sequence[int]) -> int | None:
    found = ground.assists.get(person)
    return found if found in chiefs else None


def chiefs_of(scheme: Scheme) -> dict[int, str]:
    """The first-level zone of each person who leads one; of several the first."""
    codes = [each.code for each in scheme.at_level(FIRST)]
    found: dict[int, str] = {}
    for code in codes:
        for person in scheme.leaders_of(code)[:1]:
            found.setdefault(person, code)
    return found


def second_level(scheme: Scheme) -> tuple[str, ...]:
    """Codes of the second-level zones, in order."""
    return tuple(each.code for each in scheme.at_level(SECOND))
