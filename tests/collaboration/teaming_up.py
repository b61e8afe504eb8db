"""A fictional request that was approved, people who may come, and how they are chosen, declare and join."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from tests import factories as make
from tests.collaboration.asking import TODAY, Asking, now_of
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Declaration, Member, Recusal, Request
from xiezuo.collaboration.queries.teams import ground_of
from xiezuo.collaboration.recusal.deciding_operations import decide_recusal
from xiezuo.collaboration.recusal.declaring_operations import answer_declaration, raise_recusal, show_paper
from xiezuo.collaboration.teams.candidates import Candidate
from xiezuo.collaboration.teams.operations import choose, form_team, send_team
from xiezuo.collaboration.teams.picks import Pick


def helpers(here: Asking) -> None:
    """Two who may lead and two who may not, away from the town that asks; one lent, one in training."""
    here.add("chief", "far axis", "副主任", sex="男")
    here.add("first helper", "far axis", sex="女")
    here.add("second helper", "axis", sex="男")
    here.add("lent", "far", status="借调")
    here.add("trainee", "far", status="跟班")


def plain(
    here: Asking,
    name: str,
    unit: str,
    *,
    origin: str = "",
    post: Mapping[str, Any] | None = None,
    **details: Any,
) -> None:
    """Somebody without an account in a unit; `post` is another post that they held."""
    with acting_as(OPERATOR):
        person = here.office.people[name] = make.person(here.office.county, origin=origin)
        make.assignment(person, here.units[unit], "科员", **details)
        if post:
            make.assignment(person, post["unit"], "委员", starts=post["starts"], ends=post["ends"])


def teaming(here: Asking, **more: Any) -> Request:
    """A request whose team is being put together."""
    return here.act(here.approved(**more), form_team)


def pick(here: Asking, name: str, *roles: str) -> Pick:
    """Somebody for a team."""
    return Pick(here.office.people[name].pk, roles)


def chosen(here: Asking, row: Request, *picks: Pick, by: str = "head") -> list[Member]:
    """Chosen."""
    return here.do(by, choose, request=now_of(row), picks=picks)  # type: ignore[no-any-return]


def two_chosen(here: Asking, row: Request) -> list[Member]:
    """A leader and a safety officer, both own staff."""
    return chosen(here, row, pick(here, "chief", "组长"), pick(here, "first helper", "安全员"))


def declaration_of(here: Asking, row: Request, name: str) -> Declaration:
    """What somebody was asked."""
    with acting_as(OPERATOR):
        return Declaration.objects.get(request=row, person=here.office.people[name])


def declares(here: Asking, row: Request, name: str, clause: str = "", **more: Any) -> Declaration:
    """The paper is shown, and somebody answers."""
    asked = declaration_of(here, row, name)
    here.do("clerk", show_paper, declaration=asked, on=TODAY)
    given = {"clause": clause, "ground": "与有关人员是亲属" if clause else "", "key": uuid4()} | more
    return here.do(more.pop("by", name), answer_declaration, declaration=asked, **given)  # type: ignore[no-any-return]


def joined(here: Asking, **more: Any) -> Request:
    """A team of two that has declared and joined."""
    row = teaming(here, **more)
    two_chosen(here, row)
    for name in ("chief", "first helper"):
        declares(here, row, name)
    return now_of(row)  # type: ignore[no-any-return]


def sent(here: Asking, **more: Any) -> Request:
    """Sent."""
    return here.act(joined(here, **more), send_team)


def raised(
    here: Asking, row: Request, name: str, by: str = "head", clause: str = "G4", **more: Any
) -> Recusal:
    """Somebody in the matter asks that a member stand out."""
    given = {
        "request": row,
        "person": here.office.people[name].pk,
        "clause": clause,
        "ground": "来往密切",
        "key": uuid4(),
    } | more
    return here.do(by, raise_recusal, **given)  # type: ignore[no-any-return]


def decided(here: Asking, question: Recusal, recused: bool, by: str = "far head", **more: Any) -> Recusal:
    """Decided by the head of the person's unit."""
    return here.do(by, decide_recusal, recusal=question, recused=recused, said="已核实", **more)  # type: ignore[no-any-return]


def stands(here: Asking, row: Request, name: str, on: date = TODAY) -> Candidate:
    """How somebody stands to a request."""
    with acting_as(OPERATOR):
        return ground_of(now_of(row), on).by_person[here.office.people[name].pk]


def bar(here: Asking, row: Request, name: str) -> str:
    """By which clause somebody is kept out; empty if by none."""
    found = stands(here, row, name).bar
    return found.code if found else ""


def member_of(here: Asking, row: Request, name: str) -> Member:
    """The latest row of somebody in a team."""
    with acting_as(OPERATOR):
        return Member.objects.filter(request=row, person=here.office.people[name]).latest("pk")
