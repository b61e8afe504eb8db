"""Whoever moves to another post leaves the team by itself, on the day of the move: reading is cut and the team is told.

Lock order: the commission, as the ledger's own acts hold it, then the request, then members. Choosing takes the same way, so
that nobody is seated by a post that is being given up at that moment.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from xiezuo.accounts.api import PRODUCT_ITSELF, as_the_product
from xiezuo.collaboration.models import Member
from xiezuo.collaboration.queries.moves import moved_away
from xiezuo.collaboration.requests.moving_operations import held_by_product
from xiezuo.collaboration.states import MemberState, WhyLeft
from xiezuo.collaboration.teams.joining_operations import leave


@transaction.atomic
def leave_after_moves(*, commission: int | None = None, now: datetime) -> int:
    """Members leave who serve no more in the unit that they came from; how many did.

    For the daily round as well, for a move can be entered before its day.
    """
    with as_the_product():
        found = moved_away(timezone.localdate(now), commission)
    return sum(_leave(request, member, now) for request, member, _day in found)


def follow_ledger(*, commission: int, now: datetime) -> None:
    """As the ledger of a commission changes, in the transaction of whoever changed it."""
    leave_after_moves(commission=commission, now=now)


def _leave(request: int, member: int, now: datetime) -> bool:
    held_by_product(request)
    day = _still_away(member, timezone.localdate(now))
    if day is None:
        return False
    with as_the_product():
        row = Member.objects.select_for_update(of=("self",)).select_related("request__commission").get(pk=member)  # fmt: skip
    if row.state == MemberState.LEFT:
        return False
    leave(row, WhyLeft.MOVED, by=PRODUCT_ITSELF, now=now, on=day)
    return True


def _still_away(member: int, today: date) -> date | None:
    """Asked again under the lock of the request: the move may have been taken back, or the member exchanged."""
    with as_the_product():
        return next((day for _request, _member, day in moved_away(today, member=member)), None)
