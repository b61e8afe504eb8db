"""Who may change the work rules and the calendar, and what stands against a change. An empty list means yes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, may
from xiezuo.rules.states import OF_ZONE_PLANS, Approver, LimitUnit, RuleKind
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed

if TYPE_CHECKING:
    from xiezuo.rules.models import WorkRule

LONGEST_LIMIT = 1_000
MOVED_ON = "rules-moved-on"
PLANS_THEMSELVES = "Z00"
RESOLVED = (
    Approver.UNIT_HEAD,
    Approver.CONTACT,
    Approver.DEPUTY,
    Approver.SECRETARY,
    Approver.CASE_MANAGEMENT,
)
"""Offices whose holders follow from the posts and the division of work of a day."""


def may_edit_rules(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may change the work rules and the calendar of the commission."""
    return may(actor, Ability.KEEP_LEDGER, commission=commission)


def moved_on() -> Reason:
    """Someone else changed the rule since it was read."""
    return Reason(MOVED_ON, _("This rule was changed meanwhile. Look at it as it stands now, and change it again if that is still needed."))  # fmt: skip


def against_day(starts: date, today: date) -> list[Reason]:
    """A rule changes from today on or later: matters of days gone by rest on what was in force then."""
    if starts >= today:
        return []
    words = _("%(day)s has passed. A rule can change from today (%(today)s) on, because earlier matters rest on what was in force then.")  # fmt: skip
    return [Reason("day-passed", words % {"day": starts, "today": today})]


def against_values(kind: str, values: Mapping[str, Any]) -> list[Reason]:
    """What a rule of the kind cannot lack, and limits that are none."""
    found = []
    if not values.get("name"):
        found.append(Reason("name", _("The rule has no name; expected a few words.")))
    if kind in (RuleKind.PROCEDURE, RuleKind.INTERNAL) and not values.get("approvers"):
        found.append(Reason("approvers", _("Nobody is named who approves; expected at least one office.")))
    if kind == RuleKind.PROCEDURE and not values.get("methods"):
        found.append(Reason("methods", _("No method is chosen; expected at least one.")))
    if kind == RuleKind.INTERNAL:
        found += _against_internal(values)
    if kind != RuleKind.ZONING and values.get("limit_unit") in OF_ZONE_PLANS:
        words = _("%(found)s is no time within which something is done.")
        found.append(Reason("limit_unit", words % {"found": LimitUnit(values["limit_unit"]).label}))
    return [*found, *_against_limits(values)]


def _against_internal(values: Mapping[str, Any]) -> list[Reason]:
    """An internal matter is decided by offices that the ledger can name, within a number of days."""
    found = []
    if unknown := [each for each in values.get("approvers") or [] if each not in RESOLVED]:
        words = _("The ledger does not say who is %(found)s; expected one of %(known)s.")
        named = {"found": _named(unknown), "known": _named(RESOLVED)}
        found.append(Reason("approvers", words % named))
    if values.get("decide_days") is None:
        found.append(Reason("decide_days", _("No number of working days is given; expected from 1 on.")))
    return found


def _named(approvers: Iterable[str]) -> str:
    return listed(str(Approver(each).label) for each in approvers)


def _against_limits(values: Mapping[str, Any]) -> Iterable[Reason]:
    for name in ("limit", "decide_days"):
        number = values.get(name)
        if number is not None and not 0 < number <= LONGEST_LIMIT:
            words = _("%(number)s is no limit; expected a number from 1 to %(longest)s.")
            yield Reason(name, words % {"number": number, "longest": LONGEST_LIMIT})
    if values.get("limit") is not None and not values.get("limit_unit"):
        yield Reason("limit_unit", _("The limit has a number and no unit; choose what it is counted in."))
    if values.get("extensions") and not values.get("extended_by"):
        yield Reason("extended_by", _("It may be extended, and nobody is named who extends it."))


def against_codes(draft: "WorkRule", beside: "Iterable[WorkRule]") -> list[Reason]:
    """A procedure names a situation and methods that there are, and no pair of them that another one names.

    `beside` are the rules of the commission in force on the first day of the draft.
    """
    if draft.kind != RuleKind.PROCEDURE:
        return []
    rules = list(beside)
    known = {(rule.kind, rule.code) for rule in rules}
    asked = [
        (RuleKind.SITUATION, draft.situation),
        *((RuleKind.METHOD, method) for method in draft.methods),
    ]
    unknown = [code for kind, code in asked if (kind, code) not in known]
    if unknown:
        words = _("There is no situation or method %(codes)s on that day.")
        return [Reason("situation", words % {"codes": listed(unknown)})]
    return [reason for rule in rules for reason in _same_pair(draft, rule)]


def against_zoning(draft: "WorkRule", default: Mapping[str, Any] | None) -> list[Reason]:
    """A rule of zone plans that is judged by its number keeps one, counted as the product counts; Z00 is the product's.

    `default` is the package's own rule of that code, None for one that the county adds.
    """
    if draft.kind != RuleKind.ZONING:
        return []
    if draft.code == PLANS_THEMSELVES:
        words = _("%(code)s is the code under which faults of a plan itself are told; expected another one.")
        return [Reason("code", words % {"code": draft.code})]
    return list(_against_number(draft, default)) if default and "limit" in default else []


def _against_number(draft: "WorkRule", default: Mapping[str, Any]) -> Iterable[Reason]:
    unit = LimitUnit(default["limit_unit"])
    if draft.limit is None:
        words = _(
            "This rule is judged by its number; expected one, counted in %(unit)s. To do without the rule, end it."
        )
        yield Reason("limit", words % {"unit": unit.label})
    elif draft.limit_unit != unit:
        words = _("This rule is counted in %(unit)s, found %(found)s.")
        found = LimitUnit(draft.limit_unit).label if draft.limit_unit else "—"
        yield Reason("limit_unit", words % {"unit": unit.label, "found": found})


def _same_pair(draft: "WorkRule", rule: "WorkRule") -> Iterable[Reason]:
    if rule.kind != RuleKind.PROCEDURE or rule.code == draft.code or rule.situation != draft.situation:
        return
    for method in sorted(set(rule.methods) & set(draft.methods)):
        words = _("%(rule)s already says who approves situation %(situation)s by method %(method)s.")
        named = {"rule": f"{rule.code} {rule.name}", "situation": draft.situation, "method": method}
        yield Reason("methods", words % named)
