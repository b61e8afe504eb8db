"""Background job of the journal: every hour the ledgers that changed are witnessed and the heads of chains signed."""

from procrastinate.contrib.django import app

from xiezuo.accounts.api import OPERATOR, Actor, acting_as
from xiezuo.audit.api import ledgers_to_witness, sign_heads, witness_ledger
from xiezuo.shared import clock


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
