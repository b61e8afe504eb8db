"""The writes of a review: a decision on an edition is applied for, and takes effect once the engine has settled it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import PRODUCT_ITSELF, Actor, as_the_product
from xiezuo.approvals.api import Approval, number_of
from xiezuo.approvals.states import ApprovalState, Verb
from xiezuo.audit.api import Act
from xiezuo.rules import regulation_policies as policies
from xiezuo.rules import regulation_queries as queries
from xiezuo.rules.applying import apply_for
from xiezuo.rules.events import clause_ended, consultation_ended, regulation_issued, trial_ending
from xiezuo.rules.models import Edition, Leaning, RegulationRecord
from xiezuo.rules.record_operations import (
    grown,
    hold,
    hold_regulation,
    is_first,
    must_be_shown,
    note,
    restate,
)
from xiezuo.rules.regulation_states import HOLDING, UNDER_DRAFT, VERB_OF, EditionStage, Purpose
from xiezuo.rules.regulation_status import first_day
from xiezuo.shared.errors import Reason, refuse, refuse_if

KIND = "regulation"
SUBJECT = "rules.edition"
RULE = "N01"


@dataclass(frozen=True)
class Asked:
    """What is applied for: to bring into force (on trial until `until`) or to repeal, from a day on.

    `unit` answers for an edition that came from the ledger and names no unit that drafted it.
    """

    purpose: str
    starts: date
    until: date | None = None
    document_no: str = ""
    basis: str = ""
    unit: int | None = None


@transaction.atomic
def apply_for_decision(*, edition: Edition, asked: Asked, key: UUID, by: Actor, now: datetime) -> Edition:
    """Apply for a decision on an edition. A draft is sent for review with it, and its text is frozen meanwhile.

    Raises `Refused` with what stands against it; the same form posted again does nothing.
    """
    must_be_shown(edition)
    with as_the_product():
        grown(edition.commission)
        hold_regulation(edition.regulation_id)
        held = hold(edition)
        held.unit_id = held.unit_id or asked.unit
        refuse_if(policies.may_draft(by, held.commission_id, held.unit_id))
        if held.asked_key == key:
            return held
        refuse_if(policies.against_no_unit(held))
        refuse_if(_against(held, asked, timezone.localdate(now)))
        _send(held, asked, key, now)
    approval = apply_for(
        kind=KIND, rule=RULE, subject=(SUBJECT, held.pk), title=title_of(held), commission=held.commission,
        unit=held.unit_id, key=key, by=by, now=now,
    )  # fmt: skip
    with as_the_product():
        Edition.objects.filter(pk=held.pk).update(approval=approval.pk)
        held.approval = approval.pk
    note(Act.REGULATION_SENT, held, {"purpose": asked.purpose, "starts": asked.starts, "approval": approval.pk}, by=by, now=now)  # fmt: skip
    if held.stage == EditionStage.REVIEW:
        consultation_ended.publish(
            commission=held.commission_id, regulation=held.regulation_id, edition=held.pk, now=now
        )
    return held


def _against(held: Edition, asked: Asked, today: date) -> list[Reason]:
    holding = _other_holding(held)
    found = policies.against_purpose(held, asked.purpose, holding)
    if asked.purpose == Purpose.REPEAL and queries.draft_of(held.regulation_id) is not None:
        found.append(Reason("drafting", _("A revision is being drafted; give it up or finish it before the repeal.")))  # fmt: skip
    if not found and held.stage in UNDER_DRAFT:
        rows, opinions = queries.consultations_of(held), queries.opinions_of(held)
        found += policies.against_sending(held, len(queries.clauses_of(held)), rows, opinions, today)
    return [*found, *policies.against_days(asked.purpose, asked.starts, asked.until, today)]


def _other_holding(held: Edition) -> Edition | None:
    rows = Edition.objects.filter(regulation=held.regulation_id, stage__in=HOLDING).exclude(pk=held.pk)
    return rows.order_by("-number").first()


def _send(held: Edition, asked: Asked, key: UUID, now: datetime) -> None:
    held.purpose, held.asked_from, held.asked_until = asked.purpose, asked.starts, asked.until
    held.asked_document_no, held.asked_basis = asked.document_no.strip(), asked.basis.strip()
    held.asked_key, held.waits = key, True
    if held.stage in UNDER_DRAFT:
        held.stage, held.review_on, held.frozen = EditionStage.REVIEW, timezone.localdate(now), True
    held.save()
    if held.stage == EditionStage.REVIEW and is_first(held):
        restate(held.regulation_id, days={"review_on": held.review_on}, now=now)


def title_of(edition: Edition) -> str:
    """The title of the application, in the language of the ledger: which regulation, and what is asked for."""
    return f"《{edition.name.strip('《》')}》{edition.purpose}"


def follow_move(*, approval: Approval, verb: Verb, **_more: object) -> None:
    """The text opens while the application is with its applicant, and is frozen again when it is submitted again."""
    if approval.kind != KIND or verb not in (Verb.RETURN, Verb.RESUBMIT):
        return
    with as_the_product():
        grown(approval.commission)
        held = Edition.objects.select_for_update().get(pk=approval.subject_id)
        if held.stage != EditionStage.REVIEW:
            return
        if verb == Verb.RESUBMIT and not queries.clauses_of(held):
            refuse("text", _("There is no text to be reviewed."))
        held.frozen = approval.state != ApprovalState.RETURNED
        held.save(update_fields=["frozen"])


def follow_settlement(*, approval: Approval, now: datetime) -> None:
    """What was decided takes effect, from the day that was asked for or, if that has passed, from today."""
    if approval.kind != KIND:
        return
    with as_the_product():
        grown(approval.commission)
        hold_regulation(Edition.objects.values_list("regulation", flat=True).get(pk=approval.subject_id))
        held = Edition.objects.select_for_update().get(pk=approval.subject_id)
        if approval.state == ApprovalState.APPROVED:
            _take_effect(held, approval, now)
        else:
            _not_passed(held, now)
        told = {"approval": approval.pk, "state": approval.state}
        note(Act.REGULATION_DECIDED, held, told, by=PRODUCT_ITSELF, now=now)


def _not_passed(held: Edition, now: datetime) -> None:
    first = is_first(held)
    held.waits, held.frozen, held.purpose = False, False, ""
    if held.stage == EditionStage.REVIEW:
        held.stage, held.review_on = EditionStage.CONSULTATION, None
        if first:
            restate(held.regulation_id, days={"review_on": None}, now=now)
    held.save()


def _take_effect(held: Edition, approval: Approval, now: datetime) -> None:
    refuse_if(policies.against_verb(held, VERB_OF[Purpose(held.purpose)]))
    today, holding, first = timezone.localdate(now), _other_holding(held), is_first(held)
    starts = _starts(held, holding, today)
    if held.purpose == Purpose.TRY and held.asked_until is not None and held.asked_until <= starts:
        words = _(
            "The trial was to end on %(day)s, which has passed; return the application for another day."
        )
        refuse("until", words % {"day": held.asked_until})
    before = queries.clauses_of(holding or held)
    _issue(held, starts)
    if holding is not None and held.purpose != Purpose.REPEAL:
        _replace(holding, starts)
    _restate_record(held, approval, starts, first=first, now=now)
    after = [] if held.purpose == Purpose.REPEAL else queries.clauses_of(held)
    _tell(held, starts, {each.anchor: each.label for each in before}, {each.anchor for each in after}, now)


def _starts(held: Edition, holding: Edition | None, today: date) -> date:
    """The day of effect: never in the past, and what holds now has held for a day at least."""
    earlier = first_day(holding or held)
    ends_one = holding is not None or held.purpose == Purpose.REPEAL
    least = earlier + timedelta(days=1) if earlier is not None and ends_one else today
    return max(held.asked_from or today, today, least)


def _issue(held: Edition, starts: date) -> None:
    if held.purpose == Purpose.TRY:
        held.stage, held.trial_on, held.trial_until = EditionStage.TRIAL, starts, held.asked_until
    elif held.purpose == Purpose.ENFORCE:
        held.stage, held.in_force_on = EditionStage.IN_FORCE, starts
    else:
        held.stage, held.ended_on = EditionStage.REPEALED, starts
    held.document_no = held.asked_document_no or held.document_no
    held.waits, held.frozen = False, False
    held.save()


def _replace(holding: Edition, starts: date) -> None:
    holding.stage, holding.ended_on = EditionStage.REPLACED, starts
    holding.save(update_fields=["stage", "ended_on"])


def _restate_record(held: Edition, approval: Approval, starts: date, *, first: bool, now: datetime) -> None:
    """The record says what was decided, from its day on, with the number of the decision as its basis."""
    basis = "；".join(filter(None, (held.asked_basis, number_of(approval))))
    if held.purpose == Purpose.REPEAL:
        restate(held.regulation_id, ends=starts, now=now)
        return
    described = {
        "name": held.name, "edition": f"第{held.number}版", "basis": basis,
        "document_no": held.document_no,
    }  # fmt: skip
    days = _days(held, starts, first=first)
    restate(held.regulation_id, days=days, described=described, since=starts, now=now)


def _days(held: Edition, starts: date, *, first: bool) -> Mapping[str, date | None]:
    """The day of the stage that was reached; a revision leaves the first day on which the stage was reached."""
    field = "trial_on" if held.purpose == Purpose.TRY else "in_force_on"
    if first:
        return {field: starts}
    rows = RegulationRecord.objects.current().filter(regulation=held.regulation_id)
    known = rows.order_by("-starts").values_list(field, flat=True).first()
    revised = {} if held.trial_on and field == "in_force_on" else {"revised_on": starts}
    return {field: min(known, starts) if known else starts, **revised}


def _tell(held: Edition, starts: date, before: Mapping[int, str], after: set[int], now: datetime) -> None:
    """Whom it concerns: everybody of the scope of what was decided, and whoever leans on a clause that ends."""
    common = {
        "commission": held.commission_id,
        "regulation": held.regulation_id,
        "edition": held.pk,
        "now": now,
    }
    regulation_issued.publish(**common, purpose=held.purpose, starts=starts, units=list(held.scope_units))
    leaning: dict[int, list[int]] = {}
    for row in Leaning.objects.filter(regulation=held.regulation_id).exclude(anchor__in=after).order_by("pk"):
        leaning.setdefault(row.anchor, []).append(row.pk)
    for anchor in leaning.keys() & before.keys():
        clause_ended.publish(
            **common,
            anchor=anchor,
            label=before[anchor],
            ends=starts,
            leanings=leaning[anchor],
            unit=held.unit_id,
        )


@transaction.atomic
def announce_trial_ends(*, now: datetime) -> int:
    """Tell, once for each, of the trials that end within thirty days without an application; gives how many."""
    with as_the_product():
        due = Edition.objects.select_for_update().filter(
            stage=EditionStage.TRIAL, trial_told_on=None, waits=False,
            trial_until__lte=timezone.localdate(now) + queries.TRIAL_ALERT,
        )  # fmt: skip
        found = list(due.order_by("trial_until", "pk"))
        for edition in found:
            edition.trial_told_on = timezone.localdate(now)
            edition.save(update_fields=["trial_told_on"])
            trial_ending.publish(
                commission=edition.commission_id, regulation=edition.regulation_id, edition=edition.pk,
                trial_until=edition.trial_until, unit=edition.unit_id, now=now,
            )  # fmt: skip
    return len(found)
