"""The daily round of loans: whoever it concerns is told at 30 and 7 days and at the end, once each.

Nothing hangs on the round: rights end with the row of the ledger on its day, told or not.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from xiezuo.accounts.api import PRODUCT_ITSELF, as_the_product
from xiezuo.audit.api import Act
from xiezuo.collaboration.events import loan_told
from xiezuo.collaboration.loans.asked import TO_A_POST
from xiezuo.collaboration.loans.operations import kept, note
from xiezuo.collaboration.models import Lent, Loan
from xiezuo.collaboration.queries.loans import due_to_be_told
from xiezuo.collaboration.states import LoanOutcome, LoanState
from xiezuo.organisation.api import Commission

STAGES = (("ended", 0), ("7", 7), ("30", 30))
"""From the nearest on: of several that passed untold only the last is told."""


def attend_loans(*, now: datetime) -> int:
    """Tell of everything that nears its end or has ended; gives of how many people there was something to tell."""
    with as_the_product():
        every = list(Commission.objects.order_by("pk").values_list("pk", flat=True))
        rows = due_to_be_told(every, timezone.localdate(now) + timedelta(days=30))
    return sum(_attend(row, now) for row in rows)


def stage_on(ends: date, today: date) -> str:
    """What there is to tell on a day of a loan that ends on `ends`; empty while it is far."""
    left = (ends - today).days
    return next((stage for stage, days in STAGES if left <= days), "")


@transaction.atomic
def _attend(row: Lent, now: datetime) -> bool:
    with as_the_product():
        loan = Loan.objects.select_for_update().select_related("commission").get(pk=row.loan_id)
        held = Lent.objects.select_for_update().select_related("person").get(pk=row.pk)
        held.loan = loan
        if held.ends is None or held.returned_on is not None:
            return False
        stage = stage_on(held.ends, timezone.localdate(now))
        if not stage or stage in held.told:
            return False
        held.told = [*held.told, stage]
        if stage == "ended":
            _ended(held, now)
        held.save()
        loan_told.publish(lent=held, stage=stage, now=now)
    return True


def _ended(held: Lent, now: datetime) -> None:
    """It ran out: the person is at home again. Of a trial a meeting still says what became of it."""
    held.returned_on = held.ends
    if held.loan.kind not in TO_A_POST:
        held.outcome = LoanOutcome.RETURNED
    others = held.loan.lent.filter(chosen=True, returned_on=None).exclude(pk=held.pk)
    if not others.exists():
        held.loan.state = LoanState.ENDED
    kept(held.loan)
    note(Act.LOAN_MOVED, held.loan, {"verb": "ended", "lent": held.pk}, by=PRODUCT_ITSELF, now=now)
