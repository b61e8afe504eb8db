"""A document as plain data and back, so that a run keeps what it said."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from xiezuo.papers.model import (
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Lead,
    List,
    Paragraph,
    Run,
    Table,
    Text,
)
from xiezuo.papers.profile import Profile

Data = dict[str, Any]
WORDS = ("title", "number", "recipient", "approver", "letterhead", "signer")


def as_data(document: Document, layout: Mapping[str, Any]) -> Data:
    """`document` as JSON data; `layout` is the variant of the standard page that its profile came from."""
    words = {name: getattr(document, name) for name in WORDS}
    day = document.date.isoformat() if document.date else None
    blocks = [_block(block) for block in document.blocks]
    return {**words, "date": day, "notices": list(document.notices), "blocks": blocks, "layout": dict(layout)}


def _block(block: Block) -> Data:
    kind = type(block).__name__
    match block:
        case Heading() | Paragraph():
            more = {"level": block.level} if isinstance(block, Heading) else {"indent": block.indent}
            return {"is": kind, "runs": _runs(block.runs), **more}
        case List():
            return {"is": kind, "items": [_runs(item) for item in block.items], "ordered": block.ordered}
        case Table():
            rows = [[cell if isinstance(cell, str) else _runs(cell) for cell in row] for row in block.rows]
            columns = [asdict(column) for column in block.columns]
            return {"is": kind, "columns": columns, "rows": rows, "caption": block.caption}


def _runs(line: tuple[Run, ...]) -> list[Data]:
    return [{"is": type(run).__name__, **asdict(run)} for run in line]


def document_of(data: Data) -> Document:
    """The document that `as_data` wrote down."""
    words = {name: data[name] for name in WORDS}
    day = date.fromisoformat(data["date"]) if data["date"] else None
    blocks = tuple(_read_block(block) for block in data["blocks"])
    profile = Profile.from_dict(data["layout"])
    return Document(blocks=blocks, date=day, notices=tuple(data["notices"]), profile=profile, **words)


def _read_block(data: Data) -> Block:
    match data["is"]:
        case "Heading":
            return Heading(data["level"], _read_runs(data["runs"]))
        case "Paragraph":
            return Paragraph(_read_runs(data["runs"]), data["indent"])
        case "List":
            return List(tuple(_read_runs(item) for item in data["items"]), data["ordered"])
        case _:
            columns = tuple(Column(**column) for column in data["columns"])
            return Table(
                columns,
                tuple(tuple(_read_cell(cell) for cell in row) for row in data["rows"]),
                data["caption"],
            )


def _read_cell(cell: str | list[Data]) -> Cell:
    return cell if isinstance(cell, str) else _read_runs(cell)


_RUNS: dict[str, type[Text] | type[Lead] | type[Figure]] = {"Text": Text, "Lead": Lead, "Figure": Figure}


def _read_runs(line: list[Data]) -> tuple[Run, ...]:
    return tuple(
        _RUNS[run["is"]](**{name: value for name, value in run.items() if name != "is"}) for run in line
    )


def figures_in(document: Document) -> dict[str, str]:
    """Each figure of the document with the wording of its first appearance, in the order of reading."""
    shown: dict[str, str] = {}
    for block in document.blocks:
        for line in _lines(block):
            for run in line:
                if isinstance(run, Figure):
                    shown.setdefault(run.key, run.text)
    return shown


def _lines(block: Block) -> list[tuple[Run, ...]]:
    match block:
        case Heading() | Paragraph():
            return [block.runs]
        case List():
            return list(block.items)
        case Table():
            return [cell for row in block.rows for cell in row if not isinstance(cell, str)]
