"""Requests at a glance: what waits for somebody and what they asked for, for the page of one's work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from xiezuo.accounts.api import Ability, Actor, has
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.queries.request_lists import MINE, WAITING, Named, list_of, named_on
from xiezuo.collaboration.requests.wording import light_shown, number_words, state_shown
from xiezuo.collaboration.states import ENDED
from xiezuo.organisation.api import Commission
from xiezuo.rules.api import WorkCalendar, calendar_of
from xiezuo.ui.parts import State

MOST = 5


@dataclass(frozen=True)
class Glance:
    """One request in one line."""

    number: str
    words: str
    state: State
    due: State
    href: str


@dataclass(frozen=True)
class Glances:
    """What waits, and what was asked for and is open; the first few of each."""

    waiting: list[Glance]
    mine: list[Glance]
    may_ask: bool

    def __bool__(self) -> bool:
        return bool(self.waiting or self.mine or self.may_ask)


def requests_at_a_glance(actor: Actor, commission: Commission, on: date) -> Glances:
    """The first few requests that wait for somebody, and that they asked for, by what is due first. Seven queries."""
    named, calendar = named_on(commission, on), calendar_of(commission)
    waiting, mine = (_first(list_of(commission, actor, tab)) for tab in (WAITING, MINE))
    may_ask = has(actor, Ability.ASK_HELP)
    return Glances(_shown(waiting, named, calendar, on), _shown(mine, named, calendar, on), may_ask)


def _first(rows: QuerySet[Request]) -> list[Request]:
    return list(rows.exclude(state__in=ENDED).order_by("next_due_on", "pk")[:MOST])


def _shown(rows: Iterable[Request], named: Named, calendar: WorkCalendar, on: date) -> list[Glance]:
    return [
        Glance(
            number_words(row.year, row.number), f"{named.unit(row.unit_id)}：{named.situation(row.situation)}", state_shown(row.state),
            light_shown(row.next_due_on, on, calendar), reverse("collaboration:request", args=[row.pk]),
        )
        for row in rows
    ]  # fmt: skip
