"""Writes a form as PDF/A-2b on one page."""

from typing import Any

from xiezuo.papers.code import as_svg
from xiezuo.papers.fonts import drawable_characters, require_fonts, undrawable
from xiezuo.papers.form import Form
from xiezuo.papers.form_layout import (
    CODE_SIDE,
    FOOT_PITCH,
    FOOT_SIZE,
    HEAD_HEIGHT,
    INSET,
    LINE_HEIGHT,
    NUMBER_HEIGHT,
    PAGE,
    TITLE_WIDTH,
    UNITS,
    WIDTH,
    Sheet,
    form_profile,
    lay_out,
)
from xiezuo.papers.pdf_writer import UNDATED
from xiezuo.papers.typesetting import faces_data, strings, typeset

SUBSTITUTE = "〓"
"""Printed for a character that no font draws, as printers do: a form is not held up by a sign in somebody's remark."""


def write_form_pdf(form: Form) -> bytes:
    """The form as PDF/A-2b; equal forms give equal bytes. Raises `MissingFonts` before the set-up."""
    folder = require_fonts()
    sheet = lay_out(form)
    words = said(sheet)
    missing = "".join(undrawable(text, drawable_characters(folder)) for text in strings(words))
    faces = faces_data(form_profile(sheet.size).faces, folder)
    return typeset("form.typ", substituted(words, missing) | measures(sheet) | {"faces": faces}, folder)


def said(sheet: Sheet) -> dict[str, Any]:
    """What is written on the page."""
    return {
        "title": sheet.name,
        "title-lines": sheet.title,
        "office": sheet.office,
        "number": sheet.number,
        "mark": sheet.mark,
        "rows": [
            [{"look": box.look, "span": box.span, "lines": box.lines} for box in row.boxes]
            for row in sheet.rows
        ],
        "foot": sheet.foot,
    }


def measures(sheet: Sheet) -> dict[str, Any]:
    """How large everything is, and the code."""
    day = sheet.form.date or UNDATED
    return {
        "day": day.timetuple()[:3],
        "page": {name: getattr(PAGE, name) for name in ("top", "left", "right", "bottom")},
        "size": sheet.size, "pitch": sheet.size * LINE_HEIGHT, "title-size": sheet.title_size,
        "title-width": TITLE_WIDTH, "head": HEAD_HEIGHT, "number-height": NUMBER_HEIGHT, "heights": [row.height for row in sheet.rows],
        "unit": WIDTH / UNITS, "units": UNITS, "inset": INSET,
        "foot-size": FOOT_SIZE, "foot-pitch": FOOT_PITCH, "foot-gap": 4,
        "code": as_svg(sheet.form.code), "code-side": CODE_SIDE, "code-says": sheet.form.code,
    }  # fmt: skip


def substituted(data: Any, missing: str) -> Any:
    """Nested data with `SUBSTITUTE` for each of the characters `missing`."""
    if isinstance(data, str):
        return data.translate(dict.fromkeys(map(ord, missing), SUBSTITUTE))
    if isinstance(data, dict):
        return {name: substituted(value, missing) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [substituted(value, missing) for value in data]
    return data
