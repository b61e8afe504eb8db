"""A grant decided and taken back as its kind is: in steps where it has an application, else on its own page."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from xiezuo.accounts.api import OPERATOR, Actor, Role, Scope, decide_grant, set_actor, withdraw_grant
from xiezuo.accounts.models import Grant, User
from xiezuo.approvals.api import Approval, Form, approve, refuse_approval, withdraw
from xiezuo.organisation.models import Commission
from xiezuo.rules.api import load_defaults
from xiezuo.rules.models import CalendarYear
from xiezuo.shared.periods import ALWAYS, OPEN, year_of
from xiezuo.zones.api import renew_rights

APPOINTED = "虚构任命"
"""Why who decides in these tests holds the role."""


def keep_rules(county: Commission, *years: int, now: datetime) -> None:
    """Give the county the default work rules, and these years in its calendar."""
    load_defaults(commission=county, by=OPERATOR, now=now)
    held = CalendarYear.objects.filter(commission=county).values_list("starts__year", flat=True)
    for year in set(years) - set(held):
        starts, ends = year_of(date(year, 1, 1))
        CalendarYear.objects.create(commission=county, starts=starts, ends=ends, known_from=now, basis="虚构")


def appointed(user: User, role: Role, county: Commission, now: datetime) -> None:
    """Let `user` hold a role over the county by a grant, so that it outlasts every renewal of rights."""
    Grant.objects.create(
        user=user, role=role, commission=county.pk, scope_kind=Scope.COMMISSION, scope_id=county.pk, starts=ALWAYS,
        ends=OPEN, reason=APPOINTED, proposed_by="虚构服务器", proposed_at=now, outcome="confirmed", decided_by="虚构见证人",
        decided_at=now,
    )  # fmt: skip
    renew_rights(accounts=[user.pk], now=now)


def decided(grant: Grant, *, by: Actor, now: datetime, confirm: bool = True, reason: str = "") -> Grant:
    """Confirm or refuse a grant as `by`, in whose eyes all of it is done."""
    approval = application_of(grant, by)
    if approval is None:
        return decide_grant(grant=grant, confirm=confirm, reason=reason, by=by, now=now)
    told = _told(approval, by, now)
    approve(**told, said=reason) if confirm else refuse_approval(**told, said=reason)
    return _read(grant, by)


def taken_back(grant: Grant, *, by: Actor, now: datetime) -> Grant:
    """Take a proposal back as `by`."""
    approval = application_of(grant, by)
    if approval is None:
        return withdraw_grant(grant=grant, by=by, now=now)
    withdraw(**_told(approval, by, now))
    return _read(grant, by)


def application_of(grant: Grant, by: Actor) -> Approval | None:
    """The application that decides a grant."""
    set_actor(OPERATOR)
    number = Grant.objects.get(pk=grant.pk).approval
    found = Approval.objects.get(pk=number) if number else None
    set_actor(by)
    return found


def _told(approval: Approval, by: Actor, now: datetime) -> dict[str, Any]:
    form = Form(uuid4(), approval.edition)
    return {"approval": approval, "form": form, "after": lambda day, _number: day, "by": by, "now": now}


def _read(grant: Grant, by: Actor) -> Grant:
    set_actor(OPERATOR)
    found = Grant.objects.select_related("user").get(pk=grant.pk)
    set_actor(by)
    return found
