"""What is told of regulations, delegations and the work calendar. Called by events, in the transaction of the act."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from xiezuo.accounts.api import Ability, Role, Scope, as_the_product, rights_in_force, who_may
from xiezuo.home.notices.models import Notice
from xiezuo.home.notices.queries import code_of_regulation
from xiezuo.home.notices.states import Because, NoticeKind


def ask_for_opinions(
    *, commission: int, regulation: int, units: Sequence[int], last_day: date, now: datetime, **_more: Any
) -> None:
    """Whoever speaks for a unit that is asked has a task until the unit has answered or the consultation is over."""
    with as_the_product():
        speakers = who_may(Ability.SPEAK_FOR_UNIT, on=_day(now), commission=commission, units=units)
        own: dict[int, set[int]] = defaultdict(set)
        for right in speakers:
            own[right.user_id].add(right.scope_id)
        for account, asked in own.items():
            particulars = {"last_day": last_day.isoformat(), "units": sorted(asked)}
            _of_regulation([account], NoticeKind.OPINION, Because.UNIT, regulation, commission, now, particulars)  # fmt: skip


def note_answer(*, regulation: int, unit: int, now: datetime, **_more: Any) -> None:
    """A unit has answered: whoever spoke for it has that off their list, and the notice goes with their last unit."""
    with as_the_product():
        for notice in _open(NoticeKind.OPINION, regulation):
            left = [each for each in notice.particulars.get("units", []) if each != unit]
            notice.particulars["units"] = left
            notice.done_at = None if left else now
            notice.save(update_fields=["particulars", "done_at"])


def end_consultation(*, regulation: int, now: datetime, **_more: Any) -> None:
    """The consultation is over: nobody is asked any more, answered or not."""
    with as_the_product():
        _open(NoticeKind.OPINION, regulation).update(done_at=now)


def tell_of_regulation(
    *, commission: int, regulation: int, units: Sequence[int], starts: date, now: datetime, **_more: Any
) -> None:
    """Everybody for whose unit a regulation holds is told that it was issued or repealed."""
    with as_the_product():
        held = rights_in_force(_day(now)).filter(commission=commission)
        if units:
            held = held.filter(scope_kind=Scope.UNIT, scope_id__in=units, role__in=(Role.UNIT_HEAD, Role.STAFF))  # fmt: skip
        particulars = {"first_day": starts.isoformat()}
        _of_regulation(_accounts(held), NoticeKind.ISSUED, Because.SCOPE, regulation, commission, now, particulars)  # fmt: skip


def warn_of_clause(
    *, commission: int, regulation: int, unit: int | None, ends: date, now: datetime, **_more: Any
) -> None:
    """Whoever drafts the regulation and whoever keeps the ledger are told that something loses its ground."""
    with as_the_product():
        keepers = who_may(Ability.KEEP_LEDGER, on=_day(now), commission=commission)
        whom = {**dict.fromkeys(_drafters(commission, unit, now), Because.DRAFTED), **dict.fromkeys(_accounts(keepers), Because.LEANS)}  # fmt: skip
        for account, why in whom.items():
            particulars = {"last_day": ends.isoformat()}
            _of_regulation([account], NoticeKind.CLAUSE_ENDED, why, regulation, commission, now, particulars)


def warn_of_trial(
    *, commission: int, regulation: int, unit: int | None, trial_until: date, now: datetime, **_more: Any
) -> None:
    """Whoever drafts the regulation is told that its trial ends and nothing was applied for."""
    with as_the_product():
        particulars = {"last_day": trial_until.isoformat()}
        drafters = _drafters(commission, unit, now)
        _of_regulation(drafters, NoticeKind.TRIAL_ENDS, Because.DRAFTED, regulation, commission, now, particulars)  # fmt: skip


def ask_for_year(*, commission: int, year: int, now: datetime, **_more: Any) -> None:
    """Whoever keeps the work calendar has a task until the year stands in it."""
    with as_the_product():
        keepers = who_may(Ability.KEEP_LEDGER, on=_day(now), commission=commission)
        _tell(
            Notice(account=account, kind=NoticeKind.YEAR_MISSING, because=Because.KEEPS, commission=commission, subject=year, about=str(year), made_at=now)
            for account in _accounts(keepers)
        )  # fmt: skip


def tell_stand_in(*, delegation: Any, now: datetime, **_more: Any) -> None:
    """Who was named as a stand-in is told for which days; for whom, its own page says to those who may know."""
    with as_the_product():
        _tell([_of_delegation(delegation, NoticeKind.STANDS_IN, now)])


def tell_stand_in_of_end(*, delegation: Any, now: datetime, **_more: Any) -> None:
    """Who stood in is told that it is over, and no longer that it begins."""
    with as_the_product():
        _open(NoticeKind.STANDS_IN, delegation.pk).update(done_at=now)
        _tell([_of_delegation(delegation, NoticeKind.STOOD_IN, now)])


def _of_delegation(delegation: Any, kind: NoticeKind, now: datetime) -> Notice:
    days = {"first_day": delegation.starts.isoformat(), "last_day": (delegation.ends - date.resolution).isoformat()}  # fmt: skip
    return Notice(
        account=delegation.stand_in, commission=delegation.commission_id, kind=kind, because=Because.CHOSEN,
        subject=delegation.pk, particulars=days if kind == NoticeKind.STANDS_IN else {}, made_at=now,
    )  # fmt: skip


def _of_regulation(  # noqa: PLR0917 - what one row holds
    accounts: Iterable[int], kind: NoticeKind, because: Because, regulation: int, commission: int, now: datetime,
    particulars: Mapping[str, Any],
) -> None:  # fmt: skip
    code = code_of_regulation(regulation)
    _tell(
        Notice(
            account=account, commission=commission, kind=kind, because=because, about=code, subject=regulation,
            particulars=particulars, made_at=now,
        )
        for account in accounts
    )  # fmt: skip


def _tell(notices: Iterable[Notice]) -> None:
    """Each once as long as it is open."""
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def _open(kind: NoticeKind, subject: int) -> QuerySet[Notice]:
    return Notice.objects.filter(kind=kind, subject=subject, done_at__isnull=True).order_by("pk")


def _drafters(commission: int, unit: int | None, now: datetime) -> list[int]:
    """The heads of the unit that drafted it; of a regulation without one, whoever keeps the ledger."""
    if unit is None:
        return _accounts(who_may(Ability.KEEP_LEDGER, on=_day(now), commission=commission))
    heads = rights_in_force(_day(now)).filter(role=Role.UNIT_HEAD, scope_kind=Scope.UNIT, scope_id=unit)
    return _accounts(heads)


def _accounts(held: QuerySet[Any]) -> list[int]:
    return list(dict.fromkeys(held.values_list("user_id", flat=True)))


def _day(now: datetime) -> date:
    return timezone.localdate(now)
