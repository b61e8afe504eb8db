"""The writes of a plan's consultation: units are asked, answer zone by zone or on the whole, and each opinion is settled."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act
from xiezuo.organisation.api import Commission, units_offered
from xiezuo.rules.api import OpinionOnPaper
from xiezuo.shared.errors import BadInput, Reason, refuse_if
from xiezuo.zones.models import Plan, PlanConsultation, PlanOpinion
from xiezuo.zones.plans import policies
from xiezuo.zones.plans.events import plan_consultation_answered, plan_consultation_opened
from xiezuo.zones.plans.record_operations import grown, hold, must_be_shown, note
from xiezuo.zones.queries.plans import consultation_of, consultations_of, scheme_of
from xiezuo.zones.states import PlanStage

LONGEST_OPINION = 5_000


@transaction.atomic
def ask_units(*, plan: Plan, units: Sequence[int], last_day: date, by: Actor, now: datetime) -> Plan:
    """Ask units for their opinion until a day; whoever was asked and has not answered gets the new last day.

    Raises `Refused` without a zone or units, or for a day that has passed.
    """
    today = timezone.localdate(now)
    with as_the_product():
        grown(plan.commission)
        held = hold(plan)
        refuse_if(policies.may_draw(by, held.commission_id))
        refuse_if(policies.against_asking(held, units, last_day, today))
        _must_be_units(held.commission, units)
        asked = _ask(held, units, last_day, today)
        held.invited = sorted({*held.invited, *units})
        held.stage, held.consulted_on = PlanStage.CONSULTATION, held.consulted_on or today
        held.save(update_fields=["invited", "stage", "consulted_on"])
    note(Act.PLAN_CONSULTED, held, {"units": sorted(units), "last_day": last_day}, by=by, now=now)
    plan_consultation_opened.publish(
        commission=held.commission_id, plan=held.pk, number=held.number, units=asked, last_day=last_day, by=by, now=now,
    )  # fmt: skip
    return held


def _must_be_units(commission: Commission, units: Sequence[int]) -> None:
    known = {offered.unit for offered in units_offered(commission)}
    if not set(units) <= known:
        raise BadInput(_("A unit that was chosen is not one of this commission."))


def _ask(held: Plan, units: Sequence[int], last_day: date, today: date) -> list[int]:
    asked = {row.unit_id for row in consultations_of(held)}
    new = [unit for unit in dict.fromkeys(units) if unit not in asked]
    PlanConsultation.objects.bulk_create(
        PlanConsultation(plan=held, unit_id=unit, opened_on=today, last_day=last_day) for unit in new
    )
    again = PlanConsultation.objects.filter(plan=held, unit__in=units, answered_on__isnull=True)
    again.update(last_day=last_day)
    return list(again.order_by("pk").values_list("unit", flat=True))


@transaction.atomic
def give_opinion(
    *, plan: Plan, unit: int, zone: str = "", text: str, paper: OpinionOnPaper | None = None, key: UUID, by: Actor,
    now: datetime,
) -> PlanOpinion:  # fmt: skip
    """Say what a unit thinks of a zone, or of the whole (`zone` empty); on paper, it is entered for it (补录).

    Raises `Refused` for a unit that was not asked, or has closed its answer; the same form posted again does nothing.
    """
    _may_speak(plan, unit, paper is not None, by)
    _must_say_something(text, paper, timezone.localdate(now))
    with as_the_product():
        held = hold(plan)
        if earlier := PlanOpinion.objects.filter(key=key).first():
            return earlier
        refuse_if(policies.against_opinion(held, consultation_of(held, unit)))
        if zone and scheme_of(held).zone(zone) is None:
            raise BadInput(_("There is no zone %(code)s in this plan.") % {"code": zone})
        opinion = PlanOpinion.objects.create(
            plan=held, unit_id=unit, zone=zone, text=text.strip(), entered_by=by.user_id or 0, entered_at=now,
            paper_no=paper.number.strip() if paper else "", paper_on=paper.on if paper else None, key=key,
        )  # fmt: skip
    note(Act.PLAN_OPINION_GIVEN, held, {"unit": unit, "zone": zone, "paper_no": opinion.paper_no}, by=by, now=now)  # fmt: skip
    return opinion


def _must_say_something(text: str, paper: OpinionOnPaper | None, today: date) -> None:
    if not text.strip():
        raise BadInput(_("The opinion is empty; expected what should be changed, and how."))
    if len(text) > LONGEST_OPINION:
        words = _("The opinion has %(found)s characters; expected at most %(most)s.")
        raise BadInput(words % {"found": len(text), "most": LONGEST_OPINION})
    if paper is not None and not (paper.number.strip() and paper.on <= today):
        raise BadInput(
            _("An opinion on paper needs the number of the paper and its day, which is not ahead.")
        )


@transaction.atomic
def close_answer(*, plan: Plan, unit: int, on_paper: bool = False, by: Actor, now: datetime) -> None:
    """A unit has said all it has to say, or that it has nothing to say. Raises `Refused`."""
    _may_speak(plan, unit, on_paper, by)
    with as_the_product():
        held = hold(plan)
        refuse_if(policies.against_opinion(held, consultation_of(held, unit)))
        PlanConsultation.objects.filter(plan=held, unit=unit).update(
            answered_on=timezone.localdate(now), answered_by=by.user_id, on_paper=on_paper
        )
        given = PlanOpinion.objects.filter(plan=held, unit=unit).count()
    told = {"unit": unit, "opinions": given, "on_paper": on_paper}
    note(Act.PLAN_OPINION_CLOSED, held, told, by=by, now=now)
    plan_consultation_answered.publish(commission=held.commission_id, plan=held.pk, unit=unit, by=by, now=now)


def _may_speak(plan: Plan, unit: int, on_paper: bool, by: Actor) -> None:  # noqa: FBT001
    must_be_shown(plan)
    refuse_if(policies.may_speak(by, plan.commission_id, unit, on_paper=on_paper))


@transaction.atomic
def settle_opinion(
    *, opinion: PlanOpinion, outcome: str, reason: str, seen: str, by: Actor, now: datetime
) -> PlanOpinion:
    """Say what becomes of an opinion: adopted, in part or not, the last two with a reason.

    `seen` is the outcome that the form showed: of two who settle it, the second is told.
    """
    with as_the_product():
        held = hold(opinion.plan)
        refuse_if(policies.may_draw(by, held.commission_id))
        refuse_if(policies.against_settling(held, outcome, reason))
        row = PlanOpinion.objects.select_for_update().get(pk=opinion.pk)
        if (row.outcome, row.reason) == (outcome, reason.strip()):
            return row
        refuse_if([] if row.outcome == seen else [_settled_meanwhile(row)])
        row.outcome, row.reason, row.settled_by, row.settled_at = outcome, reason.strip(), by.user_id, now
        row.save(update_fields=["outcome", "reason", "settled_by", "settled_at"])
    told = {"opinion": row.pk, "unit": row.unit_id, "outcome": outcome}
    note(Act.PLAN_OPINION_SETTLED, held, told, by=by, now=now)
    return row


def _settled_meanwhile(row: PlanOpinion) -> Reason:
    words = _("Somebody else settled this opinion meanwhile: “%(outcome)s”. Look at it again.")
    return Reason("settled-meanwhile", words % {"outcome": row.get_outcome_display()})
