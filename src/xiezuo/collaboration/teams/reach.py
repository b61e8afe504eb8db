"""How far a request reaches for people by its level: its second-level zone, its first-level zone, the whole county. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from xiezuo.collaboration.states import LEVELS, RequestLevel

CODE = "level:"
"""Begins the code of a bar that the next level lifts, so that no recusal can be taken for one."""


@dataclass(frozen=True)
class Reach:
    """The level that a request was taken to, and for each unit within a zone of it the level from which its people may come.

    A unit that the request names (the one in the lead, those wanted, offices authorised) is reached from every level; one
    that stands in no zone of it is reached by the commission alone. `in_zone` is False where the unit that asks is in no zone, `joined` says that other zones act as one with its own.
    """

    level: RequestLevel = RequestLevel.COMMISSION
    units: Mapping[int, RequestLevel] = field(default_factory=dict)
    in_zone: bool = True
    joined: bool = False

    def beyond(self, unit: int) -> RequestLevel | None:
        """The level that the request would have to be taken to for people of a unit; None if they may come as it stands."""
        needed = self.units.get(unit, RequestLevel.COMMISSION)
        return needed if LEVELS.index(needed) > LEVELS.index(self.level) else None


EVERYWHERE = Reach()
"""Where no level narrows."""


def levels_above(level: RequestLevel) -> tuple[RequestLevel, ...]:
    """The levels that a request can still be taken to, from below."""
    return LEVELS[LEVELS.index(level) + 1 :]


def code_of(level: RequestLevel) -> str:
    """The code of the bar of who may come from that level on."""
    return f"{CODE}{level.name}"


def level_in(code: str) -> RequestLevel | None:
    """The level that a code of a bar speaks of; None for any other bar."""
    return RequestLevel[code.removeprefix(CODE)] if code.startswith(CODE) else None
