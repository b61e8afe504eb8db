"""What a request asks for, as values: a profile and never a name."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from xiezuo.collaboration.states import Duty

TEXTS = ("reason", "site_words", "lead_reason")
"""Words that say why or where."""
POINTERS = ("pointer", "letter_no")
"""Words that are numbers in another cabinet."""


@dataclass(frozen=True)
class Asked:
    """The fields of a request that its asker fills. Days are half-open; `roles` is {role: least number}.

    `sure`: whoever wrote it confirms that what looks like names or contents is neither.
    """

    situation: str = ""
    method: str = ""
    lead: int | None = None
    lead_reason: str = ""
    duty: str = Duty.SUPERVISION.value
    measures: tuple[str, ...] = ()
    reason: str = ""
    pointer: str = ""
    earlier: int | None = None
    letter_no: str = ""
    about_units: tuple[int, ...] = ()
    about_places: tuple[str, ...] = ()
    wanted_units: tuple[int, ...] = ()
    authorisations: tuple[int, ...] = ()
    people: int = 0
    women: int = 0
    own: int = 0
    roles: Mapping[str, int] = field(default_factory=dict)
    skills: tuple[str, ...] = ()
    starts: date | None = None
    ends: date | None = None
    site: int | None = None
    site_words: str = ""
    carries_secrets: bool = False
    pages_attached: int = 0
    sure: bool = False

    def written(self) -> dict[str, Any]:
        """The same as the fields of a row."""
        return {_COLUMN.get(name, name): _plain(getattr(self, name)) for name in _NAMES}


_NAMES = [each.name for each in fields(Asked) if each.name != "sure"]
_COLUMN = {"lead": "lead_id", "earlier": "earlier_id"}
SCOPE = (
    "situation",
    "method",
    "duty",
    "measures",
    "about_units",
    "about_places",
    "people",
    "starts",
    "ends",
    "pointer",
)
"""What an approval rests on: to change one of these after it means to be approved again (§2A P4, 监察法 45)."""


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, tuple):
        return list(dict.fromkeys(value))
    return dict(value) if isinstance(value, Mapping) else value


def asked_of(row: Any) -> Asked:
    """What a request asks for now."""
    found: dict[str, Any] = {}
    for name in _NAMES:
        value = getattr(row, _COLUMN.get(name, name))
        found[name] = tuple(value) if isinstance(value, list) else value
    return Asked(**found)
