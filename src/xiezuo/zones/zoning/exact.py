"""The proof for small questions: every arc from a place to a centre as a choice, less those that cannot be of use.

An arc or centre whose use would make even the bound dearer than the best division known is left out (variable fixing by
reduced costs: Beasley, Lagrangean heuristics for location problems, 1993).
"""

from dataclasses import dataclass

import numpy as np

from xiezuo.zones.zoning.mip import End, Model, Stop
from xiezuo.zones.zoning.prices import forced
from xiezuo.zones.zoning.problem import Districting, Flags, Numbers, Places


@dataclass(frozen=True)
class Proof:
    """What the exact model found: a division, if one cheaper than the best known; nothing costs less than `bound`."""

    centre_of: Places | None
    bound: float


def prove(
    asked: Districting, whole: tuple[Places, Places], price: Numbers, *, upper: float, start: Places | None,
    seconds: float, stop: Stop | None = None,
) -> Proof:  # fmt: skip
    """The cheapest division and its proof, from the division `start` that costs `upper`.

    `whole` are loads and rooms as whole numbers, `price` the prices of the best bound.
    """
    useful = _useful(asked, whole, price, upper)
    if start is not None:
        useful[np.arange(len(start)), start] = True
    model, arcs, used = _model(asked, useful)
    begin = None if start is None else _as_values(model, arcs, used, start)
    solved = model.solve(seconds=seconds, start=begin, stop=stop, prove_only=start is not None)
    if solved.end is End.IMPOSSIBLE:
        return Proof(None, upper)
    bound = solved.cost if solved.end is End.PROVEN else solved.bound
    return Proof(_division(solved.values, arcs, len(asked.load)), min(bound, upper))


def _useful(asked: Districting, whole: tuple[Places, Places], price: Numbers, upper: float) -> Flags:
    """[place, centre]: whether a division that uses this arc can still be cheaper than `upper`."""
    if not np.isfinite(upper):
        return asked.load[:, None] <= asked.room[None, :] + 1e-9
    least = forced(np.ascontiguousarray(asked.cost.T), *whole, price)
    with_arc = price.sum() + least + _others(least.min(axis=1), asked.zones)[:, None]
    return np.ascontiguousarray((with_arc <= upper - _step(asked)).T)


def _others(own: Numbers, zones: int) -> Numbers:
    """For each centre: what the cheapest other centres would add, if it must be one of the zones.

    A centre may also stay without places, which costs nothing.
    """
    own = np.minimum(own, 0.0)
    order = np.argsort(own, kind="stable")
    cheapest, rank = own[order], np.empty(len(own), np.int64)
    rank[order] = np.arange(len(own))
    fewer = cheapest[: zones - 1].sum()
    more = cheapest[:zones].sum()
    return np.where(rank < zones, more - own, fewer)


def _step(asked: Districting) -> float:
    """By how much a better division is cheaper at least."""
    return 1 - 1e-6 if asked.whole else 1e-7


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
    return model, arcs, used


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
