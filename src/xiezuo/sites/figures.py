"""Figures and balances of the sites, word for word as the ledger book defines them."""

from typing import Any

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.figures.api import (
    Asked,
    Balance,
    Column,
    Figure,
    between,
    register,
    register_balances,
)
from xiezuo.organisation.columns import in_order_of_units, person_columns, unit_column
from xiezuo.organisation.counting import in_post_at, units_of
from xiezuo.organisation.states import Engagement, UnitKind
from xiezuo.sites.models import Equipment, SiteRecord, Works
from xiezuo.sites.states import FIRST_AID, RECORDER, SAFE, Condition, SiteKind

Rows = QuerySet[Any, Any]


def _in_use(asked: Asked, kind: SiteKind) -> Rows:
    """Sites opened and not closed by the day; one without a day of opening is not in use."""
    return asked.on_day(SiteRecord).filter(kind=kind, opened_on__lte=asked.day)


def _talk_rooms(asked: Asked) -> Rows:
    return _in_use(asked, SiteKind.TALK_ROOM).filter(padded=True)


def _sound(asked: Asked) -> Q:
    """Not broken on the day. Days of fault and repair say more than the condition in which the book was kept."""
    undated = Q(faulty_from__isnull=True, repaired_on__isnull=True)
    mended = Q(faulty_from__gt=asked.day) | Q(repaired_on__lte=asked.day)
    return mended | undated & ~Q(condition=Condition.FAULTY)


def _has(asked: Asked, item: str, *, in_date: bool = True) -> Exists:
    placed = asked.of_outer_on_day(Equipment, site_id=OuterRef("site_id"), item=item).filter(_sound(asked))
    if in_date:
        placed = placed.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=asked.day))
    return Exists(placed)


def _equipped(asked: Asked) -> Rows:
    recorder = _has(asked, RECORDER, in_date=False)
    return _talk_rooms(asked).filter(recorder, _has(asked, SAFE), _has(asked, FIRST_AID))


def _upgraded(asked: Asked) -> Rows:
    rooms = asked.every(SiteRecord).filter(kind=SiteKind.TALK_ROOM)
    return asked.on_day(Works).filter(site_id__in=rooms.values("site_id"))


def _separate_offices(asked: Asked) -> Rows:
    units = units_of(asked, UnitKind.TOWNSHIP_COMMISSION, UnitKind.TOWNSHIP_STATION)
    return _in_use(asked, SiteKind.OFFICE).filter(separate=True, unit_id__in=units.values("unit_id"))


def _people_with_office(asked: Asked) -> Rows:
    users = _in_use(asked, SiteKind.OFFICE).annotate(user=Func(F("users"), function="unnest")).values("user")
    people = in_post_at(asked, UnitKind.TOWNSHIP_COMMISSION).filter(engagement=Engagement.FULL_TIME)
    return people.filter(person_id__in=users)


def _office_of(asked: Asked) -> Subquery:
    mine = _in_use(asked, SiteKind.OFFICE).filter(users__contains=[OuterRef("person_id")])
    return Subquery(mine.order_by("position", "id").values("name")[:1])


def _site_name(asked: Asked) -> Subquery:
    return Subquery(asked.latest(SiteRecord, site_id=OuterRef("site_id")).values("name"))


SITE_COLUMNS = (
    Column("site", _("Site"), "name", link="site", link_id="site_id"),
    Column("site_code", _("Site code"), "site__code"),
    unit_column(),
    Column("planned_on", _("Planned on"), "planned_on"),
    Column("opened_on", _("Opened on"), "opened_on"),
    Column("basis", _("Basis"), "basis"),
)

ROOMS = pgettext_lazy("unit of count", "talk rooms")


