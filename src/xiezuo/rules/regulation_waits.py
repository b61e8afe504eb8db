"""What waits at each regulation: an end of a trial, a consultation, a review, a draft; and which trials end soon."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xiezuo.organisation.api import Commission
from xiezuo.rules.models import Edition
from xiezuo.rules.regulation_queries import TRIAL_ALERT
from xiezuo.rules.regulation_states import HOLDING, UNDER_DRAFT, EditionStage
from xiezuo.rules.regulation_status import holding_on, status_said
from xiezuo.rules.states import RegulationStatus
from xiezuo.shared.lists import clauses


@dataclass(frozen=True)
class Waits:
    """The end of the trial of what holds, and what waits, in words; both may be nothing."""

    until: date | None = None
    words: str = ""


def waits_of(commission: Commission, on: date) -> dict[int, Waits]:
    """By regulation, as far as the reader may see its editions. One query."""
    rows = Edition.objects.filter(commission=commission, stage__in=(*HOLDING, *UNDER_DRAFT)).order_by(
        "number"
    )
    by_regulation: dict[int, list[Edition]] = defaultdict(list)
    for edition in rows:
        by_regulation[edition.regulation_id].append(edition)
    return {regulation: _waits(editions, on) for regulation, editions in by_regulation.items()}


def _waits(editions: list[Edition], on: date) -> Waits:
    holding = holding_on(editions, on)
    until = holding.trial_until if holding is not None and holding.stage == EditionStage.TRIAL else None
    told = [trial_words(until, on)] if until else []
    told += [
        _draft_words(each, on, issued=holding is not None) for each in editions if each.stage in UNDER_DRAFT
    ]
    return Waits(until, clauses(filter(None, told)))


def _draft_words(edition: Edition, on: date, *, issued: bool) -> str:
    """How far a draft had come by the day; nothing before it was begun."""
    reached = status_said([edition], on)
    if reached == RegulationStatus.PLANNED:
        return ""
    return _("revision: %(stage)s") % {"stage": reached.label} if issued else str(reached.label)


def trial_words(until: date, on: date) -> str:
    """How a trial stands on a day: nothing until thirty days before its end."""
    if until <= on:
        return _("the trial has ended; a decision is due")
    if until > on + TRIAL_ALERT:
        return ""
    return _("the trial ends in %(days)s days") % {"days": (until - on).days}
