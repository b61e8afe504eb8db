"""A fictional province, straight into PostgreSQL: counties, units, people and ten years of assignments.

`python -m bench.province COUNTIES` fills the home that XIEZUO_HOME names. Equal arguments give equal rows.
"""

import random
import sys
from datetime import date, timedelta

from bench.copying import KNOWN_FROM, Rows, bare_tables
from bench.county import County, Unit, add_units, add_zones
from bench.homes import django_ready
from bench.lines import say
from bench.people import name_of
from bench.rooms import add_matters, add_sites

PEOPLE, POSTS = 834, 10
"""People of one county, and posts that each of them held in turn: 120 counties have a million assignments."""
FIRST, LAST = date(2013, 1, 1), date(2022, 12, 31)
SEED = 20221115
BATCH = 20
MOST_CHECKED = 200
"""Counties up to which the constraint against overlapping posts is built as well."""
MOVES = ("调入", "调整", "调整", "配备", "新任", "轮岗", "兼职转专职", "借调", "选举", "考录")
LARGE = ("organisation_assignment", "organisation_personrecord", "organisation_person")
OPEN, NOWHERE = "9999-12-31", r"\N"
"""As COPY writes them: the end of what has not ended, and no former unit."""
PART_TIME = 0.3
POST_COLUMNS = (
    "id", "commission_id", "starts", "ends", "basis", "known_from", "position", "person_id", "unit_id", "post",
    "engagement", "status", "other_posts", "moves", "from_unit_id", "from_outside", "leaving", "to_outside",
)  # fmt: skip
DAYS = [(FIRST + timedelta(days=number)).isoformat() for number in range(7000)]
"""Days as text by their number from the first: a million rows make no date anew."""


def fill(counties: int) -> None:
    """Make the province. About 40 seconds for 120 counties."""
    rows = Rows()
    # At ten million rows it takes half an hour to build; no question reads it.
    leaving_out = "assignment_once" if counties > MOST_CHECKED else ""
    with bare_tables(LARGE, leaving_out):
        above = add_commission(rows, 0, None)
        for number in range(1, counties + 1):
            _add_county(rows, number, above)
            if number % BATCH == 0 or number == counties:
                rows.send()
                say(f"  {number} of {counties} counties")
        rows.finish()


def add_commission(rows: Rows, number: int, above: int | None) -> int:
    """One commission; number 0 is the province's own."""
    name = f"第{number}县（虚构）" if number else "某省（虚构）"
    return rows.add(
        "organisation_commission", parent_id=above, code=f"B{number:05}", name=f"{name}纪委监委", region=name,
        county_type="县", kept_until=LAST, standards_off=[], ledger_version=1,
    )  # fmt: skip


def _add_county(rows: Rows, number: int, above: int) -> None:
    chance = random.Random(SEED + number)
    county = County(rows, add_commission(rows, number, above), FIRST)
    units = add_units(county)
    people = [_add_person(county, place) for place in range(1, PEOPLE + 1)]
    for place, person in enumerate(people):
        _add_posts(county, chance, person, units, place)
    add_zones(county, units, people)
    add_sites(county, units, people)
    add_matters(county, units, range(FIRST.year, LAST.year + 1))


def _add_person(county: County, place: int) -> int:
    person, _number = county.thing("organisation_person", "P")
    county.state(
        "organisation_personrecord", date.min, person_id=person, name=name_of(person), order_no=place,
        sex="女" if place % 3 == 0 else "男", origin="", skills=[], telephone="",
    )  # fmt: skip
    return person


def _add_posts(county: County, chance: random.Random, person: int, units: list[Unit], number: int) -> None:
    """Ten posts in turn, a year each or so; most people still hold the last, and one in ten holds two at once."""
    day, place, former = chance.randrange(365), 0, NOWHERE
    for turn in range(POSTS):
        # Never the same unit twice running: two posts that overlap must differ.
        place = (place + 1 + int(chance.random() * (len(units) - 1))) % len(units)
        until = day + 200 + int(chance.random() * 330)
        ends = OPEN if turn == POSTS - 1 and number % 6 else DAYS[until]
        _add_post(
            county, chance, f"{person}\t{units[place].key}", units[place].posts, (DAYS[day], ends, former)
        )
        former = str(units[place].key)
        # A second post begins while the first still runs.
        day = until - 90 if number % 10 == 0 and turn == POSTS - 2 else until


def _add_post(
    county: County,
    chance: random.Random,
    who_and_where: str,
    posts: tuple[str, ...],
    facts: tuple[str, str, str],
) -> None:
    rows, (starts, ends, former) = county.rows, facts
    key = rows.new("organisation_assignment")
    post = posts[int(chance.random() * len(posts))]
    move = "期初" if former == NOWHERE else MOVES[int(chance.random() * len(MOVES))]
    engagement = "兼职" if chance.random() < PART_TIME else "专职"
    status = "借调" if move == "借调" else "在编"
    # Written out: this line is made a million times.
    rows.columns["organisation_assignment"] = POST_COLUMNS
    rows.lines["organisation_assignment"].append(
        f"{key}\t{county.key}\t{starts}\t{ends}\t某纪组〔2022〕{key % 97}号\t{KNOWN_FROM}\t{key}\t{who_and_where}"
        f"\t{post}\t{engagement}\t{status}\t\t{{{move}}}\t{former}\t\t\t"
    )


if __name__ == "__main__":
    django_ready()
    fill(int(sys.argv[1]))
