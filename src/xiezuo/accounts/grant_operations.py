"""Grants: proposed by one, decided by another, ended when no longer needed. Django's superuser plays no part."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts import grant_policies as policies
from xiezuo.accounts.actor import Actor
from xiezuo.accounts.events import grant_proposed, rights_asked_for
from xiezuo.accounts.models import Grant, User
from xiezuo.accounts.queries import active_holders, offices_of
from xiezuo.accounts.roles import Role, Scope
from xiezuo.audit.api import Act, record
from xiezuo.shared.errors import BadInput, NotThere, Reason, refuse, refuse_if
from xiezuo.shared.lists import listed

FOR_A_YEAR = timedelta(days=365)
"""How long a first appointment at the server lasts; before it ends, two persons decide again on screen."""


@transaction.atomic
def propose_grant(
    *, user: User, role: Role, commission: int | None, scope_kind: Scope, scope_id: int, starts: date, ends: date,
    reason: str, substitutes: bool = False, while_in: int | None = None, key: UUID | None = None, by: Actor, now: datetime,
) -> Grant:  # fmt: skip
    """Propose that `user` hold a role over something on `[starts, ends)`. It gives nothing until it is decided.

    A role over a commission is applied for with it, to be decided in steps; `key` is that of the form.
    """
    grant = Grant(
        user=user, role=role, commission=commission, scope_kind=scope_kind, scope_id=scope_id, starts=starts,
        ends=ends, reason=reason.strip(), substitutes=substitutes, while_in=while_in, proposed_by=by.name, proposed_at=now,
    )  # fmt: skip
    today = timezone.localdate(now)
    refuse_if(
        [*policies.may_propose_grant(by), *policies.against_grant(grant, by, today), *_against_office(grant)]
    )
    grant.save()
    _note(Act.GRANT_PROPOSED, grant, by, now)
    if commission is not None:
        grant_proposed.publish(grant=grant, key=key or uuid4(), by=by, now=now)
    return grant


@transaction.atomic
def tie_to_approval(*, grant: Grant, approval: int) -> None:
    """Say which application decides a proposal: from now on nobody decides it or takes it back on its own page."""
    refuse_if(policies.against_deciding(grant))
    grant.approval = approval
    grant.save(update_fields=["approval"])


@transaction.atomic
def settle_grant(
    *, grant: int, outcome: str, deciders: Sequence[User], said: str = "", number: str, by: Actor, now: datetime
) -> Grant:  # fmt: skip
    """What becomes of a proposal with its application: confirmed, refused or withdrawn. Called by the product alone.

    Raises `Refused` if one of `deciders` proposed it or gains by it, or if it cannot be given any more.
    """
    if not by.sees_all:
        refuse("not-product", _("Only the product itself enters what was decided in steps."))
    found = _held(Grant.objects.select_related("user").get(pk=grant))
    reasons = policies.against_deciding(found)
    if outcome != "withdrawn":
        reasons += policies.against_deciders(found, deciders)
    if outcome == "confirmed":
        reasons += [*_lapsed(found, now), *_against_office(found)]
    refuse_if(reasons)
    names = listed(user.username for user in deciders)
    found.outcome, found.decided_by, found.decided_at = outcome, names or found.proposed_by, now
    found.save(update_fields=["outcome", "decided_by", "decided_at"])
    _note(_ACTS[outcome], found, by, now, said=said, number=number)
    if outcome == "confirmed":
        rights_asked_for.publish(accounts=[found.user_id], now=now)
    return found


_ACTS = {"confirmed": Act.GRANT_CONFIRMED, "refused": Act.GRANT_REFUSED, "withdrawn": Act.GRANT_WITHDRAWN}


@transaction.atomic
def decide_grant(*, grant: Grant, confirm: bool, reason: str = "", by: Actor, now: datetime) -> Grant:
    """Confirm or refuse a proposal as its second person. Of two who decide at once exactly one does."""
    grant = _held(grant)
    reasons = policies.may_decide_grant(by, grant)
    if confirm:
        reasons += [*_lapsed(grant, now), *_against_office(grant)]
    refuse_if(reasons)
    if not confirm and not reason.strip():
        raise BadInput(_("Refusing a grant needs a reason."))
    grant.outcome, grant.decided_by, grant.decided_at = "confirmed" if confirm else "refused", by.name, now
    grant.save(update_fields=["outcome", "decided_by", "decided_at"])
    act = Act.GRANT_CONFIRMED if confirm else Act.GRANT_REFUSED
    _note(act, grant, by, now, said=reason.strip())
    if confirm:
        rights_asked_for.publish(accounts=[grant.user_id], now=now)
    return grant


@transaction.atomic
def withdraw_grant(*, grant: Grant, by: Actor, now: datetime) -> Grant:
    """Take one's own proposal back before it is decided."""
    grant = _held(grant)
    refuse_if(policies.may_withdraw_grant(by, grant))
    grant.outcome, grant.decided_by, grant.decided_at = "withdrawn", by.name, now
    grant.save(update_fields=["outcome", "decided_by", "decided_at"])
    _note(Act.GRANT_WITHDRAWN, grant, by, now)
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, on: date, reason: str, by: Actor, now: datetime) -> Grant:
    """End a confirmed grant early: it gives nothing from `on` on, which is today at the earliest."""
    grant = _held(grant)
    refuse_if(policies.may_end_grant(by, grant))
    if not reason.strip():
        raise BadInput(_("Ending a grant needs a reason."))
    if not timezone.localdate(now) <= on < grant.ends:
        found = {
            "found": on.isoformat(),
            "from": timezone.localdate(now).isoformat(),
            "to": grant.ends.isoformat(),
        }
        raise BadInput(
            _("The last day is %(found)s; expected a day from %(from)s and before %(to)s.") % found
        )
    grant.ended_on, grant.ended_by, grant.ended_because = on, by.name, reason.strip()
    grant.save(update_fields=["ended_on", "ended_by", "ended_because"])
    _note(Act.GRANT_ENDED, grant, by, now, said=reason.strip())
    rights_asked_for.publish(accounts=[grant.user_id], now=now)
    return grant


