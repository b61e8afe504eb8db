"""What is told of a talk and of an incident, as values. Never with whom somebody talked, nor what was said.

`sure`: whoever wrote it confirms that what looks like names or contents is neither.
"""

from dataclasses import dataclass
from datetime import datetime

from xiezuo.collaboration.safety.gaps import Span

STRETCHES = 4
"""So many stretches of a recording belong to one talk at most."""


@dataclass(frozen=True)
class Stretch:
    """One stretch that a recorder ran; `digest` is the SHA-256 of its file as 64 hex digits."""

    started: datetime
    stopped: datetime
    digest: str
    device: str

    @property
    def span(self) -> Span:
        """When it ran."""
        return Span(self.started, self.stopped)


@dataclass(frozen=True)
class Held:
    """A talk that was held. `talkers` and `custodian` are rows of members; `replaces` is a talk that was entered wrongly."""

    started: datetime
    ended: datetime
    talkers: tuple[int, ...]
    custodian: int | None
    room: str
    stretches: tuple[Stretch, ...]
    replaces: int | None = None
    because: str = ""
    sure: bool = False

    @property
    def span(self) -> Span:
        """From its beginning to its end."""
        return Span(self.started, self.ended)


@dataclass(frozen=True)
class Happened:
    """An incident: its kind, when it happened and when it became known, and a pointer in `said`."""

    kind: str
    occurred_at: datetime
    known_at: datetime
    said: str = ""
    sure: bool = False


@dataclass(frozen=True)
class Upward:
    """A report upward: to which office, when, and under which number."""

    office: str
    reported_at: datetime
    paper_no: str
