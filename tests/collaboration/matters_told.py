"""Rows of the collaboration as tables hold them, for tests that only read: everything that a test does not name filled in.

They are written as the operator, past the operations. Invented people and places throughout (虚构).
"""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from xiezuo.collaboration.models import (
    Lent,
    Letter,
    Loan,
    Member,
    Recusal,
    Request,
    RequestMove,
)
from xiezuo.organisation.models import Commission, Person, Unit

_numbers = count(1)
DAY = timedelta(days=1)


def noon(day: date) -> datetime:
    """Twelve o'clock of a day, in the time zone of the installation."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def request(of: Commission, unit: Unit, on: date, state: str = "审批中", **more: Any) -> Request:
    """A request submitted at noon of a day, and how it stands since then."""
    given = {
        "situation": "Q01", "method": "M1", "lead": unit, "year": on.year, "number": next(_numbers), "submitted_at": noon(on),
        "begun_at": noon(on), "applicant": 0, "applicant_name": "made", "key": uuid4(), "people": 2, "decide_by": on + 2 * DAY,
    } | more  # fmt: skip
    row = Request.objects.create(commission=of, unit=unit, state=state, **given)
    moved(row, "审批中", on, "submit")
    if state != "审批中":
        moved(
            row, state, timezone.localdate(given["decided_at"]) if given.get("decided_at") else on, "follow"
        )
    return row


def moved(row: Request, state: str, on: date, verb: str = "follow", **more: Any) -> RequestMove:
    """A move of it at noon of a day."""
    version = row.moves.count() + 1
    return RequestMove.objects.create(request=row, version=version, verb=verb, state=state, by="made", at=noon(on), digest="-", **more)  # fmt: skip


def member(row: Request, who: Person, unit: Unit, starts: date, ends: date, **more: Any) -> Member:
    """Somebody who joined the team of a request."""
    given = {
        "standing": "在编",
        "state": "在组",
        "chosen_by": "made",
        "chosen_at": noon(starts),
        "joined_at": noon(starts),
    } | more
    return Member.objects.create(request=row, person=who, unit=unit, starts=starts, ends=ends, **given)


def recusal(row: Request, who: Person, on: date, decision: str = "", **more: Any) -> Recusal:
    """A question of recusal raised at noon of a day."""
    return Recusal.objects.create(
        request=row, person=who, source="本人申报", clause="G1", raised_at=noon(on), due_on=on + DAY, decision=decision, key=uuid4(), **more
    )  # fmt: skip


def letter(row: Request, unit: Unit, on: date, position: int = 1, **more: Any) -> Letter:
    """One problem in a rectification letter sent on a day, due thirty days later."""
    given = {
        "number": next(_numbers),
        "first_due_on": on + 30 * DAY,
        "due_on": on + 30 * DAY,
        "key": uuid4(),
    } | more
    return Letter.objects.create(
        request=row, unit=unit, sent_on=on, position=position, problem="虚构问题", **given
    )


def lent(of: Commission, unit: Unit, home: Unit, who: Person, starts: date, ends: date, kind: str = "跟班", **more: Any) -> Lent:  # noqa: PLR0917 - what a loan is of  # fmt: skip
    """Somebody on loan on the days."""
    loan = Loan.objects.create(
        commission=of, year=starts.year, number=next(_numbers), kind=kind, unit=unit, people=1, reason="虚构", starts=starts,
        ends=ends, state="在借", rule=1, applicant=0, asked_by="made", asked_at=noon(starts), key=uuid4(),
    )  # fmt: skip
    return Lent.objects.create(
        loan=loan, person=who, home=home, chosen=True, consent_on=starts, starts=starts, ends=ends, **more
    )
