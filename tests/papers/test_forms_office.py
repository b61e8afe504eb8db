"""Forms on real pages: LibreOffice keeps the Word file on one, and the code on the printed page is the form's."""

import subprocess
from pathlib import Path

import pytest
import segno
from pypdf import PdfReader

from tests.papers.form_samples import CODE, chain, form
from xiezuo.papers import Entry, Fields, Line, write_form_docx, write_form_pdf
from xiezuo.papers.form_layout import CODE_SIDE, PAGE

pytestmark = [pytest.mark.night, pytest.mark.office]
LONG = Fields(tuple(Entry("事由" * 9, "职责关联，划分协作 abc" * 90, wide=n % 2 > 0) for n in range(12)))
MANY = chain(
    *(Line(("第一级", "某人", "同意" * 40, "2026年\n3月2日", "N02", ""), by_hand=n > 20) for n in range(60))
)


@pytest.mark.parametrize("blocks", [form().blocks, (LONG,), (LONG, MANY)], ids=["plain", "long", "many"])
def test_the_word_file_of_a_form_is_one_page_in_an_office(blocks: tuple[object, ...], tmp_path: Path):
    (tmp_path / "form.docx").write_bytes(write_form_docx(form(blocks=blocks)))
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        tmp_path,
        tmp_path / "form.docx",
    ]
    subprocess.run([str(word) for word in command], check=True, capture_output=True, timeout=180)
    assert len(PdfReader(tmp_path / "form.pdf").pages) == 1


def test_the_code_on_the_printed_page_is_that_of_the_form(tmp_path: Path):
    (tmp_path / "form.pdf").write_bytes(write_form_pdf(form()))
    command = ["pdftoppm", "-r", "300", "-gray", "-singlefile", tmp_path / "form.pdf", tmp_path / "page"]
    subprocess.run([str(word) for word in command], check=True, capture_output=True, timeout=60)
    assert printed_modules(tmp_path / "page.pgm") == [
        list(row) for row in segno.make_qr(CODE, error="m").matrix
    ]


def printed_modules(picture: Path) -> list[list[int]]:
    """The modules in the upper right corner of a page at 300 dots to the inch: the dot in the middle of each, dark as 1."""
    head, dots = picture.read_bytes().split(b"\n255\n", 1)
    width = int(head.split()[1])
    count, pixel = len(segno.make_qr(CODE, error="m").matrix), 300 / 72
    side = CODE_SIDE * pixel / (count + 4)
    left, top = (PAGE.width - PAGE.right) / 25.4 * 300 - CODE_SIDE * pixel, PAGE.top / 25.4 * 300
    places = [(at + 2.5) * side for at in range(count)]
    return [[int(dots[int(top + y) * width + int(left + x)] < 128) for x in places] for y in places]
