"""Writes a form as a Word file on one page: rows of fixed height, so that no machine's fonts push it to a second."""

from functools import lru_cache
from io import BytesIO
from xml.sax.saxutils import quoteattr

import docx

from xiezuo.papers.archive import Archive
from xiezuo.papers.code import as_png
from xiezuo.papers.docx_parts import (
    CORE,
    DOCUMENT,
    FONT_TABLE,
    SETTINGS,
    StaticParts,
    core_properties,
    drop_unused,
    font_table,
    lay_out_page,
    members,
    replace_children,
)
from xiezuo.papers.docx_styles import (
    CENTRED,
    FLUSH,
    LEFT,
    OFF_GRID,
    TIGHT,
    Properties,
    look,
    paragraph,
    styles_xml,
)
from xiezuo.papers.docx_writer import escape, words
from xiezuo.papers.form import Form
from xiezuo.papers.form_layout import (
    CODE_SIDE,
    FOOT_PITCH,
    HEAD_HEIGHT,
    LINE_HEIGHT,
    NUMBER_HEIGHT,
    OFFICE_SIZE,
    TITLE_WIDTH,
    UNITS,
    WIDTH,
    Box,
    Row,
    Sheet,
    form_profile,
    lay_out,
)
from xiezuo.papers.profile import TWIPS_PER_PT, Profile

PICTURE = "word/media/image1.png"
EMU_PER_POINT = 12_700
STYLES = {"label": "FormLabel", "head": "FormLabel", "value": "FormValue", "number": "FormNumber"}
TAB = "<w:r><w:tab/></w:r>"


def write_form_docx(form: Form) -> bytes:
    """The form as a .docx file; equal forms give equal bytes."""
    sheet = lay_out(form)
    static = form_parts(sheet.size, sheet.title_size)
    body = "".join((head(sheet), number_line(sheet), table(sheet.rows), foot(sheet)))
    core = core_properties(sheet.name, form.date.isoformat() if form.date else "")
    said = {DOCUMENT: f"{static.head}{body}{static.tail}".encode(), CORE: core, PICTURE: as_png(form.code)}
    return static.archive.with_members(said, level=1).to_bytes()


@lru_cache(maxsize=16)
def form_parts(size: float, title_size: float) -> StaticParts:
    """What is the same in every form with letters of these sizes, packed once."""
    profile = form_profile(size)
    word = docx.Document()
    lay_out_page(word, profile)
    styles = f"{styles_xml(profile)}{''.join(form_styles(profile, title_size))}"
    replace_children(word.styles.element, styles)
    replace_children(word.settings.element, SETTINGS)
    # A picture that each form replaces by its own code: the package then knows its kind and its place.
    word.part.get_or_add_image(BytesIO(as_png("-")))
    drop_unused(word.part.rels)
    drop_unused(word.part.package.rels)
    return cut_at_body(members(word) | {FONT_TABLE: font_table(profile)})


def cut_at_body(parts: dict[str, bytes]) -> StaticParts:
    """document.xml cut where the form goes, and everything else packed but what each form has of its own."""
    whole = parts.pop(DOCUMENT).decode()
    parts.pop(CORE)
    parts.pop(PICTURE)
    cut = whole.index("<w:sectPr")
    return StaticParts(Archive().with_members(parts, level=9), whole[:cut], whole[cut:])


def form_styles(profile: Profile, title_size: float) -> list[str]:
    """The styles of a form. Lines have an exact height: a font of tall lines must not push a word out of its row."""
    value, label = look(profile.table) | TIGHT, look(profile.table_head) | TIGHT
    pitch = OFF_GRID | exactly(profile.table.size * LINE_HEIGHT)
    title = OFF_GRID | exactly(title_size * 1.25) | CENTRED
    number = OFF_GRID | exactly(NUMBER_HEIGHT) | LEFT
    ends = {"tabs": f'<w:tab w:val="right" w:pos="{twips(WIDTH)}"/>'}
    return [
        paragraph("FormTitle", "Form Title", title, look(profile.title) | TIGHT | letters(title_size)),
        paragraph(
            "FormOffice", "Form Office", OFF_GRID | exactly(18) | CENTRED, value | letters(OFFICE_SIZE)
        ),
        paragraph("FormCode", "Form Code", OFF_GRID | FLUSH | {"jc": 'w:val="right"'} | one_line(), value),
        paragraph("FormHead", "Form Number", number | ends, value | letters(10.5)),
        paragraph("FormLabel", "Form Label", pitch | CENTRED, label),
        paragraph("FormValue", "Form Value", pitch | LEFT, value),
        paragraph("FormNumber", "Form Figure", pitch | FLUSH | {"jc": 'w:val="right"'}, value),
        paragraph(
            "FormFoot", "Form Foot", OFF_GRID | exactly(FOOT_PITCH) | LEFT, look(profile.footer) | TIGHT
        ),
    ]


