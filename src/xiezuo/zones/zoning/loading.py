"""The compiled loops loaded, so that no search is charged with it; compiled where they never were, some 25 seconds."""

import numpy as np

from xiezuo.zones.zoning.annealing import anneal
from xiezuo.zones.zoning.prices import forced, raise_bound
from xiezuo.zones.zoning.shifting import shift

FEW = 4


def load_compiled() -> None:
    """Call every compiled loop once, with next to nothing to do."""
    cost, load, room = np.ones((FEW, FEW)), np.ones(FEW), np.full(FEW, 2.0)
    whole, rooms = np.ones((FEW, FEW), np.int64), np.full(FEW, 2, np.int64)
    near, centre = np.zeros((FEW, 1), np.int64), np.arange(FEW)
    apart = np.zeros(FEW + 1, np.int64), np.zeros(0, np.int64)
    heats, late = np.array([1.0, 0.5]), np.zeros((1, FEW), np.int64)
    anneal(
        cost, load, room, centre, near=near, liked=near, heats=heats, penalty=1.0, moves=1, seed=0, late=late,
        apart=apart, clash=1.0, strict=False,
    )  # fmt: skip
    shift(
        cost, cost, room, centre, liked=near, heats=heats, penalty=1.0, moves=1, seed=0, apart=apart, clash=1.0,
    )  # fmt: skip
    store = np.zeros((1, FEW), np.bool_)
    raise_bound(cost, whole, rooms, 2, upper=1.0, steps=1, price=np.ones(FEW), slack=0.0, store=store)
    forced(cost, whole, rooms, np.ones(FEW))


if __name__ == "__main__":
    load_compiled()