@transaction.atomic
def appoint_first(
    *, user: User, role: Role, commission: int | None = None, witness: str, by: Actor, now: datetime
) -> Grant:
    """Give a first administrator, or a commission's first holder of a role, from the server in a witness's presence.

    Only while no active account holds it: at set-up, or when everybody who held it is gone. The witness signs on
    paper and is the second person. Raises `Refused` once it is held, `BadInput` without a witness.
    """
    today = timezone.localdate(now)
    _refuse_not_at_server(by, witness)
    if active_holders(role, today, commission=commission):
        refuse("office-held", _("Somebody is %(role)s already; another is proposed and decided on screen.") % {"role": role.label})  # fmt: skip
    grant = Grant(
        user=user, role=role, commission=commission, scope_kind=Scope.COMMISSION if commission else Scope.INSTALLATION,
        scope_id=commission or 0, starts=today, ends=today + FOR_A_YEAR, reason=_("first appointment at the server"),
        proposed_by=by.name, proposed_at=now, outcome="confirmed", decided_by=witness.strip(), decided_at=now,
    )  # fmt: skip
    refuse_if([*policies.against_grant(grant, by, today), *_against_office(grant)])
    grant.save()
    _note(Act.APPOINTED_AT_SERVER, grant, by, now, said=witness.strip())
    rights_asked_for.publish(accounts=[user.pk], now=now)
    return grant


def _refuse_not_at_server(by: Actor, witness: str) -> None:
    if not by.sees_all:
        refuse("not-at-server", _("Only the operator at the server may make a first appointment."))
    if not witness.strip() or witness.strip() == by.name:
        raise BadInput(_("A first appointment needs the name of a witness: --witness NAME."))


def _held(grant: Grant) -> Grant:
    """The grant as it stands, and its account, held until the transaction ends. Raises `NotThere` for a stranger."""
    User.objects.select_for_update().get(pk=grant.user_id)
    held = Grant.objects.select_for_update(of=("self",)).select_related("user").filter(pk=grant.pk).first()
    if held is None:
        raise NotThere(_("There is no such grant, or it is not for you."))
    return held


def _against_office(grant: Grant) -> list[Reason]:
    # A second proposal for the same account waits here until the first is decided.
    User.objects.select_for_update().get(pk=grant.user_id)
    return policies.against_office(grant, offices_of(grant.user_id, but=grant.pk))


def _lapsed(grant: Grant, now: datetime) -> list[Reason]:
    if grant.ends > timezone.localdate(now):
        return []
    return [Reason("lapsed", _("Its last day is over; propose it anew."))]


def _note(act: Act, grant: Grant, by: Actor, now: datetime, said: str = "", **more: str) -> None:
    after = {
        "role": grant.role, "commission": grant.commission, "scope": f"{grant.scope_kind}:{grant.scope_id}",
        "starts": grant.starts, "ends": grant.ended_on or grant.ends, "substitutes": grant.substitutes,
        "proposed_by": grant.proposed_by, "decided_by": grant.decided_by, "reason": grant.reason, "said": said, **more,
    }  # fmt: skip
    record(act, by=by, at=now, target=f"grant:{grant.pk} {grant.user.username}", details=after)
