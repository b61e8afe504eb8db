"""The secret address of an account's calendar: issued, ended, and whose it is."""

import secrets
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, User, as_the_product, keyed_hash
from xiezuo.audit.api import Act, record
from xiezuo.home.notices.models import CalendarFeed
from xiezuo.shared.errors import refuse

SECRET_BYTES = 32
"""256 bits: what cannot be guessed needs no counting of tries."""


@transaction.atomic
def issue_feed(*, by: Actor, now: datetime) -> str:
    """A new secret for the address of one's calendar, told this once; an earlier address ends with it."""
    account = _account(by)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with as_the_product():
        _hold(account)
        CalendarFeed.objects.filter(account=account, ended_at__isnull=True).update(ended_at=now)
        CalendarFeed.objects.create(account=account, hash=_hash(secret), issued_at=now)
    record(Act.CALENDAR_ISSUED, by=by, at=now, target=by.name)
    return secret


@transaction.atomic
def end_feed(*, by: Actor, now: datetime) -> None:
    """The address answers no more. Ending what has ended changes nothing."""
    with as_the_product():
        found = CalendarFeed.objects.filter(account=_account(by), ended_at__isnull=True)
        ended = found.update(ended_at=now)
    if ended:
        record(Act.CALENDAR_ENDED, by=by, at=now, target=by.name)


def account_behind(secret: str) -> User | None:
    """Whose calendar is asked for; None for an address that never was, that ended, or whose account is disabled."""
    with as_the_product():
        feed = CalendarFeed.objects.filter(hash=_hash(secret), ended_at__isnull=True).first()
        return None if feed is None else User.objects.filter(pk=feed.account, is_active=True).first()


def _account(by: Actor) -> int:
    if by.user_id is None:
        refuse("no-account", _("Only an account has a calendar of its own."))
    return by.user_id


def _hash(secret: str) -> str:
    return keyed_hash("calendar", secret)


def _hold(account: int) -> None:
    """Of two who issue at once the second waits, and ends what the first was given."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"calendar {account}"])
