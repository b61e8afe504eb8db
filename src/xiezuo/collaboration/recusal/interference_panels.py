"""What the register of interference shows on the page of a request: the way to file in this matter, and nothing of any entry."""

from datetime import date
from typing import TYPE_CHECKING, Any

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.recusal.interference_policies import may_file

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Request


def interference_panel(row: "Request", reader: Actor, _on: date) -> dict[str, Any] | None:
    """Whoever reads the request may file; nobody sees here whether anything was filed."""
    if row.number is None or may_file(reader, row.commission_id):
        return None
    return {"row": row}
