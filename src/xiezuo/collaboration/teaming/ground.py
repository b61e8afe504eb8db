"""People and needs as tables of numbers, in an order that a lot decides, so that the order of input decides nothing."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from xiezuo.collaboration.teaming.problem import Kind, Need, Person, Rule, Weights, rules_of
from xiezuo.shared.mip import Numbers

Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]

ENDLESS = 1_000_000
"""Where no load limits how many teams a person is in."""


@dataclass(frozen=True)
class Ground:
    """People by needs. `meets[demand, person]` and `asked[demand, need]` go by the demands of all needs."""

    people: tuple[Person, ...]
    needs: tuple[Need, ...]
    open: Flags
    """[person, need]: nothing keeps the person from the need."""
    load: Numbers
    size: Counts
    meets: Flags
    asked: Counts
    overlaps: Flags
    """[need, need]: they share a day; a need overlaps itself."""
    price: Numbers
    """[person, need]: what further matters, without what depends on the other members."""
    same_unit: float
    """What each member beyond the first of one unit adds to it."""

    def only(self, columns: Counts) -> "Ground":
        """The same people and some of the needs."""
        needs = tuple(self.needs[at] for at in columns.tolist())
        return replace(
            self, needs=needs, open=self.open[:, columns], size=self.size[columns], asked=self.asked[:, columns],
            overlaps=self.overlaps[np.ix_(columns, columns)], price=self.price[:, columns],
        )  # fmt: skip

    @cached_property
    def most(self) -> int:
        """So many teams at most can one person be in, one after the other."""
        ends, found = None, 0
        for need in sorted(self.needs, key=lambda each: each.ends):
            if ends is None or need.starts >= ends:
                ends, found = need.ends, found + 1
        return found

    @cached_property
    def plain(self) -> bool:
        """Whether no need asks for anything but numbers of members, so that people may be left out of the model."""
        return not any(
            need.pinned or need.least_units or need.most_of_unit is not None for need in self.needs
        )


def ground_of(people: Sequence[Person], needs: Sequence[Need], *, seed: int, weights: Weights) -> Ground:
    """The tables; people come in an order drawn by lot from `seed`, for among equals the first is taken."""
    drawn = sorted(people, key=lambda each: each.id)
    random.Random(seed).shuffle(drawn)  # noqa: S311 - a lot that can be drawn again, no secret
    asked = sorted(needs, key=lambda each: each.id)
    demands = _demands(asked)
    return Ground(
        tuple(drawn),
        tuple(asked),
        _open(drawn, asked),
        np.array([each.load for each in drawn], np.float64),
        np.array([each.size for each in asked], np.int64),
        _meets(drawn, demands),
        _asked(asked, demands),
        _overlaps(asked),
        _price(drawn, asked, weights),
        weights.same_unit,
    )


def _demands(needs: Sequence[Need]) -> dict[tuple[Kind, str], int]:
    found = {(rule.kind, rule.of): 0 for need in needs for rule in rules_of(need)}
    return {demand: at for at, demand in enumerate(found)}


def _meets(people: Sequence[Person], demands: Mapping[tuple[Kind, str], int]) -> Flags:
    meets = np.zeros((len(demands), len(people)), np.bool_)
    for (kind, of), at in demands.items():
        rule = Rule(kind, of, 1)
        meets[at] = [rule.met_by(person) for person in people]
    return meets


def _asked(needs: Sequence[Need], demands: Mapping[tuple[Kind, str], int]) -> Counts:
    asked = np.zeros((len(demands), len(needs)), np.int64)
    for at, need in enumerate(needs):
        for rule in rules_of(need):
            asked[demands[rule.kind, rule.of], at] = rule.least
    return asked


def _overlaps(needs: Sequence[Need]) -> Flags:
    starts, ends = _days(needs)
    found: Flags = (starts[:, None] < ends[None]) & (starts[None] < ends[:, None])
    return found


def _days(needs: Sequence[Need]) -> tuple[Counts, Counts]:
    starts = np.array([need.starts.toordinal() for need in needs], np.int64)
    return starts, np.array([need.ends.toordinal() for need in needs], np.int64)


def _open(people: Sequence[Person], needs: Sequence[Need]) -> Flags:
    """Who may go where: neither barred, nor of a barred unit, nor busy on a day of it."""
    at = {person.id: row for row, person in enumerate(people)}
    unit_of = {unit: row for row, unit in enumerate({person.unit: None for person in people})}
    unit = np.array([unit_of[person.unit] for person in people], np.int64)
    busy = [(row, *days) for row, person in enumerate(people) for days in person.busy]
    who = np.array([row for row, _starts, _ends in busy], np.int64)
    starts = np.array([day.toordinal() for _row, day, _ends in busy], np.int64)
    ends = np.array([day.toordinal() for _row, _starts, day in busy], np.int64)
    found = np.ones((len(people), len(needs)), np.bool_)
    for column, need in enumerate(needs):
        found[[at[each] for each in need.barred if each in at], column] = False
        barred = [unit_of[each] for each in need.units_barred if each in unit_of]
        found[np.isin(unit, barred), column] = False
        collide = (starts < need.ends.toordinal()) & (need.starts.toordinal() < ends)
        found[who[collide], column] = False
    return found


def _price(people: Sequence[Person], needs: Sequence[Need], weights: Weights) -> Numbers:
    """A former member who stays is cheaper by what a change costs: one change is one who goes and one who comes."""
    price = np.zeros((len(people), len(needs)))
    price += np.array([weights.part_time * (not each.full_time) for each in people])[:, None]
    named = {need.id: column for column, need in enumerate(needs)}
    kept = [(column, need.kept) for column, need in enumerate(needs) if need.kept]
    for row, person in enumerate(people):
        for need_id, far in person.travel.items():
            if need_id in named:
                price[row, named[need_id]] += weights.travel * far
        for column in (at for at, ids in kept if person.id in ids):
            price[row, column] -= weights.change
    return price
