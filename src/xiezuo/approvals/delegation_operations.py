"""Who decides for whom during an absence."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, as_the_product, has, may
from xiezuo.approvals.events import delegation_ended, delegation_made
from xiezuo.approvals.models import Delegation
from xiezuo.approvals.queries import overlapping, party_of
from xiezuo.audit.api import Act, record
from xiezuo.shared.errors import BadInput, NotThere, Reason, refuse, refuse_if


@transaction.atomic
def delegate(
    *,
    commission: int,
    absent: int,
    stand_in: int,
    starts: date,
    ends: date,
    reason: str,
    by: Actor,
    now: datetime,
) -> Delegation:
    """Let `stand_in` decide for `absent` on the days `[starts, ends)`.

    By the absent account itself or the case-management office. Raises `Refused` for a loop: if the stand-in's own
    stand-ins lead back to the absent on any of these days.
    """
    refuse_if(_against(by, absent, commission))
    _must_be_days(starts, ends, reason, timezone.localdate(now))
    with as_the_product():
        _hold_delegations()
        if party_of(absent).same_as(party_of(stand_in)) or _leads_to(stand_in, absent, starts, ends):
            refuse("loop", _("This delegation would lead back to the one who is absent."))
        made = Delegation.objects.create(
            commission_id=commission, absent=absent, stand_in=stand_in, starts=starts, ends=ends, reason=reason.strip(),
            made_by=by.name, made_at=now,
        )  # fmt: skip
    _note(Act.DELEGATION_MADE, made, by, now)
    delegation_made.publish(delegation=made, by=by, now=now)
    return made


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: Actor, now: datetime) -> Delegation:
    """End a delegation early: from today on the stand-in decides no more. Ending it twice changes nothing."""
    refuse_if(_against(by, delegation.absent, delegation.commission_id))
    with as_the_product():
        held = Delegation.objects.select_for_update().filter(pk=delegation.pk).first()
        if held is None:
            raise NotThere(_("There is no such delegation."))
        if held.ended_on is not None:
            return held
        held.ended_on = timezone.localdate(now)
        held.save(update_fields=["ended_on"])
    _note(Act.DELEGATION_ENDED, held, by, now)
    delegation_ended.publish(delegation=held, by=by, now=now)
    return held


def _against(by: Actor, absent: int, commission: int) -> list[Reason]:
    if by.user_id == absent or has(by, Ability.KEEP_LEDGER, commission=commission):
        return []
    return may(by, Ability.KEEP_LEDGER, commission=commission)


def _must_be_days(starts: date, ends: date, reason: str, today: date) -> None:
    if not today <= starts < ends:
        words = _(
            "The absence is from %(starts)s to %(ends)s; expected a first day from today on, before its end."
        )
        raise BadInput(words % {"starts": starts.isoformat(), "ends": ends.isoformat()})
    if not reason.strip():
        raise BadInput(_("A delegation says why."))


def _hold_delegations() -> None:
    """A loop can be closed by two delegations that share no account and name two commissions: all wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('delegations', 0))")


def _leads_to(start: int, goal: int, starts: date, ends: date) -> bool:
    """Whether the stand-ins of `start` on any of these days lead to `goal`."""
    found, layer = {start}, {start}
    while layer and goal not in found:
        named = overlapping(starts, ends).filter(absent__in=layer)
        layer = set(named.values_list("stand_in", flat=True)) - found
        found |= layer
    return goal in found


def _note(act: Act, made: Delegation, by: Actor, now: datetime) -> None:
    details = {
        "absent": made.absent, "stand_in": made.stand_in, "starts": made.starts, "ends": made.ended_on or made.ends,
        "reason": made.reason,
    }  # fmt: skip
    record(act, by=by, at=now, target=f"delegation:{made.pk}", details=details)
