"""Writes a document as PDF/A-2b: one fixed typst template, the words as data."""

import datetime as dt
from typing import Any

from xiezuo.papers.fonts import check_glyphs, require_fonts
from xiezuo.papers.model import (
    Block,
    Cell,
    Document,
    Heading,
    Lead,
    List,
    Paragraph,
    Run,
    Table,
    Text,
)
from xiezuo.papers.profile import TWIPS_PER_MM, TWIPS_PER_PT, Profile, twips
from xiezuo.papers.text import chinese_date, clean, list_label, sign_off
from xiezuo.papers.typesetting import faces_data, strings, typeset

# PDF/A demands a day of making; today would make equal documents differ.
UNDATED = dt.date(1980, 1, 1)


def write_pdf(document: Document) -> bytes:
    """The document as PDF/A-2b; equal documents give equal bytes.

    Raises `MissingGlyph` for a character that no font draws, and `MissingFonts` before the set-up.
    """
    folder = require_fonts()
    content = content_data(document)
    check_glyphs(strings(content), folder)
    grid, faces = grid_data(document.profile), faces_data(document.profile.faces, folder)
    return typeset("page.typ", content | {"grid": grid, "faces": faces}, folder)


def content_data(document: Document) -> dict[str, Any]:
    """What the document says, cleaned of invisible characters."""
    day = document.date
    date = chinese_date(day) if day else ""
    signer = clean(document.signer)
    return {
        **{
            name: clean(getattr(document, name))
            for name in ("title", "number", "recipient", "approver", "letterhead")
        },
        "notices": [clean(notice) for notice in document.notices],
        "blocks": [block_data(block) for block in document.blocks],
        "signer": signer,
        "date": date,
        "day": (day or UNDATED).timetuple()[:3],
        "starts": sign_off(signer, date),
    }


def block_data(block: Block) -> dict[str, Any]:
    """One block for the template, which draws it by its kind."""
    match block:
        case Heading(level=level, runs=runs, centred=centred):
            return {"kind": "heading", "level": level, "centred": centred, "runs": runs_data(runs)}
        case Paragraph(runs=runs, indent=indent):
            return {"kind": "paragraph", "indent": indent, "runs": runs_data(runs)}
        case List(items=items):
            return {
                "kind": "list",
                "items": [(list_label(block, n), runs_data(item)) for n, item in enumerate(items, 1)],
            }
        case Table():
            return table_data(block)


def table_data(table: Table) -> dict[str, Any]:
    """One table for the template."""
    columns = [{"title": clean(c.title), "width": c.width, "number": c.number} for c in table.columns]
    rows = [[cell_data(cell) for cell in row] for row in table.rows]
    return {"kind": "table", "caption": clean(table.caption), "columns": columns, "rows": rows}


def cell_data(cell: Cell) -> list[tuple[str, str]]:
    """The runs of one cell."""
    return [("text", clean(cell))] if isinstance(cell, str) else runs_data(cell)


def runs_data(runs: tuple[Run, ...]) -> list[tuple[str, str]]:
    """(look, words) of each run; a figure looks like the text around it."""
    return [(look_of(run), clean(run.text)) for run in runs]


def look_of(run: Run) -> str:
    """The template's name for how `run` looks."""
    if isinstance(run, Lead):
        return "lead"
    return "bold" if isinstance(run, Text) and run.bold else "text"


def grid_data(profile: Profile) -> dict[str, Any]:
    """Page and grid in points, from the same twips as the Word file, so that both break lines alike."""
    names = ("width", "height", "top", "left", "right", "bottom")
    pitch = profile.text_width / profile.characters / TWIPS_PER_PT
    # A hair under the full measure: rounding must not push the last character to the next line.
    tracking = pitch - profile.body.size - 0.001
    return {
        **{name: twips(getattr(profile, name)) / TWIPS_PER_PT for name in names},
        "text_width": profile.text_width / TWIPS_PER_PT,
        "line": profile.line_pitch / TWIPS_PER_PT,
        "character": pitch,
        "tracking": tracking,
        "indent": 2 * (profile.body.size + tracking),
        "page_number": profile.page_number,
        "page_number_below": profile.page_number_below * TWIPS_PER_MM / TWIPS_PER_PT,
        "letterhead_below": profile.letterhead_below * TWIPS_PER_MM / TWIPS_PER_PT,
        "table_line": profile.table_line,
    }
