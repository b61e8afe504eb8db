"""Workbooks: text stays text, and numbers and days stay what they are."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.ui.exporters import LONGEST_TEXT, workbook_bytes, workbook_response


def read_back(value: object) -> Any:
    sheet = load_workbook(BytesIO(workbook_bytes("t", ["c"], [[value]]))).worksheets[0]
    return sheet["A2"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_looks_like_a_command_stays_text(start: str) -> None:
    cell = read_back(f"{start}1+1")
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value.lstrip("\r\n") in (f"{start}1+1", "1+1")


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_text_comes_back_as_it_went(text: str) -> None:
    cell = read_back(text)
    assert cell.value == text
    assert cell.data_type == "s"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (3, 3),
        (Decimal("2.50"), 2.5),
        (Decimal(4), 4),
        (date(2022, 8, 15), datetime.fromisoformat("2022-08-15")),
        (OPEN, None),
        (ALWAYS, None),
        (None, None),
        ("bad\x0bcharacter", "badcharacter"),
        ("长" * 40_000, "长" * LONGEST_TEXT),
    ],
)
def test_values_keep_their_kind_and_open_ends_stay_empty(value: object, found: object) -> None:
    assert read_back(value).value == found


def test_the_download_carries_its_chinese_name() -> None:
    response = workbook_response("干部/名册", ["姓名"], [["王喆"]])
    assert unquote(response["Content-Disposition"]).endswith("干部/名册.xlsx")
    assert "\n" not in response["Content-Disposition"]
    assert load_workbook(BytesIO(response.content)).sheetnames == ["干部 名册"]
