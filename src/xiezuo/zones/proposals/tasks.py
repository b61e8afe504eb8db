"""The background job that answers questions for proposals. What solves is loaded inside it, so that no page carries it."""

import time
from typing import TYPE_CHECKING, Any

from django.utils import translation
from procrastinate.contrib.django import app

from xiezuo.accounts.api import Actor, acting_as, actor_in_job
from xiezuo.shared import clock
from xiezuo.zones.models import Proposals
from xiezuo.zones.proposals import operations
from xiezuo.zones.proposals.asking import Asked
from xiezuo.zones.queries.proposals import Case, answer_shell
from xiezuo.zones.states import ProposalState

if TYPE_CHECKING:
    from collections.abc import Callable

LISTENS_EVERY = 0.5
"""Seconds between two looks at whether somebody cancelled."""


@app.task(name="zones.propose", queue="zones")
def propose(number: int, actor: str, language: str) -> None:
    """Answer one question; whoever cancels is heard within a second."""
    with translation.override(language):
        with acting_as(actor_in_job(actor)) as by:
            begun = operations.begin_reckoning(number=number, by=by, now=clock.now())
        if begun is not None:
            answer(*begun, by)


def answer(asked: Proposals, case: Case, by: Actor) -> None:
    """Reckon and keep what comes of it. A fault that nobody foresaw is kept as one and raised again."""
    state, result = ProposalState.FAILED, None
    try:
        state, result = answered(case, Asked.from_json(asked.asked), _Listener(asked.pk, by))
    finally:
        with acting_as(by):
            operations.end_reckoning(number=asked.pk, state=state, result=result, by=by, now=clock.now())


def answered(
    case: Case, asked: Asked, listener: "_Listener | None" = None
) -> tuple[ProposalState, dict[str, Any] | None]:
    """The answer to a question as JSON, and how it ended. Without a listener nobody is told and nobody cancels."""
    # HiGHS and numpy belong to whoever solves: a web process never comes here.
    from xiezuo.zones.proposals.reckoning import Cancelled, Impossible, reckon  # noqa: PLC0415

    shell = answer_shell(case, asked.seed)
    stop: Callable[[], bool] | None = listener.stop if listener else None
    try:
        found = reckon(
            case.today, case.ground, case.rules, asked, stop=stop, tell=listener.tell if listener else None
        )
    except Impossible as error:
        return ProposalState.IMPOSSIBLE, shell | {"conflict": error.told}
    except Cancelled:
        return ProposalState.CANCELLED, None
    return ProposalState.DONE, shell | found


class _Listener:
    """Tells how far the work is, each time in a transaction of its own, and hears when nobody wants it any more."""

    def __init__(self, number: int, by: Actor) -> None:
        self._number, self._by = number, by
        self._step, self._heard, self._going = ("ground", 0, 0), 0.0, True

    def tell(self, step: str, done: int, of: int) -> None:
        """The next step begins."""
        self._step = (step, done, of)
        self._ask()

    def stop(self) -> bool:
        """Whether to stop; looks at most twice a second."""
        if self._going and time.monotonic() - self._heard > LISTENS_EVERY:
            self._ask()
        return not self._going

    def _ask(self) -> None:
        self._heard = time.monotonic()
        step, done, of = self._step
        with acting_as(self._by):
            self._going = operations.tell_progress(
                number=self._number, step=step, done=done, of=of, now=clock.now()
            )
