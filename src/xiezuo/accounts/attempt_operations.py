"""Counting tries at the door, and shutting it. A try is counted and committed before it is judged."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from xiezuo.accounts.actor import Actor
from xiezuo.accounts.door_policies import ADDRESS, ELSEWHERE, KNOWN, LOCK_RULES, PAIR, LockRule, counted_name
from xiezuo.accounts.factors.sealing import keyed_hash
from xiezuo.accounts.models import Attempt, LockOut, User
from xiezuo.audit.api import Act, record
from xiezuo.shared.errors import NotThere

PENDING, REFUSED, LOCKED, PASSED, IN, FORGIVEN = "", "refused", "locked", "passed", "in", "forgiven"
KEPT = timedelta(days=90)
"""How long tries are remembered; what comes of them stands in the journal."""


@dataclass(frozen=True)
class Try:
    """One counted try: whose name, from where, and whether the door was shut already."""

    number: int
    name: str
    address: str
    locked: bool


def name_hash(name: str) -> str:
    """What the table of tries keeps of a name."""
    return keyed_hash("name", counted_name(name))


@transaction.atomic
def begin_try(*, name: str, address: str, stage: str, now: datetime) -> Try:
    """Count a try. Commit it before judging, so that tries made at the same time cannot be more than the limit."""
    hashed = name_hash(name)
    _one_at_a_time(hashed, address)
    shut = any(_shuts(rule, hashed, address, now) for rule in LOCK_RULES)
    row = Attempt.objects.create(
        name=hashed, address=address, at=now, stage=stage, outcome=LOCKED if shut else PENDING
    )
    return Try(row.pk, hashed, address, shut)


@transaction.atomic
def settle_try(made: Try, *, passed: bool, known_as: str, by: Actor, now: datetime) -> None:
    """Say what became of a try; the failure that is one too many shuts the door, and the journal says so."""
    _one_at_a_time(made.name, made.address)
    outcome = LOCKED if made.locked else PASSED if passed else REFUSED
    Attempt.objects.filter(pk=made.number).update(outcome=outcome)
    for rule in LOCK_RULES:
        full = _failures(rule, made.name, made.address, now).count() >= rule.failures
        if full and outcome == REFUSED and not _locks(rule, made.name, made.address, now).exists():
            _lock(rule, made, known_as, by, now)


def note_let_in(*, name: str, address: str, now: datetime) -> None:
    """Remember that the account came in from this address: its failures there are forgotten, the address is known."""
    Attempt.objects.create(name=name_hash(name), address=address, at=now, stage="in", outcome=IN)
    Attempt.objects.filter(at__lt=now - KEPT).delete()


@transaction.atomic
def unlock(*, name: str, by: Actor, now: datetime) -> int:
    """Open the door for a name before its time: how many lock-outs ended. Raises `NotThere` for an unknown account."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise NotThere(_("There is no account “%(name)s”") % {"name": name})
    hashed = name_hash(name)
    ended = LockOut.objects.filter(name=hashed, until__gt=now).update(until=now)
    Attempt.objects.filter(name=hashed, outcome__in=(PENDING, REFUSED)).update(outcome=FORGIVEN)
    record(Act.UNLOCKED, by=by, at=now, target=name, details={"lock_outs": ended})
    return ended


def _one_at_a_time(name: str, address: str) -> None:
    # The name first and the address second, always, so that two tries never wait for each other in a ring.
    with connection.cursor() as cursor:
        for what in (f"name {name}", f"address {address}"):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 77))", [what])


def _shuts(rule: LockRule, name: str, address: str, now: datetime) -> bool:
    if rule.kind == ELSEWHERE and _is_known(name, address, now):
        return False
    if _locks(rule, name, address, now).exists():
        return True
    return _failures(rule, name, address, now).count() >= rule.failures


def _locks(rule: LockRule, name: str, address: str, now: datetime) -> QuerySet[LockOut]:
    return LockOut.objects.filter(kind=rule.kind, until__gt=now, **_of(rule.kind, name, address))


def _of(kind: str, name: str, address: str) -> dict[str, Any]:
    return {
        PAIR: {"name": name, "address": address},
        ELSEWHERE: {"name": name},
        ADDRESS: {"address": address},
    }[kind]


def _failures(rule: LockRule, name: str, address: str, now: datetime) -> QuerySet[Attempt]:
    """Tries that failed or are not yet judged; those before the last log-in of the name at the address are forgotten."""
    counted = Attempt.objects.filter(
        Q(outcome__in=(PENDING, REFUSED)), at__gt=now - rule.window, **_of(rule.kind, name, address)
    )
    if rule.kind != PAIR:
        return counted
    last = Attempt.objects.filter(name=name, address=address, outcome=IN).aggregate(last=Max("id"))["last"]
    return counted.filter(id__gt=last or 0)


def _is_known(name: str, address: str, now: datetime) -> bool:
    return Attempt.objects.filter(name=name, address=address, outcome=IN, at__gt=now - KNOWN).exists()


def _lock(rule: LockRule, made: Try, known_as: str, by: Actor, now: datetime) -> None:
    whose = _of(rule.kind, made.name, made.address)
    LockOut.objects.create(kind=rule.kind, since=now, until=now + rule.window, **whose)
    record(
        Act.LOCKED_OUT, by=by, at=now, target=known_as,
        details={"kind": rule.kind, "failures": rule.failures, "until": now + rule.window},
    )  # fmt: skip
