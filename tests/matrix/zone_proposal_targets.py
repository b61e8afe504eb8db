"""What the addresses of proposals, and of what zones are drawn on, are asked for in the matrix."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix.canaries import Subject
from tests.matrix.targets import MISSING, TARGETS, Asked, Scopes, Target
from tests.matrix.world import World
from tests.zones.proposals.books import book_of
from xiezuo.shared import clock

AHEAD = (clock.today() + timedelta(days=77)).isoformat()
WEIGHTS = ("way", "change", "function", "portfolio", "band", "share", "outside", "hands", "load:0", "load:1")


def _one(name: str, sent: Any = None, unit: str = "", **more: Any) -> Asked:
    """A question of the subject's commission, one of another, and one that does not exist."""

    def scopes(world: World, subject: Subject) -> Scopes:
        def at(county: Any) -> Target:
            about = {"unit": county.units[unit].pk} if unit else {}
            return Target({"pk": county.things[name].pk, **about, **more}, sent=_sent(sent))

        others = [county for code, county in world.counties.items() if code != subject.commission]
        missing = {"pk": MISSING, **({"unit": 1} if unit else {}), **more}
        return {
            "own": [at(world.of(subject))], "foreign": [at(county) for county in others],
            "missing": [Target(missing, sent=_sent(sent))],
        }  # fmt: skip

    return scopes


def _sent(sent: Any) -> Any:
    return None if sent is None else {**sent, "key": str(uuid4())}


def _plain(*_: Any) -> Scopes:
    return {"plain": [Target()]}


def _question(*_: Any) -> Scopes:
    told = {"seconds": "5", "seed": "0", **dict.fromkeys(WEIGHTS, "1")}
    return {"plain": [Target(sent=_sent(told))]}


def _workbook(world: World, subject: Subject) -> Scopes:
    rows = [["机构", "村数"], [world.of(subject).units["U1"].code, 7]]
    return {"plain": [Target(sent={"book": SimpleUploadedFile("虚构.xlsx", book_of({"负荷": rows}))})]}


TARGETS |= {
    **{(f"zones:{route}", "GET"): _plain
       for route in ("proposals", "ask-proposals", "grounds", "ground-template", "ground-export")},
    ("zones:ask-proposals", "POST"): _question,
    ("zones:grounds", "POST"): _workbook,
    ("zones:ground-edition", "GET"): _one("ground"),
    ("zones:proposal", "GET"): _one("proposals"),
    ("zones:proposal-progress", "GET"): _one("proposals waiting"),
    ("zones:cancel-proposals", "POST"): _one("proposals waiting", {}),
    ("zones:proposal-why", "GET"): _one("proposals", unit="U1"),
    ("zones:take-proposal", "GET"): _one("proposals", number=1),
    ("zones:take-proposal", "POST"): _one("proposals", {"name": "虚构方案", "starts": AHEAD}, number=1),
}  # fmt: skip
