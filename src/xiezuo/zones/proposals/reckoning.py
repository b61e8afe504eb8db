"""Proposals for a county reckoned: each part solved, put together as schemes, counted beside today's, and explained.

Loaded by who solves alone. What it gives is plain JSON without words, so that each reader is told in the own language; and
without seconds, so that equal questions have equal answers.
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from xiezuo.zones.judged import RuleSaid
from xiezuo.zones.proposals.asking import Asked, Drawing, begun, drawings, drawn_scheme, holes, led_scheme
from xiezuo.zones.proposals.questions import chiefs_of, leaders_of, question_of
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.valuing import CountyGround, Valued, value
from xiezuo.zones.zoning.conflicts import NoDivision
from xiezuo.zones.zoning.ground import Division
from xiezuo.zones.zoning.leaders import TooFewLeaders, lead
from xiezuo.zones.zoning.problem import TINY
from xiezuo.zones.zoning.proposing import Proposal, Why, propose, why
from xiezuo.zones.zoning.question import Question

MANY, DIFFER = 3, 2

Stop = Callable[[], bool]
Tell = Callable[[str, int, int], None]
"""Hears what is being done: a step by its name, how much of it is done, and of how much."""


@dataclass(frozen=True)
class _Part:
    """One part with its question and what was proposed for it."""

    drawing: Drawing
    question: Question
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class _Case:
    """What is reckoned: today's scheme, the same with the zones that it lacks, the ground, the rules and the question."""

    today: Scheme
    base: Scheme
    ground: CountyGround
    rules: Sequence[RuleSaid]
    asked: Asked
    stop: Stop
    tell: Tell

    def go_on(self) -> None:
        """Raise `Cancelled` if whoever asked wants no more."""
        if self.stop():
            raise Cancelled

    def named(self, question: Question) -> dict[str, dict[str, Any]]:
        """What a reader needs to be told each rule: the county's own name of it."""
        own = {each.code: {"name": each.name, "limit": each.limit, "unit": each.unit} for each in self.rules}
        return {rule.name: own.get(rule.name, {}) for rule in question.every_rule}


class Cancelled(Exception):
    """Whoever asked wants no more."""


class Impossible(Exception):
    """No scheme keeps what is asked; `told` says why, as JSON."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__(str(told))
        self.told = told


def reckon(
    today: Scheme,
    ground: CountyGround,
    rules: Sequence[RuleSaid],
    asked: Asked,
    *,
    stop: Stop | None = None,
    tell: Tell | None = None,
) -> dict[str, Any]:
    """Up to three proposals, with their terms, proofs and reasons. Raises `Impossible` and `Cancelled`.

    The weights of the question go before those of the ground. The time is shared: half of it for the parts, the rest for
    the reasons.
    """
    until, ground = time.monotonic() + asked.seconds, replace(ground, weights=asked.weights)
    case = _Case(today, begun(today, ground), ground, rules, asked, stop or _never, tell or _nobody)
    parts = _solved(case)
    told = [_proposal(case, parts, number) for number in range(max(len(each.proposals) for each in parts))]
    reasons = _reasons(case, parts, until)
    return {
        "today": {"scheme": today.as_json(), "terms": _terms(value(today, ground, today))},
        "proposals": [each | {"why": _why_of(reasons, number)} for number, each in enumerate(told)],
        "fewer": len(told) < MANY,
        "parts": [each.drawing.kind for each in parts],
        "ways": _ways(parts, ground),
        "rules": {name: about for part in parts for name, about in case.named(part.question).items()},
    }


def _nobody(_step: str, _done: int, _of: int) -> None:
    """Nobody listens."""


def _never() -> bool:
    return False


def _solved(case: _Case) -> list[_Part]:
    drawn = drawings(case.base, case.ground, case.asked.wishes)
    if not drawn:
        raise Impossible({"kind": "nothing"})
    found = []
    for at, drawing in enumerate(drawn):
        case.go_on()
        case.tell(drawing.kind, at, len(drawn))
        found.append(_solved_part(case, drawing, 0.5 * case.asked.seconds / len(drawn)))
    return found


def _solved_part(case: _Case, drawing: Drawing, seconds: float) -> _Part:
    if missing := holes(drawing, case.ground):
        pairs = [list(each) for each in missing[:20]]
        raise Impossible({"kind": "ways", "pairs": pairs, "many": len(missing)})
    question = question_of(
        drawing, case.ground, case.today, case.base, wishes=case.asked.wishes, rules=case.rules
    )
    try:
        made = propose(question, many=MANY, differ=DIFFER, seconds=seconds, stop=case.stop)
    except NoDivision as error:
        names = list(error.conflict.rules)
        told = {"kind": "rules", "part": drawing.kind, "rules": names, "named": case.named(question)}
        raise Impossible(told) from error
    except TimeoutError as error:
        case.go_on()
        raise Impossible({"kind": "time", "part": drawing.kind}) from error
    return _Part(drawing, question, made)


def _proposal(case: _Case, parts: Sequence[_Part], number: int) -> dict[str, Any]:
    """The parts' proposals of one number as one scheme, with its leaders; a part that has fewer gives its last again."""
    scheme, proofs = case.base, {}
    for part in parts:
        found = part.proposals[min(number, len(part.proposals) - 1)]
        scheme = drawn_scheme(
            scheme, part.drawing, {int(unit): zone for unit, zone in found.division.items()}
        )
        proofs[part.drawing.kind] = {
            "stress": found.stress.value,
            "again": number >= len(part.proposals),
            **_proof(found.cost, found.bound),
        }
    scheme, led = _led(case, scheme)
    proofs |= {"leaders": led} if led else {}
    terms = _terms(value(scheme, case.ground, case.today))
    return {"scheme": scheme.as_json(), "terms": terms, "proofs": proofs}


