"""What a document says, without how it looks: blocks of runs. Every writer walks the same frozen values."""

import datetime as dt
from dataclasses import dataclass, field

from xiezuo.papers.profile import STANDARD, Profile


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words; `bold` for emphasis."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Lead:
    """A second-level heading that runs into its paragraph: its sentence, set in 楷体, with the number if any."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number (or name) taken from the ledger: `key` names the figure, `anchor` its place on the page of records.
    Word and PDF show the text only."""

    text: str
    key: str
    anchor: str


Run = Text | Lead | Figure


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on its own line, level 1 to 4; the text carries its number (一、 （一） 1. （1）). A chapter's is `centred`."""

    level: int
    runs: tuple[Run, ...]
    centred: bool = False

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"heading level {self.level}, expected 1 to 4")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text; the first line is indented by two characters unless `indent` is false."""

    runs: tuple[Run, ...]
    indent: bool = True


@dataclass(frozen=True, slots=True)
class List:
    """Points of equal rank, one paragraph each, numbered 1. 2. 3. when `ordered`."""

    items: tuple[tuple[Run, ...], ...]
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `width` is its share of the table's width; numbers stand right."""

    title: str
    width: float = 1
    number: bool = False


Cell = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that is repeated on every page. Every row has one cell for each column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("the table has no columns")
        if any(column.width <= 0 for column in self.columns):
            raise ValueError("a column of the table has no width")
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells, expected {len(self.columns)}")


Block = Heading | Paragraph | List | Table


@dataclass(frozen=True, slots=True)
class Document:
    """One report. Empty fields take no room.

    `title` may hold line breaks where the writer wants them. `number` is the 发文字号 with its six-corner brackets,
    `recipient` the 主送机关, `approver` the 签发人 of an upward report, `signer` the 署名, `date` the 成文日期,
    `letterhead` the red 发文机关标志. `notices` stand boxed above everything until they are settled.
    """

    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    recipient: str = ""
    approver: str = ""
    letterhead: str = ""
    signer: str = ""
    date: dt.date | None = None
    notices: tuple[str, ...] = ()
    profile: Profile = field(default=STANDARD)
