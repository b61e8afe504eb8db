"""Requests for who may read them, the zone that receives one, and what the rules say of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.collaboration.models import Request
from xiezuo.organisation.api import Commission
from xiezuo.organisation.models import UnitRecord
from xiezuo.organisation.states import UnitKind
from xiezuo.rules.models import WorkRule
from xiezuo.rules.states import RuleKind
from xiezuo.shared.errors import NotThere
from xiezuo.sites.models import SiteRecord
from xiezuo.zones.models import Authorisation, ZoneMember, ZoneRecord
from xiezuo.zones.states import Level, Role

LEADING_KINDS = (UnitKind.SUPERVISION_OFFICE, UnitKind.INVESTIGATION_OFFICE)
"""领办 offices: they mainly take matters in hand (domain.md §0)."""


def requests_of(commission: Commission) -> QuerySet[Request]:
    """The requests of a commission that the reader may see, as the database shows them."""
    return Request.objects.filter(commission=commission)


def request_shown(commission: Commission, pk: int) -> Request:
    """One request. Raises `NotThere` if there is none, or none for the reader. One query."""
    found = requests_of(commission).select_related("commission").filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such request, or it is not for you."))
    return found


@dataclass(frozen=True)
class Receiving:
    """The second-level zone that receives the requests of a unit on a day, the one above it, and its axis and lead units."""

    zone: int | None = None
    first_zone: int | None = None
    axis: tuple[int, ...] = ()


def receiving(commission: Commission, unit: int, on: date) -> Receiving:
    """Who receives a request of a unit: of the zone it belongs to, the axis, or the lead units where there is none.

    A unit outside the zones, such as a support office, has none. Three queries.
    """
    rows = ZoneMember.objects.on(on).filter(commission=commission, level=Level.SECOND).exclude(role=Role.HELPER)  # fmt: skip
    mine = rows.filter(unit=unit).order_by("position", "pk").first()
    if mine is None:
        return Receiving()
    parts = list(rows.filter(zone=mine.zone_id).order_by("position", "pk").values_list("unit", "role"))
    axis = [each for each, role in parts if role == Role.AXIS] or [each for each, role in parts if role == Role.LEAD]  # fmt: skip
    above = ZoneRecord.objects.on(on).filter(zone=mine.zone_id).values_list("parent", flat=True).first()
    return Receiving(mine.zone_id, above, tuple(dict.fromkeys(axis)))


def units_standing(commission: Commission, units: Iterable[int], on: date) -> dict[int, UnitRecord]:
    """Those of the units that stand on a day, with their records. One query."""
    rows = UnitRecord.objects.on(on).filter(commission=commission, unit__in=set(units))
    return {row.unit_id: row for row in rows}


def office_named(commission: Commission, words: str, on: date) -> int | None:
    """The office of that name on a day, such as 案件审理室. One query."""
    rows = UnitRecord.objects.on(on).filter(commission=commission, name__endswith=words)
    return rows.order_by("position", "pk").values_list("unit", flat=True).first()


def situation_known(commission: Commission, code: str, on: date) -> WorkRule | None:
    """The situation of that code in force on a day. One query."""
    return WorkRule.objects.on(on).filter(commission=commission, kind=RuleKind.SITUATION, code=code).first()


def edition_of(row: Request) -> WorkRule | None:
    """The edition of the procedure that a request began under; None before it was submitted. One query."""
    return None if row.rule is None else WorkRule.objects.filter(commission=row.commission_id, pk=row.rule).first()  # fmt: skip


def site_known(commission: Commission, site: int, on: date) -> bool:
    """Whether a site stands on a day. One query."""
    return SiteRecord.objects.on(on).filter(commission=commission, site=site).exists()


def authorisations_known(commission: Commission, numbers: Iterable[int]) -> list[Authorisation]:
    """Authorisations for support offices that were decided. One query."""
    rows = Authorisation.objects.filter(commission=commission, pk__in=set(numbers), decided_on__isnull=False)
    return list(rows.order_by("pk"))


def rule_words(row: Request) -> list[tuple[str, str]]:
    """Situation, method and rule of a request in words, as on the day it was submitted. Three queries."""
    on = timezone.localdate(row.submitted_at or row.begun_at)
    rows = WorkRule.objects.on(on).filter(commission=row.commission_id)
    situation = rows.filter(kind=RuleKind.SITUATION, code=row.situation).first()
    method = rows.filter(kind=RuleKind.METHOD, code=row.method).first()
    rule = edition_of(row)
    return [
        (pgettext("request", "Situation"), situation.name if situation else row.situation),
        (pgettext("request", "Method"), method.name if method else row.method),
        (pgettext("request", "Work rule"), f"{rule.code} {rule.name}（{rule.rule}）" if rule else ""),
    ]
