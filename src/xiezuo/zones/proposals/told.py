"""Proposals for the ledger of a day as one document for scripts: codes and names in the place of numbers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from xiezuo.organisation.api import Commission
from xiezuo.zones.proposals.asking import MOST_SECONDS, Asked
from xiezuo.zones.proposals.tasks import answered
from xiezuo.zones.proposals.words import conflict_words
from xiezuo.zones.queries.proposals import Words, case_on, codes_of, words_of
from xiezuo.zones.scheme import Scheme


def propose_on(commission: Commission, on: date, *, seconds: int = 20, seed: int = 0) -> dict[str, Any]:
    """Three proposals for the ledger of a day, term by term against today's plan, as JSON; nothing is written.

    Equal ledgers, seeds and weights give equal documents. Where no plan keeps the rules it carries `conflict`, and
    `reason` says the rules in conflict in the reader's language.
    """
    case = case_on(commission, on)
    asked = Asked(seconds=max(1, min(int(seconds), MOST_SECONDS)), seed=seed)
    _state, result = answered(case, asked)
    found = result or {}
    schemes = [Scheme.from_json(each["scheme"]) for each in found.get("proposals", [])]
    words, codes = words_of(commission, on, [case.today, *schemes]), codes_of(commission)
    if "conflict" in found:
        return found | {"reason": conflict_words(found["conflict"], words, case.today)}
    return found | {
        "today": found["today"] | {"scheme": _scheme(case.today, words, codes)},
        "proposals": [_proposal(each, words, codes) for each in found["proposals"]],
    }


def _proposal(told: dict[str, Any], words: Words, codes: dict[int, str]) -> dict[str, Any]:
    why = {codes[int(unit)]: about for unit, about in told["why"].items()}
    return told | {"scheme": _scheme(Scheme.from_json(told["scheme"]), words, codes), "why": why}


def _scheme(scheme: Scheme, words: Words, codes: dict[int, str]) -> list[dict[str, Any]]:
    return [
        {
            "code": zone.code, "name": zone.name, "level": zone.level, "kind": zone.kind, "parent": zone.parent,
            "members": [
                {"unit": codes[each.unit], "name": words.unit(each.unit), "role": each.role}
                for each in scheme.members_of(zone.code)
            ],
            "leaders": _names(scheme.leaders_of(zone.code), words),
        }
        for zone in scheme.zones
    ]  # fmt: skip


def _names(people: Iterable[int], words: Words) -> list[str]:
    return [words.person(each) for each in people]
