"""The parts of a Word file that do not depend on the report: built once for each profile and kept packed."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Twips

from xiezuo.papers.archive import Archive
from xiezuo.papers.docx_styles import styles_xml
from xiezuo.papers.profile import TWIPS_PER_MM, TWIPS_PER_PT, Profile, twips

DOCUMENT, CORE, FONT_TABLE = "word/document.xml", "docProps/core.xml", "word/fontTable.xml"
# What python-docx's own template brings and a report does not need.
UNUSED_PARTS = (
    "thumbnail", "extended-properties", "customXml", "webSettings", "numbering", "stylesWithEffects", "theme",
)  # fmt: skip
COMPATIBILITY = (
    "<w:compat><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    f'<w:characterSpacingControl w:val="compressPunctuation"/>{COMPATIBILITY}'
)


@dataclass(frozen=True, slots=True)
class StaticParts:
    """What is the same in every report of a profile: the packed members, and document.xml around its blocks."""

    archive: Archive
    head: str
    tail: str


@lru_cache(maxsize=16)
def static_parts(profile: Profile) -> StaticParts:
    """The packed static parts for `profile`."""
    word = docx.Document()
    lay_out_page(word, profile)
    write_footers(word, profile)
    replace_children(word.styles.element, styles_xml(profile))
    replace_children(word.settings.element, SETTINGS)
    drop_unused(word.part.rels)
    drop_unused(word.part.package.rels)
    return split(members(word) | {FONT_TABLE: font_table(profile)})


def split(parts: dict[str, bytes]) -> StaticParts:
    """Cut document.xml where the blocks go, and pack the rest."""
    whole = parts.pop(DOCUMENT).decode()
    parts.pop(CORE)
    cut = whole.index("<w:sectPr")
    return StaticParts(Archive().with_members(parts, level=9), whole[:cut], whole[cut:])


def members(word: WordDocument) -> dict[str, bytes]:
    """The saved package as member name → contents, in its order."""
    saved = io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as package:
        return {name: package.read(name) for name in package.namelist()}


def lay_out_page(word: WordDocument, profile: Profile) -> None:
    """Paper, margins, and the grid of lines. A grid of characters too would scatter them in LibreOffice."""
    section = word.sections[0]
    for side in ("top", "left", "right", "bottom"):
        setattr(section, f"{side}_margin", Twips(twips(getattr(profile, side))))
    section.orientation = WD_ORIENT.LANDSCAPE if profile.width > profile.height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(twips(profile.width)), Twips(twips(profile.height))
    section.gutter = section.header_distance = Twips(0)
    section.footer_distance = Twips(footer_distance(profile))
    grid = word.element.body.sectPr.find(qn("w:docGrid"))
    for name, value in (("type", "lines"), ("linePitch", str(profile.line_pitch))):
        grid.set(qn(f"w:{name}"), value)


def footer_distance(profile: Profile) -> int:
    """From the foot of the paper to the foot of the page number, in twips: its middle stands
    `page_number_below` millimetres under the type area."""
    return max(
        0,
        round(
            (profile.bottom - profile.page_number_below) * TWIPS_PER_MM
            - profile.footer.size * TWIPS_PER_PT * 0.65
        ),
    )


def write_footers(word: WordDocument, profile: Profile) -> None:
    """Page numbers between dashes: outside (odd right, even left, one character in) or centred."""
    section = word.sections[0]
    sides = ("center", "center") if profile.page_number == "centre" else ("right", "left")
    for footer, side in zip((section.footer, section.even_page_footer), sides, strict=True):
        footer.is_linked_to_previous = False
        replace_children(footer.part.element, page_number(profile, side))


def page_number(profile: Profile, side: str) -> str:
    """A footer paragraph: — 1 — on `side`, one character of the footer's size from the edge."""
    indent = (
        ""
        if side == "center"
        else f'<w:ind w:{side}Chars="100" w:{side}="{profile.footer.size * TWIPS_PER_PT:.0f}"/>'
    )
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{content}'
        for kind, content in (
            ("begin", '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'),
            ("separate", "<w:r><w:t>1</w:t></w:r>"),
            ("end", ""),
        )
    )
    layout = f'<w:pPr><w:pStyle w:val="Footer"/>{indent}<w:jc w:val="{side}"/></w:pPr>'
    return f'<w:p>{layout}<w:r><w:t xml:space="preserve">— </w:t></w:r>{field}<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'


def replace_children(element: Any, children: str) -> None:
    """Put `children` (XML of the main namespace) in place of what `element` holds."""
    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(f"<w:body {nsdecls('w')}>{children}</w:body>")):
        element.append(child)


def drop_unused(relations: Any) -> None:
    """Cut the relations to parts that no report uses, which leaves those parts out of the package."""
    for identity in [key for key, relation in relations.items() if relation.reltype.endswith(UNUSED_PARTS)]:
        del relations[identity]


def font_table(profile: Profile) -> bytes:
    """word/fontTable.xml: what Word takes instead of an official font that the reader's machine lacks."""
    instead = {face.word: face.instead for face in profile.faces.values() if face.instead}
    fonts = "".join(
        f'<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(other)}/><w:charset w:val="86"/></w:font>'
        for name, other in instead.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()


def core_properties(title: str, stamp: str) -> bytes:
    """docProps/core.xml. `stamp` is a day in ISO form, or empty: the clock must not make equal reports differ."""
    dates: Iterable[str] = ("created", "modified") if stamp else ()
    lines = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}T00:00:00Z</dcterms:{name}>' for name in dates
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>zh-CN</dc:language>{lines}</cp:coreProperties>"
    ).encode()
