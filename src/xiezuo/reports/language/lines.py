"""Reads the lines of a rendered template into the blocks of a document.

`# ` to `#### ` are headings, numbered 一、（一）1.（1） by themselves; text straight under a heading of level 2 or deeper
runs into its line; a blank line ends a paragraph; `- ` and `1. ` start points of a list; `| a | b |` rows of a table with
`|---|--:|` under its head and `^ ` before it for its caption; `@title ` and its like set a field of the document.
A heading with nothing under it is left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from xiezuo.papers.model import (
    Block,
    Column,
    Figure,
    Heading,
    Lead,
    List,
    Paragraph,
    Run,
    Table,
    Text,
)
from xiezuo.papers.text import heading_label
from xiezuo.reports.errors import TemplateRefused
from xiezuo.reports.language.marks import plain, runs
from xiezuo.shared.lists import listed

BREAK = "//"
"""Where a title breaks into its next line."""
FIELDS = ("title", "letterhead", "number", "recipient", "approver", "signer")
_LINE = re.compile(r"(?P<heading>#{1,4})\s+(?P<title>.+)|@(?P<field>\w+)\s+(?P<value>.+)|(?P<point>-|\d+\.)\s+(?P<item>.+)"
                   r"|\^\s+(?P<caption>.+)|(?P<row>\|.*\|)")  # fmt: skip
_RULE = re.compile(r"[|:\-\s]+")


@dataclass
class Piece:
    """What some lines say before headings are numbered: a heading with the text that runs in, or a block."""

    level: int = 0
    title: str = ""
    body: list[str] = field(default_factory=list)
    block: Block | None = None


@dataclass(frozen=True)
class Parsed:
    """Fields and blocks of a rendered template."""

    fields: dict[str, str]
    blocks: tuple[Block, ...]


def parse(text: str) -> Parsed:
    """The document that rendered `text` says. Raises `TemplateRefused`."""
    reader = Reader()
    for line in text.split("\n"):
        reader.read(line.strip())
    reader.close()
    return Parsed(reader.fields, tuple(_anchored(_numbered(_filled(reader.pieces)))))


class Reader:
    """Takes lines one by one; keeps what has not been closed yet."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.pieces: list[Piece] = []
        self.paragraph: Piece | None = None
        self.points: list[tuple[bool, str]] = []
        self.rows: list[list[str]] = []
        self.caption = ""

    def read(self, line: str) -> None:
        """One line, without spaces around it."""
        found = _LINE.fullmatch(line)
        kind = found.lastgroup if found else ""
        if kind != "item":
            self._close_list()
        if kind != "row":
            self._close_table()
        if found is None:
            self._text(line)
            return
        self.paragraph = None
        getattr(self, f"_{kind}")(found)

    def close(self) -> None:
        """The text is over."""
        self._close_list()
        self._close_table()

    def _text(self, line: str) -> None:
        if not line:
            self.paragraph = None
            return
        if self.paragraph is None:
            self.paragraph = Piece()
            self.pieces.append(self.paragraph)
        self.paragraph.body.append(line)

    def _title(self, found: re.Match[str]) -> None:
        self.paragraph = Piece(level=len(found["heading"]), title=found["title"])
        self.pieces.append(self.paragraph)
        if self.paragraph.level == 1:
            self.paragraph = None

    def _value(self, found: re.Match[str]) -> None:
        if found["field"] not in FIELDS:
            facts = {"name": found["field"][:40], "known": listed(FIELDS)}
            raise TemplateRefused(
                0, _("“@%(name)s” is no field of a document; expected one of %(known)s") % facts
            )
        words = plain(found["value"])
        self.fields[found["field"]] = words.replace(BREAK, "\n") if found["field"] == "title" else words

    def _item(self, found: re.Match[str]) -> None:
        ordered = found["point"] != "-"
        if self.points and self.points[0][0] != ordered:
            self._close_list()
        self.points.append((ordered, found["item"]))

    def _caption(self, found: re.Match[str]) -> None:
        self.caption = plain(found["caption"])

    def _row(self, found: re.Match[str]) -> None:
        self.rows.append([cell.strip() for cell in found["row"].strip("|").split("|")])

    def _close_list(self) -> None:
        if self.points:
            items = tuple(runs(item) for _ordered, item in self.points)
            self.pieces.append(Piece(block=List(items, ordered=self.points[0][0])))
            self.points = []

    def _close_table(self) -> None:
        if self.rows:
            table = _table(self.rows, self.caption)
            self.rows, self.caption = [], ""
            if table.rows:
                self.pieces.append(Piece(block=table))


