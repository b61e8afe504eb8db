"""What the larger parts of a page are given: plain data, drawn by the inclusion tags of `{% load xz %}`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xiezuo.ui.parts import State
from xiezuo.ui.words import Words


@dataclass(frozen=True)
class Stat:
    """One number of a stat band: `value` is a `FigureChip`, a number or words; `note` stands under it."""

    words: Words
    value: Any
    note: Any = ""


@dataclass(frozen=True)
class Tab:
    """One tab: a link to a page of its own, so that it has an address."""

    words: Words
    href: str
    active: bool = False


@dataclass(frozen=True)
class Branch:
    """One line of a tree and what hangs under it; `open` unfolds it, `here` marks the line of this page."""

    words: Words
    href: str = ""
    note: Any = ""
    children: Sequence["Branch"] = ()
    open: bool = False
    here: bool = False


@dataclass(frozen=True)
class Shortfall:
    """What a standard asks, what is there, what is missing, who can mend it, and the one step to take."""

    words: Words
    standard: Any
    actual: Any
    missing: Words = ""
    who: Words = ""
    href: str = ""
    step: tuple[Words, str] | None = None
    state: State | None = None


@dataclass(frozen=True)
class Changed:
    """One thing that differs: `before` and `after` are shown side by side; None means that it is not there."""

    words: Words
    before: Any = None
    after: Any = None
    field: Words = ""
    href: str = ""


@dataclass(frozen=True)
class Difference:
    """What changes, counted on top; `unchanged` things are counted only."""

    changed: Sequence[Changed]
    unchanged: int | None = None
    before_words: Words = ""
    after_words: Words = ""

    @property
    def added(self) -> int:
        """How many things are new."""
        return sum(each.before is None for each in self.changed)

    @property
    def ended(self) -> int:
        """How many things are no longer there."""
        return sum(each.after is None for each in self.changed)

    @property
    def altered(self) -> int:
        """How many things stay but read otherwise."""
        return len(self.changed) - self.added - self.ended


@dataclass(frozen=True)
class Progress:
    """Long work: what is being done and how far; `poll` is asked again every second until `finished`."""

    words: Words
    done: int
    of: int
    poll: str = ""
    finished: bool = False

    @property
    def share(self) -> int:
        """Hundredths that are done."""
        return 100 if self.finished else min(self.done * 100 // self.of, 99) if self.of else 0
