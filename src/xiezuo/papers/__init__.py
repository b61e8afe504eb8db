"""Papers: what a text says (`Document` and its blocks) and its two printed forms. Knows no Django and no office."""

from xiezuo.papers.docx_writer import write_docx
from xiezuo.papers.errors import BadProfile, DocumentError, MissingFonts, MissingGlyph
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
from xiezuo.papers.pdf_writer import write_pdf
from xiezuo.papers.profile import STANDARD, Face, Profile
from xiezuo.papers.text import chinese_date, heading_label, plain_text

__all__ = [
    "STANDARD",
    "BadProfile",
    "Block",
    "Cell",
    "Column",
    "Document",
    "DocumentError",
    "Face",
    "Figure",
    "Heading",
    "Lead",
    "List",
    "MissingFonts",
    "MissingGlyph",
    "Paragraph",
    "Profile",
    "Run",
    "Table",
    "Text",
    "chinese_date",
    "heading_label",
    "plain_text",
    "write_docx",
    "write_pdf",
]
