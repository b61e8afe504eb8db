"""Background job of the notices: in the morning every account is told what waits for it."""

from django.utils import timezone
from procrastinate.contrib.django import app

from xiezuo.accounts.api import OPERATOR, Actor, acting_as
from xiezuo.collaboration.api import (
    escalate_incidents,
    escalate_recusals,
    leave_after_moves,
    leave_with_loans,
)
from xiezuo.home.notices.collaboration_operations import tell_of_limits
from xiezuo.home.notices.operations import tell_the_day
from xiezuo.rules.api import announce_trial_ends
from xiezuo.shared import clock
from xiezuo.zones.api import announce_arrangements

MORNING = 7
"""The hour from which on people are told, in the time zone of the installation."""


@app.periodic(cron="19,49 * * * *")
@app.task(
    name="notices.tell_the_day", queue="notices", queueing_lock="notices.tell_the_day", pass_context=False
)
def tell(timestamp: int) -> None:  # noqa: ARG001 - told by the scheduler
    """Twice an hour, so that a server that was off at seven tells as soon as it is on; each account once a day."""
    with acting_as(OPERATOR):
        # What was to be written, or reported upward, within 24 hours does not wait for the morning.
        tell_of_limits(now=clock.now())
        escalate_incidents(now=clock.now())
    tell_when_it_is_morning(OPERATOR)


def tell_when_it_is_morning(actor: Actor) -> int:
    """Tell whoever was not yet told today, from the morning on: how many were told."""
    now = clock.now()
    if timezone.localtime(now).hour < MORNING:
        return 0
    with acting_as(actor):
        announce_trial_ends(now=now)
        announce_arrangements(now=now)
        leave_with_loans(now=now)
        leave_after_moves(now=now)
        escalate_recusals(now=now)
        return tell_the_day(by=actor, now=now)
