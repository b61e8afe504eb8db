"""What other apps may use of the reports."""

from xiezuo.papers.errors import MissingFonts
from xiezuo.papers.fonts import require_fonts
from xiezuo.reports.errors import TemplateRefused
from xiezuo.reports.files import run_document, write_files
from xiezuo.reports.models import Run
from xiezuo.reports.operations import issue_report, save_template, standard_template, write_report
from xiezuo.reports.queries.runs import drift, run_of, runs_not_issued, runs_of, template_named, templates
from xiezuo.reports.sentence import county_sentence
from xiezuo.reports.writing import documents_for

__all__ = [
    "MissingFonts",
    "Run",
    "TemplateRefused",
    "county_sentence",
    "documents_for",
    "drift",
    "issue_report",
    "require_fonts",
    "run_document",
    "run_of",
    "runs_not_issued",
    "runs_of",
    "save_template",
    "standard_template",
    "template_named",
    "templates",
    "write_files",
    "write_report",
]
