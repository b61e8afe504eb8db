"""The only writes of the organisation."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import Act, record
from xiezuo.organisation.models import Commission


@transaction.atomic
def set_standard(*, commission: Commission, balance: str, kept: bool, by: Actor, now: datetime) -> None:
    """Say whether the expectation `balance` is a standard that this commission keeps to."""
    others = [other for other in commission.standards_off if other != balance]
    Commission.objects.filter(pk=commission.pk).update(
        standards_off=others if kept else [*others, balance], ledger_version=F("ledger_version") + 1
    )
    record(
        Act.STANDARD_SWITCHED, by=by, at=now, commission_code=commission.code, target=balance, details={"kept": kept}
    )  # fmt: skip
