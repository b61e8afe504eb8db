"""Background job of the consoles: a big journal is verified by the worker, so that no page waits for it."""

from django.utils import translation
from procrastinate.contrib.django import app

from xiezuo.accounts.api import acting_as, actor_in_job
from xiezuo.home.consoles import operations, verifying
from xiezuo.shared import clock

VERIFY = "consoles.verify"


@app.task(name=VERIFY, queue="journal", queueing_lock=VERIFY)
def verify(actor: str, language: str) -> None:
    """Verify the journal where it lives."""
    try:
        with translation.override(language), acting_as(actor_in_job(actor)) as by:
            operations.verify_journal(told=verifying.tell, by=by, now=clock.now())
    finally:
        verifying.forget()
