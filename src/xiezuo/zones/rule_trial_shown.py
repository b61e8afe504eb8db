"""A changed rule of zone plans, tried on the zones of its first day and on the plans under draft, in words and a table."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from xiezuo.rules.api import RuleKind, TriedElsewhere, try_rules_of
from xiezuo.ui.blocks import Stat
from xiezuo.ui.parts import State
from xiezuo.ui.table import Column, Table
from xiezuo.zones.breach_words import told
from xiezuo.zones.judged_words import place_of_breach
from xiezuo.zones.judging_rules import CADENCES, CHECKS
from xiezuo.zones.queries.rule_trial import TriedScheme, schemes_tried
from xiezuo.zones.rule_trial import Turn

if TYPE_CHECKING:
    from xiezuo.rules.models import WorkRule


_TURNS: dict[Turn, Callable[[], State]] = {
    Turn.BLOCKS: lambda: State(pgettext("breach under a changed rule", "blocks the decision"), "bad"),
    Turn.HINTS: lambda: State(pgettext("breach under a changed rule", "is told as a hint"), "warn"),
    Turn.EASES: lambda: State(pgettext("breach under a changed rule", "only a hint now"), "warn"),
    Turn.GONE: lambda: State(pgettext("breach under a changed rule", "no breach any more"), "good"),
    Turn.STAYS: lambda: State(pgettext("breach under a changed rule", "stays"), "quiet"),
}


def register_trial() -> None:
    """Called once, when the app is ready."""
    try_rules_of(RuleKind.ZONING, trial_of)


def trial_of(_request: HttpRequest, draft: "WorkRule") -> TriedElsewhere:
    """What a draft of a rule would change in the judgement of the zones of its first day and of plans under draft."""
    if draft.code in CADENCES:
        return TriedElsewhere(_("How often zones meet is no rule that a plan is judged by; meetings go by it from that day on."))  # fmt: skip
    if draft.code not in CHECKS:
        return TriedElsewhere(_("The product does not judge this rule; it is shown with each plan, for people to judge."))  # fmt: skip
    tried = schemes_tried(draft)
    turns = Counter(turn.turn for each in tried for turn in each.turned)
    words = _("Tried on the zones as they stand on %(day)s and on %(number)s plans under draft, with the units, posts and division of work of that day.")  # fmt: skip
    return TriedElsewhere(
        words % {"day": draft.starts, "number": len(tried) - 1}, _stats(turns), _table(tried), list(_notes(turns)),
    )  # fmt: skip


def _stats(turns: Counter[Turn]) -> list[Stat]:
    return [
        Stat(_("Would block the decision"), turns[Turn.BLOCKS]),
        Stat(_("Would be told as a hint"), turns[Turn.HINTS] + turns[Turn.EASES]),
        Stat(_("Would be breaches no more"), turns[Turn.GONE]),
        Stat(_("Would stay as they are"), turns[Turn.STAYS]),
    ]


def _notes(turns: Counter[Turn]) -> Iterator[str]:
    if turns[Turn.BLOCKS]:
        yield _("Plans that break the rule could not be decided from its first day on. What has been decided stays in force.")  # fmt: skip


def _table(tried: list[TriedScheme]) -> Table:
    columns = [
        Column("plan", gettext_lazy("Tried on")), Column("where", gettext_lazy("Where")),
        Column("found", gettext_lazy("Found")), Column("expected", gettext_lazy("Expected")),
        Column("turn", pgettext_lazy("changed rule", "Effect"), kind="state"),
    ]  # fmt: skip
    return Table(
        columns, list(_rows(tried)), id="zoning-trial", caption=_("Breaches under the rule before and after"),
        empty=_("Nothing breaks the rule, neither as it is nor as it would be."),
    )  # fmt: skip


def _rows(tried: list[TriedScheme]) -> Iterator[dict[str, object]]:
    for each in tried:
        place = place_of_breach(each.scheme, each.known)
        for turn in sorted(each.turned, key=lambda turn: place(turn.breach)):
            words = told(turn.breach, each.scheme, each.known)
            yield {
                "plan": each.name or _("zones in force"), "where": words.where, "found": words.found,
                "expected": words.expected, "turn": _TURNS[turn.turn](),
            }  # fmt: skip
