"""What is told of zones that act as one, and of authorisations: kind, number and days. Called by events, in their transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from xiezuo.accounts.api import Role, Scope, as_the_product, persons_of, rights_in_force
from xiezuo.home.notices.models import Notice
from xiezuo.home.notices.states import Because, NoticeKind

_JOININGS = {
    "begun": NoticeKind.ZONES_JOINED, "parting": NoticeKind.ZONES_PART, "parted": NoticeKind.ZONES_PARTED,
}  # fmt: skip
_AUTHORISATIONS = {
    "begun": NoticeKind.AUTHORISED, "parting": NoticeKind.AUTHORITY_ENDS, "parted": NoticeKind.AUTHORITY_ENDED,
}  # fmt: skip
_ANSWER = (Role.UNIT_HEAD, Role.CONTACT_LEADER, Role.DEPUTY_SECRETARY)


def tell_of_joining(
    *, commission: int, joining: int, number: int, units: Sequence[int], stage: str, first_day: date, last_day: date,
    now: datetime, **_more: Any,
) -> None:  # fmt: skip
    """The heads of the units of the zones and whoever leads these are told; what was told before is told no more."""
    with as_the_product():
        accounts = _heads(commission, units, now)
        notice = Notice(
            commission=commission, kind=_JOININGS[stage], because=Because.ZONES, about=f"合-{number}", subject=joining,
            particulars=_days(stage, first_day, last_day), made_at=now,
        )  # fmt: skip
        _tell(notice, accounts, list(_JOININGS.values()), now)


def tell_of_authorisation(
    *, commission: int, authorisation: int, number: int, unit: int, person: int, stage: str, first_day: date,
    last_day: date, now: datetime, **_more: Any,
) -> None:  # fmt: skip
    """The head of the office and the deputy secretary are told; what was told before is told no more."""
    with as_the_product():
        own = [account for account, who in persons_of(commission=commission).items() if who == person]
        notice = Notice(
            commission=commission, kind=_AUTHORISATIONS[stage], because=Because.OFFICE, about=f"授-{number}",
            subject=authorisation, particulars=_days(stage, first_day, last_day), made_at=now,
        )  # fmt: skip
        _tell(notice, [*own, *_heads(commission, [unit], now)], list(_AUTHORISATIONS.values()), now)


def _days(stage: str, first_day: date, last_day: date) -> dict[str, str]:
    """Both days of what begins; of what ends only its last one, if it had any."""
    if stage == "begun":
        return {"first_day": first_day.isoformat(), "last_day": last_day.isoformat()}
    return {"last_day": last_day.isoformat()} if first_day <= last_day else {}


def _heads(commission: int, units: Sequence[int], now: datetime) -> list[int]:
    held = rights_in_force(timezone.localdate(now)).filter(
        commission=commission, scope_kind=Scope.UNIT, scope_id__in=units, role__in=_ANSWER
    )
    return list(held.values_list("user_id", flat=True))


def _tell(notice: Notice, accounts: Sequence[int], kinds: Sequence[NoticeKind], now: datetime) -> None:
    earlier = Notice.objects.filter(kind__in=kinds, subject=notice.subject, done_at__isnull=True)
    earlier.exclude(kind=notice.kind).update(done_at=now)
    values = {field.attname: getattr(notice, field.attname) for field in Notice._meta.concrete_fields if field.attname not in ("id", "account")}  # fmt: skip
    Notice.objects.bulk_create(
        (Notice(**values, account=account) for account in dict.fromkeys(accounts)), ignore_conflicts=True
    )
