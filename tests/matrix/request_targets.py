"""What the addresses of requests are asked for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.matrix.canaries import Subject
from tests.matrix.targets import MISSING, TARGETS, Asked, Scopes, Target, _list, _plain
from tests.matrix.world import World
from xiezuo.shared import clock

TODAY = clock.today()
LATER = (TODAY + timedelta(days=9)).isoformat()
WHY = {"situation": "Q03", "method": "M1", "reason": "虚构", "pointer": "虚构〔2023〕5号", "go": "leave"}
NEED = {
    "duty": "监督检查",
    "people": "4",
    "own": "2",
    "starts": TODAY.isoformat(),
    "last": LATER,
    "method": "M1",
    "pointer": "虚构〔2023〕5号",
}
ENGINE = ("unit_head", "staff", "case_management")
"""Who applies to the engine in the matrix: the leaders of its world would have to decide their own request."""


def _mine(what: str, sent: dict[str, Any] | None = None, *, only: tuple[str, ...] = (), **more: Any) -> Asked:
    """What somebody asked for themselves, what a colleague did, what is of other commissions, and nothing."""

    def scopes(world: World, subject: Subject) -> Scopes:
        def at(county: Any, name: str) -> Target:
            thing = county.things[f"request {what}{name}"]
            return Target({"pk": thing.pk, **more}, sent=None if sent is None else _form(thing, sent))

        home, name = world.of(subject), subject.name
        own = name if f"request {what}{name}" in home.things else "unit_head" if home.code == "A" else ""
        strangers = {"A": "case_management", "B": "sibling", "P": "upper"}
        other = "colleague" if name != "colleague" else "case_management"
        found = {
            "foreign": [at(world.counties[code], each) for code, each in strangers.items() if code != home.code],
            "missing": [Target({"pk": MISSING, **more}, sent=None if sent is None else {**sent, "seen": "1", "key": str(uuid4())})],
        }  # fmt: skip
        if own and (not only or name in only or (name not in strangers.values() and not subject.roles)):
            found["own"] = [at(home, own)]
        # A colleague of the case-management office sees through what others asked for.
        if home.code == "A" and not ("case_management" in subject.roles and what != "draft of "):
            found["withheld"] = [at(home, other)]
        return found

    return scopes


def _form(thing: Any, sent: dict[str, Any]) -> dict[str, Any]:
    return {"seen": str(thing.version), "key": str(uuid4()), "unit": thing.unit_id, **sent}


def _asked(sent: Callable[[World, Subject], dict[str, Any]]) -> Asked:
    return lambda world, subject: {"plain": [Target(sent={"key": str(uuid4()), **sent(world, subject)})]}


def _begun(world: World, subject: Subject) -> dict[str, Any]:
    return {**WHY, "unit": world.of(subject).units[subject.here].pk}


def _urgent(world: World, subject: Subject) -> dict[str, Any]:
    home = world.of(subject)
    at = clock.now().astimezone().strftime("%Y-%m-%dT%H:%M")
    return {
        **NEED, "unit": home.units[subject.here].pk, "lead": home.units["U3"].pk, "oral_by": home.things["person secretary"].pk,
        "oral_at": at, "reason": "虚构",
    }  # fmt: skip


def _agreed(world: World, subject: Subject) -> Scopes:
    """In the second county nobody holds an office that could agree."""
    return {"plain": []} if subject.commission == "B" else _asked(_urgent)(world, subject)


def _widened(world: World, subject: Subject) -> Scopes:
    """The head of the unit in the lead decides it."""
    sent = {"agreed": "yes"}
    own = world.counties["A"].things["widening"].pk
    found: Scopes = {"missing": [Target({"pk": MISSING}, sent=sent)]}
    scope = "own" if subject.commission == "A" else "foreign"
    return {**found, scope: [Target({"pk": own}, sent=sent)]}


def _reader(sent: bool = False) -> Asked:
    def scopes(world: World, subject: Subject) -> Scopes:
        given = (
            {"account": str(world.subjects["colleague"].account.pk), "last": LATER, "reason": "虚构"}
            if sent
            else None
        )
        found = _mine("of ", given)(world, subject)
        return found if not sent or subject.commission == "A" else {**found, "own": []}

    return scopes


TARGETS |= {
    ("collaboration:requests", "GET"): _list(),
    ("collaboration:request", "GET"): _mine("of "),
    ("collaboration:begin-request", "GET"): _plain(),
    ("collaboration:begin-request", "POST"): _asked(_begun),
    ("collaboration:act-first", "GET"): _plain(),
    ("collaboration:act-first", "POST"): _agreed,
    ("collaboration:fill-request", "GET"): _mine("draft of ", step="why"),
    ("collaboration:fill-request", "POST"): _mine("draft of ", WHY, step="why"),
    ("collaboration:drop-request", "POST"): _mine("draft of ", {}),
    ("collaboration:write-request", "POST"): _mine("urgent of ", {}, only=ENGINE),
    ("collaboration:act-request", "GET"): _mine("mine of ", verb="terminate"),
    ("collaboration:act-request", "POST"): _mine("mine of ", {"said": "虚构"}, verb="terminate"),
    ("collaboration:rescope-request", "GET"): _mine("mine of "),
    ("collaboration:rescope-request", "POST"): _mine("mine of ", NEED, only=ENGINE),
    ("collaboration:ask-widening", "GET"): _reader(),
    ("collaboration:ask-widening", "POST"): _reader(sent=True),
    ("collaboration:decide-widening", "POST"): _widened,
}
