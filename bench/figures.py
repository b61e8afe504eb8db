"""A count of one county on a day against hand-written SQL through the same connection, and all figures of a county.

`python -m bench.figures` measures the home that XIEZUO_HOME names and prints seconds as JSON.
"""

import itertools
import json
import random
import statistics
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from bench.homes import bench, django_ready
from bench.lines import Line, at_most, shown_time, side_by_side, within
from bench.province import FIRST, SEED

REPEATS, ROUNDS, ROUNDS_OF_ALL = 3, 200, 7
COUNTS = {"township.staff": "乡镇纪委", "stationed.staff": "派驻纪检监察组"}
UNITS = """SELECT u.unit_id FROM organisation_unitrecord u WHERE u.commission_id = %(county)s
    AND u.known_until IS NULL AND u.ends > %(day)s AND (u.starts <= %(day)s) IS TRUE AND u.kind = %(kind)s"""
PEOPLE = """SELECT count(DISTINCT a.person_id) FROM organisation_assignment a WHERE a.commission_id = %(county)s
    AND a.known_until IS NULL AND a.ends > %(day)s AND (a.starts <= %(day)s) IS TRUE AND a.unit_id"""
BY_HAND = (f"{PEOPLE} IN ({UNITS})", f"{PEOPLE} = ANY(ARRAY({UNITS}))")
"""The two fastest of six ways that were tried; the faster one is the anchor.

IS TRUE keeps PostgreSQL from a plan that takes half as long again.
"""


def lines_of(homes: Mapping[str, Path]) -> list[Line]:
    """The lines of all homes, which take turns; the first is the one that the others are held against."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in homes}
    for _ in range(REPEATS):
        for name, home in homes.items():
            found[name].append(json.loads(bench(home, "figures")))
    taken = {name: _medians(runs) for name, runs in found.items()}
    return [line for name in homes for line in _lines(name, taken[name])] + _flat(taken)


def _medians(runs: list[dict[str, float]]) -> dict[str, float]:
    return {what: statistics.median(run[what] for run in runs) for what in runs[0]}


def _lines(name: str, taken: Mapping[str, float]) -> list[Line]:
    n, n_of_all = REPEATS * ROUNDS, REPEATS * ROUNDS_OF_ALL
    counts = [
        at_most(
            f"{key} of one county, {name}",
            taken[f"{key} by hand"],
            taken[key],
            limit=1.5,
            n=n,
            words="hand-written SQL",
        )
        for key in COUNTS
    ]
    number = int(taken["number"])
    values = Line(
        f"{number} values of one county, {name}", "", shown_time(taken["values"]), None, "", None, n_of_all
    )
    return [
        *counts,
        values,
        within(f"{number} traced figures of one county, {name}", taken["traced"], 1, n_of_all),
    ]


def _flat(taken: Mapping[str, Mapping[str, float]]) -> list[Line]:
    first, *others = taken
    return [
        at_most(
            f"{key}, {name} against {first}",
            taken[first][key],
            taken[name][key],
            limit=1.5,
            n=REPEATS * ROUNDS,
            words=first,
        )
        for name in others
        for key in COUNTS
    ]


def measure() -> dict[str, float]:
    """Median seconds of everything in this home."""
    with acting_as(OPERATOR):
        found: dict[str, float] = {"number": len(all_keys(date(2022, 8, 15)))}
        for key, kind in COUNTS.items():
            _refuse_other_answers(key, kind)
            *by_hand, found[key] = side_by_side(
                ROUNDS, *(_hand(text, kind) for text in BY_HAND), _asking(_value(key))
            )
            found[f"{key} by hand"] = min(by_hand)
        found["values"], found["traced"] = side_by_side(ROUNDS_OF_ALL, _asking(values), _asking(_traced))
        return found


def asked() -> Iterator[tuple[int, date]]:
    """Counties and days without end, the same in every run."""
    chance = random.Random(SEED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM organisation_commission WHERE parent_id IS NOT NULL ORDER BY id")
        counties = [row[0] for row in cursor.fetchall()]
    while True:
        yield chance.choice(counties), FIRST + timedelta(days=chance.randrange(730, 3600))


def _asking(work: Callable[[Any], object]) -> Callable[[], object]:
    questions = asked()

    def ask() -> object:
        county, day = next(questions)
        return work(Asking((county,), day))

    return ask


def _value(key: str) -> Callable[[Any], int | None]:
    return lambda asking: values(asking, [key])[asking.commissions[0]][key]


def _traced(asking: Any) -> None:
    for key in all_keys(asking.on):
        answer(key, asking)


def _hand(text: str, kind: str) -> Callable[[], int]:
    questions = asked()

    def ask() -> int:
        county, day = next(questions)
        # The driver's own cursor: nothing of Django lies between.
        with connection.connection.cursor() as cursor:
            cursor.execute(text, {"county": county, "day": day, "kind": kind})
            return int(cursor.fetchone()[0])

    return ask


def _refuse_other_answers(key: str, kind: str) -> None:
    by_hand, ours = _hand(BY_HAND[0], kind), _asking(_value(key))
    pairs = [(by_hand(), ours()) for _ in itertools.repeat(None, 20)]
    if any(one != other for one, other in pairs):
        raise SystemExit(f"{key} counts otherwise than the hand-written SQL: {pairs}")


if __name__ == "__main__":
    django_ready()
    from xiezuo.accounts.api import OPERATOR, acting_as
    from xiezuo.figures.api import Asking, all_keys, answer, values

    print(json.dumps(measure()))
