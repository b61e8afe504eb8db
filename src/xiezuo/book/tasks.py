"""Background jobs of the book: big books are checked and loaded by the worker, so that no page waits for them."""

from django.utils import translation
from procrastinate.contrib.django import app

from xiezuo.accounts.api import acting_as, actor_in_job
from xiezuo.book import draft_operations as operations
from xiezuo.book.models import Draft
from xiezuo.shared import clock


@app.task(name="book.check", queue="books")
def check(draft: int, actor: str, language: str) -> None:
    """Check one uploaded book."""
    with translation.override(language), acting_as(actor_in_job(actor)) as by:
        operations.check_draft(draft=Draft.objects.get(pk=draft), by=by, now=clock.now())


@app.task(name="book.load", queue="books")
def load(draft: int, actor: str, language: str) -> None:
    """Load one confirmed book."""
    with translation.override(language), acting_as(actor_in_job(actor)) as by:
        operations.load_draft(draft=Draft.objects.get(pk=draft), by=by, now=clock.now())
