"""What the addresses of the door, of one's own account and of the three consoles are asked for."""

from collections.abc import Callable
from typing import Any

from tests.matrix import (  # noqa: F401 - each says what its addresses are asked for
    inbox_targets,
    interference_targets,
    loan_targets,
    regulation_targets,
    request_targets,
    safety_targets,
    team_targets,
    work_targets,
    zone_joining_targets,
    zone_meeting_targets,
    zone_plan_targets,
    zone_proposal_targets,
)
from tests.matrix.canaries import Subject
from tests.matrix.targets import MISSING, TARGETS, Scopes, Target, _plain
from tests.matrix.world import World
from xiezuo.shared import clock

REASON = {"reason": "虚构"}


def _own_and_missing(
    name: str, keyword: str = "number", sent: Any = None
) -> Callable[[World, Subject], Scopes]:
    """A thing of the installation, and one that does not exist."""

    def scopes(world: World, _subject: Subject) -> Scopes:
        return {
            "own": [Target({keyword: world.offices[name]}, sent=sent)],
            "missing": [Target({keyword: MISSING}, sent=sent)],
        }

    return scopes


def _sent_own(field: str, thing: str) -> Callable[[World, Subject], Scopes]:
    """A thing of one's own account named in what is sent; another account's is as good as missing."""

    def scopes(world: World, subject: Subject) -> Scopes:
        def at(name: str) -> Target:
            return Target(sent={field: world.offices.get(f"{thing} {name}", MISSING)})

        other = "colleague" if subject.name != "colleague" else "case_management"
        return {"own": [at(subject.name)], "foreign": [at(other)], "missing": [Target(sent={field: MISSING})]}

    return scopes


def _decide(world: World, subject: Subject) -> Scopes:
    """A secretary decides for the own commission; the security administrator for all."""
    sent, a, p = {"decision": "confirm", **REASON}, world.offices["grant"], world.offices["grant P"]
    found = {"own": [Target({"number": a}, sent=sent)], "missing": [Target({"number": MISSING}, sent=sent)]}
    if "secretary" in subject.roles:
        own, foreign = (p, a) if subject.commission == "P" else (a, p)
        found |= {
            "own": [Target({"number": own}, sent=sent)],
            "foreign": [Target({"number": foreign}, sent=sent)],
        }
    return found


def _grant(world: World, subject: Subject) -> Scopes:
    return {
        scope: [Target(target.kwargs) for target in targets]
        for scope, targets in _decide(world, subject).items()
    }


_PROPOSAL = {
    "role": "reader", "starts": clock.today().isoformat(), "last": clock.today().isoformat(), **REASON,
}  # fmt: skip


def _propose(world: World, _subject: Subject) -> Scopes:
    commission = world.counties["A"].commission.pk
    sent = {**_PROPOSAL, "account": world.offices["account"], "over": f"commission:{commission}:{commission}"}
    return {"plain": [Target(sent=sent)]}


def _who(world: World, _subject: Subject) -> Scopes:
    asked = {"what": "A-headU1", "commission": world.counties["A"].commission.pk, "ability": "see_people"}
    return {"plain": [Target(), Target(query=asked)]}


def _name(world: World, _subject: Subject) -> Scopes:
    sent = {"commission": world.counties["A"].commission.pk, "person": "A-staffU2"}
    return {
        "own": [Target({"number": world.offices["unnamed"]}, sent=sent)],
        "missing": [Target({"number": MISSING}, sent=sent)],
    }


def _recoveries(world: World, subject: Subject) -> Scopes:
    """The secretary confirms for the security administrator's own account, the security administrator for all others."""
    mine = "recovery of security" if "secretary" in subject.roles else "recovery"
    return {
        "own": [Target({"number": world.offices[mine]}, sent={})],
        "missing": [Target({"number": MISSING}, sent={})],
    }


