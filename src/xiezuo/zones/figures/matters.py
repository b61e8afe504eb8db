"""Figures of plans, of zones that act as one, of authorisations and of meetings. They count matters, never persons."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.figures.api import Asked, Column, Figure
from xiezuo.organisation.columns import unit_column
from xiezuo.zones.figures.ledger import zone_name
from xiezuo.zones.models import AgendaItem, Authorisation, Joining, Plan, ZoneMeeting
from xiezuo.zones.states import MeetingState, PlanStage

Rows = QuerySet[Any, Any]
SETTLED = (PlanStage.DECIDED, PlanStage.DROPPED)


def _placed(rows: Rows) -> Rows:
    return rows.annotate(position=F("pk"))


def _decided(asked: Asked) -> Rows:
    rows = asked.of_commissions(_placed(Plan.objects.filter(stage=PlanStage.DECIDED)))
    return rows.filter(decided_on__gte=asked.first, decided_on__lte=asked.last)


def _open_plans(asked: Asked) -> Rows:
    """Begun by the end of the day, and not decided by it; when a plan was given up only the journal knows."""
    rows = asked.of_commissions(_placed(Plan.objects.exclude(stage=PlanStage.DROPPED).filter(filed=False)))
    return rows.filter(begun_at__lt=asked.nightfall).exclude(decided_on__lte=asked.day)


def _in_force(asked: Asked, arranged: Rows) -> Rows:
    """Decided by the day, begun by it, and neither over nor ended early."""
    rows = asked.of_commissions(_placed(arranged.filter(decided_on__lte=asked.day)))
    over = Q(ended_on__lte=asked.day) | Q(ends__lte=asked.day)
    return rows.filter(starts__lte=asked.day).exclude(over)


def _held(asked: Asked) -> Rows:
    rows = asked.of_commissions(_placed(ZoneMeeting.objects.filter(state=MeetingState.HELD)))
    return rows.filter(day__gte=asked.first, day__lte=asked.last).annotate(starts=F("day"))


def _open_items(asked: Asked) -> Rows:
    """Decided by the day for a unit, not done by it, and not decided on anew by a later meeting that was held by it."""
    anew = AgendaItem.objects.filter(
        carried_from=OuterRef("pk"), meeting__state=MeetingState.HELD, meeting__day__lte=asked.day
    ).exclude(decision="")
    items = AgendaItem.objects.annotate(
        commission_id=F("meeting__commission_id"), zone_id=F("meeting__zone_id")
    )
    rows = asked.of_commissions(items).filter(
        meeting__state=MeetingState.HELD, meeting__day__lte=asked.day, unit__isnull=False
    )
    return rows.exclude(decision="").exclude(done_on__lte=asked.day).filter(~Exists(anew))


def _overdue_items(asked: Asked) -> Rows:
    return _open_items(asked).filter(due_on__lt=asked.day)


PLAN_COLUMNS = (
    Column("plan", _("Zone plan"), "name"),
    Column("plan_number", _("Number"), "number"),
    Column("since", _("Since"), "starts"),
)
ITEM_COLUMNS = (
    Column("zone", _("Zone"), zone_name, link="zone", link_id="meeting__zone_id"), Column("item", pgettext_lazy("minutes", "Item"), "topic"),
    unit_column(), Column("day", _("Day"), "meeting__day"), Column("due_on", _("Due on"), "due_on"),
)  # fmt: skip


FIGURES = (
    Figure(
        key="zones.plans_decided", title=_("Zone plans decided"), unit=pgettext_lazy("unit of count", "plans"), order=820,
        definition=_("Zone plans decided in the year, by the day of the decision; plans entered later count on their first day."),
        record="zone_plan", rows=_decided,
        columns=(*PLAN_COLUMNS, Column("decided_on", _("Decided on"), "decided_on"), Column("document_no", _("Document number"), "asked_document_no")),
    ),
    Figure(
        key="zones.plans_open", title=_("Zone plans under way"), unit=pgettext_lazy("unit of count", "plans"), order=821,
        definition=_("Zone plans begun by the end of the day and not decided by then; plans that were given up are left out."),
        record="zone_plan", rows=_open_plans, columns=PLAN_COLUMNS,
    ),
    Figure(
        key="zones.joinings", title=_("Zones acting as one"), unit=pgettext_lazy("unit of count", "joinings"), order=822,
        definition=_("Joinings of zones that were decided by the day and hold on it."),
        record="zone_joining", rows=lambda asked: _in_force(asked, Joining.objects.all()), structural=True,
        columns=(Column("title", _("Title"), "title"), Column("number", _("Number"), "number"), Column("since", _("Since"), "starts"), Column("until", _("Until"), "ends")),
    ),
    Figure(
        key="zones.authorisations", title=_("Authorisations to coordinate a support office"), unit=pgettext_lazy("unit of count", "matters"), order=823,
        definition=_("Authorisations that were decided by the day and hold on it."),
        record="zone_authorisation", rows=lambda asked: _in_force(asked, Authorisation.objects.all()),
        columns=(unit_column(), Column("matter", _("Matter"), "matter"), Column("since", _("Since"), "starts"), Column("until", _("Until"), "ends")),
    ),
    Figure(
        key="zones.meetings_held", title=_("Meetings of zones"), unit=pgettext_lazy("unit of count", "meetings"), order=824,
        definition=_("Meetings of zones held in the period, by their day; those planned or called off do not count."),
        record="zone_meeting", rows=_held, monthly=True,
        columns=(
            Column("zone", _("Zone"), zone_name, link="zone", link_id="zone_id"), Column("day", _("Day"), "day"),
            Column("minutes_no", _("Number of the minutes"), "minutes_no"),
        ),
    ),
    Figure(
        key="zones.meeting_items_open", title=_("Decisions of zone meetings to be carried out"), unit=pgettext_lazy("unit of count", "items"), order=825,
        definition=_("Items decided on by a zone meeting up to the day for a unit, not done by the day, and not decided on anew by a later meeting held by then."),
        record="zone_item", rows=_open_items, columns=ITEM_COLUMNS,
    ),
    Figure(
        key="zones.meeting_items_overdue", title=_("Of which overdue"), unit=pgettext_lazy("unit of count", "items"), order=826,
        definition=_("Of these, those that were due before the day."),
        record="zone_item", rows=_overdue_items, columns=ITEM_COLUMNS,
    ),
)  # fmt: skip
