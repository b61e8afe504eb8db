"""What schemes are judged on, read from the ledger of a day: units, posts, the division of work, ways and rules."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from xiezuo.organisation.api import Commission, person_names, sight_in
from xiezuo.organisation.models import Assignment, Portfolio, Unit, UnitRecord
from xiezuo.organisation.states import DEPUTY_SECRETARY, SECRETARY, UnitKind
from xiezuo.rules.api import RuleKind, rules_on
from xiezuo.rules.models import WorkRule
from xiezuo.zones.judged import Ground, Judged, RuleSaid, Share, UnitFacts
from xiezuo.zones.judging import judge
from xiezuo.zones.models import GroundEdition
from xiezuo.zones.queries.lists import Strengths, strength_of_units, units_on
from xiezuo.zones.queries.schemes import Known, known_on
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.states import GroundKind


def judging_ground(commission: Commission, on: date) -> Ground:
    """The facts of a day that schemes are judged on, as far as they are for the reader. Nine queries.

    Whoever decides judges as the product does (`as_the_product`), so that no number is missing.
    """
    units = units_on(commission, on)
    codes = dict(Unit.objects.filter(commission=commission).values_list("code", "pk"))
    strength = strength_of_units(commission, on, sight_in(commission))
    posts = _posts(commission, on)
    leadership = {each.unit_id for each in units if each.kind == UnitKind.LEADERSHIP}
    leading = [(person, post) for person, unit, post in posts if unit in leadership]
    shares = Portfolio.objects.on(on).filter(commission=commission, unit__isnull=False).order_by("id")
    return Ground(
        units=_facts(units, codes, strength),
        shares=tuple(Share(*row) for row in shares.values_list("person_id", "unit_id", "mode")),
        deputies=frozenset(person for person, post in leading if post == DEPUTY_SECRETARY),
        standing=frozenset(person for person, post in leading if post not in (SECRETARY, DEPUTY_SECRETARY)),
        in_post=frozenset(person for person, _unit, _post in posts),
        ways=_ways(_given(commission, GroundKind.WAYS), codes),
        loads=_loads(_given(commission, GroundKind.LOADS), codes),
    )


def _facts(
    units: Iterable[UnitRecord], codes: Mapping[str, int], strength: Strengths
) -> dict[int, UnitFacts]:
    code_of = {number: code for code, number in codes.items()}
    return {
        each.unit_id: UnitFacts(
            each.unit_id, code_of.get(each.unit_id, ""), each.name, each.kind, each.host, each.place,
            strength(each.unit_id).people,
        )
        for each in units
    }  # fmt: skip


def _posts(commission: Commission, on: date) -> list[tuple[int, int, str]]:
    rows = Assignment.objects.on(on).filter(commission=commission)
    return list(rows.order_by().values_list("person_id", "unit_id", "post"))


def _given(commission: Commission, kind: GroundKind) -> dict[str, Any]:
    """The last edition of what the county gave, empty if it gave none. Codes that no unit has any more are left out."""
    last = GroundEdition.objects.filter(commission=commission, kind=kind).order_by("-id").first()
    return last.content if last else {}


def _ways(given: Mapping[str, Any], codes: Mapping[str, int]) -> dict[tuple[int, int], float]:
    rows = given.get("minutes", {})
    return {
        (codes[one], codes[other]): minutes
        for one, ways in rows.items()
        for other, minutes in ways.items()
        if one in codes and other in codes
    }


def _loads(given: Mapping[str, Any], codes: Mapping[str, int]) -> dict[int, Mapping[str, float]]:
    return {codes[code]: loads for code, loads in given.get("loads", {}).items() if code in codes}


def zoning_rules(commission: Commission, on: date) -> list[RuleSaid]:
    """The rules of zone plans in force on a day, in their order. One query."""
    return [rule_said(each) for each in rules_on(commission, RuleKind.ZONING, on)]


def rule_said(rule: WorkRule) -> RuleSaid:
    """A row of the rules as judging knows it."""
    return RuleSaid(
        rule.code, rule.name, rule.binding, rule.limit, rule.limit_unit, rule.clause, rule.badge, rule.basis,
        rule.pk or 0,
    )  # fmt: skip


def judged_on(commission: Commission, scheme: Scheme, on: date) -> list[Judged]:
    """A scheme judged by the rules and the facts of a day. Ten queries."""
    return judge(scheme, judging_ground(commission, on), zoning_rules(commission, on))


def known_of(commission: Commission, on: date, schemes: Iterable[Scheme], judged: Iterable[Judged]) -> Known:
    """The words for schemes and for what breaks rules in them: units that stand, and people named in either. Three
    queries."""
    breaches = [breach for each in judged for breach in each.breaches]
    people = {person for each in breaches for person in (each.person, *each.people) if person is not None}
    known = known_on(commission, on, schemes)
    more = people - known.people.keys()
    return replace(known, people=known.people | person_names(more, on)) if more else known
