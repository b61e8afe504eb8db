"""What the addresses of teams and recusal are asked for."""

from typing import Any
from uuid import uuid4

from tests.matrix.canaries import Subject
from tests.matrix.targets import MISSING, TARGETS, Asked, Scopes, Target, _plain
from tests.matrix.team_furnished import TODAY
from tests.matrix.world import County, World

KEY = str(uuid4())


def _hung(kind: str, sent: Any = None) -> Asked:
    """What hangs on a request that the subject reads by name; on one that is not for them; elsewhere; nowhere."""

    def scopes(world: World, subject: Subject) -> Scopes:
        def at(county: County, name: str) -> Target:
            return Target({"pk": county.things[f"{kind} {name}"].pk}, sent=_of(county, sent))

        home = world.of(subject)
        own = f"of {subject.name}"
        others = [county for code, county in world.counties.items() if code != subject.commission]
        return {
            "own": [at(home, own if f"{kind} {own}" in home.things else "U1")], "withheld": [at(home, "U3")],
            "foreign": [at(county, "U1") for county in others], "missing": [Target({"pk": MISSING}, sent=_of(home, sent))],
        }  # fmt: skip

    return scopes


def _of(county: County, sent: Any) -> Any:
    """The form, with the person who sits in each team where somebody is named."""
    named = sent and sent.get("person") == "head U3"
    return {**sent, "person": county.things["person head U3"].pk} if named else sent


DECLARED = {"answer": "none", "paper_no": "虚构1号", "key": KEY}
RAISED = {"person": "head U3", "clause": "G4", "ground": "虚构", "key": KEY}
DECIDED = {"recused": "no", "said": "虚构", "paper_no": "虚构1号", "key": KEY}
TARGETS |= {
    ("collaboration:plan-teams", "GET"): _plain(),
    ("collaboration:team", "GET"): _hung("request"),
    ("collaboration:form-team", "POST"): _hung("request", {"seen": "1", "key": KEY}),
    ("collaboration:choose-members", "POST"): _hung("request", {"person": "1"}),
    ("collaboration:send-team", "POST"): _hung("request", {"seen": "1", "key": KEY}),
    ("collaboration:team-member", "GET"): _hung("member"),
    ("collaboration:swap-member", "POST"): _hung("member", {"person": "1"}),
    ("collaboration:name-member-roles", "POST"): _hung("member", {"roles": "成员"}),
    ("collaboration:release-member", "POST"): _hung("member", {}),
    ("collaboration:give-member-back", "POST"): _hung("member", {}),
    ("collaboration:questions", "GET"): _plain(),
    ("collaboration:declaration", "GET"): _hung("declaration"),
    ("collaboration:declaration", "POST"): _hung("declaration", DECLARED),
    ("collaboration:show-paper", "GET"): _hung("paper"),
    ("collaboration:show-paper", "POST"): _hung("paper", {"on": TODAY.isoformat(), "key": KEY}),
    ("collaboration:raise-recusal", "GET"): _hung("request"),
    ("collaboration:raise-recusal", "POST"): _hung("request", RAISED),
    ("collaboration:question", "GET"): _hung("question"),
    ("collaboration:question", "POST"): _hung("question", DECIDED),
    ("collaboration:ask-override", "GET"): _hung("recused"),
    ("collaboration:ask-override", "POST"): _hung("recused", {"said": "虚构", "key": KEY}),
    ("collaboration:override-recusal", "GET"): _hung("recused"),
    ("collaboration:override-recusal", "POST"): _hung("recused", {"said": "虚构", "key": KEY}),
}
