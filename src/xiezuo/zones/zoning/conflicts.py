"""Why there is no division: the fewest of the county's own rules that exclude each other."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from xiezuo.zones.zoning.explaining import blamed
from xiezuo.zones.zoning.question import Question
from xiezuo.zones.zoning.rules import Rule
from xiezuo.zones.zoning.writing import possible


@dataclass(frozen=True)
class Conflict:
    """Rules that no division keeps together, by name. `minimal`: without any one of them there would be one."""

    rules: tuple[str, ...]
    minimal: bool


class NoDivision(ValueError):
    """No division keeps all rules; `conflict` names those that exclude each other."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__("these rules exclude each other: " + ", ".join(conflict.rules))
        self.conflict = conflict


class _Asking:
    """Asks whether rules can be kept, within a time; what stays unknown counts as possible and is remembered."""

    def __init__(self, question: Question, seconds: float) -> None:
        self._question, self._until, self.sure = question, time.perf_counter() + seconds, True

    def excluded(self, rules: Sequence[Rule]) -> bool:
        left = self._until - time.perf_counter()
        answer = possible(self._question, rules, seconds=left) if left > 0 else None
        self.sure = self.sure and answer is not None
        return answer is False


def conflict(question: Question, *, seconds: float = 10.0) -> Conflict | None:
    """The rules in conflict; None if all can be kept together, or the time did not suffice to know."""
    asking = _Asking(question, seconds)
    if not asking.excluded(question.every_rule):
        return None
    found = blamed(asking.excluded, question.every_rule)
    return Conflict(tuple(rule.name for rule in question.every_rule if rule in found), asking.sure)
