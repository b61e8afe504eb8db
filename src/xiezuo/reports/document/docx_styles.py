"""The styles of a Word file: one per role of text, so that the document itself holds little but words."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from xiezuo.reports.document.profile import TWIPS_PER_PT, Face, Profile

RED = "FF0000"
KEEP = "<w:keepNext/><w:keepLines/>"
CENTRED = '<w:jc w:val="center"/>'
FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
BOX = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="auto"/>' for side in ("top", "left", "bottom", "right"))


def styles_xml(profile: Profile) -> str:
    """The children of `w:styles` for `profile`."""
    return "".join((defaults(profile), *paragraph_styles(profile), *other_styles(profile)))


def defaults(profile: Profile) -> str:
    """What every text has unless its style says otherwise."""
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{font(profile.body)}<w:kern w:val=\"0\"/>{size(profile.body)}{language}"
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def paragraph_styles(profile: Profile) -> Iterator[str]:
    """Styles of whole paragraphs, by role."""
    indent = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * profile.character_pitch}"/>'
    line = grid_line(profile, 1)
    yield paragraph("Normal", "Normal", line + indent + '<w:jc w:val="both"/>', letters(profile, profile.body), default=True)
    yield paragraph("Title", "Title", KEEP + line + FLUSH + CENTRED, letters(profile, profile.title))
    for level in (1, 2, 3, 4):
        face = getattr(profile, f"heading{level}")
        outline = f'<w:outlineLvl w:val="{level - 1}"/>'
        yield paragraph(f"Heading{level}", f"heading {level}", KEEP + outline, letters(profile, face))
    yield paragraph("Flush", "Flush", FLUSH, "")
    yield paragraph("Right", "Right", "<w:keepLines/>" + FLUSH + '<w:jc w:val="right"/>', "")
    yield paragraph("Number", "Number", KEEP + FLUSH + CENTRED, "")
    yield from letterhead_styles(profile)
    yield from small_styles(profile)


def letterhead_styles(profile: Profile) -> Iterator[str]:
    """The red mark, its top `letterhead_below` millimetres under the top of the type area, and the red line."""
    two_lines = 2 * profile.line_pitch
    above = round(profile.letterhead_below * 1440 / 25.4 - (two_lines - profile.letterhead.size * TWIPS_PER_PT) / 2)
    mark = f'<w:spacing w:before="{max(0, above)}" w:line="{two_lines}" w:lineRule="exact"/>'
    yield paragraph("Letterhead", "Letterhead", KEEP + mark + FLUSH + CENTRED, face_of(profile.letterhead) + f'<w:color w:val="{RED}"/>')
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{profile.text_width - profile.character_pitch}"/></w:tabs>'
    room = f'<w:ind w:leftChars="100" w:left="{profile.character_pitch}" w:firstLineChars="0" w:firstLine="0"/>'
    line = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="{RED}"/></w:pBdr>'
    yield paragraph("NumberLine", "Number Line", KEEP + tab + room + '<w:jc w:val="left"/>', "")
    yield paragraph("RedLine", "Red Line", KEEP + line + FLUSH, "")


def small_styles(profile: Profile) -> Iterator[str]:
    """Text off the page's grid: tables, notices, the page number."""
    row = f'<w:snapToGrid w:val="0"/><w:spacing w:line="{profile.table_line * TWIPS_PER_PT:.0f}" w:lineRule="atLeast"/>' + FLUSH
    table, head = face_of(profile.table) + '<w:spacing w:val="0"/>', face_of(profile.table_head) + '<w:spacing w:val="0"/>'
    yield paragraph("TableText", "Table Text", row + '<w:jc w:val="left"/>', table)
    yield paragraph("TableNumber", "Table Number", row + '<w:jc w:val="right"/>', table)
    yield paragraph("TableHead", "Table Head", "<w:keepNext/>" + row + CENTRED, head)
    yield paragraph("TableCaption", "Table Caption", "<w:keepNext/>" + FLUSH + CENTRED, head)
    end = '<w:snapToGrid w:val="0"/><w:spacing w:line="120" w:lineRule="exact"/>' + FLUSH
    yield paragraph("TableEnd", "Table End", end, "")
    yield paragraph("Notice", "Notice", f"<w:pBdr>{BOX}</w:pBdr>" + FLUSH + '<w:jc w:val="left"/>', face_of(profile.notice))
    foot = '<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/>' + FLUSH
    yield paragraph("Footer", "footer", foot, face_of(profile.footer) + '<w:spacing w:val="0"/>')


def other_styles(profile: Profile) -> Iterator[str]:
    """Styles of words inside a paragraph, and of tables."""
    for identity, name, face in (("Lead", "Lead Sentence", profile.heading2), ("Approver", "Approver", profile.approver)):
        yield f'<w:style w:type="character" w:customStyle="1" w:styleId="{identity}"><w:name w:val="{name}"/><w:rPr>{font(face)}</w:rPr></w:style>'
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in (("top", 0), ("left", 80), ("bottom", 0), ("right", 80)))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    yield (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>'
    )


def paragraph(identity: str, name: str, layout: str, look: str, *, default: bool = False) -> str:
    """One paragraph style; all but the default build on it."""
    base = "" if default else '<w:basedOn w:val="Normal"/>'
    mark = ' w:default="1"' if default else ""
    # Off: Word would otherwise put a quarter space between Chinese and digits, and 28 characters would not fit.
    tight = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>' if default else ""
    return (
        f'<w:style w:type="paragraph"{mark} w:styleId="{identity}"><w:name w:val="{name}"/>{base}<w:qFormat/>'
        f"<w:pPr>{ordered(layout + tight)}</w:pPr><w:rPr>{ordered(look)}</w:rPr></w:style>"
    )


def ordered(properties: str) -> str:
    """Property elements in the order that the schema demands."""
    from docx.oxml import parse_xml

    wrapper = parse_xml(f'<w:x xmlns:w="{NAMESPACE}">{properties}</w:x>')
    return "".join(sorted(properties_of(wrapper), key=lambda item: ORDER.index(item.split(" ")[0].strip("</>").removeprefix("w:"))))
