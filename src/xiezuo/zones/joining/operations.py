"""The writes of 有合有分: zones are to act as one, or part earlier; a deputy secretary is to coordinate a support office.

What is asked for is written by the product once the policy has said yes to who asks, takes effect with the decision, and
ends by itself. Acts of one commission come one after the other, so that of two that contradict each other one is told.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import PRODUCT_ITSELF, Actor, as_the_product, persons_of
from xiezuo.approvals.api import Approval, Party
from xiezuo.approvals.states import ApprovalState
from xiezuo.audit.api import Act, record
from xiezuo.organisation.api import Commission, grow_ledger, ledger_version
from xiezuo.rules.api import apply_for
from xiezuo.shared.errors import NotThere, Reason, refuse, refuse_if
from xiezuo.zones.joining import policies
from xiezuo.zones.joining.announcing_operations import tell_of_authorisation, tell_of_joining
from xiezuo.zones.joining.asked import AskedAuthorisation, AskedJoining
from xiezuo.zones.joining.wording import title_of_authorisation, title_of_joining
from xiezuo.zones.models import Authorisation, Joining
from xiezuo.zones.models.joining import Arranged
from xiezuo.zones.queries import joining as queries

JOINING, JOINING_SUBJECT, JOINING_RULE = "zone_joining", "zones.joining", "N05"
AUTHORISATION, AUTHORISATION_SUBJECT, AUTHORISATION_RULE = "zone_authorisation", "zones.authorisation", "N06"
Row = TypeVar("Row", bound=Arranged)


@transaction.atomic
def ask_joining(
    *, commission: Commission, asked: AskedJoining, key: UUID, by: Actor, now: datetime
) -> Joining:
    """Ask for zones to act as one; they do once it is approved. The same form posted again gives the same joining.

    Whoever is in charge of the first zone decides, and of zones under other first-level zones whoever is in charge there
    too. Raises `Refused` with everything that stands against it.
    """
    today = timezone.localdate(now)
    with as_the_product():
        grow_ledger(commission)
        zones = queries.standing_on(commission, max(asked.starts, today))
        leads = [unit for zone in asked.zones for unit in zones.leads(zone)]
        refuse_if(policies.may_ask(by, commission.pk, leads))
        if earlier := _spent(Joining, key, by):
            return earlier
        ground = queries.joining_ground(commission, asked.zones, asked.starts)
        others = queries.joinings_beside(commission.pk, asked.zones)
        refuse_if(policies.against_joining(asked, ground, others, today))
        units = zones.decided_for(asked.zones)
        if not units:
            refuse(
                "zones",
                _("None of these zones has an axis or a lead unit, so nobody can be asked to decide."),
            )
        made = Joining.objects.create(
            commission=commission, level=queries.level_of(ground.stands[asked.zones[0]], asked.starts),
            zones=list(dict.fromkeys(asked.zones)), purpose=asked.purpose, title=asked.title.strip(),
            coordinator_id=asked.coordinator or 0, number=_next_number(Joining, commission), **_common(asked, key, by, now),
        )  # fmt: skip
    names = [ground.name(zone) for zone in made.zones]
    approval = apply_for(
        kind=JOINING, rule=JOINING_RULE, subject=(JOINING_SUBJECT, made.pk), title=title_of_joining(names, made.title),
        commission=commission, unit=units[0], also=units[1:], key=key, by=by, now=now,
    )  # fmt: skip
    _tie(made, approval)
    told = {"zones": made.zones, "purpose": made.purpose, "starts": made.starts, "ends": made.ends, "approval": approval.pk}  # fmt: skip
    _note(Act.JOINING_ASKED, made, told, by=by, now=now)
    return made


@transaction.atomic
def ask_authorisation(
    *, commission: Commission, asked: AskedAuthorisation, key: UUID, by: Actor, now: datetime
) -> Authorisation:
    """Ask for a deputy secretary to coordinate a support office; it holds once the secretary has decided.

    Whoever is to be authorised is out of the decision from the first day. Raises `Refused`.
    """
    refuse_if(policies.may_arrange(by, commission.pk))
    today = timezone.localdate(now)
    with as_the_product():
        grow_ledger(commission)
        if earlier := _spent(Authorisation, key, by):
            return earlier
        ground = queries.authorisation_ground(commission, asked.person, asked.unit, asked.starts)
        others = queries.authorisations_beside(commission.pk, asked.unit)
        refuse_if(policies.against_authorisation(asked, ground, others, today))
        made = Authorisation.objects.create(
            commission=commission, person_id=asked.person, unit_id=asked.unit, matter=asked.matter.strip(),
            number=_next_number(Authorisation, commission), **_common(asked, key, by, now),
        )  # fmt: skip
        gains = _parties(asked.person, commission, by)
    approval = apply_for(
        kind=AUTHORISATION, rule=AUTHORISATION_RULE, subject=(AUTHORISATION_SUBJECT, made.pk),
        title=title_of_authorisation(ground.person, ground.unit, made.matter), commission=commission, unit=made.unit_id,
        recused=gains, key=key, by=by, now=now,
    )  # fmt: skip
    _tie(made, approval)
    told = {"unit": made.unit_id, "person": made.person_id, "starts": made.starts, "ends": made.ends, "approval": approval.pk}  # fmt: skip
    _note(Act.AUTHORISATION_ASKED, made, told, by=by, now=now)
    return made


def _parties(person: int, commission: Commission, by: Actor) -> list[Party]:
    """Whoever gains is out of the decision under every account; who asks for themselves is out as the applicant."""
    known = persons_of(commission=commission.pk)
    accounts = [account for account, who in known.items() if who == person]
    return (
        []
        if by.user_id in accounts
        else [Party(account, person) for account in accounts] or [Party(None, person)]
    )


def _spent(model: type[Row], key: UUID, by: Actor) -> Row | None:
    """What the form with this key made already; a key of somebody else's form is none."""
    earlier = model.objects.filter(key=key).first()
    if earlier is not None and earlier.asked_by != by.name:
        refuse("key", _("This form was sent by somebody else; open it anew."))
    return earlier


