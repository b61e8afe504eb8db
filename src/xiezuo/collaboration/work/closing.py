"""What stands against closing a request: whatever of its work is still open."""

from typing import TYPE_CHECKING

from xiezuo.shared.errors import Reason

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Request


def against_closing(row: "Request") -> list[Reason]:
    """Every reason why nothing may be filed yet."""
    return []
