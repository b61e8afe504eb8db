"""What the addresses of the zone plans are asked for in the matrix."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.matrix.canaries import Subject
from tests.matrix.targets import MISSING, TARGETS, Asked, Scopes, Target
from tests.matrix.world import World
from xiezuo.shared import clock

TODAY = clock.today()
AHEAD = (TODAY + timedelta(days=99)).isoformat()
Sent = Callable[[World, Subject, str], Any]
"""What is sent for a thing of a unit."""
NOBODYS_UNIT = {"site_keeper", "report_writer", "reader"}


def _nothing(*_: Any) -> Any:
    return None


def _of_unit(name: str = "zone plan", sent: Sent = _nothing, **more: Any) -> Asked:
    """A draft on which the subject's own unit is asked, one on which another is, one of another commission, and none.

    For who holds no unit, only the plan that was decided is their own.
    """

    def scopes(world: World, subject: Subject) -> Scopes:
        home = world.of(subject)
        others = [county for code, county in world.counties.items() if code != subject.commission]

        def at(county: Any, key: str, unit: str) -> Target:
            return Target({"pk": county.things[key].pk, **more}, sent=sent(world, subject, unit))

        own, withheld = (
            at(home, f"{name} {subject.here}", subject.here),
            at(home, f"{name} {subject.away}", subject.away),
        )
        found = {"own": [own], "withheld": [withheld], "foreign": [at(county, f"{name} U1", "U1") for county in others],
                 "missing": [Target({"pk": MISSING, **more}, sent=sent(world, subject, "U1"))]}  # fmt: skip
        if name == "zone plan" and not subject.units and subject.roles & NOBODYS_UNIT:
            return {**found, "own": [at(home, "zone plan held", "U1")], "withheld": [own, withheld]}
        return found

    return scopes


def _read(**more: Any) -> Asked:
    """As `_of_unit`, and a draft on which two units are asked: each of them reads its own opinion."""

    def scopes(world: World, subject: Subject) -> Scopes:
        found = _of_unit(**more)(world, subject)
        both = Target({"pk": world.of(subject).things["zone plan of two"].pk, **more})
        return {**found, "own": [*found["own"], both]} if subject.units & {"U1", "U3"} else found

    return scopes


def _compared(world: World, subject: Subject) -> Scopes:
    """The ledger of today with a plan."""

    def beside(target: Target) -> Target:
        return Target(query={"before": f"day:{TODAY.isoformat()}", "after": f"plan:{target.kwargs['pk']}"})

    scopes = _of_unit()(world, subject)
    return {
        "plain": [Target()],
        **{scope: [beside(each) for each in found] for scope, found in scopes.items()},
    }


def _acted(sent: Callable[[Any], dict[str, Any]]) -> Asked:
    """An address without a thing of its own, with what is sent to the subject's own county."""
    return lambda world, subject: {"plain": [Target(sent={"key": str(uuid4()), **sent(world.of(subject))})]}


def _planned(name: str) -> dict[str, Any]:
    return {"name": name, "starts": AHEAD, "why": "虚构", "step": "begin"}


def _merged(county: Any) -> dict[str, Any]:
    zones = [f"{county.code}E1", f"{county.code}E2"]
    return {**_planned("虚构合并"), "zones": zones, "into": zones[0], "zone_name": "虚构合并区"}


def _split(county: Any) -> dict[str, Any]:
    return {
        **_planned("虚构拆分"),
        "zone": f"{county.code}E1",
        "units": [county.units["U2"].pk],
        "zone_name": "虚构新区",
    }


def _transferred(county: Any) -> dict[str, Any]:
    return {
        **_planned("虚构划转"),
        "units": [county.units["U3"].pk],
        "zone": f"{county.code}E1",
        "role": "成员",
    }


def _opinion(world: World, subject: Subject, unit: str) -> dict[str, Any]:
    told = {"unit": world.of(subject).units[unit].pk, "zone": "", "text": "虚构意见", "key": str(uuid4())}
    paper = {"paper_no": "虚构函1号", "paper_on": TODAY.isoformat()}
    return {**told, **paper} if "case_management" in subject.roles else told


def _answer(world: World, subject: Subject, unit: str) -> dict[str, Any]:
    told = {"unit": world.of(subject).units[unit].pk}
    return {**told, "on_paper": "yes"} if "case_management" in subject.roles else told


def _put(world: World, subject: Subject, unit: str) -> dict[str, Any]:
    home = world.of(subject)
    return {"verb": "put", "unit": home.units[unit].pk, "zone": f"{home.code}E2", "role": "支援", "seen": "1"}


def _asking(world: World, subject: Subject, unit: str) -> dict[str, Any]:
    return {"units": [world.of(subject).units[unit].pk], "last_day": AHEAD}


def _meeting(*_: Any) -> dict[str, Any]:
    return {"meeting": "虚构会议", "key": str(uuid4())}


FORMS: dict[str, tuple[str, Sent]] = {
    "plan-editor": ("zone plan", _put),
    "plan-about": ("zone plan", lambda *_: {"name": "虚构方案", "starts": AHEAD, "why": "", "seen": "1"}),
    "plan-wishes": ("zone plan", lambda *_: {"together": "", "barred": "", "seen": "1"}),
    "consult-plan": ("zone plan", _asking),
    "plan-opinion": ("zone plan", _opinion),
    "settle-opinion": ("zone opinion", lambda *_: {"outcome": "采纳"}),
    "apply-plan": ("zone plan ready", _meeting),
    "drop-plan": ("zone plan", lambda *_: {"reason": "虚构"}),
}
"""Addresses with a form: of what, and what is sent."""

TARGETS |= {
    ("zones:plans", "GET"): lambda *_: {"plain": [Target()]},
    **{(f"zones:{route}", "GET"): _read() for route in ("plan", "plan-map", "plan-opinions")},
    **{(f"zones:{route}", "GET"): _read(ending="docx") for route in ("plan-sheet", "plan-decision", "plan-overview")},
    ("zones:compare-plans", "GET"): _compared,
    **{(f"zones:{route}", "GET"): lambda *_: {"plain": [Target()]}
       for route in ("begin-plan", "merge-plan", "split-plan", "transfer-plan", "file-plan")},
    ("zones:begin-plan", "POST"): _acted(lambda _county: {**_planned("虚构方案"), "begin_from": f"day:{TODAY.isoformat()}"}),
    ("zones:merge-plan", "POST"): _acted(_merged),
    ("zones:split-plan", "POST"): _acted(_split),
    ("zones:transfer-plan", "POST"): _acted(_transferred),
    ("zones:file-plan", "POST"): _acted(lambda _county: {"name": "虚构决定", "starts": TODAY.isoformat(), "meeting": "虚构会议"}),
    ("zones:answer-plan", "POST"): _of_unit(sent=_answer),
    **{(f"zones:{route}", "GET"): _of_unit(name) for route, (name, _sent) in FORMS.items()},
    **{(f"zones:{route}", "POST"): _of_unit(name, sent) for route, (name, sent) in FORMS.items()},
}  # fmt: skip
