"""What teams show on the page of a request: who is in it, and the way to the page of the team."""

from datetime import date
from typing import TYPE_CHECKING, Any

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.queries import teams as queries
from xiezuo.collaboration.queries.recusal import of_request
from xiezuo.collaboration.requests.policies import may_form
from xiezuo.collaboration.states import AT_WORK, RequestState
from xiezuo.collaboration.teams.shown import seats_of

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Request


def team_panel(row: "Request", reader: Actor, on: date) -> dict[str, Any] | None:
    """The team as the reader may see it; None before there is anything of one. Four queries."""
    forms = not may_form(reader, row)
    members = queries.members_of(row)
    if not members and not (forms and row.state in (RequestState.APPROVED, *AT_WORK)):
        return None
    names = queries.names_of({each.person_id for each in members}, {each.unit_id for each in members}, on)
    return {"seats": seats_of(members, names, of_request(row)[0]), "may_form": forms, "row": row}
