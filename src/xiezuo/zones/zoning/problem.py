"""What is asked and what is answered when places are divided among centres, as values."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiezuo.zones.zoning.shutting import clash

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

TINY = 1e-9
"""Loads and costs that differ by less are the same."""
WHOLE = 4_000
"""Loads that are no whole numbers are counted in this many parts of the largest room; a bound stays one."""


class NoRoom(ValueError):
    """No division keeps every zone within its room.

    `proven` says whether there is none, or none was found; `place` is one that no zone could take even alone.
    """

    def __init__(self, words: str, *, proven: bool, place: int | None = None) -> None:
        super().__init__(words)
        self.proven, self.place = proven, place


@dataclass(frozen=True)
class Districting:
    """Places to be divided among zones, each around one of the possible centres.

    `cost[place, centre]` is what it costs to have a place in the zone of a centre (travel, in any unit); `load[place]`
    is what a place brings (staff, villages), `room[centre]` the most that a zone around that centre takes. `zones` is
    how many centres may be used at most; as many as there are means that all of them are fixed. `allowed[place, centre]`
    is whether a place may be there at all (None: anywhere), `apart` are pairs of places that must not be in one zone.
    Raises ValueError for numbers that make no question.
    """

    cost: Numbers
    load: Numbers
    room: Numbers
    zones: int
    allowed: Flags | None = None
    apart: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if self.cost.ndim != 2 or 0 in self.cost.shape:
            raise ValueError(
                f"costs of shape {self.cost.shape}: expected places by centres, one of each at least"
            )
        places, centres = self.cost.shape
        if self.load.shape != (places,) or self.room.shape != (centres,):
            shapes = f"{self.load.shape} loads and {self.room.shape} rooms"
            raise ValueError(f"{places} places and {centres} centres, but {shapes}")
        if not 1 <= self.zones <= centres:
            raise ValueError(f"{self.zones} zones: expected from 1 to {centres}")
        _check_numbers(self.cost, self.load, self.room)
        _check_rules(self.cost, self.allowed, self.apart)

    @property
    def open(self) -> Flags:
        """[place, centre]: whether the place may be there, and fits alone."""
        fits = self.load[:, None] <= self.room[None, :] + TINY
        return fits if self.allowed is None else fits & self.allowed

    def keeps(self, centre_of: Places) -> bool:
        """Whether a division keeps to rooms, to the number of zones and to whom it may put where."""
        held = np.bincount(centre_of, self.load, minlength=len(self.room))
        return (
            bool((held <= self.room * (1 + TINY) + TINY).all())
            and len(np.unique(centre_of)) <= self.zones
            and _in_open_arcs(self.allowed, centre_of)
            and not clash(self.apart, centre_of)
        )

    @property
    def fixed(self) -> bool:
        """Whether every centre may have a zone, so that only the places are to be given."""
        return self.zones == self.cost.shape[1]

    @property
    def whole(self) -> bool:
        """Whether all costs are whole numbers, so that the cost of every division is one."""
        return not (self.cost % 1).any()


@dataclass(frozen=True)
class Giving:
    """Places to be given to centres that are all fixed; what a place brings may depend on the centre that takes it.

    `allowed` and `apart` as with `Districting`.
    """

    cost: Numbers
    load: Numbers
    room: Numbers
    allowed: Flags | None = None
    apart: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if self.cost.ndim != 2 or 0 in self.cost.shape:
            raise ValueError(
                f"costs of shape {self.cost.shape}: expected places by centres, one of each at least"
            )
        if self.load.shape != self.cost.shape or self.room.shape != self.cost.shape[1:]:
            shapes = f"loads {self.load.shape} and rooms {self.room.shape}"
            raise ValueError(f"costs of {self.cost.shape} places by centres, but {shapes}")
        _check_numbers(self.cost, self.load, self.room)
        _check_rules(self.cost, self.allowed, self.apart)

    @property
    def open(self) -> Flags:
        """[place, centre]: whether the place may be there, and fits alone."""
        fits = self.load <= self.room[None, :] + TINY
        return fits if self.allowed is None else fits & self.allowed

    def keeps(self, centre_of: Places) -> bool:
        """Whether a giving keeps to rooms and to whom it may put where."""
        brought = self.load[np.arange(len(centre_of)), centre_of]
        held = np.bincount(centre_of, brought, minlength=len(self.room))
        return (
            bool((held <= self.room * (1 + TINY) + TINY).all())
            and _in_open_arcs(self.allowed, centre_of)
            and not clash(self.apart, centre_of)
        )

    @property
    def whole(self) -> bool:
        """Whether all costs are whole numbers."""
        return not (self.cost % 1).any()


@dataclass(frozen=True, eq=False)
class Drawn:
    """A division of the places, and how good it is: no division costs less than `bound`.

    `history` holds seconds, cost and bound after each round; it is no part of the answer.
    """

    centre_of: Places
    cost: float
    bound: float
    rounds: int = 0
    history: tuple[tuple[float, float, float], ...] = ()

    @property
    def gap(self) -> float:
        """By what part of its cost it may be dearer than the best division, at most; 0 is proven best."""
        return 0.0 if self.cost <= self.bound else (self.cost - self.bound) / max(abs(self.cost), 1e-12)


def _check_numbers(cost: Numbers, load: Numbers, room: Numbers) -> None:
    if not np.isfinite(cost).all():
        raise ValueError("a cost is no number")
    if not (np.isfinite(load).all() and (load >= 0).all()):
        raise ValueError("a load is negative or no number")
    if np.isnan(room).any() or (room < 0).any():
        raise ValueError("a room is negative or no number")


def _check_rules(cost: Numbers, allowed: Flags | None, apart: tuple[tuple[int, int], ...]) -> None:
    if allowed is not None and allowed.shape != cost.shape:
        raise ValueError(f"costs of shape {cost.shape}, but shut arcs of shape {allowed.shape}")
    strange = [
        pair for pair in apart if pair[0] == pair[1] or not all(0 <= each < len(cost) for each in pair)
    ]
    if strange:
        raise ValueError(f"places {strange[0]} apart: expected two different ones below {len(cost)}")


def _in_open_arcs(allowed: Flags | None, centre_of: Places) -> bool:
    return allowed is None or bool(allowed[np.arange(len(centre_of)), centre_of].all())


def proves(cost: float, bound: float, *, whole: bool) -> bool:
    """Whether nothing can be cheaper; if all costs are whole numbers, a bound less than one below is enough."""
    return bound >= cost - (1 - 1e-6 if whole else 1e-7 * max(1.0, abs(cost)))


def whole_loads(load: Numbers, room: Numbers) -> tuple[Places, Places]:
    """Loads and rooms as whole numbers: loads rounded down and rooms up, so that a bound stays a bound.

    No room need be larger than all places together.
    """
    room = np.minimum(room, load.max(axis=1).sum() if load.ndim == 2 else load.sum())
    if not (load % 1).any() and room.max() <= WHOLE:
        return load.astype(np.int64), np.floor(room + TINY).astype(np.int64)
    part = float(room.max()) / WHOLE or 1.0
    return np.floor(load / part).astype(np.int64), np.ceil(room / part).astype(np.int64)


def share_room(asked: Districting | Giving, zones: int) -> None:
    """Refuse what no division can hold: a place that no centre may take, or more in all than the largest rooms take.

    Raises `NoRoom`.
    """
    load = asked.load if isinstance(asked, Districting) else asked.load.min(axis=1)
    heaviest = int(load.argmax())
    if load[heaviest] > asked.room.max() + TINY:
        words = f"place {heaviest} brings {load[heaviest]:g}, the largest room is {asked.room.max():g}"
        raise NoRoom(words, proven=True, place=heaviest)
    lost = np.flatnonzero(~asked.open.any(axis=1))
    if len(lost):
        raise NoRoom(f"place {lost[0]} may be with no centre that has room", proven=True, place=int(lost[0]))
    largest = float(np.sort(asked.room)[::-1][:zones].sum())
    if load.sum() > largest * (1 + TINY) + TINY:
        words = f"all places bring {load.sum():g}, the {zones} largest rooms take {largest:g}"
        raise NoRoom(words, proven=True)
