"""Whether a scheme is as the rules of zone plans have it. Pure: values in, values out."""

from collections.abc import Iterable, Sequence

from xiezuo.zones.judged import STRUCTURE, Breach, Fault, Ground, Judged, RuleSaid, Share, Standing, UnitFacts
from xiezuo.zones.judging_rules import CADENCES, CHECKS
from xiezuo.zones.judging_structure import structural_faults
from xiezuo.zones.scheme import Scheme

__all__ = [
    "SOUND", "Breach", "Fault", "Ground", "Judged", "RuleSaid", "Share", "Standing", "UnitFacts", "blocking", "judge",
]  # fmt: skip

SOUND = RuleSaid(STRUCTURE, "", binding=True)
"""A scheme is one at all: each zone once, with units and people that there are. Always judged, always first."""


def judge(scheme: Scheme, ground: Ground, rules: Sequence[RuleSaid]) -> list[Judged]:
    """Each rule with what breaks it, in the order of the rules, after the soundness of the scheme itself.

    The judgement does not depend on the order of zones, members or leaders.
    """
    first = _judged(SOUND, structural_faults(scheme, ground))
    return [first, *(_judged_by(rule, scheme, ground) for rule in rules)]


def _judged_by(rule: RuleSaid, scheme: Scheme, ground: Ground) -> Judged:
    if rule.code in CADENCES:
        return Judged(rule, standing=Standing.MEETINGS)
    check = CHECKS.get(rule.code)
    if check is None:
        return Judged(rule, standing=Standing.PEOPLE)
    found = check(scheme, ground, rule)
    return Judged(rule, standing=Standing.UNKNOWN) if found is None else _judged(rule, found)


def _judged(rule: RuleSaid, found: Iterable[Breach]) -> Judged:
    breaches = tuple(sorted(set(found), key=_place))
    return Judged(rule, breaches, Standing.BROKEN if breaches else Standing.MET)


def _place(breach: Breach) -> tuple[str, int, int, str, tuple[str, ...]]:
    return breach.zone, breach.unit or 0, breach.person or 0, breach.fault, breach.zones


def blocking(judged: Iterable[Judged]) -> list[Judged]:
    """The binding rules that are broken: with any of them a plan cannot be decided."""
    return [each for each in judged if each.blocks]
