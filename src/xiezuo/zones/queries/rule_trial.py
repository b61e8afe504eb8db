"""What a changed rule of zone plans is tried on: the zones of its first day, and the plans under draft."""

from dataclasses import dataclass

from xiezuo.rules.models import WorkRule
from xiezuo.zones.judged import Judged
from xiezuo.zones.models import Plan
from xiezuo.zones.queries.judging import judging_ground, known_of, rule_said, zoning_rules
from xiezuo.zones.queries.schemes import Known, scheme_on
from xiezuo.zones.rule_trial import Turned, turned
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.states import PlanStage

MOST = 20
"""How many plans under draft are tried at most, the newest."""
UNDER_DRAFT = (PlanStage.DRAFT, PlanStage.CONSULTATION, PlanStage.REVIEW)


@dataclass(frozen=True)
class TriedScheme:
    """One scheme with what becomes of the breaches of the rule. `name` is that of a plan, empty for the zones in force."""

    name: str
    scheme: Scheme
    known: Known
    turned: tuple[Turned, ...]


def schemes_tried(draft: WorkRule) -> list[TriedScheme]:
    """A draft of a rule tried on the facts of its first day: the zones of that day first, then plans under draft as far as
    they are for the reader, by their number. A fixed number of queries, whatever there is."""
    commission, day = draft.commission, draft.starts
    ground, after = judging_ground(commission, day), rule_said(draft)
    before = next((each for each in zoning_rules(commission, day) if each.code == draft.code), None)
    drafts = Plan.objects.filter(commission=commission, stage__in=UNDER_DRAFT).order_by("-number")[:MOST]
    schemes = [("", scheme_on(commission, day))]
    schemes += [(plan.name, Scheme.from_json(plan.content)) for plan in reversed(drafts)]
    found = [(name, scheme, tuple(turned(scheme, ground, before, after))) for name, scheme in schemes]
    breaches = tuple(turn.breach for _name, _scheme, turns in found for turn in turns)
    known = known_of(commission, day, [scheme for _name, scheme in schemes], [Judged(after, breaches)])
    return [TriedScheme(name, scheme, known, turns) for name, scheme, turns in found]
