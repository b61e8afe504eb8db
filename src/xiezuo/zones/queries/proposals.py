"""Questions for proposals and their answers: what is read from the ledger to answer one, and what of it is shown."""

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from xiezuo.organisation.api import Commission, ledger_version, person_names
from xiezuo.organisation.models import Unit, UnitRecord
from xiezuo.zones.judged import RuleSaid
from xiezuo.zones.models import GroundEdition, Plan, Proposals
from xiezuo.zones.queries.grounds import county_ground
from xiezuo.zones.queries.judging import zoning_rules
from xiezuo.zones.queries.lists import units_on
from xiezuo.zones.queries.schemes import scheme_on
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.states import GroundKind
from xiezuo.zones.valuing import CountyGround

MOST_QUESTIONS = 100


@dataclass(frozen=True)
class Case:
    """Everything that a question is answered from, as the ledger was at one moment."""

    commission: Commission
    on: date
    today: Scheme
    ground: CountyGround
    rules: tuple[RuleSaid, ...]
    ledger_version: int
    editions: dict[str, int]


def case_on(commission: Commission, on: date) -> Case:
    """The case of a day. Twenty queries."""
    today = scheme_on(commission, on)
    ground = county_ground(commission, on, today=today)
    rules = tuple(zoning_rules(commission, on))
    return Case(
        commission, on, today, ground, rules, ledger_version(commission), editions_that_count(commission)
    )


def editions_that_count(commission: Commission) -> dict[str, int]:
    """By kind, the number of the last edition of what the county gave. One query."""
    rows = GroundEdition.objects.filter(commission=commission).exclude(kind=GroundKind.AREAS).order_by("id")
    return dict(rows.values_list("kind", "pk"))


def asked_earlier(commission: Commission) -> list[Proposals]:
    """Questions for proposals, the last first. One query."""
    rows = Proposals.objects.filter(commission=commission).select_related("plan").defer("result")
    return list(rows.order_by("-id")[:MOST_QUESTIONS])


def proposals_shown(commission: Commission, pk: int) -> Proposals | None:
    """One question, if it is for the reader. One query."""
    return Proposals.objects.filter(commission=commission, pk=pk).select_related("plan").first()


def plan_asked_for(commission: Commission, pk: int) -> Plan | None:
    """The plan that a question is asked from, if it is for the reader. One query."""
    return Plan.objects.filter(commission=commission, pk=pk).first()


def fingerprint(case: Case) -> str:
    """Equal for equal cases: what a ledger's version is not, for that grows with every draft of a plan too."""
    ground = case.ground
    told = [
        case.today.as_json(), sorted(ground.ways.items()), sorted((k, sorted(v.items())) for k, v in ground.loads.items()),
        sorted(ground.neighbours), sorted((k, sorted(v)) for k, v in ground.functions.items()),
        sorted(astuple(each) for each in ground.facts.shares), ground.contacts, ground.chiefs, sorted(ground.assists.items()),
        [(each.code, each.binding, each.limit) for each in case.rules],
    ]  # fmt: skip
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def moved_on(asked: Proposals) -> bool:
    """Whether the ledger, the rules or the county's sheets say otherwise than what the answer was reckoned from.

    Twenty queries.
    """
    told = (asked.result or {}).get("fingerprint")
    return told is not None and told != fingerprint(case_on(asked.commission, asked.day))


@dataclass(frozen=True)
class Words:
    """Names for the numbers of an answer, as on its day; `order` is the official order of the units."""

    units: dict[int, str]
    people: dict[int, str]
    kinds: dict[int, str]
    order: tuple[int, ...]

    def unit(self, number: int | str) -> str:
        """The name of a unit."""
        return self.units.get(int(number), f"#{number}")

    def person(self, number: int | None) -> str:
        """The name of a person; nothing for nobody."""
        return "" if number is None else self.people.get(number, f"#{number}")


def words_of(commission: Commission, on: date, schemes: Iterable[Scheme]) -> Words:
    """Names of the units that stand on the day and of whoever leads in the schemes. Two queries."""
    records: list[UnitRecord] = units_on(commission, on)
    people = {each.person for scheme in schemes for each in scheme.leaders}
    return Words(
        {each.unit_id: each.name for each in records}, person_names(people, on),
        {each.unit_id: each.kind for each in records}, tuple(each.unit_id for each in records),
    )  # fmt: skip


def codes_of(commission: Commission) -> dict[int, str]:
    """The code of each unit of a commission. One query."""
    return dict(Unit.objects.filter(commission=commission).values_list("pk", "code"))


def editions_of(commission: Commission) -> list[GroundEdition]:
    """Every edition of the county's sheets, the last first. One query."""
    rows = GroundEdition.objects.filter(commission=commission).exclude(kind=GroundKind.AREAS)
    return list(rows.order_by("-id")[:MOST_QUESTIONS])


def edition_shown(commission: Commission, pk: int) -> GroundEdition | None:
    """One edition. One query."""
    rows = GroundEdition.objects.filter(commission=commission, pk=pk)
    return rows.exclude(kind=GroundKind.AREAS).first()


def answer_shell(case: Case, seed: int) -> dict[str, Any]:
    """What every answer says of itself: the day and the ledger that it was reckoned from."""
    return {
        "commission": case.commission.code, "on": case.on.isoformat(), "ledger_version": case.ledger_version,
        "editions": case.editions, "fingerprint": fingerprint(case), "seed": seed,
    }  # fmt: skip
