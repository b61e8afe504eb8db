"""Balances of units and people. The two sides of an identity are counted by different questions."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Case, Count, IntegerField, Min, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiezuo.figures.api import (
    Ask,
    Asked,
    Asking,
    Balance,
    Part,
    Question,
    Sides,
    between,
    register_balances,
    switched_by,
)
from xiezuo.organisation.counting import in_post_at, units_of
from xiezuo.organisation.models import Assignment, Commission
from xiezuo.organisation.movements import flows
from xiezuo.organisation.states import DEPUTY_SECRETARY, HEAD, MEMBER, SECRETARY, Engagement, UnitKind

Rows = QuerySet[Any, Any]
TOWNSHIP = UnitKind.TOWNSHIP_COMMISSION


def _full_time_by_post(asked: Asked) -> Rows:
    """Each full-time person under the first of their posts: secretary, deputy, member, other."""
    ranks = [
        When(post=post, then=Value(rank)) for rank, post in enumerate((SECRETARY, DEPUTY_SECRETARY, MEMBER))
    ]
    people = in_post_at(asked, TOWNSHIP).filter(engagement=Engagement.FULL_TIME).order_by()
    rank = Min(Case(*ranks, default=Value(3), output_field=IntegerField()))
    return (
        people.values("commission_id", "person_id").annotate(rank=rank).values_list("commission_id", "rank")
    )


def _staff_by_unit(asked: Asked) -> Rows:
    held = in_post_at(asked, TOWNSHIP).order_by().values_list("commission_id", "unit_id")
    return held.annotate(people=Count("person_id", distinct=True))


def _posts_in_several(asked: Asked) -> Rows:
    """How many units each person serves who serves more than one."""
    held = in_post_at(asked, TOWNSHIP).order_by().values("commission_id", "person_id")
    several = held.annotate(units=Count("unit_id", distinct=True)).filter(units__gt=1)
    return several.values_list("commission_id", "units")


def _township_sizes(**narrower: Any) -> Callable[[Asked], Rows]:
    return lambda asked: _with_people(asked, TOWNSHIP, **narrower)


def _with_people(asked: Asked, kind: UnitKind, **narrower: Any) -> Rows:
    held = asked.of_outer_on_day(Assignment, unit_id=OuterRef("unit_id"), **narrower).order_by()
    people = held.values("unit_id").annotate(size=Count("person_id", distinct=True)).values("size")
    units = units_of(asked, kind).order_by("order_no", "position", "id")
    return units.annotate(people=Coalesce(Subquery(people), 0)).values_list("commission_id", "name", "people")


FULL_TIME_BY_POST = Question(_full_time_by_post)
STAFF_BY_UNIT = Question(_staff_by_unit)
POSTS_IN_SEVERAL = Question(_posts_in_several)
HEADS = Question(lambda asked: _with_people(asked, UnitKind.STATIONED_GROUP, post=HEAD))
SIZES = Question(_township_sizes())
FULL_TIME_SIZES = Question(_township_sizes(engagement=Engagement.FULL_TIME))


def _against_figure(
    key: str, other: Callable[[Asking], Counter[int]]
) -> Callable[[Ask], Mapping[int, Sides]]:
    def sides(ask: Ask) -> Mapping[int, Sides]:
        right = other(ask.asking)
        return {
            commission: Sides(ask(key, commission), right[commission])
            for commission in ask.asking.commissions
        }

    return sides


def _sum_by_post(asking: Asking) -> Counter[int]:
    groups = Counter(FULL_TIME_BY_POST.ask(asking))
    totals: Counter[int] = Counter()
    for (commission, _rank), people in groups.items():
        totals[commission] += people
    return totals


def _sum_by_unit(asking: Asking) -> Counter[int]:
    """The sum over units, less the second and further units of people who serve several: each counts at one."""
    totals: Counter[int] = Counter()
    for commission, _unit, people in STAFF_BY_UNIT.ask(asking):
        totals[commission] += people
    for commission, units in POSTS_IN_SEVERAL.ask(asking):
        totals[commission] -= units - 1
    return totals


def _flow(ask: Ask) -> Mapping[int, Sides]:
    """Opening + in − out against closing: in all, and as parts for each kind of unit and for those lent."""
    lines = flows(ask.asking)
    names = {name: _kind_named(*name) for name in {name for found in lines.values() for name in found}}
    return {commission: _sides_of(found, names) for commission, found in lines.items()}


def _sides_of(lines: Mapping[tuple[str, bool], list[int]], names: Mapping[tuple[str, bool], str]) -> Sides:
    whole = [line for (_kind, lent), line in lines.items() if not lent]
    parts = tuple(Part(names[name], *line) for name, line in lines.items())
    return Sides(sum(line[0] for line in whole), sum(line[1] for line in whole), parts)


def _kind_named(kind: str, lent: bool) -> str:  # noqa: FBT001
    label = str(UnitKind(kind).label) if kind in UnitKind.values else kind
    return gettext("%(kind)s, of which lent") % {"kind": label} if lent else label


def _groups_without_one_head(asking: Asking) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for commission, unit, heads in HEADS.ask(asking):
        if heads != 1:
            words = (
                gettext("%(unit)s: no head in post")
                if heads == 0
                else gettext("%(unit)s: %(count)s heads in post")
            )
            found.setdefault(commission, []).append(words % {"unit": unit, "count": heads})
    return found


def _unlike_the_others(question: Question, *, of_largest: bool) -> Callable[[Asking], dict[int, list[str]]]:
    """Township commissions whose number is not the usual one; the one with the most may differ if `of_largest`."""

    def missing(asking: Asking) -> dict[int, list[str]]:
        sizes: dict[int, list[tuple[str, int]]] = {}
        for commission, unit, people in question.ask(asking):
            sizes.setdefault(commission, []).append((unit, people))
        return {commission: _unlike(found, of_largest=of_largest) for commission, found in sizes.items()}

    return missing


def _unlike(sizes: list[tuple[str, int]], *, of_largest: bool) -> list[str]:
    compared = list(sizes)
    if of_largest:
        compared.remove(max(sizes, key=lambda size: size[1]))
    usual = Counter(people for _unit, people in compared).most_common(1)
    words = gettext("%(unit)s: %(count)s people")
    return [words % {"unit": unit, "count": people} for unit, people in compared if people != usual[0][0]]


def _switched_off(commissions: tuple[int, ...]) -> dict[int, list[str]]:
    return dict(Commission.objects.filter(pk__in=commissions).values_list("pk", "standards_off"))


IDENTITIES = (
    Balance(
        id="township.full_time.by_post", kind="identity", order=1,
        rule=_("township.full_time = full-time secretaries + deputies + members + others of the commissions"),
        sides=_against_figure("township.full_time", _sum_by_post), keys=("township.full_time",),
    ),
    Balance(
        id="township.staff.by_commission", kind="identity", order=2,
        rule=_("township.staff = sum over commissions of their staff"),
        sides=_against_figure("township.staff", _sum_by_unit), keys=("township.staff",),
    ),
    Balance(
        id="staffing.flow", kind="identity", order=5,
        rule=_("opening + moves in - moves out = closing"), sides=_flow,
    ),
)  # fmt: skip

EXPECTATIONS = (
    Balance(
        id="stationed.leaders.complete", kind="expectation", order=1,
        rule=_("stationed.leaders = units.stationed_groups"), missing=_groups_without_one_head,
        **between("stationed.leaders", lambda groups: groups, "units.stationed_groups"),
    ),
    Balance(
        id="township.staff.each", kind="expectation", order=5,
        rule=_("township.staff = township.commissions * township.staff_each"),
        missing=_unlike_the_others(SIZES, of_largest=False),
        **between(
            "township.staff", lambda units, each: units * each, "township.commissions", "township.staff_each"
        ),
    ),
    Balance(
        id="township.full_time.each", kind="expectation", order=6,
        rule=_("township.full_time = full_time_most + (commissions - 1) * full_time_others_each"),
        missing=_unlike_the_others(FULL_TIME_SIZES, of_largest=True),
        **between(
            "township.full_time", lambda most, units, each: most + (units - 1) * each,
            "township.full_time_most", "township.commissions", "township.full_time_others_each",
        ),
    ),
)  # fmt: skip


def register_balances_of_the_organisation() -> None:
    """Called once, when the app is ready."""
    register_balances(*IDENTITIES, *EXPECTATIONS)
    switched_by(_switched_off)