def _proof(cost: float, bound: float) -> dict[str, Any]:
    """What something costs, what nothing costs less than, and the part of the cost that is between."""
    gap = 0.0 if cost <= bound + TINY * max(1.0, abs(cost)) else (cost - bound) / max(abs(cost), 1e-12)
    return {"cost": _round(cost), "bound": _round(bound), "gap": _round(gap)}


def _led(case: _Case, scheme: Scheme) -> tuple[Scheme, dict[str, Any] | None]:
    """The scheme with its best leaders, unless they stay or there are none to choose from."""
    question = leaders_of(scheme, case.ground, case.today, case.rules)
    if question is None or case.asked.wishes.leaders_stay:
        return scheme, None
    try:
        led = lead(question, seconds=max(1.0, 0.1 * case.asked.seconds), stop=case.stop)
    except TooFewLeaders as error:
        held = {
            "zones": len(question.zones),
            "leaders": len(question.leaders),
            "span": question.leaders[0].span,
        }
        raise Impossible({"kind": "leaders", **held}) from error
    except TimeoutError as error:
        case.go_on()
        raise Impossible({"kind": "time", "part": "leaders"}) from error
    first = chiefs_of(scheme)
    leaders = {zone: int(person) for zone, person in led.leader_of.items()}
    parents = {zone: first[int(person)] for zone, person in led.deputy_of.items()}
    return led_scheme(scheme, leaders, parents), _proof(led.cost, led.bound)


def _round(number: float | None) -> float | None:
    """As many places as tell anything; what is not finite is nothing that JSON knows."""
    return None if number is None or not math.isfinite(number) else round(number, 6)


def _terms(valued: Valued) -> dict[str, Any]:
    """A scheme's terms as plain values."""
    return _plain(asdict(valued))


def _plain(told: Any) -> Any:
    if isinstance(told, Mapping):
        return {key: _plain(each) for key, each in told.items()}
    if isinstance(told, list | tuple):
        return [_plain(each) for each in told]
    return _round(told) if isinstance(told, float) else told


def _ways(parts: Sequence[_Part], ground: CountyGround) -> str:
    """Where the ways come from that were counted: the county's sheet, coordinates, both, or nowhere."""
    axes = {axis for part in parts for axis in part.drawing.axis.values()}
    arcs = {
        (unit, axis)
        for part in parts
        for axis in part.drawing.axis.values()
        for unit in part.drawing.units
        if unit not in axes
    }
    known = arcs & ground.ways.keys()
    guessed = known & ground.guessed
    return "none" if not known else "sheet" if not guessed else "coordinates" if guessed == known else "both"


@dataclass(frozen=True)
class _Reason:
    """Why each unit of a part is where it is, for each of its proposals."""

    part: _Part
    found: tuple[dict[str, Any], ...]


def _reasons(case: _Case, parts: Sequence[_Part], until: float) -> list[_Reason]:
    found = []
    for at, part in enumerate(parts):
        case.tell("reasons", at, len(parts))
        share = (until - time.monotonic()) / (len(parts) - at)
        found.append(_Reason(part, _whys(case, part, max(0.0, share))))
    return found


def _whys(case: _Case, part: _Part, seconds: float) -> tuple[dict[str, Any], ...]:
    """What the best division with a unit elsewhere costs is solved once and holds for each proposal."""
    first, until = part.proposals[0].division, time.monotonic() + seconds
    told: list[dict[str, Any]] = [{} for _each in part.proposals]
    for place in first:
        case.go_on()
        best = _best_elsewhere(part.question, first, place, until)
        for number, proposal in enumerate(part.proposals):
            told[number][place] = _why(part.question, proposal.division, place, best)
    return tuple(told)


def _best_elsewhere(
    question: Question, division: Division, place: str, until: float
) -> dict[str, float | None]:
    """What the best division costs with the place in each zone; None where time did not suffice."""
    here = question.terms(division).cost
    found: Why = why(question, division, place, seconds=max(0.0, until - time.monotonic()))
    at_best = {each.zone: each.at_best for each in found.elsewhere}
    return {zone: None if more is None else here + more for zone, more in at_best.items()}


def _why(
    question: Question, division: Division, place: str, best: Mapping[str, float | None]
) -> dict[str, Any]:
    zone, here = division[place], question.terms(division).cost
    found = why(question, division, place, seconds=0.0)
    others = [
        {"zone": each.zone, "alone": _round(each.alone), "broken": sorted(each.broken), **_at_best(best.get(each.zone), here)}
        for each in found.elsewhere
    ]  # fmt: skip
    return {
        "zone": zone, "travel": _round(found.travel), "tie_lost": _round(found.tie_lost), "changed": found.changed,
        "elsewhere": others,
    }  # fmt: skip


def _at_best(cost: float | None, here: float) -> dict[str, Any]:
    """What it costs at best more than the proposal; `never` where no division has the place there."""
    if cost is None:
        return {"at_best": None, "never": False}
    return {"at_best": _round(cost - here), "never": math.isinf(cost)}


def _why_of(reasons: Sequence[_Reason], number: int) -> dict[str, Any]:
    return {
        unit: told
        for each in reasons
        for unit, told in each.found[min(number, len(each.found) - 1)].items()
    }  # fmt: skip