for _page in (
    "factor",
    "enrol",
    "recover",
    "new-password",
    "password",
    "new-app",
    "new-key",
    "confirm",
    "log-in",
):
    for _method in ("GET", "POST"):
        _sent = {"username": "nobody", "password": "wrong"} if _page == "log-in" else {}
        TARGETS[f"accounts:{_page}", _method] = _plain(_sent)

TARGETS |= {
    ("accounts:mine", "GET"): _plain(),
    ("accounts:new-card", "POST"): _plain({}),
    ("accounts:confirm-card", "POST"): _plain({"proof_code": "00000000"}),
    ("accounts:end-factor", "POST"): _sent_own("factor", "factor"),
    ("accounts:end-session", "POST"): _sent_own("session", "session"),
    ("accounts:end-other-sessions", "POST"): _plain({}),
    ("consoles:entry", "GET"): _own_and_missing("entry"),
    ("consoles:verify-now", "POST"): _plain({}),
    ("consoles:sign", "POST"): _plain({}),
    ("consoles:journal-export", "POST"): _plain({}),
    ("consoles:holder", "GET"): _own_and_missing("account"),
    ("consoles:confirm-person", "POST"): _own_and_missing("waiting", sent={}),
    ("consoles:refuse-person", "POST"): _own_and_missing("waiting", sent=REASON),
    ("consoles:who-can-see", "GET"): _who,
    ("consoles:reviewed", "POST"): _plain({"remark": "虚构"}),
    ("consoles:door", "POST"): _plain({
        "second_factor": "everyone", "idle_minutes": 20, "absolute_hours": 10, "sessions_at_once": 3,
        "password_length": 14,
    }),
    ("consoles:confirm-recovery", "POST"): _recoveries,
    ("consoles:grant", "GET"): _grant,
    ("consoles:decide", "POST"): _decide,
    ("consoles:send-proposal", "POST"): _propose,
    ("consoles:withdraw", "POST"): _own_and_missing("grant of security", sent={}),
    ("consoles:end", "POST"): _own_and_missing("confirmed grant", sent={"on": clock.today().isoformat(), **REASON}),
    ("consoles:open-account", "POST"): _plain({"name": "new.one", "full_name": "安新"}),
    ("consoles:account", "GET"): _own_and_missing("account"),
    ("consoles:temporary-password", "POST"): _own_and_missing("account", sent={}),
    ("consoles:set-active", "POST"): _own_and_missing("account", sent={"active": "0", **REASON}),
    ("consoles:name-person", "POST"): _name,
    ("consoles:open-recovery", "POST"): _own_and_missing("account", sent=REASON),
    ("consoles:unlock", "POST"): _own_and_missing("account", sent={}),
    ("consoles:retry", "POST"): _own_and_missing("job", sent={}),
}  # fmt: skip


def _feed(world: World, subject: Subject) -> Scopes:
    """Whoever knows the secret of a calendar reads it; of a disabled account's there is none."""
    found = [
        world.offices[f"calendar {name}"]
        for name in {subject.name, "case_management"} - {"anonymous", "disabled"}
    ]
    return {
        "own": [Target({"secret": secret}) for secret in found],
        "missing": [Target({"secret": "x"}), Target({"secret": world.offices["calendar disabled"]})],
    }


TARGETS |= {
    ("notices:list", "GET"): _plain(show="all"),
    ("notices:known", "POST"): _sent_own("notice", "notice"),
    ("notices:calendar", "GET"): _plain(),
    ("notices:issue-calendar", "POST"): _plain({}),
    ("notices:end-calendar", "POST"): _plain({}),
    ("notices:feed", "GET"): _feed,
}
for _page in (
    "auditor", "timeline", "verify", "verify-progress", "heads", "code-sheet", "security", "persons", "review", "behaviour",
    "door", "recoveries", "grants", "propose", "system", "open-account", "jobs", "health",
):  # fmt: skip
    TARGETS[f"consoles:{_page}", "GET"] = _plain()
