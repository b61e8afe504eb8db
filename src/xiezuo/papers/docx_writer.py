"""Writes a document as a Word file: its own words into parts that were packed once."""

from collections.abc import Iterator
from functools import lru_cache

from xiezuo.papers.docx_parts import CORE, DOCUMENT, core_properties, static_parts
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
from xiezuo.papers.profile import Profile
from xiezuo.papers.text import chinese_date, clean, list_label, sign_off

LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
CENTRED = '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>'
EMPTY_LINE = '<w:p><w:pPr><w:pStyle w:val="Flush"/></w:pPr></w:p>'
PLAIN, BOLD, LEAD, APPROVER = (
    f'<w:r>{look}<w:t xml:space="preserve">'
    for look in (
        "",
        "<w:rPr><w:b/></w:rPr>",
        '<w:rPr><w:rStyle w:val="Lead"/></w:rPr>',
        '<w:rPr><w:rStyle w:val="Approver"/></w:rPr>',
    )
)
END = "</w:t></w:r>"
WORDS = f"{PLAIN}%s{END}"
TAB = "<w:r><w:tab/></w:r>"


def write_docx(document: Document) -> bytes:
    """The document as a .docx file; equal documents give equal bytes."""
    static = static_parts(document.profile)
    body = "".join(
        (
            *opening(document),
            *(block_xml(block, document.profile) for block in document.blocks),
            *closing(document),
        )
    )
    core = core_properties(
        clean(document.title).replace("\n", ""), document.date.isoformat() if document.date else ""
    )
    members = {DOCUMENT: f"{static.head}{body}{static.tail}".encode(), CORE: core}
    return static.archive.with_members(members, level=1).to_bytes()


def escape(text: str) -> str:
    """`text` for the inside of a run: markup is made literal, invisible characters go, line breaks are drawn."""
    if text.isalnum():
        return text
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text if text.isprintable() else clean(text).replace("\n", LINE_BREAK)


def escaped(texts: list[str]) -> list[str]:
    """Each of `texts` for the inside of a run. One look at all of them tells whether any needs a change."""
    whole = "".join(texts)
    if whole.isprintable() and not ("&" in whole or "<" in whole or ">" in whole):
        return texts
    return list(map(escape, texts))


def paragraph(style: str, inside: str, more: str = "") -> str:
    """One paragraph of a style; `inside` is XML, `more` what it has beside the style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inside}</w:p>'


def words(text: str, look: str = PLAIN) -> str:
    """Text in one look."""
    return f"{look}{escape(text)}{END}"


def opening(document: Document) -> Iterator[str]:
    """Everything above the first block."""
    yield from (paragraph("Notice", words(notice)) for notice in document.notices)
    if document.letterhead:
        yield paragraph("Letterhead", words(document.letterhead)) + EMPTY_LINE * 2
        yield number_line(document, "Red") + EMPTY_LINE * 2
    yield paragraph("Title", words(document.title))
    if not document.letterhead and (document.number or document.approver):
        yield number_line(document, "")
    yield EMPTY_LINE
    if document.recipient:
        yield paragraph("Flush", words(document.recipient))


def number_line(document: Document, line: str) -> str:
    """The number in the middle, or at the left with the approver at the right."""
    if not document.approver:
        return paragraph(f"Number{line}", words(document.number))
    approver = words("签发人：") + words(document.approver, APPROVER)
    return paragraph(f"NumberApprover{line}", f"{TAB}{words(document.number)}{TAB}{approver}")


def closing(document: Document) -> Iterator[str]:
    """Signer and date, one line under the text."""
    day = chinese_date(document.date) if document.date else ""
    starts = sign_off(document.signer, day)
    if document.signer or day:
        yield EMPTY_LINE
    if document.signer:
        yield from_right(document.signer, starts.signer, document.profile, "<w:keepNext/>")
    if day:
        yield from_right(day, starts.date, document.profile, "")


def from_right(text: str, characters: float, profile: Profile, keep: str) -> str:
    """A line that starts `characters` from the right edge."""
    left = max(0, round(profile.text_width - characters * profile.character_pitch))
    indent = f'<w:ind w:left="{left}" w:firstLineChars="0" w:firstLine="0"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="Flush"/>{keep}<w:keepLines/>{indent}<w:jc w:val="left"/></w:pPr>{words(text)}</w:p>'


def block_xml(block: Block, profile: Profile) -> str:
    """One block as paragraphs or a table."""
    if isinstance(block, Paragraph):
        runs = runs_xml(block.runs)
        return f"<w:p>{runs}</w:p>" if block.indent else paragraph("Flush", runs)
    if isinstance(block, Heading):
        return paragraph(f"Heading{block.level}", runs_xml(block.runs), CENTRED if block.centred else "")
    if isinstance(block, List):
        return "".join(
            f"<w:p>{words(list_label(block, n))}{runs_xml(item)}</w:p>"
            for n, item in enumerate(block.items, 1)
        )
    return table_xml(block, profile)


def runs_xml(runs: tuple[Run, ...]) -> str:
    """Words in their looks; a figure looks like the text around it."""
    return "".join([f"{look_of(run)}{escape(run.text)}{END}" for run in runs])


def look_of(run: Run) -> str:
    """The start of a run's XML."""
    if isinstance(run, Lead):
        return LEAD
    return BOLD if isinstance(run, Text) and run.bold else PLAIN


