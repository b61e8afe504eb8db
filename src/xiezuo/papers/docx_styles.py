"""The styles of a Word file: one per role of text, so that the document itself holds little but words."""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from xiezuo.papers.profile import TWIPS_PER_MM, TWIPS_PER_PT, Face, Profile

RED = "FF0000"
# The schema fixes the order of properties; Word calls a file in another order damaged.
PARAGRAPH_ORDER = (
    "keepNext", "keepLines", "widowControl", "pBdr", "tabs", "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind", "jc", "outlineLvl",
)  # fmt: skip
WORD_KNOWS = {"Normal", "Title", "footer", *(f"heading {level}" for level in (1, 2, 3, 4))}
LETTER_ORDER = ("rFonts", "color", "spacing", "kern", "sz", "szCs", "lang")

Properties = dict[str, str]
"""Element name → its attributes, or its children when they start with `<`."""

FLUSH: Properties = {"ind": 'w:firstLineChars="0" w:firstLine="0"'}
LEFT: Properties = FLUSH | {"jc": 'w:val="left"'}
CENTRED: Properties = FLUSH | {"jc": 'w:val="center"'}
TOGETHER: Properties = {"keepNext": "", "keepLines": ""}
OFF_GRID: Properties = {"snapToGrid": 'w:val="0"'}
TIGHT: Properties = {"spacing": 'w:val="0"'}


def styles_xml(profile: Profile) -> str:
    """The children of `w:styles` for `profile`."""
    return "".join(
        (
            defaults(profile),
            *body_styles(profile),
            *head_styles(profile),
            *small_styles(profile),
            *other_styles(profile),
        )
    )


def defaults(profile: Profile) -> str:
    """What every text has unless its style says otherwise."""
    letters = look(profile.body) | {
        "kern": 'w:val="0"',
        "lang": 'w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"',
    }
    return f"<w:docDefaults><w:rPrDefault>{letter_xml(letters)}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"


def body_styles(profile: Profile) -> Iterator[str]:
    """The text on the grid: `lines` a page, `characters` a line."""
    # Word would otherwise put a quarter space between Chinese and digits, and move lines to keep two together:
    # the characters would not fit the line, nor the lines the page.
    solid = dict.fromkeys(("widowControl", "autoSpaceDE", "autoSpaceDN"), 'w:val="0"')
    grid = {
        "spacing": f'w:before="0" w:after="0" w:line="{profile.line_pitch}" w:lineRule="exact"',
        "jc": 'w:val="both"',
    }
    indent = {"ind": f'w:firstLineChars="200" w:firstLine="{2 * profile.character_pitch}"'}
    yield paragraph("Normal", "Normal", solid | grid | indent, look(profile.body) | packed(profile))
    yield paragraph("Flush", "Flush Left", FLUSH, {})
    for level in (1, 2, 3, 4):
        layout = TOGETHER | {"outlineLvl": f'w:val="{level - 1}"'}
        yield paragraph(f"Heading{level}", f"heading {level}", layout, look(profile.faces[f"heading{level}"]))


def head_styles(profile: Profile) -> Iterator[str]:
    """Title, number, and the red mark with its top `letterhead_below` millimetres under the top of the type area."""
    two_lines = 2 * profile.line_pitch
    slack = (two_lines - profile.letterhead.size * TWIPS_PER_PT) / 2
    above = max(0, round(profile.letterhead_below * TWIPS_PER_MM - slack))
    mark = {"spacing": f'w:before="{above}" w:line="{two_lines}" w:lineRule="exact"'}
    pitch = profile.character_pitch
    # Tabs, not an indent: the red line under the number takes the whole width.
    ends = {
        "tabs": "".join(
            f'<w:tab w:val="{side}" w:pos="{at}"/>'
            for side, at in (("left", pitch), ("right", profile.text_width - pitch))
        )
    }
    line = {"pBdr": f'<w:bottom w:val="single" w:sz="12" w:space="11" w:color="{RED}"/>'}
    yield paragraph("Title", "Title", TOGETHER | OFF_GRID | CENTRED, look(profile.title))
    yield paragraph(
        "Letterhead",
        "Letterhead",
        TOGETHER | OFF_GRID | mark | CENTRED,
        look(profile.letterhead) | {"color": f'w:val="{RED}"'},
    )
    yield paragraph("Number", "Document Number", TOGETHER | CENTRED, {})
    yield paragraph("NumberRed", "Document Number over Red Line", TOGETHER | line | CENTRED, {})
    yield paragraph("NumberApprover", "Document Number and Approver", TOGETHER | ends | LEFT, {})
    yield paragraph(
        "NumberApproverRed", "Document Number and Approver over Red Line", TOGETHER | line | ends | LEFT, {}
    )


