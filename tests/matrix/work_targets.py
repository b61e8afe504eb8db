"""What the addresses of the work of a team, of rectification letters and of printed forms are asked for."""

from typing import Any
from uuid import uuid4

from tests.matrix.canaries import Subject
from tests.matrix.targets import MISSING, TARGETS, Asked, Scopes, Target, _list
from tests.matrix.work_furnished import LED, TODAY
from tests.matrix.world import World

TASK = {"what": "虚构任务"}
DONE = {"done_on": TODAY.isoformat()}
ANSWER = {"answer_no": "虚构1号", "answered_on": TODAY.isoformat()}
FOUND = {"outcome": "已改", "evidence_no": "虚构1号"}


def _read(kind: str, **more: Any) -> Asked:
    """What hangs on a request that the subject reads by name; on one that another reads; elsewhere; nowhere."""

    def scopes(world: World, subject: Subject) -> Scopes:
        def at(county: Any, name: str) -> Target:
            return Target({"pk": county.things[f"{kind} {name}"].pk, **more})

        home, own = world.of(subject), f"of {subject.name}"
        others = [county for code, county in world.counties.items() if code != subject.commission]
        found = {
            "foreign": [at(county, "U1") for county in others],
            "missing": [Target({"pk": MISSING, **more})],
        }
        if f"{kind} {own}" in home.things:
            found["own"] = [at(home, own)]
        if subject.commission == "A" and "case_management" not in subject.roles:
            found["withheld"] = [at(home, "of case_management")]
        return found

    return scopes


def _led(kind: str, given: dict[str, str] | None = None, *, name: str = LED, **more: Any) -> Asked:
    """For the head of the first unit: what the unit leads, or the letter to it. For others what they do not see."""

    def scopes(world: World, subject: Subject) -> Scopes:
        sent = None if given is None else {**given, "key": str(uuid4())}

        def at(county: Any, which: str) -> Target:
            return Target({"pk": county.things[f"{kind} {which}"].pk, **more}, sent=sent)

        home = world.of(subject)
        others = [county for code, county in world.counties.items() if code != subject.commission]
        found: Scopes = {
            "foreign": [at(county, name) for county in others],
            "missing": [Target({"pk": MISSING, **more}, sent=sent)],
        }
        if subject.name == "unit_head":
            found["own"] = [at(home, name)]
        if subject.commission == "A" and "case_management" not in subject.roles:
            found["withheld"] = [at(home, "of case_management")]
        return found

    return scopes


def _interference(world: World, subject: Subject) -> Scopes:
    home = world.of(subject)
    others = [county for code, county in world.counties.items() if code != subject.commission]
    return {
        "own": [Target({"pk": home.things["interference plain"].pk, "ending": "pdf"})],
        "foreign": [Target({"pk": county.things["interference plain"].pk, "ending": "pdf"}) for county in others if "interference plain" in county.things],
        "missing": [Target({"pk": MISSING, "ending": "pdf"})],
    }  # fmt: skip


TARGETS |= {
    ("collaboration:work", "GET"): _read("request"),
    ("collaboration:do-work", "GET"): _led("request", what="task"),
    ("collaboration:do-work", "POST"): _led("request", TASK, what="task"),
    ("collaboration:settle-task", "GET"): _led("task", what="done"),
    ("collaboration:settle-task", "POST"): _led("task", DONE, what="done"),
    ("collaboration:letters", "GET"): _list(),
    ("collaboration:letter", "GET"): _read("letter"),
    ("collaboration:do-letter", "GET"): _led("letter", name="U1", what="answer"),
    ("collaboration:do-letter", "POST"): _led("letter", ANSWER, name="U1", what="answer"),
    ("collaboration:verify-line", "GET"): _led("letter"),
    ("collaboration:verify-line", "POST"): _led("letter", FOUND),
    ("collaboration:letter-form", "GET"): _read("letter", ending="pdf"),
    ("collaboration:request-form", "GET"): _read("request", code="F1", of=0, ending="pdf"),
    ("collaboration:interference-form", "GET"): _interference,
}