def table_xml(table: Table, profile: Profile) -> str:
    """A grid whose head is repeated and whose rows do not break over pages; the line after keeps two tables apart."""
    widths = column_widths(table, profile.text_width)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    caption = paragraph("TableCaption", words(table.caption)) if table.caption else ""
    head = row_form(("TableHead",) * len(widths), widths, WORDS, "<w:tblHeader/>") % tuple(
        escape(column.title) for column in table.columns
    )
    styles = tuple("TableNumber" if column.number else "TableText" for column in table.columns)
    rows = rows_xml(table.rows, row_form(styles, widths, WORDS), row_form(styles, widths, "%s"))
    return (
        f'{caption}<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>'
        '<w:p><w:pPr><w:pStyle w:val="TableEnd"/></w:pPr></w:p>'
    )


def column_widths(table: Table, whole: int) -> tuple[int, ...]:
    """The columns' widths in twips by their shares of `whole`."""
    shares = sum(column.width for column in table.columns)
    return tuple(int(whole * column.width / shares) for column in table.columns)


@lru_cache(maxsize=64)
def row_form(styles: tuple[str, ...], widths: tuple[int, ...], inside: str, repeat: str = "") -> str:
    """The XML of one row with `inside`, which holds a `%s`, in each cell."""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inside}</w:p></w:tc>'
        for style, width in zip(styles, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>"


def rows_xml(rows: tuple[tuple[Cell, ...], ...], plain: str, mixed: str) -> str:
    """All rows: most tables hold nothing but words, and a source table has thousands of cells, so they are written as
    one. Where a cell holds more, each row goes its own way."""
    cells = [cell for row in rows for cell in row]
    if set(map(type, cells)) == {str}:
        return between_cells(plain.split("%s"), escaped(cells))  # type: ignore[arg-type]
    return "".join(
        [
            plain % tuple(map(escape, row))  # type: ignore[arg-type]
            if set(map(type, row)) == {str}
            else mixed % tuple(map(cell_xml, row))
            for row in rows
        ]
    )


def between_cells(form: list[str], cells: list[str]) -> str:
    """The XML of all rows: `form` is that of one row, cut at its cells. Joined once: filling in costs twice as much."""
    parts = [""] * (2 * len(cells) + 1)
    parts[0:-1:2] = [form[-1] + form[0], *form[1:-1]] * (len(cells) // (len(form) - 1))
    parts[1::2] = cells
    parts[0], parts[-1] = form[0], form[-1]
    return "".join(parts)


def cell_xml(cell: Cell) -> str:
    """The runs of one cell."""
    return words(cell) if isinstance(cell, str) else runs_xml(cell)
