"""A clerk loads a book with errors, mends it, loads it, and takes it back."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.journeys.conftest import County

pytestmark = pytest.mark.browser

SEED = Path(__file__).resolve().parents[1] / "data" / "seed" / "county.xlsx"


def spoilt(path: Path) -> Path:
    """The seed book with a day that does not exist and a unit that nobody knows."""
    book = load_workbook(SEED)
    sheet = book["任职"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(3, columns["任职日期"]).value = "2022-02-30"
    sheet.cell(4, columns["机构编码"]).value = "ZZ99"
    book.save(path)
    return path


def choose(page: Page, county: County, book: Path) -> None:
    """First step: the file."""
    page.goto(f"{county.url}/book/new/")
    page.locator("input[type=file]").set_input_files(book)
    page.locator("main button[type=submit]").click()


def test_a_book_with_errors_is_shown_mended_and_loaded(clerk: Page, empty: County, tmp_path: Path) -> None:
    choose(clerk, empty, spoilt(tmp_path / "spoilt.xlsx"))
    main = clerk.locator("main")
    expect(main).to_contain_text("2022-02-30")
    expect(main).to_contain_text("ZZ99")
    expect(main.locator("form[action*='/load/']")).to_have_count(0)
    with clerk.expect_download() as download:
        clerk.locator("a[href*='/marked/']").first.click()
    marked = tmp_path / "marked.xlsx"
    download.value.save_as(marked)
    sheet = load_workbook(marked)["任职"]
    comments = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    assert len(comments) == 2
    assert any("2022-02-30" in text for text in comments)

    choose(clerk, empty, SEED)
    expect(main).not_to_contain_text("ZZ99")
    main.locator("form[action*='/load/'] button").click()
    clerk.goto(f"{empty.url}/?on=2022-08-15")
    expect(clerk.locator("a[href*='/figures/stationed.staff/']").first).to_contain_text("25")

    clerk.goto(f"{empty.url}/book/withdraw/")
    clerk.locator("main textarea, main input[type=text]").first.fill("试装")
    clerk.locator("main button[type=submit]").click()
    answer = empty.xiezuo("figures", "--on", "2022-08-15")
    assert answer.returncode == 1, "a day before the county existed"


def test_what_is_no_workbook_is_refused_in_words(clerk: Page, empty: County, tmp_path: Path) -> None:
    plain = tmp_path / "book.xlsx"
    plain.write_text("not a workbook")
    choose(clerk, empty, plain)
    expect(clerk.locator("main")).to_contain_text(".xlsx")
    expect(clerk.locator("body")).not_to_contain_text("Traceback")
