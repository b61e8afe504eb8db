"""Figures and balances of the zones as the ledger has them, word for word as the ledger book defines them."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xiezuo.figures.api import (
    Ask,
    Asked,
    Asking,
    Balance,
    Column,
    Figure,
    Question,
    Sides,
    between,
)
from xiezuo.organisation.columns import in_order_of_units, person_columns, person_name, unit_column
from xiezuo.organisation.counting import units_of
from xiezuo.organisation.states import UnitKind
from xiezuo.zones.models import ZoneLeader, ZoneMember, ZoneRecord
from xiezuo.zones.states import Level, Role, ZoneKind

Rows = QuerySet[Any, Any]
LEADING_KINDS = (UnitKind.SUPERVISION_OFFICE, UnitKind.INVESTIGATION_OFFICE)


def standing(asked: Asked, **narrower: Any) -> Rows:
    """Zones that stand on the day."""
    return asked.on_day(ZoneRecord).filter(**narrower)


def leading(asked: Asked, level: Level) -> Rows:
    """Leaderships on the day of standing zones of the level."""
    return asked.on_day(ZoneLeader).filter(zone_id__in=standing(asked, level=level).values("zone_id"))


def _with_two(asked: Asked) -> Rows:
    spans = (
        leading(asked, Level.SECOND)
        .order_by()
        .values("person_id")
        .annotate(span=Count("zone_id", distinct=True))
    )
    return leading(asked, Level.SECOND).filter(person_id__in=spans.filter(span=2).values("person_id"))


def _lead_offices(asked: Asked) -> Rows:
    direct = standing(asked, level=Level.SECOND, kind=ZoneKind.DIRECT).values("zone_id")
    offices = units_of(asked, *LEADING_KINDS).values("unit_id")
    return asked.on_day(ZoneMember).filter(role=Role.LEAD, zone_id__in=direct, unit_id__in=offices)


def zone_name(asked: Asked) -> Subquery:
    """What a zone is called on the day, or was last."""
    return Subquery(asked.latest(ZoneRecord, zone_id=OuterRef("zone_id")).values("name"))


def _zones(key: str, title: Any, definition: Any, order: int, **narrower: Any) -> Figure:
    return Figure(
        key=key, title=title, definition=definition, unit=pgettext_lazy("unit of count", "zones"), order=order, record="zone", counts="zone_id",
        fact="zone_record", rows=lambda asked: standing(asked, **narrower), structural=True,
        columns=(
            Column("zone", _("Zone"), "name", link="zone", link_id="zone_id"),
            Column("zone_code", _("Zone code"), "zone__code"),
            Column("level", _("Level"), "level"),
            Column("kind", _("Kind of zone"), "kind"),
            Column("since", _("Since"), "starts"),
            Column("basis", _("Basis"), "basis"),
        ),
    )  # fmt: skip


def leaders_figure(key: str, title: Any, definition: Any, order: int, rows: Any) -> Figure:
    """A figure of people who lead zones."""
    return Figure(
        key=key, title=title, definition=definition, unit=pgettext_lazy("unit of count", "people"), order=order, record="person",
        counts="person_id", fact="zone_leader", rows=rows, structural=True,
        columns=(
            *person_columns(),
            Column("zone", _("Zone"), zone_name, link="zone", link_id="zone_id"),
            Column("since", _("Since"), "starts"),
            Column("basis", _("Basis"), "basis"),
        ),
    )  # fmt: skip


FIGURES = (
    _zones(
        "zones.first_level", _("First-level zones"), _("First-level zones that stand on the day."), 800,
        level=Level.FIRST,
    ),
    leaders_figure(
        "zones.first_level_leaders",
        _("Deputy secretaries in overall contact"),
        _("People who lead a standing first-level zone on the day, each once."),
        801, lambda asked: leading(asked, Level.FIRST),
    ),
    _zones(
        "zones.second_level", _("Second-level zones"), _("Second-level zones that stand on the day."), 802,
        level=Level.SECOND,
    ),
    _zones(
        "zones.township_zones", _("Township zones"),
        _("Second-level zones of the kind 乡镇 that stand on the day."), 803,
        level=Level.SECOND, kind=ZoneKind.TOWNSHIP,
    ),
    _zones(
        "zones.direct_zones", _("Direct zones"),
        _("Second-level zones of the kind 县直 that stand on the day."), 804,
        level=Level.SECOND, kind=ZoneKind.DIRECT,
    ),
    Figure(
        key="zones.lead_offices", title=_("Offices that lead zones"), unit=pgettext_lazy("unit of count", "units"), order=805,
        definition=_("Supervision and investigation offices that are 领办 of a direct zone on the day, each once."),
        record="unit", counts="unit_id", fact="zone_member", rows=_lead_offices, structural=True,
        columns=(
            unit_column(),
            Column("zone", _("Zone"), zone_name, link="zone", link_id="zone_id"),
            Column("role", _("Role"), "role"),
            Column("since", _("Since"), "starts"),
            Column("basis", _("Basis"), "basis"),
        ),
        order_by=in_order_of_units(),
    ),
    leaders_figure(
        "zones.second_level_leaders",
        _("Standing committee members in contact with zones"),
        _("People who lead a standing second-level zone on the day, each once."),
        806, lambda asked: leading(asked, Level.SECOND),
    ),
    leaders_figure(
        "zones.leaders_with_two",
        _("Leaders of two zones"),
        _("People who lead exactly two standing second-level zones on the day."),
        807, _with_two,
    ),
)  # fmt: skip


# Balances. One side of the leaderships is counted by zone, the other by leader.


def _spans_by(field: str, other: str) -> Question:
    def build(asked: Asked) -> Rows:
        groups = leading(asked, Level.SECOND).order_by().values("commission_id", field)
        return groups.annotate(span=Count(other, distinct=True)).values_list("commission_id", "span")

    return Question(build)


BY_ZONE, BY_LEADER = _spans_by("zone_id", "person_id"), _spans_by("person_id", "zone_id")


def _leaderships(ask: Ask) -> Mapping[int, Sides]:
    left, right = _total(BY_ZONE, ask.asking), _total(BY_LEADER, ask.asking)
    return {commission: Sides(left[commission], right[commission]) for commission in ask.asking.commissions}


def _total(question: Question, asking: Asking) -> Counter[int]:
    totals: Counter[int] = Counter()
    for commission, span in question.ask(asking):
        totals[commission] += span
    return totals


def _stations_without_zone(asked: Asked) -> Rows:
    zones = standing(asked, level=Level.SECOND, kind=ZoneKind.TOWNSHIP).values("zone_id")
    axes = asked.of_outer_on_day(ZoneMember, unit_id=OuterRef("unit_id"), role=Role.AXIS, zone_id__in=zones)
    stations = units_of(asked, UnitKind.TOWNSHIP_STATION).filter(~Exists(axes))
    return stations.order_by("order_no", "position", "id").values_list("commission_id", "name")


def _zones_without_station(asked: Asked) -> Rows:
    stations = units_of(asked, UnitKind.TOWNSHIP_STATION).values("unit_id")
    axes = asked.of_outer_on_day(
        ZoneMember, zone_id=OuterRef("zone_id"), role=Role.AXIS, unit_id__in=stations
    )
    zones = standing(asked, level=Level.SECOND, kind=ZoneKind.TOWNSHIP).filter(~Exists(axes))
    return zones.order_by("position", "id").values_list("commission_id", "name")


def _offices_without_zone(asked: Asked) -> Rows:
    leading = _lead_offices(asked).values("unit_id")
    offices = units_of(asked, *LEADING_KINDS).exclude(unit_id__in=leading)
    return offices.order_by("order_no", "position", "id").values_list("commission_id", "name")


def _zones_by_leaders(asked: Asked) -> Rows:
    """Second-level zones with another number of leaders than one."""
    held = asked.of_outer_on_day(ZoneLeader, zone_id=OuterRef("zone_id")).order_by().values("zone_id")
    leaders = Coalesce(Subquery(held.annotate(size=Count("person_id", distinct=True)).values("size")), 0)
    zones = standing(asked, level=Level.SECOND).annotate(leaders=leaders).exclude(leaders=1)
    return zones.order_by("position", "id").values_list("commission_id", "name", "leaders")


def _wide_spans(asked: Asked) -> Rows:
    """People who lead three or more second-level zones."""
    spans = leading(asked, Level.SECOND).order_by().values("commission_id", "person_id")
    wide = spans.annotate(span=Count("zone_id", distinct=True), name=person_name()(asked)).filter(span__gt=2)
    return wide.values_list("commission_id", "name", "span")


STATIONS_WITHOUT_ZONE, ZONES_WITHOUT_STATION = (
    Question(_stations_without_zone),
    Question(_zones_without_station),
)
OFFICES_WITHOUT_ZONE = Question(_offices_without_zone)
ZONES_BY_LEADERS, WIDE_SPANS = Question(_zones_by_leaders), Question(_wide_spans)


def _stations_short(asking: Asking) -> dict[int, list[str]]:
    found = _worded(
        {}, STATIONS_WITHOUT_ZONE.ask(asking), gettext("%(name)s is the axis of no township zone")
    )
    return _worded(
        found, ZONES_WITHOUT_STATION.ask(asking), gettext("%(name)s: no township station is its axis")
    )


def _offices_short(asking: Asking) -> dict[int, list[str]]:
    return _worded({}, OFFICES_WITHOUT_ZONE.ask(asking), gettext("%(name)s leads no direct zone"))


def _leaders_short(asking: Asking) -> dict[int, list[str]]:
    found = _worded({}, ZONES_BY_LEADERS.ask(asking), gettext("%(name)s: %(count)s leaders"))
    return _worded(found, WIDE_SPANS.ask(asking), gettext("%(name)s leads %(count)s zones"))


def _worded(found: dict[int, list[str]], rows: list[tuple[Any, ...]], words: str) -> dict[int, list[str]]:
    for commission, name, *count in rows:
        found.setdefault(commission, []).append(words % {"name": name, "count": count[0] if count else 1})
    return found


BALANCES = (
    Balance(
        id="zones.second_level.by_kind", kind="identity", order=3,
        rule=_("zones.second_level = zones.township_zones + zones.direct_zones"),
        **between("zones.second_level", lambda left, right: left + right, "zones.township_zones", "zones.direct_zones"),
    ),
    Balance(
        id="zones.leaderships.by_leader", kind="identity", order=4, sides=_leaderships,
        rule=_("leaderships of second-level zones = sum over leaders of their spans"),
    ),
    Balance(
        id="zones.township_zones.per_station", kind="expectation", order=2, missing=_stations_short,
        rule=_("zones.township_zones = units.township_stations"),
        **between("zones.township_zones", lambda stations: stations, "units.township_stations"),
    ),
    Balance(
        id="zones.lead_offices.all", kind="expectation", order=3, missing=_offices_short,
        rule=_("zones.lead_offices = units.supervision_offices + units.investigation_offices"),
        **between(
            "zones.lead_offices", lambda left, right: left + right,
            "units.supervision_offices", "units.investigation_offices",
        ),
    ),
    Balance(
        id="zones.leaders.spans", kind="expectation", order=4, missing=_leaders_short,
        rule=_("zones.second_level = zones.second_level_leaders + zones.leaders_with_two"),
        **between(
            "zones.second_level", lambda left, right: left + right,
            "zones.second_level_leaders", "zones.leaders_with_two",
        ),
    ),
)  # fmt: skip
