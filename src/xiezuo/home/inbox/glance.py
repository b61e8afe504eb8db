"""What waits for the reader at a glance, for the page of one's own work."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from xiezuo.approvals.api import asked_of_reader, kind_of, with_light
from xiezuo.home.inbox.page import work_calendar
from xiezuo.home.inbox.tables import number_words
from xiezuo.home.inbox.wording import due_state
from xiezuo.organisation.api import Commission
from xiezuo.shared import clock
from xiezuo.ui.parts import State

AT_A_GLANCE = 5


@dataclass(frozen=True)
class Glimpse:
    """One application that waits: what, its number, how much time is left, its page."""

    title: str
    number: str
    kind: Any
    due: State
    href: str


def waiting_at_a_glance(commission: Commission) -> list[Glimpse]:
    """The most urgent of what waits for the reader of the transaction. A fixed number of queries."""
    fields = ("pk", "title", "kind", "year", "number", "commission__code", "light", "due_on")
    rows = with_light(asked_of_reader(), clock.today()).order_by("due_on", "pk").values(*fields)[:AT_A_GLANCE]
    calendar, today = work_calendar(commission), clock.today()
    return [
        Glimpse(
            row["title"], number_words({**row, "code": row["commission__code"]}), kind_of(row["kind"]).title,
            due_state(row["light"], row["due_on"], today, calendar), reverse("inbox:approval", args=[row["pk"]]),
        )
        for row in rows
    ]  # fmt: skip
