"""What the pages of requests ask: names, editions of the rule, what is offered to whoever asks, who may read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from xiezuo.accounts.api import Ability, Actor, User, as_the_product, has
from xiezuo.approvals.api import Approval
from xiezuo.collaboration.models import Access, Request, RequestMove, Widening
from xiezuo.collaboration.queries.request_lists import headed
from xiezuo.collaboration.queries.requests import LEADING_KINDS, receiving
from xiezuo.organisation.api import Commission, unit_names, units_offered
from xiezuo.organisation.states import UnitKind
from xiezuo.rules.api import RuleKind, rules_on
from xiezuo.rules.models import WorkRule
from xiezuo.sites.models import SiteRecord
from xiezuo.zones.models import Authorisation, ZoneMember
from xiezuo.zones.states import Level

Choice = tuple[int, str]


@dataclass(frozen=True)
class Rules:
    """The situations, methods and procedures in force on a day, in their own order."""

    situations: list[WorkRule]
    methods: list[WorkRule]
    procedures: list[WorkRule]


def rules_of(commission: Commission, on: date) -> Rules:
    """What the form offers from. Three queries."""
    kinds = (RuleKind.SITUATION, RuleKind.METHOD, RuleKind.PROCEDURE)
    return Rules(*(rules_on(commission, kind, on) for kind in kinds))


@dataclass(frozen=True)
class Units:
    """The units that stand on a day: all, those the reader may ask for, and which are 领办 offices; in official order."""

    all: list[Choice]
    own: list[Choice]
    leading: list[int]


def units_for(commission: Commission, actor: Actor, on: date) -> Units:
    """The units that a form offers. One query."""
    found = [each for each in units_offered(commission) if each.record.starts <= on < each.record.ends]
    standing = [(each.unit, each.record.name) for each in found]
    asks = [unit for unit, _name in standing if has(actor, Ability.ASK_HELP, unit=unit)]
    if has(actor, Ability.ASK_HELP, commission=commission.pk):
        asks = [each.unit for each in found if each.record.kind != UnitKind.LEADERSHIP]
    leading = [each.unit for each in found if each.record.kind in LEADING_KINDS]
    return Units(standing, [pair for pair in standing if pair[0] in asks], leading)


def default_unit(commission: Commission, actor: Actor, units: Units) -> int | None:
    """The unit that somebody asks for unless they say another: the one they head, or the only one."""
    heads = headed(actor, commission.pk)
    offered = [unit for unit, _name in units.own]
    return next((unit for unit in offered if unit in heads), offered[0] if len(offered) == 1 else None)


def sites_offered(commission: Commission, on: date) -> list[Choice]:
    """The rooms that stand on a day, in official order. One query."""
    rows = SiteRecord.objects.on(on).filter(commission=commission).order_by("position", "name", "pk")
    return list(rows.values_list("site", "name"))


def authorisations_offered(commission: Commission, on: date) -> list[Choice]:
    """Support offices that are authorised to help on a day, as far as the reader may know. Two queries."""
    rows = Authorisation.objects.filter(
        commission=commission, decided_on__isnull=False, ended_on=None, ends__gt=on
    )
    found = list(rows.order_by("pk"))
    names = unit_names([each.unit_id for each in found], on)
    return [(each.pk, f"{names.get(each.unit_id, '')}（{each.matter}）") for each in found]


def account_names(accounts: Iterable[int | None]) -> dict[int, str]:
    """The name of each account as its owner reads it. One query."""
    found = User.objects.filter(pk__in={each for each in accounts if each is not None})
    return {user.pk: user.get_full_name() or user.get_username() for user in found}


def accounts_offered(commission: Commission) -> list[Choice]:
    """The active accounts of a commission, by name. One query."""
    rows = User.objects.filter(commission=commission.pk, is_active=True).order_by(
        "first_name", "last_name", "username"
    )
    return [(user.pk, user.get_full_name() or user.get_username()) for user in rows]


@dataclass(frozen=True)
class Editions:
    """The edition of a rule that a request keeps: which one it is, and the one in force now if it is another."""

    kept: WorkRule
    number: int
    now: WorkRule | None

    @property
    def changed(self) -> bool:
        """Whether the rule was changed, or ended, since."""
        return self.now is None or self.now.pk != self.kept.pk


def editions_of(row: Request, on: date) -> Editions | None:
    """The editions of the rule that a request began under; None for a draft. Two queries.

    Read as the product: what a request goes by is told to whoever reads the request.
    """
    if row.rule is None:
        return None
    with as_the_product():
        kept = WorkRule.objects.filter(commission=row.commission_id, pk=row.rule).first()
        if kept is None:
            return None
        rows = WorkRule.objects.current().filter(commission=row.commission_id, kind=kept.kind, code=kept.code)
        known = list(rows.order_by("starts"))
    number = sum(1 for each in known if each.starts < kept.starts) + 1
    return Editions(kept, number, next((each for each in known if each.starts <= on < each.ends), None))


def redrawn(row: Request, on: date) -> bool:
    """Whether the zone that received a request, or its axis, is another one by now. Three queries."""
    with as_the_product():
        now = receiving(row.commission, row.unit_id, on)
    return (now.zone, set(now.axis)) != (row.zone, set(row.axis))


def moves_of(row: Request) -> list[RequestMove]:
    """Everything that was done with a request, the first first. One query."""
    return list(row.moves.order_by("version"))


def approval_of(row: Request) -> Approval | None:
    """Its application, for whoever takes part in it. One query."""
    if row.approval is None:
        return None
    return Approval.objects.select_related("commission").filter(pk=row.approval).first()


def readers_of(row: Request, on: date) -> list[Access]:
    """Who reads a request by name on a day, in the order in which they were let in. One query."""
    rows = Access.objects.filter(request=row, cut_at=None, starts__lte=on, ends__gt=on)
    return list(rows.order_by("starts", "pk"))


def widenings_of(row: Request) -> list[Widening]:
    """Applications for others to read it that are not decided. One query."""
    return list(Widening.objects.filter(request=row, decided_at=None).order_by("pk"))


def widening_shown(pk: int) -> Widening | None:
    """One application for somebody to read a request, if it is for the reader. One query."""
    return Widening.objects.filter(pk=pk).first()


def lead_offered(commission: Commission, unit: int, leading: Collection[int], on: date) -> int | None:
    """The office that is in the lead by default: of the zone that receives the requests of a unit. Two queries."""
    zones = (
        ZoneMember.objects.on(on).filter(commission=commission, unit=unit, level=Level.SECOND).values("zone")
    )
    of_zone = ZoneMember.objects.on(on).filter(commission=commission, zone__in=zones, unit__in=leading)
    found: int | None = of_zone.order_by("position", "pk").values_list("unit", flat=True).first()
    return found
