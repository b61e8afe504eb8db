"""A changed rule of zone plans tried: which breaches it would make or unmake in schemes that there are. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from xiezuo.zones.judged import Breach, Ground, Judged, RuleSaid
from xiezuo.zones.judging import judge
from xiezuo.zones.scheme import Scheme


class Turn(StrEnum):
    """What becomes of one breach under the changed rule."""

    BLOCKS = "blocks"  # it blocks the decision, and did not
    HINTS = "hints"  # it is a hint, and was nothing
    EASES = "eases"  # it is a hint, and blocked
    GONE = "gone"  # it is none any more
    STAYS = "stays"


@dataclass(frozen=True)
class Turned:
    """One breach before and after the change of its rule; one of the sides is None where it is no breach."""

    before: Breach | None
    after: Breach | None
    turn: Turn

    @property
    def breach(self) -> Breach:
        """The breach as it would be, or was. Raises ValueError if it is on neither side."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a breach is on one side at least")
        return found


def turned(scheme: Scheme, ground: Ground, before: RuleSaid | None, after: RuleSaid) -> list[Turned]:
    """Every breach of a rule as it is, as it would be, or both; what only counts to another bound is the same breach."""
    was, will = _judged(scheme, ground, before), _judged(scheme, ground, after)
    return list(_turns(was, will))


def _judged(scheme: Scheme, ground: Ground, rule: RuleSaid | None) -> Judged | None:
    return judge(scheme, ground, [rule])[-1] if rule else None


def _turns(was: Judged | None, will: Judged | None) -> Iterator[Turned]:
    old, new = _breaches(was), _breaches(will)
    blocked, blocks = (each is not None and each.rule.binding for each in (was, will))
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key), new.get(key)
        hold = (before is not None and blocked, after is not None and blocks)
        yield Turned(before, after, _turn(before, after, hold))


def _turn(before: Breach | None, after: Breach | None, hold: Sequence[bool]) -> Turn:
    if after is None:
        return Turn.GONE
    if hold[0] != hold[1]:
        return Turn.BLOCKS if hold[1] else Turn.EASES
    return Turn.STAYS if before is not None else Turn.HINTS


def _breaches(judged: Judged | None) -> dict[Breach, Breach]:
    return {replace(each, wanted=None): each for each in (judged.breaches if judged else ())}
