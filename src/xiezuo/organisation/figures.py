"""Figures of units and people, word for word as the ledger book defines them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.figures.api import Asked, Column, Figure, register
from xiezuo.organisation.balances import register_balances_of_the_organisation
from xiezuo.organisation.columns import in_order_of_units, person_columns, unit_column, unit_name
from xiezuo.organisation.counting import at_kind, in_post_at, units_of
from xiezuo.organisation.models import Assignment, UnitRecord
from xiezuo.organisation.states import (
    DEPUTY_SECRETARY,
    HEAD,
    INTERNAL_OFFICES,
    MEMBER,
    Engagement,
    MoveIn,
    UnitKind,
)

Rows = QuerySet[Any, Any]

PEOPLE, UNITS, APPOINTMENTS = (
    pgettext_lazy("unit of count", "people"),
    pgettext_lazy("unit of count", "units"),
    pgettext_lazy("unit of count", "appointments"),
)

POST_COLUMNS = (
    *person_columns(),
    unit_column(),
    Column("post", _("Post"), "post"),
    Column("engagement", _("Full-time or part-time"), "engagement"),
    Column("status", _("Kind of staff"), "status"),
    Column("since", _("Since"), "starts"),
    Column("basis", _("Basis"), "basis"),
)
MOVE_COLUMNS = (
    *person_columns(),
    unit_column(),
    Column("post", _("Post"), "post"),
    Column("moves", _("Move"), "moves"),
    Column("from_unit", _("From unit"), unit_name("from_unit_id"), link="unit", link_id="from_unit_id"),
    Column("from_outside", _("From outside"), "from_outside"),
    Column("day", _("Day"), "starts"),
    Column("basis", _("Basis"), "basis"),
)
UNIT_COLUMNS = (
    Column("unit", _("Unit"), "name", link="unit", link_id="unit_id"),
    Column("unit_code", _("Unit code"), "unit__code"),
    Column("kind", _("Kind of unit"), "kind"),
    Column("since", _("Since"), "starts"),
    Column("basis", _("Basis"), "basis"),
)

UNIT_KEYS: tuple[tuple[str, UnitKind, Any, Any], ...] = (
    (
        "leaderships",
        UnitKind.LEADERSHIP,
        _("Leaderships"),
        _("Units of the kind 领导班子 that stand on the day."),
    ),
    (
        "supervision_offices",
        UnitKind.SUPERVISION_OFFICE,
        _("Supervision offices"),
        _("Units of the kind 监督检查室 that stand on the day."),
    ),
    (
        "investigation_offices",
        UnitKind.INVESTIGATION_OFFICE,
        _("Investigation offices"),
        _("Units of the kind 审查调查室 that stand on the day."),
    ),
    (
        "support_offices",
        UnitKind.SUPPORT_OFFICE,
        _("Support offices"),
        _("Units of the kind 综合科室 that stand on the day."),
    ),
    (
        "inspection_bodies",
        UnitKind.INSPECTION_BODY,
        _("Inspection bodies"),
        _("Units of the kind 巡察机构 that stand on the day."),
    ),
    (
        "other_offices",
        UnitKind.OTHER_OFFICE,
        _("Other internal offices"),
        _("Units of the kind 其他内设机构 that stand on the day."),
    ),
    (
        "stationed_groups",
        UnitKind.STATIONED_GROUP,
        _("Stationed groups"),
        _("Units of the kind 派驻纪检监察组 that stand on the day."),
    ),
    (
        "township_stations",
        UnitKind.TOWNSHIP_STATION,
        _("Township stations"),
        _("Units of the kind 驻乡镇纪检监察工作室 that stand on the day."),
    ),
    (
        "township_commissions",
        UnitKind.TOWNSHIP_COMMISSION,
        _("Township commissions"),
        _("Units of the kind 乡镇纪委 that stand on the day."),
    ),
    (
        "subdistrict_committees",
        UnitKind.SUBDISTRICT_COMMITTEE,
        _("Subdistrict committees"),
        _("Units of the kind 街道纪工委 that stand on the day."),
    ),
    (
        "zone_committees",
        UnitKind.ZONE_COMMITTEE,
        _("Development zone committees"),
        _("Units of the kind 开发区纪检监察工委 that stand on the day."),
    ),
    (
        "dispatched_offices",
        UnitKind.DISPATCHED_OFFICE,
        _("Dispatched supervision offices"),
        _("Units of the kind 派出监察办公室 that stand on the day."),
    ),
    (
        "enterprise_commissions",
        UnitKind.ENTERPRISE_COMMISSION,
        _("Enterprise commissions"),
        _("Units of the kind 国有企业纪委 that stand on the day."),
    ),
)


def _units(key: str, kind: UnitKind, title: Any, definition: Any, order: int) -> Figure:
    return Figure(
        key=key, title=title, definition=definition, unit=UNITS, order=order, record="unit", counts="unit_id",
        fact="unit_record", rows=lambda asked: asked.on_day(UnitRecord).filter(kind=kind), columns=UNIT_COLUMNS, structural=True,
        order_by=lambda _asked: [F("order_no").asc(nulls_last=True)],
    )  # fmt: skip


def _people(key: str, title: Any, definition: Any, order: int, kind: UnitKind, **narrower: Any) -> Figure:
    """People in post at units of a kind, each once."""
    return Figure(
        key=key, title=title, definition=definition, unit=PEOPLE, order=order, record="person", counts="person_id",
        fact="assignment", rows=lambda asked: in_post_at(asked, kind).filter(**narrower), columns=POST_COLUMNS,
        order_by=in_order_of_units(),
    )  # fmt: skip


def _moves(
    key: str,
    title: Any,
    definition: Any,
    order: int,
    kind: UnitKind,
    *moves: MoveIn,
    monthly: bool,
    **narrower: Any,
) -> Figure:
    """Assignments begun in the period at units of a kind, in all of these ways."""

    def rows(asked: Asked) -> Rows:
        begun = asked.begun(Assignment).filter(moves__contains=list(moves), **narrower)
        begun = begun.filter(at_kind(asked, kind))
        return begun.filter(_from_organs(asked)) if key == "stationed.moved_from_organs" else begun

    return Figure(
        key=key, title=title, definition=definition, unit=APPOINTMENTS, order=order, record="assignment", rows=rows,
        columns=MOVE_COLUMNS, monthly=monthly, order_by=lambda asked: ["starts", *in_order_of_units()(asked)],
    )  # fmt: skip


def _from_organs(asked: Asked) -> Exists:
    # The office may have been closed by the very move, so any of its days tells its kind.
    return Exists(asked.every(UnitRecord).filter(unit_id=OuterRef("from_unit_id"), kind__in=INTERNAL_OFFICES))


def _per_township(key: str, title: Any, definition: Any, order: int, reduce: Any, **narrower: Any) -> Figure:
    """A figure derived from the number of people at each township commission that stands on the day."""

    def rows(asked: Asked) -> Rows:
        held = asked.of_outer_on_day(Assignment, unit_id=OuterRef("unit_id"), **narrower).order_by()
        sizes = held.values("unit_id").annotate(size=Count("person_id", distinct=True)).values("size")
        return units_of(asked, UnitKind.TOWNSHIP_COMMISSION).annotate(people=Coalesce(Subquery(sizes), 0))

    return Figure(
        key=key, title=title, definition=definition, unit=PEOPLE, order=order, record="unit", counts="unit_id",
        fact="unit_record", rows=rows, measure="people", reduce=reduce,
        columns=(UNIT_COLUMNS[0], UNIT_COLUMNS[1], Column("people", _("Number of people"), "people")),
        order_by=lambda _asked: [F("order_no").asc(nulls_last=True)],
    )  # fmt: skip


def same_everywhere(sizes: Sequence[int]) -> int | None:
    """The one number that all share; None if they differ or there are none."""
    return sizes[0] if len(set(sizes)) == 1 else None


def largest(sizes: Sequence[int]) -> int | None:
    """The largest number; None if there are none."""
    return max(sizes, default=None)


def same_at_the_others(sizes: Sequence[int]) -> int | None:
    """The number that all but one of the largest share; None if they differ or there are no others."""
    return same_everywhere(sorted(sizes)[:-1])


GROUP, TOWNSHIP = UnitKind.STATIONED_GROUP, UnitKind.TOWNSHIP_COMMISSION
FULL_TIME = {"engagement": Engagement.FULL_TIME}

STATIONED = (
    _moves(
        "stationed.moved_from_organs",
        _("Moved from the organs to stationed groups"),
        _("Assignments begun in the period at a stationed group by 调整 whose former unit is an internal office."),
        200, GROUP, MoveIn.MOVED, monthly=True,
    ),
    _moves(
        "stationed.transferred_in",
        _("Newly transferred to stationed groups"),
        _("Assignments begun in the period at a stationed group by 调入."),
        201, GROUP, MoveIn.TRANSFERRED, monthly=True,
    ),
    _moves(
        "stationed.leaders_appointed",
        _("Heads of stationed groups newly appointed"),
        _("Assignments begun in the period at a stationed group by 配备 in the post 组长."),
        202, GROUP, MoveIn.APPOINTED, monthly=True, post=HEAD,
    ),
    _people(
        "stationed.leaders",
        _("Heads of stationed groups in post"),
        _("People in post as 组长 of a stationed group on the day, each once."),
        203, GROUP, post=HEAD,
    ),
    _moves(
        "stationed.seconded_in",
        _("Seconded to stationed groups"),
        _("Assignments begun in the period at a stationed group by 借调."),
        204, GROUP, MoveIn.SECONDED, monthly=True,
    ),
    _people(
        "stationed.staff",
        _("Staff of stationed groups"),
        _("People in post at a stationed group on the day, each once, whatever their status."),
        205, GROUP,
    ),
)  # fmt: skip

TOWNSHIPS = (
    _moves(
        "township.deputies_made_full_time",
        _("Deputy secretaries of township commissions made full-time"),
        _("Assignments begun in the period at a township commission by 兼职转专职 in the post 副书记."),
        300, TOWNSHIP, MoveIn.MADE_FULL_TIME, monthly=False, post=DEPUTY_SECRETARY,
    ),
    _moves(
        "township.members_made_full_time",
        _("Members of township commissions made full-time"),
        _("Assignments begun in the period at a township commission by 兼职转专职 in the post 委员."),
        301, TOWNSHIP, MoveIn.MADE_FULL_TIME, monthly=False, post=MEMBER,
    ),
    _moves(
        "township.deputies_newly_appointed",
        _("Of which deputy secretaries newly in post"),
        _("Of the deputy secretaries made full-time in the period, those who are also 新任."),
        302, TOWNSHIP, MoveIn.MADE_FULL_TIME, MoveIn.NEW, monthly=False, post=DEPUTY_SECRETARY,
    ),
    _moves(
        "township.members_newly_appointed",
        _("Of which members newly in post"),
        _("Of the members made full-time in the period, those who are also 新任."),
        303, TOWNSHIP, MoveIn.MADE_FULL_TIME, MoveIn.NEW, monthly=False, post=MEMBER,
    ),
    _units(
        "township.commissions", TOWNSHIP, _("Number of township commissions"),
        _("Units of the kind 乡镇纪委 that stand on the day."), 304,
    ),
    _people(
        "township.staff",
        _("Staff of township commissions"),
        _("People in post at a township commission on the day, each once."),
        305, TOWNSHIP,
    ),
    _per_township(
        "township.staff_each",
        _("Staff of each township commission"),
        _("People in post at each township commission on the day, if the number is the same at all; otherwise none."),
        306, same_everywhere,
    ),
    _people(
        "township.full_time",
        _("Full-time staff of township commissions"),
        _("People in post at a township commission on the day, each once, if any post there is full-time."),
        307, TOWNSHIP, **FULL_TIME,
    ),
    _per_township(
        "township.full_time_most",
        _("Full-time staff of the township with the most"),
        _("The largest number of full-time people at one township commission on the day."),
        308, largest, **FULL_TIME,
    ),
    _per_township(
        "township.full_time_others_each",
        _("Full-time staff of each other township"),
        _(
            "Full-time people at each township commission but the one with the most, if the number is the same at all;"
            " otherwise none. One without people counts as 0."
        ),
        309, same_at_the_others, **FULL_TIME,
    ),
)  # fmt: skip


def register_figures() -> None:
    """Called once, when the app is ready."""
    kinds = (
        _units(f"units.{key}", kind, title, definition, 700 + place)
        for place, (key, kind, title, definition) in enumerate(UNIT_KEYS)
    )
    register(*STATIONED, *TOWNSHIPS, *kinds)
    register_balances_of_the_organisation()
