"""What the addresses of the meetings of zones are asked for in the matrix."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.matrix.canaries import Subject
from tests.matrix.targets import MISSING, TARGETS, Asked, Scopes, Target, _list
from tests.matrix.world import World
from tests.matrix.zone_meetings import TODAY, ZONE_OF

Sent = Callable[[World, Subject, str], Any]
"""What is sent for a thing of a unit."""
LATER = (TODAY + timedelta(days=9)).isoformat()


def _of_unit(name: str, sent: Sent = lambda *_: None, **more: Any) -> Asked:
    """A meeting of the subject's own unit, of another one, of another commission, and one that does not exist."""

    def scopes(world: World, subject: Subject) -> Scopes:
        home = world.of(subject)
        others = [county for code, county in world.counties.items() if code != subject.commission]

        def at(county: Any, unit: str) -> Target:
            return Target({"pk": county.things[f"{name} {unit}"].pk, **more}, sent=sent(world, subject, unit))

        return {
            "own": [at(home, subject.here)],
            "withheld": [at(home, subject.away)],
            "foreign": [at(county, "U1") for county in others],
            "missing": [Target({"pk": MISSING, **more}, sent=sent(world, subject, "U1"))],
        }

    return scopes


def _of_zone(sent: Sent = lambda *_: None) -> Asked:
    """The zone of the subject's own unit, of another one, of another commission, and one that does not exist."""

    def scopes(world: World, subject: Subject) -> Scopes:
        home = world.of(subject)
        others = [county for code, county in world.counties.items() if code != subject.commission]

        def at(county: Any, unit: str) -> Target:
            zone = county.things[ZONE_OF[unit]].pk
            return Target(query={"zone": zone}, sent=sent(world, subject, unit))

        return {
            "own": [at(home, subject.here)],
            "withheld": [at(home, subject.away)],
            "foreign": [at(county, "U1") for county in others],
            "missing": [Target(query={"zone": MISSING}, sent=sent(world, subject, "U1"))],
        }

    return scopes


def _call(world: World, subject: Subject, unit: str) -> dict[str, Any]:
    units = [world.of(subject).units[unit].pk]
    return {"day": LATER, "units": units, "topics": "虚构议题", "seen": "1", "key": str(uuid4())}


def _minutes(world: World, subject: Subject, unit: str) -> dict[str, Any]:
    return {f"came_{world.of(subject).units[unit].pk}": "到会", "seen": "1", "save": "yes"}


TARGETS |= {
    ("zones:meetings", "GET"): _list(),
    ("zones:meetings-month", "GET"): _list(),
    ("zones:meeting", "GET"): _of_unit("zone_meeting held"),
    ("zones:meeting-paper", "GET"): _of_unit("zone_meeting held", what="minutes", ending="docx"),
    ("zones:plan-meeting", "GET"): _of_zone(),
    ("zones:plan-meeting", "POST"): _of_zone(_call),
    ("zones:change-meeting", "GET"): _of_unit("zone_meeting"),
    ("zones:change-meeting", "POST"): _of_unit("zone_meeting", _call),
    ("zones:cancel-meeting", "GET"): _of_unit("zone_meeting"),
    ("zones:cancel-meeting", "POST"): _of_unit("zone_meeting", lambda *_: {"reason": "虚构"}),
    ("zones:meeting-minutes", "GET"): _of_unit("zone_meeting"),
    ("zones:meeting-minutes", "POST"): _of_unit("zone_meeting", _minutes),
    ("zones:item-done", "POST"): _of_unit("zone_item", lambda *_: {"done_on": TODAY.isoformat()}),
}
