"""A judgement in the reader's words: what each rule is called, how a scheme stands to it, and what breaks it where."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.shared.errors import Reason
from xiezuo.ui.parts import State
from xiezuo.zones.breach_words import Told, told
from xiezuo.zones.judged import STRUCTURE, Breach, Judged, RuleSaid, Standing
from xiezuo.zones.scheme import Scheme

if TYPE_CHECKING:
    from xiezuo.zones.queries.schemes import Known

__all__ = [
    "Counted", "Told", "all_told", "counted", "place_of_breach", "reasons", "rule_words", "standing_note", "standing_state", "told",
]  # fmt: skip


def rule_words(rule: RuleSaid) -> str:
    """What a rule is called, with its code; the soundness of the scheme itself has no code for a reader."""
    if rule.code == STRUCTURE:
        return _("The plan is complete and without contradictions")
    return f"{rule.code} {rule.name}"


def standing_state(judged: Judged) -> State:
    """How a scheme stands to a rule, as a word with a tone."""
    if judged.broken:
        return _BROKEN[judged.rule.binding]()
    return _STATES[judged.standing]()


_BROKEN: dict[bool, Callable[[], State]] = {
    True: lambda: State(pgettext("rule of zone plans", "broken, no decision possible"), "bad"),
    False: lambda: State(pgettext("rule of zone plans", "not kept, a hint"), "warn"),
}
_STATES: dict[Standing, Callable[[], State]] = {
    Standing.MET: lambda: State(pgettext("rule of zone plans", "met"), "good"),
    Standing.UNKNOWN: lambda: State(pgettext("rule of zone plans", "cannot be told: no data"), "quiet"),
    Standing.PEOPLE: lambda: State(pgettext("rule of zone plans", "for people to judge"), "wait"),
    Standing.MEETINGS: lambda: State(pgettext("rule of zone plans", "kept by the meetings"), "quiet"),
}


def standing_note(judged: Judged) -> str:
    """What the state alone does not say, empty where it says everything."""
    notes = {
        Standing.UNKNOWN: lambda: _("What this rule needs is not given: its number, the ways between units, or the staff."),
        Standing.PEOPLE: lambda: _("The county added this rule; the product does not judge it."),
        Standing.MEETINGS: lambda: _("How often zones meet is followed up with the zone meetings."),
    }  # fmt: skip
    return notes[judged.standing]() if judged.standing in notes else ""


def all_told(judged: Judged, scheme: Scheme, known: "Known") -> list[Told]:
    """What breaks a rule, in words: zones as the scheme has them, within a zone units in official order."""
    in_order = sorted(judged.breaches, key=place_of_breach(scheme, known))
    return [told(each, scheme, known) for each in in_order]


def place_of_breach(scheme: Scheme, known: "Known") -> Callable[[Breach], tuple[int, int]]:
    """By what breaches are sorted for a reader: zones as the scheme has them, units in official order."""
    zones = {zone.code: place for place, zone in enumerate(scheme.zones)}
    units = {unit: place for place, unit in enumerate(known.units)}

    def place(breach: Breach) -> tuple[int, int]:
        unit = -1 if breach.unit is None else units.get(breach.unit, len(units))
        return zones.get(breach.zone, len(zones)), unit

    return place


def reasons(judged: Iterable[Judged], scheme: Scheme, known: "Known") -> list[Reason]:
    """Why a plan cannot be decided: one reason for each thing that breaks a binding rule. Its code is the rule's."""
    return [
        Reason(each.rule.code, _("%(rule)s. %(what)s") % {"rule": rule_words(each.rule), "what": words.sentence})
        for each in judged
        if each.blocks
        for words in all_told(each, scheme, known)
    ]  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """How many rules stand how, of those that were judged."""

    met: int
    hints: int
    blocking: int


def counted(judged: Iterable[Judged]) -> Counted:
    """How many rules are met, how many hints there are and how many rules block the decision."""
    every = list(judged)
    return Counted(
        sum(each.met for each in every),
        sum(each.broken and not each.blocks for each in every),
        sum(each.blocks for each in every),
    )
