"""What a sheet of the ledger book is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from xiezuo.book.cells import Reader, code, codes, day, text
from xiezuo.shared.periods import OPEN

Columns = dict[str, list[Any]]
"""Field of the ledger → its values, one per row."""


@dataclass(frozen=True)
class Column:
    """One column: its heading in the book, the ledger's field, how a cell is read, and what a blank cell means.

    `refers_to` names the sheet whose codes (or unique names) it holds; `mapped` says that the reader also takes the
    county's own words; `choices` fills the drop-down of the empty book.
    """

    heading: str
    field: str
    read: Reader = text
    required: bool = False
    blank: Any = ""
    refers_to: str = ""
    mapped: bool = False
    choices: tuple[str, ...] = ()


def day_column(heading: str, field: str, *, required: bool = False, blank: date | None = None) -> Column:
    """A column of days."""
    return Column(heading, field, day, required, blank)


def starts_column(heading: str = "起始日期") -> Column:
    """The first day of the fact."""
    return day_column(heading, "starts", required=True)


def ends_column(heading: str = "终止日期") -> Column:
    """The first day on which the fact no longer holds; blank while it holds."""
    return day_column(heading, "ends", blank=OPEN)


def basis_column() -> Column:
    """The document, meeting or day on which the fact rests."""
    return Column("依据", "basis")


def choice_column(
    heading: str, field: str, read: Reader, choices: list[str], *, required: bool = True
) -> Column:
    """A column of words of a closed list."""
    return Column(heading, field, read, required, choices=tuple(choices))


def reference(heading: str, field: str, refers_to: str, *, required: bool = False) -> Column:
    """A column of codes of another sheet."""
    return Column(heading, field, code, required, blank="" if required else None, refers_to=refers_to)


def references(heading: str, field: str, refers_to: str) -> Column:
    """A column of lists of codes of another sheet."""
    return Column(heading, field, codes, blank=(), refers_to=refers_to)


@dataclass(frozen=True)
class Sheet:
    """One sheet and the ledger's table that it fills.

    `key` identifies a row; an entity is keyed by its `code`. `described` are the fields whose change is a change and
    not a correction: an entity's hold from the edition's day on. `lasting` are the days of an entity's life that may be
    filled in later (stages of a regulation). `same` lists, from strict to loose, what must agree for a row that is new
    to be the correction of a row that is missing. `once` lists what may not be true twice on one day. `shape` turns
    columns of the book into fields of the ledger.
    """

    name: str
    model: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    entity: str = ""
    described: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    once: tuple[tuple[str, ...], ...] = ()
    stands: tuple[str, ...] = ()
    shape: Callable[[Columns], None] | None = None
    added: dict[str, Any] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    also_refers: dict[str, str] = field(default_factory=dict)
    code_prefix: str = ""
    may_be_empty_period: bool = False

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields of a row in the ledger, the code of an entity first."""
        own = [column.field for column in self.columns if column.field not in self.left_out]
        return (*own, *(name for name in self.added if name not in own))

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each field stands in a row."""
        return {name: index for index, name in enumerate(self.fields)}

    @cached_property
    def refers(self) -> dict[str, str]:
        """Field → the sheet whose codes it holds."""
        found = {
            column.field: column.refers_to for column in self.columns if column.refers_to
        } | self.also_refers
        return {name: sheet for name, sheet in found.items() if name in self.fields}

    def heading(self, name: str) -> str:
        """The heading of a field, for words to the user."""
        return next((column.heading for column in self.columns if column.field == name), name)