def twips(points: float) -> int:
    """Points in twips, rounded down."""
    return int(points * TWIPS_PER_PT)


def exactly(points: float) -> Properties:
    """Lines of exactly this height."""
    return {"spacing": f'w:before="0" w:after="0" w:line="{twips(points)}" w:lineRule="exact"'}


def one_line() -> Properties:
    """Lines as high as what stands in them: a picture would be cut off otherwise."""
    return {"spacing": 'w:before="0" w:after="0" w:line="240" w:lineRule="auto"'}


def letters(size: float) -> Properties:
    """Letters of this size."""
    half_points = f'w:val="{size * 2:.0f}"'
    return {"sz": half_points, "szCs": half_points}


def head(sheet: Sheet) -> str:
    """Office and title in the middle, the code in the right corner; no lines around them."""
    office = styled("FormOffice", words(sheet.office)) if sheet.office else ""
    title = styled("FormTitle", words("\n".join(sheet.title)))
    corner = (WIDTH - TITLE_WIDTH) / 2
    cells = (
        (corner, styled("FormCode", "")),
        (TITLE_WIDTH, office + title),
        (corner, styled("FormCode", picture(sheet.form.code))),
    )
    inside = "".join(cell(width, 1, content) for width, content in cells)
    return grid([width for width, _ in cells], "TableNormal", row_xml(inside, HEAD_HEIGHT))


def number_line(sheet: Sheet) -> str:
    """The number at the left, the mark at the right."""
    return styled("FormHead", f"{words(sheet.number)}{TAB}{words(sheet.mark)}")


def table(rows: tuple[Row, ...]) -> str:
    """All rows as one table of `UNITS` columns, which the boxes span."""
    unit = WIDTH / UNITS
    inside = [row_xml("".join(box_xml(box, unit) for box in row.boxes), row.height) for row in rows]
    return grid([unit] * UNITS, "TableGrid", "".join(inside)) if rows else ""


def box_xml(box: Box, unit: float) -> str:
    """One box with its words; Word breaks their lines itself, so that they can still be edited."""
    return cell(unit * box.span, box.span, styled(STYLES[box.look], words(box.text)))


def foot(sheet: Sheet) -> str:
    """The small lines under the tables. Word wants a paragraph after a table in any case."""
    return "".join(styled("FormFoot", words(line)) for line in sheet.foot) or styled("FormFoot", "")


def styled(style: str, inside: str) -> str:
    """One paragraph of a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inside}</w:p>'


def cell(width: float, span: int, inside: str) -> str:
    """One cell, its words in the middle of its height."""
    wide = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>'
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr>{wide}{spans}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'


def row_xml(cells: str, height: float) -> str:
    """One row of exactly this height."""
    properties = f'<w:cantSplit/><w:trHeight w:val="{twips(height)}" w:hRule="exact"/>'
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def grid(widths: list[float], style: str, rows: str) -> str:
    """A table of fixed columns."""
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    whole = sum(twips(width) for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{whole}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def picture(says: str) -> str:
    """The code as a picture in its line; `says` is read out to whoever cannot see it."""
    side = round(CODE_SIDE * EMU_PER_POINT)
    extent, described = f'cx="{side}" cy="{side}"', quoteattr(escape(says))
    main = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{main}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:docPr id="1" name="code" descr={described}/>'
        f'<a:graphic xmlns:a="{main}/main"><a:graphicData uri="{main}/picture"><pic:pic xmlns:pic="{main}/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="1" name="code"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{relation()}"/>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


@lru_cache(maxsize=1)
def relation() -> str:
    """By what name the text of the package knows its picture."""
    word = docx.Document()
    return word.part.get_or_add_image(BytesIO(as_png("-")))[0]
