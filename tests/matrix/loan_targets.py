"""What the addresses of loans and of paired units are asked for in the matrix."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.matrix.canaries import Subject
from tests.matrix.targets import MISSING, TARGETS, Asked, Scopes, Target, _list, _plain, _single
from tests.matrix.world import World
from xiezuo.shared import clock

TODAY = clock.today()
LATER = (TODAY + timedelta(days=40)).isoformat()
HEADS = {"unit_head", "case_management"}
Sent = Callable[[World, Subject], Any]


def _loan(**query: Any) -> Asked:
    """A loan of one's own unit; for who has none, an open vacancy. Of another unit, of another commission, and none."""

    def scopes(world: World, subject: Subject) -> Scopes:
        home = world.of(subject)
        others = [county for code, county in world.counties.items() if code != subject.commission]
        own = "loan U1" if subject.roles & {*HEADS, "secretary", "deputy_secretary"} else "vacancy"
        return {
            "own": [Target({"pk": home.things[own].pk}, query=query)],
            "withheld": [Target({"pk": home.things["loan U2"].pk}, query=query)],
            "foreign": [Target({"pk": county.things["loan U1"].pk}, query=query) for county in others],
            "missing": [Target({"pk": MISSING}, query=query)],
        }

    return scopes


def _act(*, sent: bool) -> Asked:
    """What each may do with somebody on loan: evaluate for who uses them, extend for the secretary, have seen it oneself."""

    def scopes(world: World, subject: Subject) -> Scopes:
        home = world.of(subject)
        others = [county for code, county in world.counties.items() if code != subject.commission]
        own, away, verb = _of(subject)

        def at(county: Any, name: str) -> Target:
            pk = county.things[name].pk if name else MISSING
            told = {**SENT[verb], "key": str(uuid4())} if sent else None
            return Target({"pk": pk, "verb": verb}, sent=told)

        return {
            "own": [at(home, own)],
            "withheld": [at(home, away)],
            "foreign": [at(county, own) for county in others],
            "missing": [at(home, "")],
        }

    return scopes


SENT = {
    "evaluate": {"words": "工作认真", "seen": "1"},
    "extend": {"ends": LATER, "basis": "虚构", "seen": "1"},
    "shown": {"on": TODAY.isoformat()},
}


def _of(subject: Subject) -> tuple[str, str, str]:
    if subject.roles & HEADS:
        return f"lent {subject.here}", f"lent {subject.away}", "evaluate"
    if "secretary" in subject.roles:
        return "lent to extend", "lent to extend", "extend"
    other = "moved" if subject.name == "staff" else "staff"
    return (
        f"seen {subject.name if subject.name in ('staff', 'moved', 'lent') else 'staff'}",
        f"seen {other}",
        "shown",
    )


def _asked(world: World, subject: Subject) -> Scopes:
    return {
        "plain": [
            Target(query={"kind": "挂职"}, sent=_wanted(world, subject)),
        ]
    }


def _wanted(world: World, subject: Subject) -> dict[str, Any]:
    return {
        "unit": world.of(subject).units[subject.here].pk, "post": "副主任", "people": "1", "skills": "", "reason": "虚构", "basis": "虚构",
        "starts": TODAY.isoformat(), "ends": LATER, "key": str(uuid4()),
    }  # fmt: skip


def _asked_for(world: World, subject: Subject) -> Scopes:
    return {"plain": [Target(query={"kind": "挂职"})]}


def _candidate(world: World, subject: Subject) -> dict[str, Any]:
    return {"person": world.of(subject).things["person head U1"].pk, "home_outside": "", "key": str(uuid4())}


def _returned(*, sent: bool) -> Asked:
    """What the subject asked for and got back; another's, one of another commission, and none."""

    def scopes(world: World, subject: Subject) -> Scopes:
        told = _wanted(world, subject) | {"seen": "1"} if sent else None
        home = world.of(subject)
        mine = home.things.get(f"returned {subject.name}", home.things["loan U1"])
        others = [county for code, county in world.counties.items() if code != subject.commission]
        return {
            "own": [Target({"pk": mine.pk}, sent=told)],
            "foreign": [Target({"pk": county.things["loan U1"].pk}, sent=told) for county in others],
            "missing": [Target({"pk": MISSING}, sent=told)],
        }

    return scopes


def _paired(world: World, subject: Subject) -> Any:
    home = world.of(subject)
    return {
        "strong": home.units["U2"].pk, "weak": home.units["U3"].pk, "aims": "虚构", "starts": TODAY.isoformat(), "ends": LATER,
        "key": str(uuid4()),
    }  # fmt: skip


TARGETS |= {
    ("collaboration:loans", "GET"): _list(),
    ("collaboration:loan", "GET"): _loan(),
    ("collaboration:loan-paper", "GET"): _loan(ending="docx"),
    ("collaboration:ask-loan", "GET"): _asked_for,
    ("collaboration:ask-loan", "POST"): _asked,
    ("collaboration:loan-consents", "GET"): _plain(),
    ("collaboration:own-loans", "GET"): _plain(),
    ("collaboration:ledger-loans", "GET"): _plain(),
    ("collaboration:register-loan", "GET"): _single("ledger loan", "pk"),
    ("collaboration:register-loan", "POST"): _single("ledger loan", "pk", sent=lambda *_: {"kind": "试岗", "basis": "虚构", "key": str(uuid4())}),
    ("collaboration:close-loan", "GET"): _single("vacancy", "pk"),
    ("collaboration:close-loan", "POST"): _single("vacancy", "pk", sent=lambda *_: {"said": "虚构", "seen": "1", "key": str(uuid4())}),
    ("collaboration:offer-candidate", "GET"): _single("vacancy", "pk"),
    ("collaboration:offer-candidate", "POST"): _single("vacancy", "pk", sent=_candidate),
    ("collaboration:change-loan", "GET"): _returned(sent=False),
    ("collaboration:change-loan", "POST"): _returned(sent=True),
    ("collaboration:lent-act", "GET"): _act(sent=False),
    ("collaboration:lent-act", "POST"): _act(sent=True),
    ("collaboration:pairings", "GET"): _list(),
    ("collaboration:pairing", "GET"): _single("pairing", "pk"),
    ("collaboration:make-pairing", "GET"): _plain(),
    ("collaboration:make-pairing", "POST"): lambda world, subject: {"plain": [Target(sent=_paired(world, subject))]},
    ("collaboration:add-visit", "GET"): _single("pairing of U1", "pk"),
    ("collaboration:add-visit", "POST"): _single("pairing of U1", "pk", sent=lambda *_: {"day": TODAY.isoformat(), "what": "虚构", "hours": "1", "key": str(uuid4())}),
    ("collaboration:review-pairing", "GET"): _single("pairing", "pk"),
    ("collaboration:review-pairing", "POST"): _single("pairing", "pk", sent=lambda *_: {"on": TODAY.isoformat(), "review": "虚构", "seen": "1", "key": str(uuid4())}),
}  # fmt: skip
