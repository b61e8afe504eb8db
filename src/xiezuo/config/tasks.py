"""Background jobs by the clock: the journal is signed every hour, the approvals are brought up to the day every morning."""

import time

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from xiezuo.accounts.api import OPERATOR, PRODUCT_ITSELF, Actor, acting_as
from xiezuo.audit.api import ledgers_to_witness, sign_heads, witness_ledger
from xiezuo.collaboration.api import attend_loans
from xiezuo.config.attending import attend_everywhere, was_done_on
from xiezuo.rules.api import announce_trial_ends
from xiezuo.shared import clock

ATTEND = "approvals.attend"


@app.periodic(cron="7 * * * *")
@app.task(name="journal.sign", queue="journal", queueing_lock="journal.sign", pass_context=False)
def sign_journal(timestamp: int) -> None:  # noqa: ARG001 - told by the scheduler
    """Hourly, at an odd minute when nobody else's jobs begin."""
    keep_watch(OPERATOR)


def keep_watch(actor: Actor) -> int:
    """Witness each ledger in a transaction of its own, so that none waits for another; gives how many heads were signed."""
    with acting_as(actor):
        changed = ledgers_to_witness()
    for ledger in changed:
        with acting_as(actor):
            witness_ledger(ledger, by=actor, now=clock.now())
    with acting_as(actor):
        return len(sign_heads(by=actor, now=clock.now()))


@app.periodic(cron="10 21 * * *")
@app.task(name=ATTEND, queue="approvals", queueing_lock=ATTEND, pass_context=False)
def attend_approvals(timestamp: int) -> None:  # noqa: ARG001 - told by the scheduler
    """Daily at ten past five in China, which the scheduler counts in UTC: before anybody comes to work.

    The trials of regulations and the loans of people that end soon are told of in the same round.
    """
    attend_everywhere(clock.now())
    with acting_as(PRODUCT_ITSELF):
        announce_trial_ends(now=clock.now())
    with acting_as(PRODUCT_ITSELF):
        attend_loans(now=clock.now())


def ask_for_missed_round() -> bool:
    """Ask for the daily round if nobody has today, as when the machine was off in the morning; gives whether it did."""
    if was_done_on(ATTEND, clock.today()):
        return False
    try:
        attend_approvals.defer(timestamp=int(time.time()))  # type: ignore[call-arg]
    except AlreadyEnqueued:
        return False
    return True
