"""What every write of a zone plan shares: it is held, kept with each of its versions, and noted in the journal."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import Act, record
from xiezuo.organisation.api import Commission, grow_ledger, ledger_version
from xiezuo.shared.errors import NotThere, Refused, refuse_if
from xiezuo.zones.models import Plan, PlanVersion
from xiezuo.zones.plans import policies
from xiezuo.zones.plans.told import difference_words
from xiezuo.zones.queries.schemes import known_on
from xiezuo.zones.scheme import Scheme, SchemeDifference, difference


class MovedOn(Refused):
    """A plan was saved by somebody else since it was read: `theirs` is what it says now, `changed` what they changed."""

    def __init__(self, held: Plan, seen: Scheme) -> None:
        self.held = held
        self.theirs = Scheme.from_json(held.content)
        self.changed: SchemeDifference = difference(seen, self.theirs)
        known = known_on(held.commission, held.starts, (seen, self.theirs))
        words = difference_words(self.changed, self.theirs, known)
        last = PlanVersion.objects.filter(plan=held, version=held.version).first()
        super().__init__([policies.changed_meanwhile(last.by if last else "", words)])


def must_be_shown(plan: Plan) -> None:
    """With the eyes of who acts: what the database does not show them is not there."""
    if not Plan.objects.filter(pk=plan.pk).exists():
        raise NotThere(_("There is no such zone plan, or it is not for you."))


def hold(plan: Plan) -> Plan:
    """The plan as it stands, held until the transaction ends: of two who act at once one waits here."""
    return Plan.objects.select_for_update(of=("self",)).select_related("commission").get(pk=plan.pk)


def for_editing(plan: Plan, by: Actor) -> Plan:
    """The plan, held, if `by` may change it now."""
    held = hold(plan)
    refuse_if([*policies.may_draw(by, held.commission_id), *policies.against_saving(held)])
    return held


def must_be_seen(held: Plan, seen: int) -> None:
    """Compare and set: raises `MovedOn` if somebody changed the plan since the version `seen`."""
    if held.version == seen:
        return
    before = PlanVersion.objects.filter(plan=held, version=seen).first()
    raise MovedOn(held, Scheme.from_json(before.content) if before else Scheme())


def keep_version(held: Plan, by: Actor, now: datetime) -> None:
    """Keep what the plan says in this version, so that whoever saw it can be told what was changed since."""
    PlanVersion.objects.create(plan=held, version=held.version, content=held.content, by=by.name, at=now)


def grown(commission: Commission) -> None:
    """One more edition of the ledger: pages that were kept are drawn anew, and acts of one commission take turns."""
    grow_ledger(commission)


def note(act: Act, plan: Plan, told: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """The act in the journal, with the plan that it was done to; opinions are not repeated there."""
    said = {key: value.isoformat() if isinstance(value, date) else value for key, value in told.items()}
    details = {
        "number": plan.number,
        "stage": plan.stage,
        "version": plan.version,
        **said,
        "ledger_version": ledger_version(plan.commission),
    }
    record(act, by=by, at=now, commission_code=plan.commission.code, target=f"zone_plan:{plan.pk}", details=details)  # fmt: skip
