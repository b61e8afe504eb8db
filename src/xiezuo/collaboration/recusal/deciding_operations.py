"""Decisions on recusal: by the right person within a working day, access cut at once, refusals kept."""

from datetime import datetime

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.models import Recusal


def decide_recusal(*, recusal: Recusal, recused: bool, said: str, by: Actor, now: datetime) -> Recusal:
    """Decide a question; `said` is for the decider alone. Recused: out of the team and of everything that could be read."""
    raise NotImplementedError


def override_recusal(*, recusal: Recusal, said: str, by: Actor, now: datetime) -> Recusal:
    """Let somebody take part all the same: the secretary, if neither the decider nor the person, with a reason."""
    raise NotImplementedError


def escalate_recusals(*, now: datetime) -> int:
    """Questions not decided within their day go to the next decider; how many went. For the daily round."""
    raise NotImplementedError
