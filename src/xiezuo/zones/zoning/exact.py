"""The exact model of choosing centres: every arc from a place to a centre as a choice (HiGHS). Loads nothing compiled."""

from dataclasses import dataclass

import numpy as np

from xiezuo.shared.mip import End, Model, Stop
from xiezuo.zones.zoning.problem import (
    Districting,
    Drawn,
    Flags,
    NoRoom,
    Numbers,
    Places,
    proves,
    share_room,
)
from xiezuo.zones.zoning.shutting import groups_apart


@dataclass(frozen=True)
class Proof:
    """What the exact model found: a division, if one cheaper than the best known; nothing costs less than `bound`."""

    centre_of: Places | None
    bound: float


def draw_small(asked: Districting, *, seconds: float, stop: Stop | None = None) -> Drawn:
    """Divide few places by the exact model alone. Raises `NoRoom` if there is or is found no sound division."""
    share_room(asked, asked.zones)
    proof = prove(asked, asked.open, upper=np.inf, start=None, seconds=seconds, stop=stop)
    if proof.centre_of is None or not asked.keeps(proof.centre_of):
        raise NoRoom("the exact model holds no division", proven=proof.bound == np.inf)
    cost = float(asked.cost[np.arange(len(proof.centre_of)), proof.centre_of].sum())
    proven = proves(cost, proof.bound, whole=asked.whole)
    return Drawn(proof.centre_of, cost, cost if proven else min(cost, proof.bound), 1)


def prove(
    asked: Districting, useful: Flags, *, upper: float, start: Places | None, seconds: float, stop: Stop | None = None
) -> Proof:  # fmt: skip
    """The cheapest division over the arcs that are useful and its proof, from the division `start` that costs `upper`."""
    if start is not None:
        useful = useful.copy()
        useful[np.arange(len(start)), start] = True
    model, arcs, used = _model(asked, useful)
    begin = None if start is None else _as_values(model, arcs, used, start)
    solved = model.solve(seconds=seconds, start=begin, stop=stop, prove_only=start is not None)
    if solved.end is End.IMPOSSIBLE:
        return Proof(None, upper)
    bound = solved.cost if solved.end is End.PROVEN else solved.bound
    return Proof(_division(solved.values, arcs, len(asked.load)), min(bound, upper))


def _model(asked: Districting, useful: Flags) -> tuple[Model, dict[tuple[int, int], int], dict[int, int]]:
    model = Model()
    used = {int(centre): model.choice() for centre in np.flatnonzero(useful.any(axis=0))}
    arcs = {
        (int(place), int(centre)): model.choice(float(asked.cost[place, centre]))
        for place, centre in np.argwhere(useful)
    }
    model.row(dict.fromkeys(used.values(), 1.0), most=asked.zones)
    _bind_places(model, arcs, len(asked.load))
    _bind_rooms(model, arcs, used, asked)
    for (_place, centre), arc in arcs.items():
        model.row({arc: 1.0, used[centre]: -1.0}, most=0)
    for group in groups_apart(asked.apart):
        _keep_apart(model, arcs, used, group)
    return model, arcs, used


def _keep_apart(
    model: Model, arcs: dict[tuple[int, int], int], used: dict[int, int], group: tuple[int, ...]
) -> None:
    """At most one of a group around each centre that is used."""
    for centre, use in used.items():
        together = {arcs[place, centre]: 1.0 for place in group if (place, centre) in arcs}
        if len(together) > 1:
            model.row({**together, use: -1.0}, most=0)


def _bind_places(model: Model, arcs: dict[tuple[int, int], int], places: int) -> None:
    of_place: list[dict[int, float]] = [{} for _place in range(places)]
    for (place, _centre), arc in arcs.items():
        of_place[place][arc] = 1.0
    for terms in of_place:
        model.row(terms, least=1, most=1)


def _bind_rooms(
    model: Model, arcs: dict[tuple[int, int], int], used: dict[int, int], asked: Districting
) -> None:
    room = np.minimum(asked.room, asked.load.sum())
    of_centre: dict[int, dict[int, float]] = {each: {used[each]: -float(room[each])} for each in used}
    for (place, centre), arc in arcs.items():
        of_centre[centre][arc] = float(asked.load[place])
    for terms in of_centre.values():
        model.row(terms, most=0)


def _as_values(
    model: Model, arcs: dict[tuple[int, int], int], used: dict[int, int], start: Places
) -> Numbers:
    values = np.zeros(len(model.costs))
    for place, centre in enumerate(start):
        values[arcs[place, int(centre)]] = 1.0
        values[used[int(centre)]] = 1.0
    return values


def _division(values: Numbers, arcs: dict[tuple[int, int], int], places: int) -> Places | None:
    if not len(values):
        return None
    centre_of = np.zeros(places, np.int64)
    for (place, centre), arc in arcs.items():
        if values[arc] > 0.5:
            centre_of[place] = centre
    return centre_of
