"""Figures of the regulations, word for word as the ledger book defines them."""

from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.figures.api import Asked, Column, Figure, register
from xiezuo.rules.models import RegulationRecord
from xiezuo.rules.states import RegulationStatus

Rows = QuerySet[Any, Any]


def _reached(asked: Asked, *stages: str) -> Q:
    """At least one of the stages by the day."""
    reached = Q()
    for stage in stages:
        reached |= Q(**{f"{stage}__lte": asked.day})
    return reached


def _listed(asked: Asked) -> Rows:
    stages = _reached(asked, "drafted_on", "consulted_on", "review_on", "trial_on", "in_force_on")
    return asked.on_day(RegulationRecord).filter(stages)


def _in_force(asked: Asked) -> Rows:
    return _listed(asked).filter(_reached(asked, "trial_on", "in_force_on"))


def _status(asked: Asked) -> Case:
    """The last stage that was reached by the day."""
    last_first = (
        ("in_force_on", RegulationStatus.IN_FORCE),
        ("trial_on", RegulationStatus.TRIAL),
        ("review_on", RegulationStatus.REVIEW),
        ("consulted_on", RegulationStatus.CONSULTATION),
    )
    steps = [When(_reached(asked, stage), then=Value(status.value)) for stage, status in last_first]
    return Case(*steps, default=Value(RegulationStatus.DRAFT.value))


def _regulations(key: str, title: Any, definition: Any, order: int, rows: Any) -> Figure:
    return Figure(
        key=key, title=title, definition=definition, unit=pgettext_lazy("unit of count", "regulations"), order=order, record="regulation",
        counts="regulation_id", fact="regulation_record", rows=rows, structural=True,
        columns=(
            Column("regulation", _("Regulation"), "name"),
            Column("regulation_code", _("Regulation code"), "regulation__code"),
            Column("document_no", _("Document number"), "document_no"),
            Column("status", _("Stage of the regulation"), _status),
            Column("drafted_on", _("Drafted on"), "drafted_on"),
            Column("trial_on", _("On trial from"), "trial_on"),
            Column("in_force_on", _("In force from"), "in_force_on"),
            Column("basis", _("Basis"), "basis"),
        ),
    )  # fmt: skip


FIGURES = (
    _regulations(
        "regulations.listed",
        _("Regulations made or being drafted"),
        _("Regulations drafted, out for opinions, on trial or in force by the day and not repealed."),
        400, _listed,
    ),
    _regulations(
        "regulations.in_force",
        _("Regulations on trial or in force"),
        _("Of the regulations listed, those on trial or in force by the day."),
        401, _in_force,
    ),
)  # fmt: skip


def register_figures() -> None:
    """Called once, when the app is ready."""
    register(*FIGURES)
