"""What recusal shows on the page of a request: who stands out or may have to, by which clause; and how to ask for it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.queries import recusal as queries
from xiezuo.collaboration.recusal.shown import decision_shown
from xiezuo.collaboration.states import ENDED, RequestState

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Request


def recusal_panel(row: "Request", reader: Actor, on: date) -> dict[str, Any] | None:  # noqa: ARG001 - every panel is asked so
    """Questions of recusal with 回避 and the clause, never the ground; None for a draft. Three queries."""
    if row.state == RequestState.DRAFT:
        return None
    declarations, questions = queries.of_request(row)
    names = queries.names_told([each.person_id for each in questions], on)
    answered = sum(each.answered_at is not None for each in declarations)
    return {
        "row": row, "open": row.state not in ENDED, "asked": len(declarations), "answered": answered,
        "questions": [(each.pk, names.get(each.person_id, ""), each.clause, decision_shown(each)) for each in questions],
    }  # fmt: skip
