"""Lists: what the address asks for is what the screen shows and what the workbook holds."""

from datetime import date
from io import BytesIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from xiezuo.shared.errors import BadInput
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import State
from xiezuo.ui.table import Column, Row, render_table

COLUMNS = [
    Column("name", "Name", searchable=True),
    Column("kind", "Kind", filterable=True),
    Column("count", "Count", kind="number"),
    Column("state", "State", kind="state", sortable=False),
    Column("note", "Note", optional=True),
]
ROWS: list[Row] = [
    {"name": f"第{n}室", "kind": "室" if n % 3 else "组", "count": None if n % 7 == 0 else n * 37 % 101,
     "state": State("在", "good"), "note": f"={n}"}
    for n in range(1, 124)
]  # fmt: skip


def listed(query: str = "", rows: list[Row] | None = None, **options: object) -> Listing:
    request = RequestFactory().get(f"/list/{query}")
    return Listing(request, COLUMNS, ROWS if rows is None else rows, title="Units", **options)  # type: ignore[arg-type]


def names(listing: Listing) -> list[str]:
    return [row["name"] for row in listing.page.rows]


def all_pages(query: str = "") -> list[str]:
    """Every name, following the links of the pages as a reader does."""
    found, listing = [], listed(query)
    while True:
        found += names(listing)
        following = listing.table().following
        if not following:
            return found
        listing = listed(following.removeprefix("/list/"))


def test_without_questions_the_list_keeps_its_own_order_and_fifty_rows() -> None:
    assert names(listed()) == [row["name"] for row in ROWS[:50]]


def test_the_pages_together_are_the_list() -> None:
    assert all_pages() == [row["name"] for row in ROWS]
    assert all_pages("?sort=-count&f.kind=室") == [
        row["name"] for row in listed("?sort=-count&f.kind=室").narrowed.everything()
    ]


def test_the_previous_page_is_the_page_one_came_from() -> None:
    first = listed()
    second = listed(first.table().following.removeprefix("/list/"))
    back = listed(second.table().previous.removeprefix("/list/"))
    assert names(back) == names(first)
    assert back.table().previous == ""


@given(st.sampled_from(["count", "-count"]))
def test_sorting_puts_blanks_last_and_keeps_the_order_of_equals(sort: str) -> None:
    rows = list(listed(f"?sort={sort}").narrowed.everything())
    counts = [row["count"] for row in rows]
    filled = [count for count in counts if count is not None]
    assert counts[: len(filled)] == sorted(filled, reverse=sort.startswith("-"))
    blanks = [row["name"] for row in rows[len(filled) :]]
    assert blanks == [row["name"] for row in ROWS if row["count"] is None]


def test_filters_are_exact_and_shown_as_chips_that_take_themselves_away() -> None:
    listing = listed("?f.kind=组&q=1")
    assert {row["kind"] for row in listing.narrowed.everything()} == {"组"}
    chips = listing.table().chips
    assert [chip.href for chip in chips] == ["/list/?f.kind=%E7%BB%84", "/list/?q=1"]


def test_search_does_not_tell_widths_and_cases_apart() -> None:
    rows: list[Row] = [{"name": "ＡＢ室", "kind": "", "count": 1, "state": "", "note": ""}]
    assert names(listed("?q=ab", rows)) == ["ＡＢ室"]


def test_a_filter_change_goes_back_to_the_first_page() -> None:
    table = listed("?after=50&f.kind=室").table()
    assert "after" not in dict(table.keeps)
    assert "after" not in table.clear
    assert all("after" not in head.href for head in table.heads)


@pytest.mark.parametrize(
    "query", ["", "?sort=-count", "?q=1&f.kind=室&cols=name&cols=note", "?after=50&sort=count"]
)
def test_the_workbook_equals_the_screen(query: str) -> None:
    listing = listed(query)
    sheet = load_workbook(BytesIO(listing.export().content)).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    shown = listing.shown
    assert list(head) == [str(column.title) for column in shown]
    expected = [
        ["在" if column.key == "state" else row[column.key] for column in shown]
        for row in listing.narrowed.everything()
    ]
    assert [list(row) for row in rows] == expected
    assert len(rows) > len(listing.page.rows) or not listing.page.after


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?sort=missing", "missing"),
        ("?f.missing=1", "missing"),
        ("?cols=name&cols=missing", "missing"),
        ("?sort=state", "State"),
        ("?after=two", "two"),
        ("?after=9999999999999", "9999999999999"),
    ],
)
def test_an_address_that_asks_for_the_impossible_is_told_what_was_found(query: str, found: str) -> None:
    with translation.override("en"), pytest.raises(BadInput, match=found):
        listed(query).table()


