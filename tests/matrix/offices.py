"""What the three administrators deal with in the matrix's world: accounts, grants, recoveries, second factors, a failed job."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

from tests.matrix.canaries import Kind, Seen
from xiezuo.accounts.api import Role, Scope, keyed_hash
from xiezuo.accounts.models import Factor, Grant, Recovery, Session, User
from xiezuo.home.notices.models import CalendarFeed, Notice
from xiezuo.shared import clock

if TYPE_CHECKING:
    from tests.matrix.world import World

_JOB = """
INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, attempts) VALUES ('default', 'books.check', 'failed', '{}', 1)
RETURNING id
"""


def furnish(world: "World") -> None:
    """Put all of it there, and note the numbers."""
    found, a, p = world.offices, world.counties["A"], world.counties["P"]
    found["account"] = world.subjects["unit_head"].account.pk
    for name, person, by in (("waiting", a.things["person head U2"].pk, "system"), ("unnamed", None, "")):
        made = User.objects.create_user(
            name, commission=a.commission.pk if person else None, person=person, person_named_by=by
        )
        found[name] = made.pk
    found["grant"] = _grant(world, a.commission.pk, "another")
    found["grant P"] = _grant(world, p.commission.pk, "another")
    found["grant of security"] = _grant(world, a.commission.pk, "security")
    found["confirmed grant"] = _grant(
        world, a.commission.pk, "another", outcome="confirmed", decided_by="secretary", decided_at=clock.now()
    )
    for name, subject in (("recovery", "unit_head"), ("recovery of security", "security")):
        account = world.subjects[subject].account
        found[name] = Recovery.objects.create(
            user=account, reason="虚构", opened_by="system", opened_at=clock.now()
        ).pk
    _of_accounts(world)
    _told(world)
    found["entry"], found["job"] = _asked("SELECT max(id) FROM audit_entry"), _asked(_JOB)


def _grant(world: "World", commission: int, by: str, **more: Any) -> int:
    today = clock.today()
    return Grant.objects.create(
        user=world.subjects["none"].account, role=Role.READER, commission=commission, scope_kind=Scope.COMMISSION,
        scope_id=commission, starts=today, ends=today + timedelta(days=30), reason="虚构", proposed_by=by,
        proposed_at=clock.now(), **more,
    ).pk  # fmt: skip


def _of_accounts(world: "World") -> None:
    """Two keys, a card that waits to be confirmed and a second session of each account."""
    now = clock.now()
    for name, subject in world.subjects.items():
        if subject.account is None:
            continue
        for number in (1, 2):
            factor = Factor.objects.create(
                user=subject.account, kind="key", label=str(number), made_at=now, confirmed_at=now
            )
        world.offices[f"factor {name}"] = factor.pk
        Factor.objects.create(user=subject.account, kind="card", made_at=now)
        session = Session.objects.create(
            session_key=f"another{subject.account.pk}", session_data="", expire_date=now + timedelta(hours=1), account=subject.account.pk,
            started=now, seen=now,
        )  # fmt: skip
        world.offices[f"session {name}"] = session.pk


def _asked(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])


def _told(world: "World") -> None:
    """A notice and a calendar of each account."""
    for name, subject in world.subjects.items():
        if subject.account is None:
            continue
        own, account = Seen(Kind.ACCOUNT, subject.commission, account=name), subject.account.pk
        world.offices[f"notice {name}"] = Notice.objects.create(
            account=account,
            kind="approved",
            because="own",
            about=world.marks.mark(own),
            subject=account,
            made_at=clock.now(),
        ).pk
        secret = world.offices[f"calendar {name}"] = f"fictional-secret-{name}"
        CalendarFeed.objects.create(
            account=account, hash=keyed_hash("calendar", secret), issued_at=clock.now()
        )
