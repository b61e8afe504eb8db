"""The authorization matrix: every address, in every way of asking, by every subject, for every scope."""

from collections import Counter
from zlib import crc32

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.matrix.office_targets import TARGETS
from tests.matrix.targets import Target, targets_of
from tests.matrix.walk import ASKED, Cell, Walker, cells_of, faults
from tests.matrix.world import World
from xiezuo.accounts.api import OPERATOR, set_actor
from xiezuo.config.gate import routes_of, subjects_of, table
from xiezuo.config.refusals import who_asks

ROUTES = sorted(set(routes_of()))
OPEN_TO_ALL = {route for (route, _method), cells in table().items() if cells["anonymous"]}


def scopes(route: str, method: str, world: World):  # type: ignore[no-untyped-def]
    """What `route` is asked for by a subject; a way that nobody may use is tried on whatever the others ask for."""
    method = "GET" if method == "HEAD" else method
    known = (
        method
        if (route, method) in TARGETS
        else next(way for way in ("GET", "POST") if (route, way) in TARGETS)
    )
    return lambda subject: targets_of(route, known, world, subject)


FEW = ("anonymous", "none", "case_management", "system")
"""Who tries, at each commit, the ways of asking that have no row of their own: HEAD all of them, what nobody may do one by
turns. At night everybody does, and whoever the gate is shut for tries every target."""


def few(route: str, method: str, *, night: bool) -> tuple[str, ...]:
    """Who alone tries a way of asking; nobody named means everybody."""
    if night or (route, method) in table():
        return ()
    return FEW if method == "HEAD" else (FEW[crc32(f"{method} {route}".encode()) % len(FEW)],)


def cells(route: str, world: World, *, night: bool) -> list[Cell]:
    return [
        cell
        for method in ASKED
        for cell in cells_of(
            route, method, world, table(), scopes(route, method, world), few=few(route, method, night=night), every=night
        )
    ]  # fmt: skip


def test_every_row_says_what_it_is_asked_for() -> None:
    assert set(table()) - set(TARGETS) == set()
    assert {key for key in TARGETS if key[1] == "GET" or key in table()} - set(table()) == set()


def test_the_gate_sees_of_each_subject_the_columns_of_the_table_and_no_more(
    world: World, walker: Walker
) -> None:
    """Whoever has the same columns therefore stands before the same gate, at every address."""
    seen = {}
    for name, subject in world.subjects.items():
        with walker.undone():
            request = walker.request(
                Cell("home:work", "GET", subject, "plain", Target(), allowed=False)
            ).wsgi_request
            anonymous = isinstance(request.user, AnonymousUser)
            set_actor(OPERATOR)
            seen[name] = subjects_of(who_asks(request), anonymous=anonymous)
    assert seen == {name: subject.columns for name, subject in world.subjects.items()}


@pytest.mark.parametrize("route", ROUTES)
def test_each_cell_is_answered_as_the_table_says(route: str, world: World, walker: Walker) -> None:
    walk(route, world, walker, night=False)


@pytest.mark.night
@pytest.mark.parametrize("route", ROUTES)
def test_everybody_is_answered_as_the_table_says_in_every_way_of_asking(
    route: str, world: World, walker: Walker
) -> None:
    walk(route, world, walker, night=True)


def walk(route: str, world: World, walker: Walker, *, night: bool) -> None:
    """Ask every cell of an address; nobody's answer may differ from the table, and somebody must get their work done."""
    wrong, worked = [], set()
    for cell in cells(route, world, night=night):
        answered = walker.ask(cell)
        found = faults(cell, answered, world, open_to_all=route in OPEN_TO_ALL)
        if cell.allowed and not found:
            worked.add("GET" if cell.method == "HEAD" else cell.method)
        wrong += found
    assert not wrong, "\n".join(wrong)
    assert worked == {method for each, method in table() if each == route}, "nobody can do their work"


def test_the_walk_is_long_enough(world: World) -> None:
    """Counted and not added up while walking, which several workers do."""
    asked = Counter(cell.allowed for route in ROUTES for cell in cells(route, world, night=False))
    print(f"cells: {asked[True]} allowed, {asked[False]} refused")  # noqa: T201 - the figure of the run
    assert asked.total() > 5_000
