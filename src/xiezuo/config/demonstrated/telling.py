"""The demonstration county, from its first day with the product to this morning."""

from datetime import datetime
from typing import Any

from xiezuo.accounts.api import OPERATOR, Actor
from xiezuo.book.api import load_book
from xiezuo.book.demonstration import book_bytes
from xiezuo.config.demonstrated import (
    corrections,
    interference,
    leave,
    loans,
    people,
    regulations,
    requests,
    zone_meetings,
    zones,
)
from xiezuo.config.demonstrated.director import Scene, play
from xiezuo.config.demonstration import BEGAN, CODE, open_accounts
from xiezuo.home.api import notices
from xiezuo.organisation.api import named_commission
from xiezuo.rules.api import announce_trial_ends, load_defaults
from xiezuo.zones.api import announce_arrangements


def fill(*, keys: dict[str, dict[str, Any]], by: Actor, now: datetime) -> None:
    """Ledger, rules, accounts, and what these did up to `now`: in the order of the days, as an office would have."""
    began = min(BEGAN, now)
    load_book(source=book_bytes(), file_name="anlan.xlsx", by=by, now=began)
    commission = named_commission(CODE)
    load_defaults(commission=commission, by=by, now=began)
    open_accounts(keys=keys, by=by, now=began)
    scene = Scene(commission, now)
    play([*people.stories(scene, began), *corrections.stories(scene), *regulations.stories(scene),
          *zones.stories(scene), *zone_meetings.stories(scene), *requests.stories(scene),
          *loans.stories(scene), *interference.stories(scene), *leave.stories(scene)], now)  # fmt: skip
    announce_trial_ends(now=now)
    announce_arrangements(now=now)
    notices.tell_the_day(by=OPERATOR, now=now)
