"""The Word file on LibreOffice's page: what a reader without Word sees."""

import subprocess
from pathlib import Path

import pytest

from tests.papers.document_pages import Line, page_lines
from tests.papers.document_samples import full_pages, report, staff_table
from xiezuo.papers import Document, write_docx

pytestmark = [pytest.mark.night, pytest.mark.office]


def pages_in_office(document: Document, folder: Path) -> list[list[Line]]:
    """The pages that LibreOffice makes of the Word file."""
    (folder / "report.docx").write_bytes(write_docx(document))
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "report.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return page_lines((folder / "report.pdf").read_bytes())


def test_a_full_page_of_the_word_file_has_22_lines_of_28_characters(tmp_path: Path):
    pages = pages_in_office(full_pages(3), tmp_path)
    for number, page in enumerate(pages[1:3], start=2):
        *lines, foot = page
        assert [len(line.text) for line in lines] == [28] * 22
        assert foot.text == f"— {number} —"


def test_page_numbers_of_the_word_file_stand_right_on_odd_and_left_on_even_pages(tmp_path: Path):
    feet = [page[-1] for page in pages_in_office(full_pages(3), tmp_path)[:3]]
    assert [foot.left > 300 for foot in feet] == [True, False, True]


def test_a_long_table_of_the_word_file_repeats_its_head(tmp_path: Path):
    pages = pages_in_office(report(blocks=(staff_table(rows=80),)), tmp_path)
    with_rows = [page for page in pages if any(line.text.startswith("青石镇") for line in page)]
    assert len(with_rows) > 2
    assert all(any(line.text.startswith("单位") for line in page) for page in with_rows)
