"""The rules of an instance by name, the problem that some of them make, and which of them exclude each other."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from xiezuo.zones.zoning.exact import draw_small
from xiezuo.zones.zoning.explaining import blamed
from xiezuo.zones.zoning.instance import Blamed, Instance
from xiezuo.zones.zoning.problem import Districting, Flags, NoRoom, Numbers, Places

MOST_ARCS = 60_000
"""With more arcs than so many only what can be seen without a search is asked."""
SINGLE = 100
"""Up to so many centres it is said whose capacities are in conflict, and not only that capacities are."""


class Kind(Enum):
    """What a rule is about."""

    CHOOSE = "choose"
    CAPACITY = "capacity"
    FIXED = "fixed"
    TOGETHER = "together"
    BARRED = "barred"


@dataclass(frozen=True)
class Named:
    """One rule; `of` are positions: of a centre, of place and centre, of two places; empty for all centres at once."""

    kind: Kind
    of: tuple[int, ...] = ()

    def blamed(self, instance: Instance) -> Blamed:
        """The rule with the ids of the instance."""
        places, centres = instance.places, instance.possible_centres
        if self.kind is Kind.CHOOSE:
            return Blamed(self.kind.value, (str(instance.zones),))
        of_centre = {Kind.CAPACITY: (0,), Kind.FIXED: (1,)}.get(self.kind, ())
        ids = [str((centres if at in of_centre else places)[each].code) for at, each in enumerate(self.of)]
        return Blamed(self.kind.value, tuple(ids))


@dataclass(frozen=True)
class Merged:
    """The problem with places that belong together as one; `group_of[place]` is its row.

    `lost` says that a pair is both together and barred.
    """

    asked: Districting
    group_of: Places
    lost: bool


def every_rule(instance: Instance) -> list[Named]:
    """All rules, those first that are blamed last."""
    chosen = [Named(Kind.CHOOSE)] if instance.zones < len(instance.possible_centres) else []
    return [
        *chosen,
        Named(Kind.CAPACITY),
        *(Named(Kind.FIXED, pair) for pair in instance.fixed.items()),
        *(Named(Kind.TOGETHER, pair) for pair in dict.fromkeys(instance.together)),
        *(Named(Kind.BARRED, pair) for pair in dict.fromkeys(instance.barred)),
    ]


def merge(instance: Instance, cost: Numbers, rules: Sequence[Named]) -> Merged:
    """The problem that these rules make, with `cost[place, centre]`."""
    of = {kind: [each.of for each in rules if each.kind is kind] for kind in Kind}
    group_of = _groups(len(instance.places), of[Kind.TOGETHER])
    groups = int(group_of.max()) + 1
    load = np.bincount(group_of, [each.load for each in instance.places], minlength=groups).astype(np.float64)
    total = np.zeros((groups, cost.shape[1]))
    np.add.at(total, group_of, cost)
    pairs = {(min(pair), max(pair)) for pair in (group_of[list(each)].tolist() for each in of[Kind.BARRED])}
    zones = instance.zones if of[Kind.CHOOSE] else cost.shape[1]
    apart = tuple(sorted((one, other) for one, other in pairs if one != other))
    asked = Districting(
        total,
        load,
        _rooms(instance, of[Kind.CAPACITY]),
        zones,
        _allowed(group_of, total, of[Kind.FIXED]),
        apart,
    )
    return Merged(asked, group_of, len(apart) < len(pairs))


def _groups(places: int, together: Sequence[tuple[int, ...]]) -> Places:
    """The group of each place, numbered in the order of their first places."""
    head = list(range(places))

    def find(place: int) -> int:
        while head[place] != place:
            head[place] = head[head[place]]
            place = head[place]
        return place

    for one, other in together:
        first, later = sorted((find(one), find(other)))
        head[later] = first
    _heads, group_of = np.unique([find(place) for place in range(places)], return_inverse=True)
    return group_of.astype(np.int64)


def _rooms(instance: Instance, capacities: Sequence[tuple[int, ...]]) -> Numbers:
    """Room is endless where no capacity is among the rules."""
    given = np.array([each.capacity for each in instance.possible_centres])
    if () in capacities:
        return given
    room = np.full(len(given), np.inf)
    kept = [each[0] for each in capacities]
    room[kept] = given[kept]
    return room


def _allowed(group_of: Places, cost: Numbers, fixed: Sequence[tuple[int, ...]]) -> Flags | None:
    if not fixed:
        return None
    allowed = np.ones(cost.shape, np.bool_)
    for place, centre in fixed:
        only = np.zeros(cost.shape[1], np.bool_)
        only[centre] = True
        allowed[group_of[place]] &= only
    return allowed


class _Asking:
    """Asks whether rules can be kept, within a time; what stays unknown counts as possible and is remembered."""

    def __init__(self, instance: Instance, until: float) -> None:
        self._instance, self._until, self.sure = instance, until, True
        self._free = np.zeros((len(instance.places), len(instance.possible_centres)))

    def excluded(self, rules: Sequence[Named]) -> bool:
        answer = self._possible(rules)
        self.sure = self.sure and answer is not None
        return answer is False

    def _possible(self, rules: Sequence[Named]) -> bool | None:
        merged = merge(self._instance, self._free, rules)
        if merged.lost or seen_impossible(merged.asked):
            return False
        left = self._until - time.perf_counter()
        if left <= 0 or merged.asked.cost.size > MOST_ARCS:
            return None
        try:
            draw_small(merged.asked, seconds=left)
        except NoRoom as error:
            return False if error.proven else None
        return True


def conflict(instance: Instance, *, until: float) -> tuple[tuple[Named, ...], bool]:
    """The fewest rules that exclude each other, and whether that is sure; none if they are not known to.

    `until` is an instant of the performance counter.
    """
    asking, rules = _Asking(instance, until), every_rule(instance)
    if not asking.excluded(rules):
        return (), False
    found = blamed(asking.excluded, rules)
    if Named(Kind.CAPACITY) in found and len(instance.possible_centres) <= SINGLE:
        found = _single(asking, instance, found)
    return tuple(each for each in (*_capacities(instance), *rules) if each in found), asking.sure


def _capacities(instance: Instance) -> list[Named]:
    return [Named(Kind.CAPACITY, (at,)) for at in range(len(instance.possible_centres))]


def _single(asking: _Asking, instance: Instance, found: tuple[Named, ...]) -> tuple[Named, ...]:
    """The capacities of single centres instead of all of them, unless it is all of them."""
    others = [each for each in found if each.kind is not Kind.CAPACITY]
    finer = blamed(asking.excluded, [*others, *_capacities(instance)])
    single = [each for each in finer if each.kind is Kind.CAPACITY]
    return found if len(single) == len(instance.possible_centres) > 1 else finer


def seen_impossible(asked: Districting) -> bool:
    """Whether it can be seen without a search that no division keeps the rules."""
    open_arcs = asked.open
    if not open_arcs.any(axis=1).all():
        return True
    alone = open_arcs.sum(axis=1) == 1
    needed = open_arcs[alone].argmax(axis=1)
    held = np.bincount(needed, asked.load[alone], minlength=len(asked.room))
    largest = float(np.sort(asked.room)[::-1][: asked.zones].sum())
    met = dict(zip(np.flatnonzero(alone).tolist(), needed.tolist(), strict=True))
    return bool(
        len(np.unique(needed)) > asked.zones
        or (held > asked.room + _slack(asked)).any()
        or asked.load.sum() > largest + _slack(asked)
        or any(one in met and met[one] == met.get(other) for one, other in asked.apart)
    )


def _slack(asked: Districting) -> float:
    return 1e-9 * (1.0 + float(asked.load.sum()))
