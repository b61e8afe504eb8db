"""Accounts and what they hold on a day; what a review should look at."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from xiezuo.accounts.api import ADMINISTRATORS, Role, Scope, rights_in_force
from xiezuo.accounts.models import CardCode, Factor, Grant, Recovery, Right, Session, User, WhoMust
from xiezuo.approvals.api import Approval, number_of
from xiezuo.approvals.states import ApprovalState
from xiezuo.shared.errors import NotThere

STALE = timedelta(days=90)
"""After so long without a log-in an account should be looked at. [D]"""
ENDING = timedelta(days=30)
"""So long before its end a grant should be looked at. [D]"""


def accounts() -> list[User]:
    """Every account by name."""
    return list(User.objects.order_by("username"))


def account(number: int, missing: str) -> User:
    """The account of this number. Raises `NotThere` with the words `missing`."""
    found = User.objects.filter(pk=number).first()
    if found is None:
        raise NotThere(missing)
    return found


def held_by_account(on: date) -> dict[int, list[Right]]:
    """What each account holds on a day."""
    found: dict[int, list[Right]] = defaultdict(list)
    for right in rights_in_force(on):
        found[right.user_id].append(right)
    return dict(found)


def grants() -> list[Grant]:
    """Every proposal and what became of it, those that wait first, then the latest."""
    rows = list(Grant.objects.select_related("user").order_by("-id"))
    return sorted(rows, key=lambda grant: grant.outcome != "")


def grants_of(user: User) -> list[Grant]:
    """The grants of one account, the latest first."""
    return list(Grant.objects.filter(user=user).select_related("user").order_by("-id"))


def grant(number: int, missing: str) -> Grant:
    """The grant of this number. Raises `NotThere` with the words `missing`."""
    found = Grant.objects.filter(pk=number).select_related("user").first()
    if found is None:
        raise NotThere(missing)
    return found


def grant_seen(number: int) -> Grant | None:
    """The grant of this number, if the reader may see it."""
    return Grant.objects.filter(pk=number).select_related("user").first()


@dataclass(frozen=True)
class Application:
    """The application that decides a grant: its number, how it stands, and its page."""

    number: str
    state: str
    href: str


def application_of(grant: Grant) -> Application | None:
    """The application that decides a grant, if there is one and the reader may see it."""
    if grant.approval is None:
        return None
    found = Approval.objects.filter(pk=grant.approval).select_related("commission").first()
    if found is None:
        return None
    state, href = str(ApprovalState(found.state).label), reverse("inbox:approval", args=[found.pk])
    return Application(number_of(found), state, href)


def grant_of_form(key: UUID | None) -> int | None:
    """The grant that this form proposed already; nothing for a form that was not sent or not by the reader."""
    if key is None:
        return None
    sent = Approval.objects.filter(moves__key=key, kind="grant")
    return sent.values_list("subject_id", flat=True).first()


def persons_to_confirm() -> list[User]:
    """Accounts whose person was named by one and waits for a second."""
    waiting = User.objects.filter(person__isnull=False, person_confirmed_by="", is_active=True)
    return list(waiting.order_by("username"))


def recoveries_open(now: datetime) -> list[Recovery]:
    """Recoveries that wait to be confirmed, and those whose code still opens a way in."""
    waiting = Q(confirmed_by="") | Q(used_at=None, good_until__gt=now)
    return list(
        Recovery.objects.filter(waiting).select_related("user").order_by("confirmed_at", "opened_at", "id")
    )


def recoveries_of(user: User) -> list[Recovery]:
    """The recoveries of one account, the latest first."""
    return list(Recovery.objects.filter(user=user).order_by("-id")[:10])


def factors_in_force(user: User) -> list[tuple[str, int | None]]:
    """Kind of each second factor of an account, and for a card how many codes are left."""
    standing = Factor.objects.filter(user=user, ended_at=None, confirmed_at__isnull=False).order_by("pk")
    return [(each.kind, _codes_left(each) if each.kind == "card" else None) for each in standing]


def _codes_left(card: Factor) -> int:
    return CardCode.objects.filter(card=card, struck_at=None).count()


def sessions_now(now: datetime) -> int:
    """How many sessions are logged in and not yet over."""
    return Session.objects.filter(account__isnull=False, expire_date__gt=now).count()


@dataclass(frozen=True)
class Finding:
    """One thing that a review should look at: of which kind, whose, and what was found."""

    kind: str
    user: User
    told: dict[str, Any]


def findings(now: datetime) -> Iterator[Finding]:
    """Everything that a review should look at today, kind by kind."""
    today, users = timezone.localdate(now), [each for each in accounts() if each.is_active]
    held = held_by_account(today)
    yield from (
        Finding("stale", each, {"last": each.last_login}) for each in users if _last(each) < now - STALE
    )
    for each in users:
        yield from _of_rights(each, held.get(each.pk, []))
    yield from _ending(today)
    yield from _same_names(users)


def _last(user: User) -> datetime:
    return user.last_login or user.date_joined


def _of_rights(user: User, held: list[Right]) -> Iterator[Finding]:
    business = [right for right in held if right.role not in ADMINISTRATORS]
    if wide := [right for right in business if right.scope_kind == Scope.COMMISSION and right.grant_id]:
        yield Finding("wide", user, {"rights": wide})
    roles = list(dict.fromkeys(Role(right.role) for right in business))
    if len(roles) > 1:
        yield Finding("several", user, {"roles": roles})
    if business and all(right.grant_id for right in business):
        yield Finding("no-post", user, {"rights": business})


def _ending(today: date) -> Iterator[Finding]:
    soon = Grant.objects.filter(outcome="confirmed", ended_on=None, ends__gt=today, ends__lte=today + ENDING)
    for each in soon.select_related("user").order_by("ends", "id"):
        yield Finding("ending", each.user, {"grant": each})


def _same_names(users: list[User]) -> Iterator[Finding]:
    called = Counter(each.get_full_name() for each in users)
    for each in sorted(users, key=lambda user: (user.get_full_name(), user.username)):
        if each.get_full_name() and called[each.get_full_name()] > 1:
            yield Finding("same-name", each, {"name": each.get_full_name()})


def sessions_of_account(user: User, now: datetime) -> int:
    """How many sessions of one account are logged in and not yet over."""
    return Session.objects.filter(account=user.pk, expire_date__gt=now).count()


def who_must_choices() -> list[tuple[str, Any]]:
    """Whose log-in may be said to need a second factor."""
    return list(WhoMust.choices)