def _table(rows: list[list[str]], caption: str) -> Table:
    head, *rest = rows
    rule = rest[0] if rest and all(_RULE.fullmatch(cell) for cell in rest[0]) else []
    body = rest[1:] if rule else rest
    for row in body:
        if len(row) != len(head):
            facts = {"row": plain("｜".join(row))[:60], "found": len(row), "expected": len(head)}
            raise TemplateRefused(
                0, _("the table row “%(row)s” has %(found)d cells; its head has %(expected)d") % facts
            )
    right = [cell.endswith(":") for cell in rule] or [False] * len(head)
    columns = (_column(title, number=number) for title, number in zip(head, right, strict=False))
    return Table(tuple(columns), tuple(tuple(runs(cell) for cell in row) for row in body), caption)


def _column(title: str, *, number: bool) -> Column:
    """`名称 3` gives the column three shares of the width."""
    words, _space, share = plain(title).rpartition(" ")
    return (
        Column(words, float(share), number) if words and share.isdigit() else Column(plain(title), 1, number)
    )


def _filled(pieces: list[Piece]) -> list[Piece]:
    """The pieces without headings that have nothing under them."""
    kept: list[Piece] = []
    for piece in reversed(pieces):
        if not piece.level or piece.body or _covers(kept, piece.level):
            kept.append(piece)
    kept.reverse()
    return kept


def _covers(later: list[Piece], level: int) -> bool:
    """Whether the piece that follows belongs under a heading of `level`; `later` is in reverse order."""
    return bool(later) and (later[-1].level == 0 or later[-1].level > level)


def _numbered(pieces: Iterable[Piece]) -> Iterator[Block]:
    counts = [0, 0, 0, 0]
    for piece in pieces:
        if piece.block is not None:
            yield piece.block
        elif piece.level:
            counts[piece.level - 1] += 1
            counts[piece.level :] = [0] * (4 - piece.level)
            yield _heading(piece, _label(piece.level, counts[piece.level - 1]))
        else:
            yield Paragraph(runs("".join(piece.body)))


def _label(level: int, ordinal: int) -> str:
    try:
        return heading_label(level, ordinal)
    except ValueError:
        raise TemplateRefused(0, _("there are more than 99 headings of one level")) from None


def _heading(piece: Piece, label: str) -> Block:
    if not piece.body:
        return Heading(piece.level, (Text(label), *runs(piece.title)))
    body = runs("".join(piece.body))
    if piece.level == 2:
        return Paragraph((Lead(label + plain(piece.title)), *body))
    return Paragraph((Text(label), *runs(piece.title), *body))


def _anchored(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with their figures numbered f1, f2 … in the order of reading."""
    numbers = iter(range(1, 1_000_000))

    def anchored(line: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(
            Figure(run.text, run.key, f"f{next(numbers)}") if isinstance(run, Figure) else run for run in line
        )

    for block in blocks:
        match block:
            case Heading(level, line):
                yield Heading(level, anchored(line))
            case Paragraph(line, indent):
                yield Paragraph(anchored(line), indent)
            case List(items, ordered):
                yield List(tuple(anchored(item) for item in items), ordered)
            case Table(columns, rows, caption):
                cells = ((c if isinstance(c, str) else anchored(c) for c in row) for row in rows)
                yield Table(columns, tuple(tuple(row) for row in cells), caption)
