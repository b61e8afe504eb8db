"""The only writes of sessions: what is remembered of a log-in, and its end."""

from datetime import datetime
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from xiezuo.accounts.actor import Actor
from xiezuo.accounts.door_queries import door_policy, sessions_of
from xiezuo.accounts.models import Session, User
from xiezuo.accounts.origin import origin_of
from xiezuo.accounts.sessions import AGENT_LENGTH, DOOR
from xiezuo.audit.api import Act, record
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere


def note_start(*, request: HttpRequest, user: User, **_more: Any) -> None:
    """Write into a new session when it began, from where, and the edition of the rights it began with."""
    request.session[DOOR] = {
        "started": clock.now().isoformat(),
        "address": origin_of(request),
        "agent": request.META.get("HTTP_USER_AGENT", "")[:AGENT_LENGTH],
        "rights": user.rights_edition,
    }


user_logged_in.connect(note_start, dispatch_uid="xiezuo door")


def note_proof(request: HttpRequest, *, how: str, now: datetime) -> None:
    """Write into the session that its holder has just proved who it is."""
    request.session[DOOR] = {**request.session.get(DOOR, {}), "factor": how, "fresh": now.isoformat()}


def go_on_with(request: HttpRequest, account: User) -> None:
    """This session goes on, under a new id, after the account's password changed."""
    request.session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    request.session.cycle_key()


@transaction.atomic
def end_sessions(*, account: User, why: str, by: Actor, now: datetime, but: str = "") -> int:
    """End every session of the account but one: how many. Their next request is a stranger's."""
    ended, _each = Session.objects.filter(account=account.pk).exclude(pk=but).delete()
    if ended:
        _record_end(account, ended, why, by, now)
    return ended


@transaction.atomic
def end_session(*, account: User, number: str, by: Actor, now: datetime) -> None:
    """End one session of the account. Raises `NotThere` if it has none of that name."""
    # A name is letters and digits; anything else was not written by a page of ours, and the database may choke on it.
    named = Session.objects.filter(account=account.pk, pk=number if number.isalnum() else "")
    ended, _each = named.delete()
    if not ended:
        raise NotThere(_("You have no such session; it may have ended by itself."))
    _record_end(account, 1, "asked", by, now)


@transaction.atomic
def end_oldest(*, account: User, by: Actor, now: datetime) -> None:
    """End what is more than the policy allows at once, the one that began first; forget what ended long ago."""
    Session.objects.filter(expire_date__lt=now).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 79))", [f"sessions {account.pk}"])
    standing = sorted(sessions_of(account, now), key=lambda each: each.started or now, reverse=True)
    more = [each.pk for each in standing[door_policy().sessions_at_once :]]
    if more:
        Session.objects.filter(pk__in=more).delete()
        _record_end(account, len(more), "too_many", by, now)


def note_seen(*, session: Session, now: datetime) -> None:
    """The session was used just now."""
    Session.objects.filter(pk=session.pk).update(seen=now)


def note_session_over(*, account: User, why: str, by: Actor, now: datetime) -> None:
    """Journal that a session ended by itself: idle, over, or because its account or its rights changed."""
    _record_end(account, 1, why, by, now)


def _record_end(account: User, ended: int, why: str, by: Actor, now: datetime) -> None:
    record(Act.SESSIONS_ENDED, by=by, at=now, target=account.username, details={"ended": ended, "why": why})
