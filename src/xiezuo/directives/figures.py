"""Figures of meetings, visits and the plan, word for word as the ledger book defines them."""

from typing import Any

from django.db.models import F, Func, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.directives.models import Meeting, PlanItem
from xiezuo.directives.states import LEAD, PUSH, MeetingKind
from xiezuo.figures.api import Asked, Column, Figure, register
from xiezuo.organisation.columns import in_order_of_units, person_name, unit_column
from xiezuo.organisation.models import UnitRecord
from xiezuo.organisation.states import UnitKind

Rows = QuerySet[Any, Any]


def _visits(asked: Asked) -> Rows:
    return asked.begun(Meeting).filter(kind=MeetingKind.VISIT)


def _visited(asked: Asked) -> Rows:
    """Township commissions named by a visit in the period, whether or not they still stand on the day."""
    named = _visits(asked).annotate(visited=Func(F("units"), function="unnest")).values("visited")
    return asked.every(UnitRecord).filter(kind=UnitKind.TOWNSHIP_COMMISSION, unit_id__in=named)


def _last_visit(field: str) -> Any:
    def build(asked: Asked) -> Subquery:
        visits = _visits(asked).filter(units__contains=[OuterRef("unit_id")])
        return Subquery(visits.order_by("-starts", "id").values(field)[:1])

    return build


def _plan(key: str, title: Any, definition: Any, order: int, category: str) -> Figure:
    return Figure(
        key=key, title=title, definition=definition, unit=pgettext_lazy("unit of count", "items"), order=order, record="plan_item",
        rows=lambda asked: asked.begun(PlanItem).filter(category=category),
        columns=(
            Column("item", _("Item of the plan"), "name"),
            Column("category", _("Category"), "category"),
            Column("since", _("Since"), "starts"),
            Column("due_on", _("Due on"), "due_on"),
            Column("progress", _("Progress"), "progress"),
        ),
    )  # fmt: skip


FIGURES = (
    Figure(
        key="visits.townships_visited", title=_("Townships visited"), unit=pgettext_lazy("unit of count", "units"), order=100,
        definition=_("Township commissions named by a visit (检查调研) in the year, each once."),
        record="unit", counts="unit_id", fact="unit_record", rows=_visited,
        columns=(
            unit_column(),
            Column("unit_code", _("Unit code"), "unit__code"),
            Column("visit", _("Visit"), _last_visit("name")),
            Column("day", _("Day"), _last_visit("starts")),
            Column("basis", _("Basis"), _last_visit("basis")),
        ),
        order_by=in_order_of_units(),
    ),
    Figure(
        key="meetings.promotion_meetings", title=_("Promotion meetings"), unit=pgettext_lazy("unit of count", "meetings"), order=101,
        definition=_("Meetings of the kind 专题推进会 in the year."),
        record="meeting", rows=lambda asked: asked.begun(Meeting).filter(kind=MeetingKind.PROMOTION),
        columns=(
            Column("meeting", _("Meeting"), "name"),
            Column("day", _("Day"), "starts"),
            Column("led_by", _("Led by"), person_name("led_by_id"), link="person", link_id="led_by_id"),
            Column("basis", _("Basis"), "basis"),
        ),
        order_by=lambda _asked: ["starts"],
    ),
    _plan(
        "plan.leads", _("What leads the plan"),
        _("Items of the plan of the category 带动 that begin in the year."), 900, LEAD,
    ),
    _plan(
        "plan.pushes", _("What the plan pushes forward"),
        _("Items of the plan of the category 推进 that begin in the year."), 901, PUSH,
    ),
)  # fmt: skip


def register_figures() -> None:
    """Called once, when the app is ready."""
    register(*FIGURES)
