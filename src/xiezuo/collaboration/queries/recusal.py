"""Recusal: who was asked, which questions wait and for whom, and who decides about somebody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Role, Scope, as_the_product, persons_of, rights_in_force
from xiezuo.collaboration.models import Declaration, Recusal, RecusalGround, Request
from xiezuo.collaboration.states import RecusalDecision
from xiezuo.organisation.api import Commission, person_names, role_of_post
from xiezuo.organisation.models import Assignment, Person, UnitRecord
from xiezuo.rules.api import RuleKind, rules_on
from xiezuo.rules.models import WorkRule
from xiezuo.shared.errors import NotThere


class Rung(Enum):
    """Who decides, from the nearest: the head of the unit, the secretary, the upper commission on paper."""

    HEAD = "head"
    SECRETARY = "secretary"
    UPPER = "upper"


@dataclass(frozen=True)
class Decider:
    """An account that decides on one rung; the upper commission's decision is entered by the case-management office."""

    rung: Rung
    account: int


def accounts_of(person: int, commission: int) -> list[int]:
    """The accounts that are confirmed to be a person's. One query."""
    known = persons_of(commission=commission)
    return [account for account, who in known.items() if who == person]


def grounds_on(commission: Commission, on: date) -> dict[str, WorkRule]:
    """The county's grounds of recusal in force, by code and in their order. One query."""
    return {rule.code: rule for rule in rules_on(commission, RuleKind.GROUND, on)}


def ladder_of(person: int, request: Request, on: date) -> list[Decider]:
    """Who decides about somebody, and who after that if nobody does: one of each rung. As the product.

    A head's own is decided above (政务处分法 48); whoever may have to stand out of the request themselves decides nothing.
    """
    mine = accounts_of(person, request.commission_id)
    units, heads_something, leads_all = _posts(person, on)
    out = {*mine, *_stood_out(request)}
    rungs: list[tuple[Rung, Q]] = []
    if not heads_something and not leads_all:
        rungs.append((Rung.HEAD, Q(role=Role.UNIT_HEAD, scope_kind=Scope.UNIT, scope_id__in=units)))
    if not leads_all:
        rungs.append((Rung.SECRETARY, Q(role=Role.SECRETARY, scope_kind=Scope.COMMISSION)))
    rungs.append((Rung.UPPER, Q(role=Role.CASE_MANAGEMENT, scope_kind=Scope.COMMISSION)))
    found = [(rung, _first(over, request.commission_id, on, out)) for rung, over in rungs]
    return [Decider(rung, account) for rung, account in found if account is not None]


def overrider_of(row: Recusal, request: Request, asker: int | None, on: date) -> int | None:
    """The secretary who may set a recusal aside: neither who asks, decided or raised it, nor who stands out. As the product."""
    out = {*accounts_of(row.person_id, request.commission_id), *_stood_out(request), row.decided_by, row.raised_by, asker}  # fmt: skip
    over = Q(role=Role.SECRETARY, scope_kind=Scope.COMMISSION)
    return _first(over, request.commission_id, on, {each for each in out if each is not None})


def _posts(person: int, on: date) -> tuple[list[int], bool, bool]:
    """Units of somebody, whether they head one, and whether they are the secretary. Two queries."""
    posts = list(Assignment.objects.on(on).filter(person=person).order_by("position", "pk"))
    units = {
        row.unit_id: row
        for row in UnitRecord.objects.on(on).filter(unit__in=[post.unit_id for post in posts])
    }
    roles = {
        role_of_post(kind=units[post.unit_id].kind, name=units[post.unit_id].name, post=post.post)
        for post in posts
        if post.unit_id in units
    }
    return [post.unit_id for post in posts], Role.UNIT_HEAD in roles, Role.SECRETARY in roles


def _stood_out(request: Request) -> set[int]:
    rows = Recusal.objects.filter(
        request=request, decision__in=("", RecusalDecision.RECUSED), account__isnull=False
    )
    return {account for account in rows.values_list("account", flat=True) if account is not None}


def _first(over: Q, commission: int, on: date, out: Collection[int]) -> int | None:
    rows = rights_in_force(on).filter(over, commission=commission).exclude(user__in=out)
    return rows.values_list("user", flat=True).first()


def is_of(commission: Commission, person: int) -> bool:
    """Whether somebody is known to this commission. One query."""
    return Person.objects.filter(pk=person, commission=commission).exists()


def declaration_shown(pk: int) -> Declaration:
    """One declaration, if it is for the reader. Raises `NotThere`. One query."""
    found = Declaration.objects.filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such declaration, or it is not for you."))
    return found


def recusal_shown(pk: int) -> Recusal:
    """One question of recusal, if it is for the reader. Raises `NotThere`. One query."""
    found = Recusal.objects.filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such question, or it is not for you."))
    return found


def ground_for_reader(recusal: Recusal) -> RecusalGround | None:
    """The ground, which the database shows to the decider alone. One query."""
    return RecusalGround.objects.filter(recusal=recusal).first()


def waiting_for(account: int | None) -> QuerySet[Recusal]:
    """Questions that an account is to decide, the earliest first. One query."""
    return Recusal.objects.filter(decider=account, decision=RecusalDecision.OPEN).order_by("due_on", "pk")


def overrides_asked_of(account: int | None) -> QuerySet[Recusal]:
    """Recusals that an account is asked to set aside and has not decided on, the earliest first. One query."""
    rows = Recusal.objects.filter(override_asked_of=account, override_refused_at=None)
    return rows.filter(decision=RecusalDecision.RECUSED).order_by("override_asked_at", "pk")


def declarations_of_person(person: int | None) -> QuerySet[Declaration]:
    """Declarations that somebody is still asked for. One query."""
    return Declaration.objects.filter(person=person, answered_at__isnull=True).order_by("asked_at", "pk")


def papers_to_show(commission: Commission) -> QuerySet[Declaration]:
    """Declarations for which the paper has not been shown yet, as far as the reader may see their requests. One query."""
    rows = Declaration.objects.filter(request__commission=commission, shown_on__isnull=True)
    return rows.select_related("request").order_by("asked_at", "pk")


def answers_on_paper(commission: Commission) -> QuerySet[Declaration]:
    """Declarations that were shown the paper and not answered, as far as the reader may see their requests. One query."""
    rows = Declaration.objects.filter(request__commission=commission, shown_on__isnull=False, answered_at__isnull=True)  # fmt: skip
    return rows.order_by("asked_at", "pk")


def of_request(request: Request) -> tuple[list[Declaration], list[Recusal]]:
    """Declarations and questions of a request, as far as the reader may see them. Two queries."""
    declarations = Declaration.objects.filter(request=request).order_by("pk")
    return list(declarations), list(Recusal.objects.filter(request=request).order_by("pk"))


def requests_told(pks: Collection[int]) -> dict[int, Request]:
    """Requests by number for people who cannot see them: candidates and deciders. Asked as the product. One query."""
    with as_the_product():
        rows = Request.objects.filter(pk__in=set(pks)).select_related("commission")
        return {row.pk: row for row in rows}


def names_told(people: Collection[int], on: date) -> dict[int, str]:
    """Names of people in questions of recusal, asked as the product. One query."""
    with as_the_product():
        return person_names(people, on)
