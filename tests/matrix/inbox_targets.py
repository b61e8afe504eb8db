"""What the addresses of the inbox are asked for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.matrix.canaries import Subject
from tests.matrix.targets import MISSING, TARGETS, Scopes, Target, _list, _plain
from tests.matrix.world import World
from xiezuo.approvals.api import number_of
from xiezuo.approvals.models import Approval, SignerRow
from xiezuo.shared import clock

Sent = Callable[[World, Subject, Any], Any]


def _seen(**more: Any) -> Sent:
    """The form of a page as it shows the application."""
    return lambda _world, _subject, thing: {"key": str(uuid4()), "seen": thing.edition, **more}


def _with_signer(**more: Any) -> Sent:
    def sent(_world: World, _subject: Subject, thing: Any) -> dict[str, Any]:
        signer = SignerRow.objects.get(approval=thing).pk
        return {"key": str(uuid4()), "seen": thing.edition, "signer": signer, **more}

    return sent


def _name(subject: Subject) -> str:
    """Whose things a subject asks for: their own, or somebody's where they have none."""
    return subject.name if subject.roles and subject.account is not None else "unit_head"


def _colleague(subject: Subject) -> str:
    return "colleague" if subject.name != "colleague" else "case_management"


def _things(what: str, sent: Sent | None = None, query: Sent | None = None, *, office: bool = True) -> Callable[[World, Subject], Scopes]:  # fmt: skip
    """One's own, a colleague's, those of other commissions, and one that is not there.

    `office`: whether the case-management office may do this with a colleague's; else it is not asked for there.
    """

    def scopes(world: World, subject: Subject) -> Scopes:
        def at(county: Any, name: str) -> Target:
            thing = county.things[f"{what} {name}"]
            given = {
                key: ask(world, subject, thing) for key, ask in (("sent", sent), ("query", query)) if ask
            }
            return Target({"pk": thing.pk}, **given)

        home = world.of(subject)
        own = _name(subject)
        strangers = {"A": "case_management", "B": "sibling", "P": "upper"}
        found = {
            "own": [at(home if own == subject.name else world.counties["A"], own)],
            "foreign": [at(world.counties[code], name) for code, name in strangers.items() if code != subject.commission],
            "missing": [Target({"pk": MISSING}, query={"account": 1}, sent=None if sent is None else {"key": str(uuid4()), "seen": 1, "signer": 1, "verb": "approve", "account": 1})],
        }  # fmt: skip
        keeps = "case_management" in subject.roles
        if subject.commission == "A" and (office or not keeps):
            found["withheld"] = [at(home, _colleague(subject))]
        return found

    return scopes


def _batch(world: World, subject: Subject) -> Scopes:
    thing = world.counties["A"].things["asked unit_head"]
    if _name(subject) == subject.name:
        thing = world.of(subject).things[f"asked {subject.name}"]
    return {"own": [Target(sent={"key": str(uuid4()), "row": f"{thing.pk}:{thing.edition}"})]}


def _delegation(world: World, subject: Subject) -> Scopes:
    """In the other commissions nobody else has an account who could stand in."""
    if subject.commission != "A":
        return {"plain": []}
    today = clock.today()
    sent = {
        "absent": getattr(subject.account, "pk", 1), "stand_in": world.subjects[_colleague(subject)].account.pk,
        "starts": (today + timedelta(days=30)).isoformat(), "last": (today + timedelta(days=31)).isoformat(), "reason": "虚构",
    }  # fmt: skip
    return {"plain": [Target(sent=sent)]}


def _handing(world: World, subject: Subject, thing: Any) -> dict[str, Any]:
    to = world.subjects[_colleague(subject)].account.pk
    return {"key": str(uuid4()), "seen": thing.edition, "account": thing.applicant, "to": to, "said": "虚构"}


def _handed_over(world: World, subject: Subject) -> Scopes:
    """In the other commissions nobody else has an account who could take it over."""
    found = _things("applied", _handing, office=False)(world, subject)
    return found if subject.commission == "A" else {**found, "own": []}


def _whose(_world: World, _subject: Subject, thing: Any) -> dict[str, Any]:
    return {"account": thing.applicant}


def _paper(world: World, subject: Subject, thing: Any) -> dict[str, Any]:
    entry = {"on": clock.today().isoformat(), "number": "虚构7号"}
    return dict(_with_signer(**entry)(world, subject, thing))


def _form(ending: str) -> Callable[[World, Subject], Scopes]:
    """The form of an application, as a file whose words can be looked through."""

    def scopes(world: World, subject: Subject) -> Scopes:
        found = _things("asked")(world, subject)
        return {
            scope: [Target({**each.kwargs, "ending": ending}) for each in targets]
            for scope, targets in found.items()
        }

    return scopes


def _by_number(world: World, subject: Subject) -> Scopes:
    """The same applications by the numbers on their forms."""
    found = _things("asked")(world, subject)
    return {
        scope: [Target({"number": _number(each.kwargs["pk"])}) for each in targets] for scope, targets in found.items()
    }  # fmt: skip


def _number(approval: int) -> str:
    found = Approval.objects.select_related("commission").filter(pk=approval).first()
    return number_of(found) if found else "无此-2026-A-1"


TARGETS |= {
    ("inbox:list", "GET"): _list(),
    ("inbox:batch", "POST"): _batch,
    ("inbox:approval", "GET"): _things("asked"),
    ("inbox:decide", "POST"): _things("asked", _seen(verb="approve"), office=False),
    ("inbox:decide-proved", "POST"): _things("asked", _seen(verb="approve"), office=False),
    ("inbox:apply", "POST"): _things("applied", _seen(verb="urge"), office=False),
    ("inbox:recuse", "POST"): _things("asked", _with_signer(), office=False),
    ("inbox:enter-paper", "POST"): _things("asked", _paper),
    ("inbox:settle-paper", "POST"): _things("entered", _with_signer(verb="confirm_paper")),
    ("inbox:form", "GET"): _form("docx"),
    ("inbox:by-number", "GET"): _by_number,
    ("inbox:signers", "GET"): _things("asked", query=lambda *_: {"who": "c"}),
    ("inbox:phrases", "GET"): _plain(),
    ("inbox:phrases", "POST"): _plain({"verb": "approve", "words": "虚构用语"}),
    ("inbox:drop-phrase", "POST"): _things("phrase", lambda *_: {}, office=False),
    ("inbox:delegations", "GET"): _plain(),
    ("inbox:delegations", "POST"): _delegation,
    ("inbox:end-delegation", "POST"): _things("delegation", lambda *_: {}),
    ("inbox:numbers", "GET"): _list(),
    ("inbox:open-work", "GET"): _plain(),
    ("inbox:hand-over", "GET"): _things("applied", query=_whose),
    ("inbox:hand-over", "POST"): _handed_over,
}
