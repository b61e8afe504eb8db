"""What the work of a team shows on the page of its request: how far it is, the chain of signatures, and the forms."""

from datetime import date
from typing import TYPE_CHECKING, Any

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.queries import work as queries
from xiezuo.collaboration.work.shown import chain_state
from xiezuo.collaboration.work.views import printed

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Request


def work_panel(row: "Request", reader: Actor, on: date) -> dict[str, Any] | None:
    """The state of the work in words and numbers; None for a draft, which has no number yet."""
    if row.number is None:
        return None
    return {
        "row": row, "chain": chain_state(*queries.chain_of(row)), "told": queries.progress_of(row), "printed": printed(row, reader, on),
    }  # fmt: skip