def small_styles(profile: Profile) -> Iterator[str]:
    """Text off the page's grid: tables, notices, the page number."""
    row = OFF_GRID | {"spacing": f'w:line="{profile.table_line * TWIPS_PER_PT:.0f}" w:lineRule="atLeast"'}
    table, head = look(profile.table) | TIGHT, look(profile.table_head) | TIGHT
    yield paragraph("TableText", "Table Text", row | LEFT, table)
    yield paragraph("TableNumber", "Table Number", row | FLUSH | {"jc": 'w:val="right"'}, table)
    yield paragraph("TableHead", "Table Head", {"keepNext": ""} | row | CENTRED, head)
    yield paragraph("TableCaption", "Table Caption", {"keepNext": ""} | CENTRED, head)
    yield paragraph(
        "TableEnd", "Table End", OFF_GRID | FLUSH | {"spacing": 'w:line="120" w:lineRule="exact"'}, {}
    )
    box = "".join(
        f'<w:{side} w:val="single" w:sz="8" w:space="4" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right")
    )
    yield paragraph("Notice", "Notice", {"pBdr": box} | LEFT, look(profile.notice))
    one_line = {"spacing": 'w:line="240" w:lineRule="auto"'}
    yield paragraph("Footer", "footer", OFF_GRID | one_line | FLUSH, look(profile.footer) | TIGHT)


def other_styles(profile: Profile) -> Iterator[str]:
    """Styles of words inside a paragraph, and of tables."""
    yield (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
    )
    yield character("Lead", "Lead Sentence", profile.heading2)
    yield character("Approver", "Approver", profile.approver)
    margins = "".join(f'<w:{side} w:w="80" w:type="dxa"/>' for side in ("left", "right"))
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    yield table("TableNormal", "Normal Table", f"<w:tblCellMar>{margins}</w:tblCellMar>", ' w:default="1"')
    yield table("TableGrid", "Table Grid", f"<w:tblBorders>{borders}</w:tblBorders>", "")


def packed(profile: Profile) -> Properties:
    """The distance of characters that fits `characters` into a line."""
    return {"spacing": f'w:val="{profile.spacing}"'}


def look(face: Face) -> Properties:
    """Font and size. All four font slots are named: Word takes quotation marks and digits from the Latin one."""
    fonts = " ".join(f"w:{slot}={quoteattr(face.word)}" for slot in ("ascii", "eastAsia", "hAnsi", "cs"))
    half_points = f'w:val="{face.size * 2:.0f}"'
    return {"rFonts": fonts, "sz": half_points, "szCs": half_points}


def paragraph(identity: str, name: str, layout: Properties, letters: Properties) -> str:
    """One paragraph style; all build on Normal, the default."""
    normal = identity == "Normal"
    own = "" if name in WORD_KNOWS else ' w:customStyle="1"'
    default, base = (' w:default="1"', "") if normal else ("", '<w:basedOn w:val="Normal"/>')
    return (
        f'<w:style w:type="paragraph"{default}{own} w:styleId="{identity}"><w:name w:val="{name}"/>{base}<w:qFormat/>'
        f"<w:pPr>{properties_xml(layout, PARAGRAPH_ORDER)}</w:pPr>{letter_xml(letters)}</w:style>"
    )


def character(identity: str, name: str, face: Face) -> str:
    """One style for words inside a paragraph."""
    name_xml = f'<w:name w:val="{name}"/><w:qFormat/>'
    return f'<w:style w:type="character" w:customStyle="1" w:styleId="{identity}">{name_xml}{letter_xml(look(face))}</w:style>'


def table(identity: str, name: str, properties: str, default: str) -> str:
    """One table style."""
    base = "" if default else '<w:basedOn w:val="TableNormal"/>'
    return (
        f'<w:style w:type="table"{default} w:styleId="{identity}"><w:name w:val="{name}"/>{base}'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{properties}</w:tblPr><w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
    )


def letter_xml(letters: Properties) -> str:
    """Run properties of a style."""
    return f"<w:rPr>{properties_xml(letters, LETTER_ORDER)}</w:rPr>"


def properties_xml(properties: Properties, order: tuple[str, ...]) -> str:
    """Property elements in the order of the schema."""
    return "".join(element(name, properties[name]) for name in order if name in properties)


def element(name: str, value: str) -> str:
    """One property element from its attributes or children."""
    return f"<w:{name}>{value}</w:{name}>" if value.startswith("<") else f"<w:{name} {value}/>"
