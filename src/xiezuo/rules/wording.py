"""What a work rule says, in words for a reader; the texts themselves are the county's and stay as they are."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from xiezuo.rules.models import WorkRule
from xiezuo.rules.states import OF_ZONE_PLANS, Approver, Badge, LimitUnit, RuleKind
from xiezuo.shared.lists import listed
from xiezuo.ui.choices import words_of
from xiezuo.ui.parts import State

TONES = {Badge.STATUTE: "good", Badge.SOURCED: "good", Badge.LOCAL: "quiet", Badge.GENERAL: "warn"}


def badge_state(rule: WorkRule) -> State:
    """On what the rule rests; text that nobody has checked against the law stands out."""
    badge = Badge(rule.badge)
    return State(badge.label, TONES[badge])


def chain_words(approvers: Iterable[str]) -> str:
    """Who approves, one after the other."""
    return " → ".join(str(words_of(Approver, each)) for each in approvers)


def approval_words(rule: WorkRule) -> str:
    """Who approves, and on what condition."""
    return _with_note(chain_words(rule.approvers), rule.approval_note)


def decide_words(rule: WorkRule) -> str:
    """Within what time it is decided."""
    if rule.decide_days is None:
        return rule.decide_words
    words = counted(rule.decide_days, LimitUnit.WORKING_DAYS)
    each = _("%(days)s at each level") % {"days": words} if rule.each_level else words
    return _with_note(each, rule.decide_words)


def limit_words(rule: WorkRule) -> str:
    """Within what time it is carried out."""
    words = counted(rule.limit, rule.limit_unit) if rule.limit else ""
    return _with_note(words, rule.limit_words)


def counted(number: int, unit: str) -> str:
    """A number of days, months or hours; of what is only counted, the number."""
    if unit == LimitUnit.COUNT:
        return pgettext("counted in", "%(number)s") % {"number": number}
    return _("%(number)s %(unit)s") % {"number": number, "unit": words_of(LimitUnit, unit)}


def force_words(rule: WorkRule) -> str:
    """Whether a plan that breaks the rule can be decided; empty for rules of other kinds.

    A number of months or days judges no plan: it says how often zones meet.
    """
    if rule.kind != RuleKind.ZONING:
        return ""
    if rule.limit_unit and rule.limit_unit not in OF_ZONE_PLANS and not rule.binding:
        return pgettext("rule of zone plans", "cadence")
    if rule.binding:
        return pgettext("rule of zone plans", "binding")
    return pgettext("rule of zone plans", "hint")


def extension_words(rule: WorkRule) -> str:
    """How often it may be extended, and by whom."""
    if not rule.extensions:
        return ""
    words = ngettext("once, by %(who)s", "%(times)s times, by %(who)s", rule.extensions)
    return words % {"times": rule.extensions, "who": chain_words(rule.extended_by)}


def method_words(rule: WorkRule, names: Mapping[str, Mapping[str, str]]) -> str:
    """The methods of a procedure by their names."""
    return listed(names["方式"].get(code, code) for code in rule.methods)


def _with_note(words: str, note: str) -> str:
    return _("%(words)s (%(note)s)") % {"words": words, "note": note} if words and note else words or note


def _limit_title(rule: WorkRule) -> str:
    zoning = rule.kind == RuleKind.ZONING
    return pgettext("rule of zone plans", "Number") if zoning else _("Limit")


def _rule_title(rule: WorkRule) -> str:
    zoning = rule.kind == RuleKind.ZONING
    return pgettext("rule of zone plans", "Explanation") if zoning else _("Explanation, recusal and team")


def shown_values(rule: WorkRule, names: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Everything a rule says, by the words of its field; `names` are the codes and names of situations and methods."""
    pairs: dict[str, Any] = {
        _("Name"): rule.name,
        _("Situation"): names["情形"].get(rule.situation, rule.situation),
        _("Methods"): method_words(rule, names),
        _("Who approves"): approval_words(rule),
        _("Decided within"): decide_words(rule),
        pgettext("rule of zone plans", "Force"): force_words(rule),
        _limit_title(rule): limit_words(rule),
        _("Extension"): extension_words(rule),
        _rule_title(rule): rule.rule,
        _("Records required"): rule.records,
        _("Clause"): rule.clause,
        _("Rests on"): str(Badge(rule.badge).label),
        _("Source"): rule.source,
        _("Basis"): rule.basis,
    }
    return {words: str(value) for words, value in pairs.items() if value}
