"""What is told of zone plans: kind and number, days, and nothing of what they say. Called by events, in their transaction."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from xiezuo.accounts.api import Ability, Role, Scope, as_the_product, persons_of, rights_in_force, who_may
from xiezuo.home.notices.models import Notice
from xiezuo.home.notices.states import Because, NoticeKind


def ask_for_opinions_on_plan(
    *, commission: int, plan: int, number: int, units: Sequence[int], last_day: date, now: datetime, **_more: Any
) -> None:  # fmt: skip
    """Whoever speaks for a unit that is asked has a task until the unit has answered or the consultation is over.

    Asked again, the task comes up again with its new last day.
    """
    with as_the_product():
        own: dict[int, set[int]] = defaultdict(set)
        for right in who_may(Ability.SPEAK_FOR_UNIT, on=_day(now), commission=commission, units=units):
            own[right.user_id].add(right.scope_id)
        for notice in _asked(plan).filter(account__in=own):
            asked = own.pop(notice.account) | set(notice.particulars.get("units", []))
            notice.particulars, notice.made_at = _until(last_day, asked), now
            notice.save(update_fields=["particulars", "made_at"])
        Notice.objects.bulk_create(
            _notice(account, NoticeKind.PLAN_OPINION, Because.UNIT, (commission, plan, number), _until(last_day, asked), now)
            for account, asked in own.items()
        )  # fmt: skip


def _until(last_day: date, units: Iterable[int]) -> dict[str, Any]:
    return {"last_day": last_day.isoformat(), "units": sorted(units)}


def note_answer_on_plan(*, plan: int, unit: int, now: datetime, **_more: Any) -> None:
    """A unit has answered: whoever spoke for it has that off their list, and the notice goes with their last unit."""
    with as_the_product():
        for notice in _asked(plan):
            left = [each for each in notice.particulars.get("units", []) if each != unit]
            notice.particulars["units"] = left
            notice.done_at = None if left else now
            notice.save(update_fields=["particulars", "done_at"])


def end_consultation_on_plan(*, plan: int, now: datetime, **_more: Any) -> None:
    """The consultation is over: nobody is asked any more, answered or not."""
    with as_the_product():
        _asked(plan).update(done_at=now)


def tell_of_plan(
    *, commission: int, plan: int, number: int, starts: date, units: Sequence[int], people: Sequence[int], now: datetime,
    **_more: Any,
) -> None:  # fmt: skip
    """Everybody whose unit changes zone, role or leader, and every leader whose zones change, is told from when on."""
    with as_the_product():
        held = rights_in_force(_day(now)).filter(
            commission=commission, scope_kind=Scope.UNIT, scope_id__in=units
        )
        of_units = held.filter(role__in=(Role.UNIT_HEAD, Role.STAFF))
        accounts = dict.fromkeys(
            [*of_units.values_list("user_id", flat=True), *_accounts_of(people, commission)]
        )
        told = {"first_day": starts.isoformat()}
        Notice.objects.bulk_create(
            (_notice(account, NoticeKind.PLAN_DECIDED, Because.MOVES, (commission, plan, number), told, now)
             for account in accounts),
            ignore_conflicts=True,
        )  # fmt: skip


def _accounts_of(people: Sequence[int], commission: int) -> list[int]:
    return [account for account, person in persons_of(commission=commission).items() if person in people]


def _notice(  # noqa: PLR0917 - what one row holds
    account: int,
    kind: NoticeKind,
    because: Because,
    of: tuple[int, int, int],
    told: dict[str, Any],
    now: datetime,
) -> Notice:
    commission, plan, number = of
    return Notice(
        account=account, commission=commission, kind=kind, because=because, about=str(number), subject=plan, particulars=told,
        made_at=now,
    )  # fmt: skip


def _asked(plan: int) -> QuerySet[Notice]:
    found = Notice.objects.filter(kind=NoticeKind.PLAN_OPINION, subject=plan, done_at__isnull=True)
    return found.order_by("pk")


def _day(now: datetime) -> date:
    return timezone.localdate(now)
