"""What the addresses of the regulations are asked for in the matrix."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.matrix.canaries import Subject
from tests.matrix.targets import MISSING, TARGETS, Asked, Scopes, Target
from tests.matrix.world import World
from xiezuo.shared import clock

TODAY = clock.today()
Sent = Callable[[World, Subject, str], Any]
"""What is sent for a thing of a unit."""


def _of_unit(name: str, sent: Sent = lambda *_: None, **more: Any) -> Asked:
    """A draft of the subject's own unit, of another one, of another commission, and one that does not exist.

    For who neither holds a unit nor keeps the files only what was issued is their own.
    """

    def scopes(world: World, subject: Subject) -> Scopes:
        home = world.of(subject)
        others = [county for code, county in world.counties.items() if code != subject.commission]

        def at(county: Any, unit: str) -> Target:
            return Target({"pk": county.things[f"{name} {unit}"].pk, **more}, sent=sent(world, subject, unit))

        own, withheld = at(home, subject.here), at(home, subject.away)
        found = {"own": [own], "withheld": [withheld], "foreign": [at(county, "U1") for county in others],
                 "missing": [Target({"pk": MISSING, **more}, sent=sent(world, subject, "U1"))]}  # fmt: skip
        if name == "draft" and not subject.units and "case_management" not in subject.roles:
            issued = Target({"pk": home.things["edition held"].pk, **more}, sent=own.sent)
            return {**found, "own": [issued], "withheld": [own, withheld]}
        return found

    return scopes


def _one(name: str, sent: Any = None) -> Asked:
    """A thing of the whole commission."""

    def scopes(world: World, subject: Subject) -> Scopes:
        others = [county for code, county in world.counties.items() if code != subject.commission]
        return {
            "own": [Target({"pk": world.of(subject).things[name].pk}, sent=sent)],
            "foreign": [Target({"pk": county.things[name].pk}, sent=sent) for county in others],
            "missing": [Target({"pk": MISSING}, sent=sent)],
        }

    return scopes


def _opinion(world: World, subject: Subject, unit: str) -> dict[str, Any]:
    told = {"unit": world.of(subject).units[unit].pk, "text": "虚构意见", "key": str(uuid4())}
    paper = {"paper_no": "虚构函1号", "paper_on": TODAY.isoformat()}
    return {**told, **paper} if "case_management" in subject.roles else told


def _answer(world: World, subject: Subject, unit: str) -> dict[str, Any]:
    told = {"unit": world.of(subject).units[unit].pk}
    return {**told, "on_paper": "yes"} if "case_management" in subject.roles else told


def _begun(world: World, subject: Subject) -> Scopes:
    unit = world.of(subject).units[subject.here].pk
    return {"plain": [Target(sent={"name": "虚构制度", "unit": unit, "key": str(uuid4())})]}


TEXT = "第一条 虚构"
ENDS = (TODAY + timedelta(days=99)).isoformat()
TARGETS |= {
    ("rules:compare", "GET"): _one("regulation"),
    ("rules:edition", "GET"): _of_unit("draft"),
    ("rules:consultation", "GET"): _of_unit("draft"),
    ("rules:text-file", "GET"): _of_unit("draft", ending="docx"),
    ("rules:overview-file", "GET"): _of_unit("draft", ending="docx"),
    ("rules:read", "POST"): _one("edition held", {}),
    ("rules:readers", "GET"): _one("edition held"),
    ("rules:begin", "GET"): lambda *_: {"plain": [Target()]},
    ("rules:begin", "POST"): _begun,
    ("rules:answer", "POST"): _of_unit("draft", _answer),
    ("rules:file", "GET"): _one("untexted"),
    ("rules:file", "POST"): _one("untexted", {"text": TEXT}),
    ("rules:link", "GET"): _one("regulation"),
    ("rules:link", "POST"): _one("regulation", {"anchor": "1", "kind": "表单", "code": "F9"}),
    ("rules:unlink", "GET"): _one("leaning"),
    ("rules:unlink", "POST"): _one("leaning", {"sure": "yes"}),
    ("rules:opinion", "GET"): _of_unit("draft"),
    ("rules:opinion", "POST"): _of_unit("draft", _opinion),
    ("rules:settle", "GET"): _of_unit("opinion"),
    ("rules:settle", "POST"): _of_unit("opinion", lambda *_: {"outcome": "采纳"}),
    **{(f"rules:{route}", "GET"): _of_unit("draft") for route in ("about", "text", "consult", "drop")},
    ("rules:clause", "GET"): _of_unit("draft", anchor=1),
    ("rules:clause", "POST"): _of_unit("draft", lambda *_: {"text": TEXT, "seen": "1"}, anchor=1),
    ("rules:about", "POST"): _of_unit("draft", lambda *_: {"name": "虚构制度"}),
    ("rules:text", "POST"): _of_unit("draft", lambda *_: {"text": TEXT, "seen": "1"}),
    ("rules:consult", "POST"): _of_unit(
        "draft", lambda world, subject, unit: {"units": [world.of(subject).units[unit].pk], "last_day": ENDS}
    ),
    ("rules:drop", "POST"): _of_unit("draft", lambda *_: {"reason": "虚构"}),
    ("rules:apply", "GET"): _of_unit("ready"),
    ("rules:apply", "POST"): _of_unit(
        "ready", lambda *_: {"purpose": "试行", "starts": TODAY.isoformat(), "until": ENDS, "key": str(uuid4())}
    ),
}  # fmt: skip
