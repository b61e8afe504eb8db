"""What the rules offer, in words: situations, methods with who then decides in what time, and why others are not offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.collaboration.queries.request_page import Rules
from xiezuo.collaboration.requests.offering import OF_LOANS, Offer, offered
from xiezuo.collaboration.requests.operations import AT_ONCE
from xiezuo.rules.api import Approver, Badge, LimitUnit
from xiezuo.shared.lists import listed
from xiezuo.ui.choices import words_of
from xiezuo.ui.words import Words

if TYPE_CHECKING:
    from xiezuo.rules.models import WorkRule


def situations_offered(rules: Rules) -> list[tuple[str, Any]]:
    """The situations that a request is made for here; those of loans and of sudden events have pages of their own."""
    others = (*OF_LOANS, *AT_ONCE)
    return [(each.code, _choice(each.name, [each.rule, _rests_on(each)])) for each in rules.situations if each.code not in others]  # fmt: skip


def methods_offered(rules: Rules, situation: str) -> tuple[list[tuple[str, Any]], list[Offer]]:
    """The methods that the rules allow for a situation as choices, and those that they do not, with the reasons."""
    offers = offered(situation, rules.procedures, rules.methods)
    allowed = [(each.code, _choice(each.name, method_notes(each))) for each in offers if each.procedure]
    return allowed, [each for each in offers if not each.procedure]


def method_notes(offer: Offer) -> list[str]:
    """What a method means, who decides in what time, and on what that rests."""
    rule = offer.procedure
    if rule is None:
        return [offer.means, offer.why_not]
    return [offer.means, f"{_('Decided by')} {' → '.join(offer.approvers)}；{decided_within(rule)}", done_within(rule), _rests_on(rule)]  # fmt: skip


def _choice(name: str, notes: Sequence[str]) -> Any:
    """One choice with what it means under it."""
    lines = [each for each in notes if each]
    words = format_html("<b>{}</b>", name)
    for line in lines:
        words += format_html("<small>{}</small>", line)
    return words


def _rests_on(rule: "WorkRule") -> str:
    """The number of a rule, its badge and its clause: on what it rests."""
    return " · ".join(str(each) for each in (rule.code, words_of(Badge, rule.badge), rule.clause) if each)


def decided_within(rule: "WorkRule") -> str:
    """In what time a rule lets its offices decide."""
    if rule.decide_days is None:
        return rule.decide_words or _("as soon as possible")
    days = ngettext("%(days)d working day", "%(days)d working days", rule.decide_days) % {"days": rule.decide_days}  # fmt: skip
    return (_("%(days)s at each step") if rule.each_level else _("%(days)s in all")) % {"days": days}


def done_within(rule: "WorkRule") -> str:
    """In what time the work is done."""
    if rule.limit is None:
        return rule.limit_words
    limit = f"{rule.limit} {words_of(LimitUnit, rule.limit_unit)}"
    if not rule.extensions:
        return _("Work within %(limit)s, never extended") % {"limit": limit}
    words = _("Work within %(limit)s, extended at most %(times)s × by %(office)s")
    offices = listed(str(words_of(Approver, each)) for each in rule.extended_by)
    return words % {"limit": limit, "times": rule.extensions, "office": offices or "—"}


@dataclass(frozen=True)
class Deciding:
    """One step of a decision to come: the office, who holds it today, how many working days it has, and by when."""

    office: Words
    who: str
    days: int
    due: date | None
