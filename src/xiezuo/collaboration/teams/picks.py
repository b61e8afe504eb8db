"""Who is chosen for a team, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Pick:
    """One person for a team: `roles` are values of `TeamRole` (成员 where none is given), `reasons` why a proposal names them."""

    person: int
    roles: tuple[str, ...] = ()
    reasons: tuple[Mapping[str, Any], ...] = field(default=())
