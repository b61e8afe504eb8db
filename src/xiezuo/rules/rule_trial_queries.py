"""What a draft of a rule is tried against: matters that began under any of its editions, and who holds its offices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from xiezuo.accounts.api import as_the_product
from xiezuo.approvals.api import Approval, number_of, unheld
from xiezuo.approvals.states import ApprovalState
from xiezuo.organisation.api import Commission, unit_names
from xiezuo.rules.applying import OF_COMMISSION, ask_of, days_of_step
from xiezuo.rules.models import WorkRule
from xiezuo.rules.rule_queries import calendar_of
from xiezuo.rules.rule_trial import Office, Past, Trial, try_against
from xiezuo.rules.states import Approver
from xiezuo.rules.working_days import months_after

MOST = 200
"""How many matters are tried at most, the newest; all of them are counted."""
MONTHS = 12
"""How far back."""
JUDGED = (ApprovalState.PENDING, ApprovalState.CONFIRMING, ApprovalState.APPROVED, ApprovalState.REFUSED)
"""Where somebody decides or has decided: what was withdrawn, or lies with its applicant, is neither late nor in time."""


@dataclass(frozen=True)
class Empty:
    """An office that nobody holds on the first day of the draft; of which unit, if it is one unit's."""

    office: Approver
    unit: int | None


@dataclass(frozen=True)
class Tryout:
    """A draft tried: the trial, the units by name, and the offices that stand empty on its first day.

    `of_no_unit` matters are of no unit, while the draft names an office that a unit has: nobody could decide them.
    """

    since: date
    trial: Trial
    units: dict[int, str]
    empty: tuple[Empty, ...]
    of_no_unit: int


def tryout(draft: WorkRule, today: date) -> Tryout:
    """Try a draft of an internal matter against the past twelve months. A fixed number of queries, whatever there is."""
    commission, since = draft.commission, months_after(today, -MONTHS)
    found, total = _begun(draft, since)
    units = list(dict.fromkeys(each.unit for each in found if each.unit is not None))
    days = days_of_step(draft)
    offices = [Office(office, days) for office in draft.approvers]
    matters = [_past(each, commission) for each in found]
    trial = try_against(offices, matters, total, today, calendar_of(commission).after)
    names, of_unit = unit_names(units, draft.starts), set(draft.approvers) - set(OF_COMMISSION)
    of_no_unit = sum(each.unit is None for each in matters) if of_unit else 0
    return Tryout(since, trial, names, tuple(_empty(draft, units)), of_no_unit)


def _begun(draft: WorkRule, since: date) -> tuple[list[Approval], int]:
    editions = WorkRule.objects.filter(commission=draft.commission, kind=draft.kind, code=draft.code)
    known = [str(pk) for pk in editions.values_list("pk", flat=True)]
    first = timezone.make_aware(datetime.combine(since, time.min))
    rows = Approval.objects.filter(
        commission=draft.commission, rule_edition__in=known, submitted_at__gte=first
    )
    newest = rows.order_by("-submitted_at", "-pk").prefetch_related("steps")[:MOST]
    return list(newest), rows.count()


def _past(approval: Approval, commission: Commission) -> Past:
    approval.commission = commission
    steps = sorted(approval.steps.all(), key=lambda step: step.position)
    ended = None if approval.settled_at is None else timezone.localdate(approval.settled_at)
    # An application that was returned and made again is reckoned from then on, as its steps are.
    begun = steps[0].opened_on or timezone.localdate(approval.submitted_at)
    return Past(
        approval.pk, number_of(approval), approval.title, approval.unit, begun, ended, approval.state in JUDGED,
        tuple(Office(step.title, step.working_days) for step in steps),
    )  # fmt: skip


def _empty(draft: WorkRule, units: Sequence[int]) -> Iterable[Empty]:
    """What the ledger and the grants say of the draft's first day, as far as they are known now."""
    asked = [Empty(Approver(office), unit) for office in draft.approvers for unit in _units(office, units)]
    asks = [ask_of(each.office, each.unit) for each in asked]
    with as_the_product():
        nobody = unheld(asks, draft.commission_id, draft.starts)
    return [each for each, ask in zip(asked, asks, strict=True) if ask in nobody]


def _units(office: str, units: Sequence[int]) -> Sequence[int | None]:
    return [None] if Approver(office) in OF_COMMISSION else units
