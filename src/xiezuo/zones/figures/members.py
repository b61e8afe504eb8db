"""Figures of who stands in a zone and who in none, and of leaders who hold more zones than the rule allows."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count, F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.figures.api import Ask, Asked, Asking, Balance, Column, Figure, Question, Sides
from xiezuo.organisation.columns import in_order_of_units, unit_column
from xiezuo.organisation.counting import units_of
from xiezuo.organisation.states import UnitKind
from xiezuo.rules.models import WorkRule
from xiezuo.rules.states import RuleKind
from xiezuo.zones.figures.ledger import Rows, leaders_figure, leading, standing, zone_name
from xiezuo.zones.judged import ZONED
from xiezuo.zones.models import ZoneMember
from xiezuo.zones.states import Level, Role

SPAN_RULE = "Z05"
UNITS = pgettext_lazy("unit of count", "units")
KINDS = tuple(UnitKind(kind) for kind in ZONED)


def _inside(asked: Asked) -> Rows:
    """Memberships, none of them of a helper, in standing second-level zones, of standing units of the kinds of zones."""
    zones = standing(asked, level=Level.SECOND).values("zone_id")
    units = units_of(asked, *KINDS).values("unit_id")
    return asked.on_day(ZoneMember).filter(zone_id__in=zones, unit_id__in=units).exclude(role=Role.HELPER)


def _outside(asked: Asked) -> Rows:
    return units_of(asked, *KINDS).exclude(unit_id__in=_inside(asked).values("unit_id"))


def _beyond(asked: Asked) -> Rows:
    """Leaderships of people with more second-level zones than the rule in force on the day allows."""
    rule = asked.of_outer_on_day(
        WorkRule, commission_id=OuterRef("commission_id"), kind=RuleKind.ZONING, code=SPAN_RULE
    )
    spans = leading(asked, Level.SECOND).order_by().values("commission_id", "person_id")
    counted = spans.annotate(span=Count("zone_id", distinct=True), most=Subquery(rule.values("limit")[:1]))
    wide = counted.filter(span__gt=F("most")).values("person_id")
    return leading(asked, Level.SECOND).filter(person_id__in=wide)


FIGURES = (
    Figure(
        key="zones.members", title=_("Units in zones"), unit=UNITS, order=808,
        definition=_("Supervision and investigation offices, stationed groups, township stations, and commissions of townships, streets and development zones that stand on the day and are axis, lead unit or member of a standing second-level zone, each once. Helpers are no members."),
        record="unit", counts="unit_id", fact="zone_member", rows=_inside, structural=True,
        columns=(
            unit_column(), Column("zone", _("Zone"), zone_name, link="zone", link_id="zone_id"), Column("role", _("Role"), "role"),
            Column("since", _("Since"), "starts"), Column("basis", _("Basis"), "basis"),
        ),
        order_by=in_order_of_units(),
    ),
    Figure(
        key="zones.units_outside", title=_("Units in no zone"), unit=UNITS, order=809,
        definition=_("Units of the same kinds that stand on the day and are a member of no standing second-level zone."),
        record="unit", counts="unit_id", fact="unit_record", rows=_outside, structural=True,
        columns=(unit_column(), Column("kind", _("Kind"), "kind"), Column("since", _("Since"), "starts"), Column("basis", _("Basis"), "basis")),
        order_by=in_order_of_units(),
    ),
    leaders_figure(
        "zones.leaders_beyond_span", _("Leaders of more zones than allowed"),
        _("People who lead more standing second-level zones on the day than the work rule Z05 in force that day allows; nobody where there is no such rule."),
        810, _beyond,
    ),
)  # fmt: skip


# Balances: each side is counted by itself.


def _by_zone(asked: Asked) -> Rows:
    groups = _inside(asked).order_by().values("commission_id", "zone_id")
    return groups.annotate(size=Count("unit_id", distinct=True)).values_list("commission_id", "size")


def _of_kinds(asked: Asked) -> Rows:
    groups = units_of(asked, *KINDS).order_by().values("commission_id")
    return groups.annotate(size=Count("unit_id", distinct=True)).values_list("commission_id", "size")


BY_ZONE, OF_KINDS = Question(_by_zone), Question(_of_kinds)


def _sum(question: Question, asking: Asking) -> Counter[int]:
    totals: Counter[int] = Counter()
    for commission, size in question.ask(asking):
        totals[commission] += size
    return totals


def _members_by_zone(ask: Ask) -> Mapping[int, Sides]:
    sizes = _sum(BY_ZONE, ask.asking)
    return {each: Sides(ask("zones.members", each), sizes[each]) for each in ask.asking.commissions}


def _every_unit(ask: Ask) -> Mapping[int, Sides]:
    sizes = _sum(OF_KINDS, ask.asking)
    return {each: Sides(_both(ask, each), sizes[each]) for each in ask.asking.commissions}


def _both(ask: Ask, commission: int) -> int | None:
    inside, outside = ask("zones.members", commission), ask("zones.units_outside", commission)
    return None if inside is None or outside is None else inside + outside


BALANCES = (
    Balance(
        id="zones.members.by_zone", kind="identity", order=808, sides=_members_by_zone,
        rule=_("zones.members = sum over second-level zones of their members"),
    ),
    Balance(
        id="zones.members.and_outside", kind="identity", order=809, sides=_every_unit,
        rule=_("zones.members + zones.units_outside = units of the kinds that belong in zones"),
    ),
)  # fmt: skip
