"""Documents: what a report says (`Document` and its blocks) and its two printed forms. Knows no Django."""

from xiezuo.reports.document.docx_writer import write_docx
from xiezuo.reports.document.errors import BadProfile, DocumentError, MissingFonts, MissingGlyph
from xiezuo.reports.document.model import (
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
from xiezuo.reports.document.pdf_writer import write_pdf
from xiezuo.reports.document.profile import STANDARD, Face, Profile
from xiezuo.reports.document.text import chinese_date, heading_label, plain_text

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
