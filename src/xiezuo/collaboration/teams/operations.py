"""The writes of a team: chosen, exchanged, released, sent, given back. Nobody acts in it before they have declared."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.models import Member, Request
from xiezuo.collaboration.teams.picks import Pick


def form_team(*, request: Request, seen: int, key: UUID, by: Actor, now: datetime) -> Request:
    """Begin to put the team of an approved request together."""
    raise NotImplementedError


def choose(*, request: Request, picks: Sequence[Pick], by: Actor, now: datetime) -> list[Member]:
    """Choose people, by hand or as a proposal has them; each is asked to declare. The same picks again change nothing."""
    raise NotImplementedError


def swap(*, member: Member, pick: Pick, by: Actor, now: datetime) -> Member:
    """Exchange a member for somebody else."""
    raise NotImplementedError


def name_roles(*, member: Member, roles: Sequence[str], by: Actor, now: datetime) -> Member:
    """Say what a member is in the team."""
    raise NotImplementedError


def release(*, member: Member, by: Actor, now: datetime) -> Member:
    """Let somebody go who was chosen, before the team is sent."""
    raise NotImplementedError


def send_team(*, request: Request, seen: int, key: UUID, by: Actor, now: datetime) -> Request:
    """Send the team: everybody has declared and joined, and nothing of what the law asks of it is missing."""
    raise NotImplementedError


def give_back(*, member: Member, by: Actor, now: datetime) -> Member:
    """A member has done the work and returns to their unit; what they may read of the request ends."""
    raise NotImplementedError
