"""What the editions of a regulation say of its status: the check on the one status that its record gives."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from xiezuo.rules.regulation_states import PUBLISHED, EditionStage
from xiezuo.rules.states import RegulationStatus

if TYPE_CHECKING:
    from xiezuo.rules.models import Edition

_ON_THE_WAY = (
    ("review_on", RegulationStatus.REVIEW),
    ("consulted_on", RegulationStatus.CONSULTATION),
    ("drafted_on", RegulationStatus.DRAFT),
)


def first_day(edition: "Edition") -> date | None:
    """The day from which an edition holds or held, on trial or in force; None for a draft."""
    return min((day for day in (edition.trial_on, edition.in_force_on) if day is not None), default=None)


def begun_by(editions: "Iterable[Edition]", on: date) -> "list[Edition]":
    """The issued editions that had begun to hold by the day, the latest last."""
    issued = [(day, each) for each in editions if each.stage in PUBLISHED and (day := first_day(each))]
    return [each for day, each in sorted(issued, key=lambda pair: (pair[0], pair[1].number)) if day <= on]


def holding_on(editions: "Iterable[Edition]", on: date) -> "Edition | None":
    """The edition whose text holds on a day, if one does."""
    begun = begun_by(editions, on)
    last = begun[-1] if begun else None
    return None if last is None or (last.ended_on is not None and last.ended_on <= on) else last


def status_said(editions: "Iterable[Edition]", on: date) -> RegulationStatus:
    """The status of the regulation as its editions have it on a day."""
    known = [each for each in editions if each.stage != EditionStage.DROPPED]
    begun = begun_by(known, on)
    if begun:
        return _of_issued(begun[-1], on)
    last = max(known, key=lambda each: each.number, default=None)
    for field, status in _ON_THE_WAY:
        day = getattr(last, field) if last is not None else None
        if day is not None and day <= on:
            return status
    return RegulationStatus.PLANNED


def _of_issued(edition: "Edition", on: date) -> RegulationStatus:
    if edition.ended_on is not None and edition.ended_on <= on:
        return RegulationStatus.REPEALED
    in_force = edition.in_force_on is not None and edition.in_force_on <= on
    return RegulationStatus.IN_FORCE if in_force else RegulationStatus.TRIAL
