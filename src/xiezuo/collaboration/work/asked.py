"""What is written in the work of a team, as values. Words are pointers: where something lies, never what it is about.

`sure`: whoever wrote it confirms that what looks like names or contents is neither.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Plan:
    """The words of a working plan (F4); `measures` are some of those that the request was approved with."""

    basis: str = ""
    questions: str = ""
    steps: str = ""
    cautions: str = ""
    secrecy: str = ""
    emergency: str = ""
    measures: tuple[str, ...] = ()
    sure: bool = False


@dataclass(frozen=True)
class Met:
    """A joint meeting (F5): members present by their rows, how many stood out, and a unit that does what was resolved."""

    day: date
    resolved: str
    chair: int | None = None
    present: tuple[int, ...] = ()
    stood_out: int = 0
    safety: str = ""
    owner: int | None = None
    due_on: date | None = None
    sure: bool = False


@dataclass(frozen=True)
class Problem:
    """One problem of a rectification letter (F9), as a pointer; `again` is the line that was not rectified the first time."""

    problem: str
    basis: str = ""
    feedback: str = ""
    again: int | None = None


@dataclass(frozen=True)
class Marks:
    """What one side says of the other (F11): four marks of 1 to 5."""

    timeliness: int
    quality: int
    discipline: int
    cooperation: int

    def all(self) -> tuple[int, int, int, int]:
        """The four of them in the order of the form."""
        return self.timeliness, self.quality, self.discipline, self.cooperation


@dataclass(frozen=True)
class Handed:
    """One paper in the index of the file (F7). `digest` is the SHA-256 that its holder reckoned, 64 hex digits, or nothing."""

    name: str
    pages: int
    secrecy_from: str = ""
    kept_at: str = ""
    digest: str = ""
    handed_by: str = ""
    taken_by: str = ""
    handed_on: date | None = None
    sure: bool = False
