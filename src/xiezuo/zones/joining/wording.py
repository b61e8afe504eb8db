"""What is written of arrangements: titles in the language of the ledger, and printed numbers."""

from collections.abc import Sequence

from xiezuo.zones.models import Joining
from xiezuo.zones.models.joining import Arranged


def title_of_joining(names: Sequence[str], pointer: str) -> str:
    """The title of an application, in the language of the ledger."""
    return f"{'、'.join(names)}合并行动（{pointer}）"


def title_of_authorisation(person: str, unit: str, pointer: str) -> str:
    """The title of an application, in the language of the ledger."""
    return f"授权{person}协调{unit}（{pointer}）"


def printed_number(row: Arranged) -> str:
    """The number by which it is spoken of: 合-3, 授-2."""
    return f"{'合' if isinstance(row, Joining) else '授'}-{row.number}"
