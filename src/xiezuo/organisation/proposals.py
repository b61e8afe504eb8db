"""Corrections that wait for a second person, as the pages of the organisation must know them.

The organisation does not know how they are decided: whoever does says how to ask.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Proposed:
    """One correction under way: its number and page, whether it was returned to who proposed it, and what it says.

    `changes` are values as a form sends them; a proposal to strike the post has none and `strikes`.
    """

    number: str
    href: str
    returned: bool
    strikes: bool
    changes: Mapping[str, Any]
    reason: str


Asker = Callable[[Collection[int]], Mapping[int, Proposed]]
_askers: list[Asker] = []


def ask_for_proposals_by(asker: Asker) -> None:
    """Say who knows of the corrections under way of posts, by the number of their row."""
    _askers[:] = [asker]


def proposals_of(posts: Collection[int]) -> Mapping[int, Proposed]:
    """The corrections under way of these posts that the reader may see."""
    return _askers[0](posts) if _askers and posts else {}
