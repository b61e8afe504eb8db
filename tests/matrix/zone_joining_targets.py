"""What the addresses of 有合有分 and of areas are asked for in the matrix."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.matrix.canaries import Subject
from tests.matrix.targets import MISSING, TARGETS, Asked, Scopes, Target, _list, _plain, _things
from tests.matrix.world import World
from tests.matrix.zone_joinings import TODAY

ENDED = {"last": TODAY.isoformat(), "reason": "虚构"}


def _joining(sent: Any = None) -> Asked:
    """What is decided is everybody's own, what is not is withheld; those of other commissions, and one that is none."""

    def scopes(world: World, subject: Subject) -> Scopes:
        def at(county: Any, name: str) -> Target:
            return Target({"pk": county.things[name].pk}, sent=sent)

        others = [county for code, county in world.counties.items() if code != subject.commission]
        home = world.of(subject)
        # Whoever draws zones sees what is only asked for, and is told why it cannot be ended yet.
        draws = bool(subject.roles & {"secretary", "case_management", "deputy_secretary"})
        withheld = {} if sent and draws else {"withheld": [at(home, "joining asked")]}
        return {
            "own": [at(home, "joining held")], **withheld,
            "foreign": [at(county, "joining held") for county in others], "missing": [Target({"pk": MISSING}, sent=sent)],
        }  # fmt: skip

    return scopes


def _asked(world: World, subject: Subject) -> Scopes:
    things = world.of(subject).things
    sent = {
        "lead": things["zone E1"].pk, "zones": [things["zone E2"].pk], "coordinator": things["person contact"].pk,
        "purpose": "事项", "title": "虚构〔2023〕5号", "starts": TODAY.isoformat(),
        "ends": (TODAY + timedelta(days=9)).isoformat(), "key": str(uuid4()),
    }  # fmt: skip
    return {"plain": [Target(sent=sent)]}


def _authorised(world: World, subject: Subject) -> Scopes:
    home = world.of(subject)
    sent = {
        "person": home.things["person vice"].pk, "unit": home.units["CM"].pk, "matter": "虚构〔2023〕5号",
        "starts": TODAY.isoformat(), "ends": TODAY.isoformat(), "key": str(uuid4()),
    }  # fmt: skip
    return {"plain": [Target(sent=sent)]}


TARGETS |= {
    ("zones:joinings", "GET"): _list(),
    ("zones:joining", "GET"): _joining(),
    ("zones:ask-joining", "GET"): _plain(),
    ("zones:ask-joining", "POST"): _asked,
    ("zones:end-joining", "GET"): _joining(),
    ("zones:end-joining", "POST"): _joining(ENDED),
    ("zones:authorisations", "GET"): _list(),
    ("zones:authorisation", "GET"): _things("authorisation", "pk"),
    ("zones:ask-authorisation", "GET"): _plain(),
    ("zones:ask-authorisation", "POST"): _authorised,
    ("zones:end-authorisation", "GET"): _things("authorisation", "pk"),
    ("zones:end-authorisation", "POST"): _things("authorisation", "pk", lambda *_: ENDED),
    ("zones:areas", "GET"): _plain(),
    ("zones:areas", "POST"): _plain({"act": "drop"}),
}
