"""How tests fill a journal through the product, and take it out as the auditor does."""

import random
from datetime import UTC, datetime, timedelta
from io import BytesIO

from xiezuo.accounts.api import OPERATOR, Actor
from xiezuo.audit.api import Act, export_to, record, sign_heads

BEGAN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ROUNDS, A_ROUND = 10, 24
PEOPLE = ("虚构甲", "clerk", 'a "quoted" name', "back\\slash")


def write_acts(seed: int, count: int, begin: datetime = BEGAN) -> None:
    draw = random.Random(seed)
    for step in range(count):
        record(
            draw.choice([Act.POST_TAKEN_UP, Act.LIST_EXPORTED, Act.PERSONAL_DATA_SHOWN, Act.BOOK_LOADED]),
            by=Actor(draw.choice(PEOPLE), origin=f"10.0.0.{draw.randrange(9)}"), at=begin + timedelta(minutes=step),
            commission_code=draw.choice(["", "县甲", "县乙"]), target=f"P{draw.randrange(40)}",
            details=draw.choice([{}, {"on": "2026-03-02"}, {"load": step, "added": {"人员": step}}]),
            before=draw.choice([None, {"post": "室主任"}]), after=draw.choice([None, {"post": "副主任", "n": -3}]),
        )  # fmt: skip


def export() -> list[bytes]:
    file = BytesIO()
    export_to(file, by=OPERATOR, now=BEGAN + timedelta(days=1))
    return file.getvalue().splitlines(keepends=True)


def exports_of_a_day() -> list[list[bytes]]:
    """The journal of a day, exported after each of its rounds."""
    found = []
    for turn in range(ROUNDS):
        write_acts(turn, A_ROUND, BEGAN + timedelta(hours=turn))
        sign_heads(by=OPERATOR, now=BEGAN + timedelta(hours=turn + 1))
        found.append(export())
    return found