def _next_number(model: type[Arranged], commission: Commission) -> int:
    last: int | None = model.objects.filter(commission=commission).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _common(asked: AskedJoining | AskedAuthorisation, key: UUID, by: Actor, now: datetime) -> dict[str, Any]:
    return {
        "starts": asked.starts, "ends": asked.ends, "basis": asked.basis.strip(), "key": key, "asked_by": by.name,
        "asked_at": now,
    }  # fmt: skip


def _tie(made: Arranged, approval: Approval) -> None:
    with as_the_product():
        type(made).objects.filter(pk=made.pk).update(approval=approval.pk)
        made.approval = approval.pk


@transaction.atomic
def end_joining(*, joining: Joining, last: date, reason: str, by: Actor, now: datetime) -> Joining:
    """Let zones part earlier: `last` is the last day on which they act as one. Raises `Refused`, `NotThere`."""

    def may(held: Joining) -> list[Reason]:
        zones = queries.standing_on(held.commission, timezone.localdate(now))
        return policies.may_ask(
            by, held.commission_id, [unit for zone in held.zones for unit in zones.leads(zone)]
        )

    held = _ended(joining, last, reason, may, now)
    tell_of_joining(held, now=now)
    _note(Act.JOINING_ENDED, held, {"last": last, "reason": reason.strip()}, by=by, now=now)
    return held


@transaction.atomic
def end_authorisation(
    *, authorisation: Authorisation, last: date, reason: str, by: Actor, now: datetime
) -> Authorisation:
    """End an authorisation early: `last` is its last day. Raises `Refused`, `NotThere`."""
    held = _ended(authorisation, last, reason, lambda row: policies.may_arrange(by, row.commission_id), now)
    tell_of_authorisation(held, now=now)
    _note(Act.AUTHORISATION_ENDED, held, {"last": last, "reason": reason.strip()}, by=by, now=now)
    return held


def _ended(row: Row, last: date, reason: str, may: Callable[[Row], list[Reason]], now: datetime) -> Row:
    # With the eyes of who acts: what the database does not show them is not there.
    if not type(row).objects.filter(pk=row.pk).exists():
        raise NotThere(_("There is no such arrangement, or it is not for you."))
    with as_the_product():
        grow_ledger(row.commission)
        held = type(row).objects.select_for_update().get(pk=row.pk)
        refuse_if(may(held))
        refuse_if(policies.against_ending(held, last, reason, timezone.localdate(now)))
        held.ended_on, held.ended_because = last + date.resolution, reason.strip()
        held.save(update_fields=["ended_on", "ended_because"])
    return held


def follow_settlement(*, approval: Approval, now: datetime, **_more: object) -> None:
    """What was decided takes effect from its first day, or from today if that has passed; what was not never does.

    Zones that closed, a coordinator who leads none of them any more, another joining: then the decision is refused.
    """
    if approval.kind == JOINING:
        _settle(Joining, approval, _take_effect, Act.JOINING_DECIDED, now)
    elif approval.kind == AUTHORISATION:
        _settle(Authorisation, approval, _authorise, Act.AUTHORISATION_DECIDED, now)


def _settle(model: type[Row], approval: Approval, agreed: Callable[[Row, datetime], None], act: Act, now: datetime) -> None:  # fmt: skip
    with as_the_product():
        grow_ledger(approval.commission)
        held = model.objects.select_for_update().get(pk=approval.subject_id)
        if approval.state == ApprovalState.APPROVED:
            agreed(held, now)
        else:
            held.refused = True
            held.save(update_fields=["refused"])
    _note(act, held, {"approval": approval.pk, "state": approval.state}, by=PRODUCT_ITSELF, now=now)


def _take_effect(held: Joining, now: datetime) -> None:
    today = timezone.localdate(now)
    asked = AskedJoining(
        tuple(held.zones), held.purpose, held.title, held.starts, held.ends, held.coordinator_id
    )
    ground = queries.joining_ground(held.commission, held.zones, max(held.starts, today))
    others = queries.joinings_beside(held.commission_id, held.zones, but=held.pk)
    refuse_if(
        policies.against_taking_effect(asked, ground, [each for each in others if each.decided_on], today)
    )
    held.decided_on = today
    held.save(update_fields=["decided_on"])
    tell_of_joining(held, now=now)


def _authorise(held: Authorisation, now: datetime) -> None:
    today = timezone.localdate(now)
    asked = AskedAuthorisation(held.person_id, held.unit_id, held.matter, held.starts, held.ends)
    ground = queries.authorisation_ground(
        held.commission, held.person_id, held.unit_id, max(held.starts, today)
    )
    others = queries.authorisations_beside(held.commission_id, held.unit_id, but=held.pk)
    refuse_if(
        policies.against_authorising(asked, ground, [each for each in others if each.decided_on], today)
    )
    held.decided_on = today
    held.save(update_fields=["decided_on"])
    tell_of_authorisation(held, now=now)


def _note(act: Act, row: Arranged, told: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """The act in the journal, with what it was done to; a pointer is not repeated there."""
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}
    commission = row.commission
    details = {"number": row.number, **said, "ledger_version": ledger_version(commission)}
    target = f"{row._meta.model_name}:{row.pk}"
    record(act, by=by, at=now, commission_code=commission.code, target=target, details=details)
