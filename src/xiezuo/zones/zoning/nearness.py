"""Which places lie beside each other and which centres they like, read from the costs alone."""

from typing import NamedTuple

import numpy as np

from xiezuo.zones.zoning.problem import Districting, Numbers, Places

NEIGHBOURS, LIKED = 25, 5


class Nearness(NamedTuple):
    """For each place the places beside it and the centres it would like best; what a short way usually costs."""

    near: Places
    liked: Places
    usual: float


def nearness(asked: Districting) -> Nearness:
    """Places lie near that cost each other little or, where places are no centres, that cost all centres the same."""
    square = asked.cost if _is_square(asked.cost) else _apart(asked.cost)
    order = np.argsort(square, axis=1, kind="stable")
    near = order[:, 1 : NEIGHBOURS + 1] if order.shape[1] > 1 else order
    short = np.sort(square, axis=1)[:, 1:6]
    usual = float(short.mean()) if short.size else 0.0
    return Nearness(np.ascontiguousarray(near), _liked(asked), usual or float(asked.cost.mean()) or 1.0)


def _is_square(cost: Numbers) -> bool:
    """Whether places and centres are the same: a matrix of ways with nothing to go to oneself."""
    return cost.shape[0] == cost.shape[1] and not cost.diagonal().any()


def _liked(asked: Districting) -> Places:
    """A place that is a centre likes itself; elsewhere it likes a few, and none that it may not be with."""
    if asked.allowed is not None and not asked.allowed.all():
        cost = np.where(asked.allowed, asked.cost, np.inf)
        order = np.argsort(cost, axis=1, kind="stable")[:, :LIKED]
        barred = np.isinf(np.take_along_axis(cost, order, axis=1))
        return np.ascontiguousarray(np.where(barred, order[:, :1], order))
    if _is_square(asked.cost) and (asked.cost > 0).sum() == asked.cost.size - len(asked.cost):
        return np.arange(len(asked.cost)).reshape(-1, 1)
    return np.ascontiguousarray(np.argsort(asked.cost, axis=1, kind="stable")[:, :LIKED])


def _apart(cost: Numbers) -> Numbers:
    """How much the costs of two places differ, by the lengths of their rows and not cell by cell, to save memory."""
    squares = (cost**2).sum(axis=1)
    apart = squares[:, None] + squares[None, :] - 2 * cost @ cost.T
    np.fill_diagonal(apart, -1.0)
    return np.sqrt(np.maximum(apart, 0.0))