def _sites(key: str, title: Any, definition: Any, order: int, rows: Any, *, unit: Any = ROOMS) -> Figure:
    return Figure(
        key=key, title=title, definition=definition, unit=unit, order=order, record="site", counts="site_id",
        fact="site_record", rows=rows, structural=True, columns=SITE_COLUMNS, order_by=in_order_of_units(),
    )  # fmt: skip


FIGURES = (
    _sites(
        "talk_rooms.count", _("Padded talk rooms"),
        _("Talk rooms with padding that are opened and not closed on the day."), 500, _talk_rooms,
    ),
    _sites(
        "talk_rooms.with_recording", _("Talk rooms with recording"),
        _("Of the padded talk rooms, those with 同步录音录像 in place and not broken on the day."), 501,
        lambda asked: _talk_rooms(asked).filter(_has(asked, RECORDER, in_date=False)),
    ),
    _sites(
        "talk_rooms.with_safe", _("Talk rooms with a safe"),
        _("Of the padded talk rooms, those with 保密柜 in place, sound and in date on the day."), 502,
        lambda asked: _talk_rooms(asked).filter(_has(asked, SAFE)),
    ),
    _sites(
        "talk_rooms.with_first_aid", _("Talk rooms with first aid"),
        _("Of the padded talk rooms, those with 急救药品 in place, sound and in date on the day."), 503,
        lambda asked: _talk_rooms(asked).filter(_has(asked, FIRST_AID)),
    ),
    _sites(
        "talk_rooms.fully_equipped", _("Fully equipped talk rooms"),
        _("Of the padded talk rooms, those with recording, safe and first aid all counted."), 504, _equipped,
    ),
    Figure(
        key="talk_rooms.being_upgraded", title=_("Talk rooms being upgraded"), unit=ROOMS, order=505,
        definition=_("Talk rooms with works begun and not finished on the day."),
        record="site", counts="site_id", fact="works", rows=_upgraded, structural=True,
        columns=(
            Column("site", _("Site"), _site_name, link="site", link_id="site_id"),
            Column("site_code", _("Site code"), "site__code"),
            Column("contents", _("Contents of the works"), "contents"),
            Column("begun_on", _("Begun on"), "starts"),
            Column("due_on", _("Due on"), "due_on"),
        ),
    ),
    _sites(
        "offices.independent", _("Separate offices"),
        _("Separate offices in use on the day that belong to a township commission or a township station."),
        510, _separate_offices, unit=pgettext_lazy("unit of count", "offices"),
    ),
    Figure(
        key="offices.full_time_with_office", title=_("Full-time township staff with an office"), unit=pgettext_lazy("unit of count", "people"),
        definition=_("People full-time at a township commission on the day who are named as users of an office in use."),
        order=511, record="person", counts="person_id", fact="assignment", rows=_people_with_office,
        columns=(*person_columns(), unit_column(), Column("office", _("Office"), _office_of)),
        order_by=in_order_of_units(),
    ),
    _sites(
        "offices.integrated_areas", _("Integrated areas"), _("Integrated areas in use on the day."), 512,
        lambda asked: _in_use(asked, SiteKind.INTEGRATED_AREA), unit=pgettext_lazy("unit of count", "areas"),
    ),
    _sites(
        "culture.corridors", _("Integrity culture corridors"),
        _("Integrity culture corridors planned by the day and not closed."), 520,
        lambda asked: asked.on_day(SiteRecord).filter(kind=SiteKind.CORRIDOR, planned_on__lte=asked.day),
        unit=pgettext_lazy("unit of count", "corridors"),
    ),
)  # fmt: skip


BALANCES = (
    Balance(
        id="talk_rooms.with_recording.within", kind="identity", order=6, compare="<=",
        rule=_("talk_rooms.with_recording <= talk_rooms.count"),
        **between("talk_rooms.with_recording", lambda rooms: rooms, "talk_rooms.count"),
    ),
)  # fmt: skip


def register_figures() -> None:
    """Called once, when the app is ready."""
    register(*FIGURES)
    register_balances(*BALANCES)
