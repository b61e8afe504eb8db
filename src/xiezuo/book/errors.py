"""What is said about a cell of a book."""

from dataclasses import dataclass, field
from typing import Any

from xiezuo.shared.errors import BadInput


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one cell: `row` counts from 1 as Excel shows it (0: the sheet as a whole)."""

    sheet: str
    row: int
    column: str
    found: str
    expected: str

    def as_json(self) -> dict[str, Any]:
        """The shape that the command line promises."""
        return {name: getattr(self, name) for name in ("sheet", "row", "column", "found", "expected")}


@dataclass
class Problems:
    """Everything found in one pass: errors refuse the book, warnings do not."""

    errors: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def error(self, sheet: str, row: int, column: str, found: object, expected: object) -> None:
        """Note one wrong cell."""
        self.errors.append(Problem(sheet, row, column, str(found), str(expected)))

    def warn(self, words: object) -> None:
        """Note something that the reader should know and that refuses nothing."""
        self.warnings.append(str(words))


class NotABook(BadInput):
    """The file cannot be opened as a ledger book; the words say why."""
