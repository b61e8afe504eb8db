"""Papers: documents of many pages and forms of one, as docx and PDF. Knows no Django and no matter."""

from xiezuo.papers.docx_writer import write_docx
from xiezuo.papers.errors import BadProfile, DocumentError, MissingFonts, MissingGlyph
from xiezuo.papers.form import Entry, Fields, Form, Grid, Line
from xiezuo.papers.form_docx import write_form_docx
from xiezuo.papers.form_pdf import write_form_pdf
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
from xiezuo.papers.profile import ACROSS, STANDARD, Face, Profile
from xiezuo.papers.text import chinese_date, heading_label, plain_text

__all__ = [
    "ACROSS",
    "STANDARD",
    "BadProfile",
    "Block",
    "Cell",
    "Column",
    "Document",
    "DocumentError",
    "Entry",
    "Face",
    "Fields",
    "Figure",
    "Form",
    "Grid",
    "Heading",
    "Lead",
    "Line",
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
    "write_form_docx",
    "write_form_pdf",
    "write_pdf",
]
