"""The writes of a consultation: units are asked, answer clause by clause, and each opinion is settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act
from xiezuo.organisation.api import Commission, units_offered
from xiezuo.rules import regulation_policies as policies
from xiezuo.rules import regulation_queries as queries
from xiezuo.rules.events import consultation_answered, consultation_opened
from xiezuo.rules.models import Consultation, Edition, Opinion
from xiezuo.rules.record_operations import grown, hold, is_first, must_be_shown, note, restate
from xiezuo.rules.regulation_states import EditionStage
from xiezuo.shared.errors import BadInput, Reason, refuse_if


@dataclass(frozen=True)
class Paper:
    """The paper on which an opinion was given."""

    number: str
    on: date


@transaction.atomic
def ask_units(*, edition: Edition, units: Sequence[int], last_day: date, by: Actor, now: datetime) -> Edition:
    """Ask units for their opinion until a day; whoever was asked and has not answered gets the new last day.

    Raises `Refused` without text or units, or for a day that has passed.
    """
    today = timezone.localdate(now)
    with as_the_product():
        grown(edition.commission)
        held = hold(edition)
        refuse_if(policies.may_draft(by, held.commission_id, held.unit_id))
        written = len(queries.clauses_of(held))
        refuse_if(policies.against_asking(held, written, units, last_day, today))
        _must_be_units(held.commission, units)
        new = _ask(held, units, last_day, today)
        held.invited = sorted({*held.invited, *units})
        held.stage, held.consulted_on = EditionStage.CONSULTATION, held.consulted_on or today
        held.save(update_fields=["invited", "stage", "consulted_on"])
        if is_first(held):
            restate(held.regulation_id, days={"consulted_on": held.consulted_on}, now=now)
    note(Act.REGULATION_CONSULTED, held, {"units": sorted(units), "last_day": last_day}, by=by, now=now)
    consultation_opened.publish(
        commission=held.commission_id, regulation=held.regulation_id, edition=held.pk, units=new, last_day=last_day,
        by=by, now=now,
    )  # fmt: skip
    return held


def _must_be_units(commission: Commission, units: Sequence[int]) -> None:
    known = {offered.unit for offered in units_offered(commission)}
    if not set(units) <= known:
        raise BadInput(_("A unit that was chosen is not one of this commission."))


def _ask(held: Edition, units: Sequence[int], last_day: date, today: date) -> list[int]:
    asked = {row.unit_id: row for row in queries.consultations_of(held)}
    new = [unit for unit in dict.fromkeys(units) if unit not in asked]
    Consultation.objects.bulk_create(
        Consultation(edition=held, unit_id=unit, opened_on=today, last_day=last_day) for unit in new
    )
    again = Consultation.objects.filter(edition=held, unit__in=units, answered_on__isnull=True)
    again.update(last_day=last_day)
    return new


@transaction.atomic
def give_opinion(
    *, edition: Edition, unit: int, anchor: int | None, text: str, paper: Paper | None = None, key: UUID, by: Actor,
    now: datetime,
) -> Opinion:  # fmt: skip
    """Say what a unit thinks of a clause, or of the whole (`anchor` None); on paper, it is entered for it (补录).

    Raises `Refused` for a unit that was not asked, or has closed its answer; the same form posted again does nothing.
    """
    _may_speak(edition, unit, paper is not None, by)
    if not text.strip():
        raise BadInput(_("The opinion is empty; expected what should be changed, and how."))
    if paper is not None and not (paper.number.strip() and paper.on <= timezone.localdate(now)):
        raise BadInput(
            _("An opinion on paper needs the number of the paper and its day, which is not ahead.")
        )
    with as_the_product():
        held = hold(edition)
        if earlier := Opinion.objects.filter(key=key).first():
            return earlier
        refuse_if(policies.against_opinion(held, queries.consultation_of(held, unit)))
        label = queries.clause_of(held, anchor).label if anchor is not None else ""
        opinion = Opinion.objects.create(
            edition=held, unit_id=unit, anchor=anchor, clause_label=label, text=text.strip(), entered_by=by.user_id or 0,
            entered_at=now, paper_no=paper.number.strip() if paper else "", paper_on=paper.on if paper else None, key=key,
        )  # fmt: skip
    told = {"unit": unit, "anchor": anchor, "paper_no": opinion.paper_no}
    note(Act.OPINION_GIVEN, held, told, by=by, now=now)
    return opinion


@transaction.atomic
def close_answer(*, edition: Edition, unit: int, on_paper: bool = False, by: Actor, now: datetime) -> None:
    """A unit has said all it has to say, or that it has nothing to say. Raises `Refused`."""
    _may_speak(edition, unit, on_paper, by)
    with as_the_product():
        held = hold(edition)
        asked = queries.consultation_of(held, unit)
        refuse_if(policies.against_opinion(held, asked))
        Consultation.objects.filter(edition=held, unit=unit).update(
            answered_on=timezone.localdate(now), answered_by=by.user_id, on_paper=on_paper
        )
        given = Opinion.objects.filter(edition=held, unit=unit).count()
    note(Act.OPINION_CLOSED, held, {"unit": unit, "opinions": given, "on_paper": on_paper}, by=by, now=now)
    consultation_answered.publish(
        commission=held.commission_id,
        regulation=held.regulation_id,
        edition=held.pk,
        unit=unit,
        by=by,
        now=now,
    )


def _may_speak(edition: Edition, unit: int, on_paper: bool, by: Actor) -> None:  # noqa: FBT001
    must_be_shown(edition)
    refuse_if(policies.may_speak(by, edition.commission_id, unit, on_paper=on_paper))


@transaction.atomic
def settle_opinion(
    *, opinion: Opinion, outcome: str, reason: str, seen: str, by: Actor, now: datetime
) -> Opinion:
    """Say what becomes of an opinion: adopted, in part or not, the last two with a reason.

    `seen` is the outcome that the form showed: of two who settle it, the second is told.
    """
    with as_the_product():
        held = hold(opinion.edition)
        refuse_if(policies.may_draft(by, held.commission_id, held.unit_id))
        refuse_if(policies.against_settling(held, outcome, reason))
        row = Opinion.objects.select_for_update().get(pk=opinion.pk)
        if (row.outcome, row.reason) == (outcome, reason.strip()):
            return row
        refuse_if([] if row.outcome == seen else [_settled_meanwhile(row)])
        row.outcome, row.reason, row.settled_by, row.settled_at = outcome, reason.strip(), by.user_id, now
        row.save(update_fields=["outcome", "reason", "settled_by", "settled_at"])
    told = {"opinion": row.pk, "unit": row.unit_id, "outcome": outcome}
    note(Act.OPINION_SETTLED, held, told, by=by, now=now)
    return row


def _settled_meanwhile(row: Opinion) -> Reason:
    words = _("Somebody else settled this opinion meanwhile: “%(outcome)s”. Look at it again.")
    return Reason("settled-meanwhile", words % {"outcome": row.get_outcome_display()})
