"""The only writes of the organisation."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import Act, record
from xiezuo.organisation.commissions import ledger_version
from xiezuo.organisation.models import (
    Assignment,
    Commission,
    Establishment,
    Person,
    PersonRecord,
    Portfolio,
    Unit,
    UnitRecord,
)
from xiezuo.organisation.policies import may_switch_standard
from xiezuo.shared.errors import refuse_if
from xiezuo.shared.merge import Merge, add_anchors, undo

_ROWS = (UnitRecord, PersonRecord, Portfolio, Establishment, Assignment)


@transaction.atomic
def set_standard(*, commission: Commission, balance: str, kept: bool, by: Actor, now: datetime) -> None:
    """Say whether the expectation `balance` is a standard that this commission keeps to."""
    refuse_if(may_switch_standard(by, commission.pk))
    others = [other for other in commission.standards_off if other != balance]
    Commission.objects.filter(pk=commission.pk).update(
        standards_off=others if kept else [*others, balance], ledger_version=F("ledger_version") + 1
    )
    details = {"kept": kept, "ledger_version": ledger_version(commission)}
    record(
        Act.STANDARD_SWITCHED, by=by, at=now, commission_code=commission.code, target=balance, details=details
    )  # fmt: skip


@transaction.atomic
def set_up_commission(*, code: str, particulars: Mapping[str, Any], by: Actor, now: datetime) -> Commission:
    """The commission of this code with these particulars, created if it is new; its ledger counts as changed."""
    commission, created = Commission.objects.get_or_create(code=code, defaults=dict(particulars))
    if created:
        record(Act.COMMISSION_SET_UP, by=by, at=now, commission_code=code, target=commission.name)
    else:
        Commission.objects.filter(pk=commission.pk).update(
            **particulars, ledger_version=F("ledger_version") + 1
        )
        commission.refresh_from_db()
    return commission


def grow_ledger(commission: Commission) -> None:
    """Count one more edition of the commission's ledger, as part of an act that is recorded by whoever does it.

    It locks the commission's row, so that two acts upon one ledger come one after the other.
    """
    Commission.objects.filter(pk=commission.pk).update(ledger_version=F("ledger_version") + 1)


def restore_commission(*, commission: Commission, particulars: Mapping[str, Any]) -> None:
    """Give a commission its earlier particulars back, as part of the withdrawal of a load that is recorded there."""
    Commission.objects.filter(pk=commission.pk).update(**particulars, ledger_version=F("ledger_version") + 1)


def apply_rows(merge: Merge) -> None:
    """Write what a load does to one of our tables; the load itself is recorded by whoever loads."""
    merge.into(_ROWS)


def undo_rows(*, load: int, at: datetime) -> tuple[int, int]:
    """Undo a load in our tables; gives how many rows were closed and how many stated again."""
    done = [undo(model, load=load, at=at) for model in _ROWS]
    return sum(closed for closed, _restated in done), sum(restated for _closed, restated in done)


def add_things(model: type[Any], *, commission: int, codes: Sequence[str]) -> dict[str, int]:
    """Create units or people; gives the id of each code."""
    if model not in (Unit, Person):
        raise ValueError(f"{model.__name__} is another app's table")
    return add_anchors(model, commission, codes)
