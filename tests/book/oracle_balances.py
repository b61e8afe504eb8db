"""The balances of figures.yaml, worked out by the oracle from a ledger book."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from tests.book.ledger_rows import Book, Row, holds, text, within
from tests.book.oracle import TOWNSHIP, Figures, figures_of, full_time, leaderships, posts, sizes, spans


@dataclass(frozen=True)
class Balance:
    """Two sides that should be equal (or, for `<=`, in order); None where a side has no answer."""

    kind: str
    rule: str
    left: int | None
    right: int | None

    @property
    def holds(self) -> bool | None:
        if self.left is None or self.right is None:
            return None
        return self.left <= self.right if "<=" in self.rule else self.left == self.right


def balances(book: Book, on: date) -> list[Balance]:
    """The balances of figures.yaml on the day, but for opening and closing (see `flow`)."""
    value = figures_of(book, on)
    return [*_identities(book, value, on), *_expectations(value), _loans(book, on)]


def _loans(book: Book, on: date) -> Balance:
    """A book has no limits of loans: without a rule in force each loan is within its limits."""
    in_force = [row for row in book["任职"] if holds(row, on, "任职日期", "免职日期")]
    lent = sum(text(row, "人员性质") in ("借调", "挂职", "跟班") for row in in_force)
    return Balance("expectation", "Loans of the ledger within their limits = loans of the ledger", lent, lent)


def _identities(book: Book, value: Figures, on: date) -> list[Balance]:
    at_townships = posts(book, on, TOWNSHIP)
    by_post = Counter(first_full_time_posts(book, at_townships).values())
    leading = leaderships(book, on, "二级")
    sides = [
        (
            "township.full_time = full-time secretaries + deputies + members + others of the commissions",
            value["township.full_time"],
            sum(by_post.values()),
        ),
        (
            "township.staff = sum over commissions of their staff",
            value["township.staff"],
            sum(sizes(book, on, at_townships)),
        ),
        (
            "zones.second_level = zones.township_zones + zones.direct_zones",
            value["zones.second_level"],
            _sum(value["zones.township_zones"], value["zones.direct_zones"]),
        ),
        (
            "leaderships of second-level zones = sum over leaders of their spans",
            len(leading),
            sum(spans(book, on).values()),
        ),
        (
            "talk_rooms.with_recording <= talk_rooms.count",
            value["talk_rooms.with_recording"],
            value["talk_rooms.count"],
        ),
    ]
    return [Balance("identity", *side) for side in sides]


def first_full_time_posts(book: Book, rows: list[Row]) -> dict[str, str]:
    """The post under which each full-time person is counted: 书记, else 副书记, else 委员, else another."""
    order = ["书记", "副书记", "委员"]
    rank = {post: place for place, post in enumerate(order)}
    ranked = sorted(full_time(rows), key=lambda row: rank.get(text(row, "职务"), len(order)), reverse=True)
    return {book.person(row): text(row, "职务") for row in ranked}


def _expectations(value: Figures) -> list[Balance]:
    full_time_expected = _sum(
        value["township.full_time_most"],
        _product(_sum(value["township.commissions"], -1), value["township.full_time_others_each"]),
    )
    rights = {
        "stationed.leaders = units.stationed_groups": value["units.stationed_groups"],
        "zones.township_zones = units.township_stations": value["units.township_stations"],
        "zones.lead_offices = units.supervision_offices + units.investigation_offices": _sum(
            value["units.supervision_offices"], value["units.investigation_offices"]
        ),
        "zones.second_level = zones.second_level_leaders + zones.leaders_with_two": _sum(
            value["zones.second_level_leaders"], value["zones.leaders_with_two"]
        ),
        "township.staff = township.commissions * township.staff_each": _product(
            value["township.commissions"], value["township.staff_each"]
        ),
        "township.full_time = full_time_most + (commissions - 1) * full_time_others_each": full_time_expected,
    }
    return [Balance("expectation", rule, value[rule.split()[0]], right) for rule, right in rights.items()]


def _sum(*numbers: int | None) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _product(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else left * right


def flow(book: Book, kind: str, opening: date, closing: date) -> tuple[int, int, int, int]:
    """Posts in force at units of this kind on `opening`, begun since, ended since, in force on `closing`.

    Opening + begun − ended = closing. A post that begins and ends between the two days is in both middle
    numbers. Counts rows of 任职, not people.
    """
    rows = [row for row in book["任职"] if book.kind(row) == kind]
    after = date.fromordinal(opening.toordinal() + 1)
    began = [row for row in rows if within(row, "任职日期", after, closing)]
    ended = [row for row in rows if within(row, "免职日期", after, closing)]
    return len(posts(book, opening, kind)), len(began), len(ended), len(posts(book, closing, kind))