def test_totals_count_all_pages() -> None:
    listing = listed("?f.kind=组", totals=lambda rows: {"count": sum(row["count"] or 0 for row in rows)})
    total = listing.table().total
    assert total == {"count": sum(row["count"] or 0 for row in ROWS if row["kind"] == "组")}


def test_columns_are_chosen_in_the_address() -> None:
    assert [column.key for column in listed().shown] == ["name", "kind", "count", "state"]
    assert [column.key for column in listed("?cols=note&cols=name").shown] == ["name", "note"]


# The same over a queryset, paged by the values of the last row.


def kinds(query: str = "", size: int = 4) -> Listing:
    columns = [
        Column("model", "Model", searchable=True),
        Column("app", "App", field="app_label", filterable=True),
    ]
    request = RequestFactory().get(f"/list/{query}")
    queryset = ContentType.objects.all()
    return Listing(
        request, columns, queryset, title="Kinds", order=("app_label", "pk"), extra=["id"], page_size=size
    )


def walk(query: str, size: int) -> list[list[int]]:
    pages, listing = [], kinds(query, size)
    while True:
        pages.append([row["id"] for row in listing.page.rows])
        following = listing.table().following
        if not following:
            return pages
        listing = kinds(following.removeprefix("/list/"), size)


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?sort=model", "?sort=-model", "?sort=app", "?sort=-app"])
def test_keyset_pages_together_are_the_queryset(query: str) -> None:
    pages = walk(query, 4)
    assert len(pages) > 2
    assert [key for page in pages for key in page] == [
        row["id"] for row in kinds(query).narrowed.everything()
    ]
    assert sorted(key for page in pages for key in page) == sorted(
        ContentType.objects.values_list("pk", flat=True)
    )


@pytest.mark.django_db
def test_keyset_pages_lead_back_the_way_they_came() -> None:
    first = kinds("?sort=-app")
    second = kinds(first.table().following.removeprefix("/list/"))
    back = kinds(second.table().previous.removeprefix("/list/"))
    assert [row["id"] for row in back.page.rows] == [row["id"] for row in first.page.rows]
    assert back.table().previous == ""


@pytest.mark.django_db
@pytest.mark.parametrize("mark", ["x", "WzFd", "WyJhIiwgImIiXQ", "bnVsbA"])
def test_a_forged_page_mark_is_refused_in_words(mark: str) -> None:
    with pytest.raises(BadInput):
        kinds(f"?after={mark}").table()


@pytest.mark.django_db
def test_a_search_in_the_database_finds_part_of_a_word() -> None:
    found = [row["model"] for row in kinds("?q=CONTENT").narrowed.everything()]
    assert found == ["contenttype"]


def test_names_sort_by_their_sound() -> None:
    rows: list[Row] = [
        {"name": name, "kind": "", "count": 1, "state": "", "note": ""}
        for name in ("张三", "李四", "安民", "王五")
    ]
    assert names(listed("?sort=name", rows)) == ["安民", "李四", "王五", "张三"]


def test_the_links_of_rows_keep_the_day_of_the_list() -> None:
    request = RequestFactory().get("/list/?on=2022-08-15")
    request.day, request.day_is_today = date(2022, 8, 15), False  # type: ignore[attr-defined]
    columns = [COLUMNS[0], Column("kind", "Kind", link=lambda row: "/kinds/")]
    listing = Listing(request, columns, ROWS[:1], title="Units", row_link=lambda row: "/units/1/")
    html = render_table(listing.table())
    assert 'href="/units/1/?on=2022-08-15"' in html
    assert 'href="/kinds/?on=2022-08-15"' in html
