"""Proposals for a county reckoned: each part solved, put together as schemes, counted beside today's, and explained.

Loaded by who solves alone. What it gives is plain JSON without words, so that each reader is told in the own language; and
without seconds, so that equal questions have equal answers.
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from xiezuo.zones.judged import RuleSaid
from xiezuo.zones.proposals.asking import Asked, Drawing, begun, drawings, drawn_scheme, holes, led_scheme
from xiezuo.zones.proposals.questions import chiefs_of, leaders_of, question_of
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.valuing import CountyGround, Valued, value
from xiezuo.zones.zoning.conflicts import NoDivision
from xiezuo.zones.zoning.ground import Division
from xiezuo.zones.zoning.leaders import TooFewLeaders, lead
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


class Cancelled(Exception):
    """Whoever asked wants no more."""


class Impossible(Exception):
    """No scheme keeps what is asked; `told` says why, as JSON."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__(str(told))
        self.told = told


def reckon(
    today: Scheme, ground: CountyGround, rules: Sequence[RuleSaid], asked: Asked, *, stop: Stop | None = None,
    tell: Tell | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Up to three proposals, with their terms, proofs and reasons. Raises `Impossible` and `Cancelled`.

    `ground` carries the weights of the question. The time is shared: half of it for the parts, the rest for the reasons.
    """
    tell, stop = tell or _nobody, stop or _never
    until = time.monotonic() + asked.seconds
    base = begun(today, ground)
    parts = _solved(today, base, ground, rules, asked, stop, tell)
    told = [
        _proposal(number, parts, today, base, ground, rules, asked, stop) for number in range(_many(parts))
    ]
    _go_on(stop)
    tell("reasons", 0, len(parts))
    reasons = _reasons(parts, until, stop, tell)
    schemes = [Scheme.from_json(each["scheme"]) for each in told]
    return {
        "today": {"scheme": today.as_json(), "terms": _terms(value(today, ground, today))},
        "proposals": [each | {"why": _why_of(reasons, number)} for number, each in enumerate(told)],
        "fewer": len(schemes) < MANY, "parts": [each.drawing.kind for each in parts],
        "ways": _ways(parts, ground), "rules": _rules_named(parts, rules),
    }  # fmt: skip


def _nobody(_step: str, _done: int, _of: int) -> None:
    """Nobody listens."""


def _never() -> bool:
    return False


def _go_on(stop: Stop) -> None:
    if stop():
        raise Cancelled


def _many(parts: Sequence[_Part]) -> int:
    return max(len(each.proposals) for each in parts)


def _solved(
    today: Scheme, base: Scheme, ground: CountyGround, rules: Sequence[RuleSaid], asked: Asked, stop: Stop, tell: Tell
) -> list[_Part]:  # fmt: skip
    drawn = drawings(base, ground, asked.wishes)
    if not drawn:
        raise Impossible({"kind": "nothing"})
    found = []
    for at, drawing in enumerate(drawn):
        _go_on(stop)
        tell(drawing.kind, at, len(drawn))
        if missing := holes(drawing, ground):
            raise Impossible(
                {"kind": "ways", "pairs": [list(each) for each in missing[:20]], "many": len(missing)}
            )
        question = question_of(drawing, ground, today, base, asked.wishes, rules)
        found.append(
            _Part(
                drawing, question, _propose(drawing, question, 0.5 * asked.seconds / len(drawn), rules, stop)
            )
        )
    return found


def _propose(
    drawing: Drawing, question: Question, seconds: float, rules: Sequence[RuleSaid], stop: Stop
) -> tuple[Proposal, ...]:
    try:
        return propose(question, many=MANY, differ=DIFFER, seconds=seconds, stop=stop)
    except NoDivision as error:
        names = list(error.conflict.rules)
        raise Impossible(
            {"kind": "rules", "part": drawing.kind, "rules": names, "named": _named(question, rules)}
        ) from error
    except TimeoutError as error:
        _go_on(stop)
        raise Impossible({"kind": "time", "part": drawing.kind}) from error


def _proposal(
    number: int, parts: Sequence[_Part], today: Scheme, base: Scheme, ground: CountyGround, rules: Sequence[RuleSaid],
    asked: Asked, stop: Stop,
) -> dict[str, Any]:  # fmt: skip
    scheme, proofs = base, {}
    for part in parts:
        found = part.proposals[min(number, len(part.proposals) - 1)]
        scheme = drawn_scheme(
            scheme, part.drawing, {int(unit): zone for unit, zone in found.division.items()}
        )
        proofs[part.drawing.kind] = {
            "stress": found.stress.value, "again": number >= len(part.proposals),
            "cost": _round(found.cost), "bound": _round(found.bound), "gap": _round(found.gap),
        }  # fmt: skip
    scheme, proofs["leaders"] = _led(scheme, ground, today, rules, asked, stop)
    return {"scheme": scheme.as_json(), "terms": _terms(value(scheme, ground, today)), "proofs": proofs}


def _led(
    scheme: Scheme, ground: CountyGround, today: Scheme, rules: Sequence[RuleSaid], asked: Asked, stop: Stop
) -> tuple[Scheme, dict[str, Any] | None]:
    """The scheme with its best leaders, unless they stay or there are none to choose from."""
    question = leaders_of(scheme, ground, today, rules)
    if question is None or asked.wishes.leaders_stay:
        return scheme, None
    try:
        led = lead(question, seconds=max(1.0, 0.1 * asked.seconds), stop=stop)
    except TooFewLeaders as error:
        held = {
            "zones": len(question.zones),
            "leaders": len(question.leaders),
            "span": question.leaders[0].span,
        }
        raise Impossible({"kind": "leaders", **held}) from error
    except TimeoutError as error:
        _go_on(stop)
        raise Impossible({"kind": "time", "part": "leaders"}) from error
    first = chiefs_of(scheme)
    after = led_scheme(
        scheme, {zone: int(person) for zone, person in led.leader_of.items()},
        {zone: first[int(person)] for zone, person in led.deputy_of.items()},
    )  # fmt: skip
    gap = 0.0 if led.cost <= led.bound else (led.cost - led.bound) / max(abs(led.cost), 1e-12)
    return after, {"cost": _round(led.cost), "bound": _round(led.bound), "gap": _round(gap)}


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
    arcs = {
        (unit, axis) for part in parts for axis in part.drawing.axis.values() for unit in part.drawing.units
    }
    known = arcs & ground.ways.keys()
    guessed = known & ground.guessed
    return "none" if not known else "sheet" if not guessed else "coordinates" if guessed == known else "both"


def _rules_named(parts: Sequence[_Part], rules: Sequence[RuleSaid]) -> dict[str, dict[str, Any]]:
    return {name: about for part in parts for name, about in _named(part.question, rules).items()}


def _named(question: Question, rules: Sequence[RuleSaid]) -> dict[str, dict[str, Any]]:
    """What a reader needs to be told each rule: the county's own name of it."""
    own = {each.code: {"name": each.name, "limit": each.limit, "unit": each.unit} for each in rules}
    return {rule.name: own.get(rule.name, {}) for rule in question.every_rule}


@dataclass(frozen=True)
class _Reason:
    """Why each unit of a part is where it is, for each of its proposals."""

    part: _Part
    found: tuple[dict[str, Any], ...]


def _reasons(parts: Sequence[_Part], until: float, stop: Stop, tell: Tell) -> list[_Reason]:
    found = []
    for at, part in enumerate(parts):
        tell("reasons", at, len(parts))
        share = (until - time.monotonic()) / (len(parts) - at)
        found.append(_Reason(part, _whys(part, max(0.0, share), stop)))
    return found


def _whys(part: _Part, seconds: float, stop: Stop) -> tuple[dict[str, Any], ...]:
    """What the best division with a unit elsewhere costs is solved once and holds for each proposal."""
    first, until = part.proposals[0].division, time.monotonic() + seconds
    told: list[dict[str, Any]] = [{} for _each in part.proposals]
    for place in first:
        _go_on(stop)
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
