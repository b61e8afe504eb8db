"""Keeps the notices of an approval in step with it. Called by its events, in the transaction of whoever moved it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.approvals.api import Approval, number_of
from xiezuo.approvals.states import ApprovalState, Verb
from xiezuo.home.notices.models import Notice
from xiezuo.home.notices.queries import Tasks, tasks_of
from xiezuo.home.notices.states import Because, NoticeKind

_OF_APPROVALS = (NoticeKind.DECIDE, NoticeKind.MEND, NoticeKind.CONFIRM_PAPER)
_RESULT = {
    ApprovalState.APPROVED.value: NoticeKind.APPROVED,
    ApprovalState.REFUSED.value: NoticeKind.REFUSED,
}


def follow_approval(*, approval: Approval, verb: Verb, by: Actor, now: datetime, **_more: Any) -> None:
    """Whoever is asked has a task, and whoever is asked no more has none; the others are told what concerns them."""
    with as_the_product():
        wanted = tasks_of(approval, timezone.localdate(now))
        _clear(approval, wanted, now)
        if verb == Verb.HAND_OVER:
            _tell_heir(approval, wanted, now)
        tell(approval, wanted, now)
        if verb == Verb.URGE:
            _bring_up(approval, now)
        if verb == Verb.SUBMIT:
            coordinate = dict.fromkeys(approval.informed, Because.CONTACT)
            tell(approval, {(each, NoticeKind.COORDINATE): why for each, why in coordinate.items()}, now)
        if approval.settled_at is not None:
            _tell_result(approval, by, now)


def _clear(approval: Approval, wanted: Tasks, now: datetime) -> None:
    open_ones = Notice.objects.filter(subject=approval.pk, kind__in=_OF_APPROVALS, done_at__isnull=True)
    kept = [(account, kind.value) for account, kind in wanted]
    gone = [row for row, account, kind in open_ones.values_list("pk", "account", "kind") if (account, kind) not in kept]  # fmt: skip
    Notice.objects.filter(pk__in=gone).update(done_at=now)


def _tell_heir(approval: Approval, wanted: Tasks, now: datetime) -> None:
    """Whoever takes it over is told that it was somebody else's: by their task, or by an information if there is none."""
    heir = approval.moves.order_by("-edition").values_list("details__to", flat=True)[0]
    tasks = [key for key in wanted if key[0] == heir] or [(heir, NoticeKind.HANDED_OVER)]
    tell(approval, dict.fromkeys(tasks, Because.HANDED), now)


def _bring_up(approval: Approval, now: datetime) -> None:
    """What is asked for again stands on top again, and says why."""
    waiting = Notice.objects.filter(subject=approval.pk, kind=NoticeKind.DECIDE, done_at__isnull=True)
    waiting.update(because=Because.URGED, made_at=now)


def _tell_result(approval: Approval, by: Actor, now: datetime) -> None:
    # Who only coordinated may read it no more, so that the notice would lead nowhere.
    over = Notice.objects.filter(subject=approval.pk, kind=NoticeKind.COORDINATE, done_at__isnull=True)
    over.update(done_at=now)
    kind = _RESULT.get(approval.state)
    if kind is not None and approval.applicant != by.user_id:
        tell(approval, {(approval.applicant, kind): Because.OWN}, now)


def tell(approval: Approval, whom: Mapping[tuple[int, NoticeKind], Because], now: datetime) -> None:
    """Tell accounts of an approval, each once as long as the notice is open."""
    if whom:
        Notice.objects.bulk_create(_notices(approval, whom, now), ignore_conflicts=True)


def _notices(
    approval: Approval, whom: Mapping[tuple[int, NoticeKind], Because], now: datetime
) -> Iterable[Notice]:
    number = number_of(approval)
    return [
        Notice(
            account=account, commission=approval.commission_id, kind=kind, because=why, matter=approval.kind,
            about=number, subject=approval.pk, made_at=now,
        )
        for (account, kind), why in whom.items()
    ]  # fmt: skip
