"""Who will decide a request that is not submitted yet, in what time; worked out as its submission will."""

from copy import copy
from datetime import date
from typing import TYPE_CHECKING

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.approvals.api import named_by
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.queries.request_page import account_names
from xiezuo.collaboration.queries.requests import receiving
from xiezuo.collaboration.requests.applying_operations import offices_held
from xiezuo.collaboration.requests.approving import steps_of_request
from xiezuo.collaboration.requests.offers import Deciding
from xiezuo.organisation.api import person_names
from xiezuo.rules.api import Approver, YearMissing, calendar_of
from xiezuo.shared.lists import listed
from xiezuo.ui.choices import words_of

if TYPE_CHECKING:
    from xiezuo.approvals.api import Party, StepPlan
    from xiezuo.rules.models import WorkRule


def deciding_ahead(row: Request, rule: "WorkRule", by: Actor, on: date) -> list[Deciding]:
    """The steps to come, each with who holds the office today and by when it decides if the one before takes all its days."""
    with as_the_product():
        received = receiving(row.commission, row.unit_id, on)
        sent = copy(row)
        sent.zone, sent.first_zone, sent.axis = received.zone, received.first_zone, list(received.axis)
        steps = steps_of_request(rule, sent, offices_held(by, rule, sent, on), on)
        names = [_names(step, sent, on) for step in steps]
        days = _days(row, [step.working_days for step in steps], on)
    return [
        Deciding(words_of(Approver, step.title), who, step.working_days, due) for step, who, due in zip(steps, names, days, strict=True)
    ]  # fmt: skip


def _names(step: "StepPlan", row: Request, on: date) -> str:
    parties: list[Party] = named_by(step.asks, row.commission_id, on)
    people = person_names([each.person for each in parties if each.person is not None], on)
    accounts = account_names(each.account for each in parties)
    return listed(people.get(each.person or 0) or accounts.get(each.account or 0, "") for each in parties)


def _days(row: Request, each: list[int], on: date) -> list[date | None]:
    """The last day of each step; nothing where the calendar has no such year."""
    found: list[date | None] = []
    day, calendar = on, calendar_of(row.commission)
    for days in each:
        try:
            day = calendar.after(day, days)
        except YearMissing:
            return [*found, *[None] * (len(each) - len(found))]
        found.append(day)
    return found
