"""The table: what it draws is escaped, complete and the same for everyone."""

import re
from datetime import date
from html import escape
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.ui.parts import FigureChip, Link, State
from xiezuo.ui.table import Chip, Choice, Column, Menu, Table, View, render_table

HOSTILE = "<script>alert(1)</script>\"'&{{ 7 * 7 }}"
NAME = Column("name", "Name")
COUNT = Column("count", "Count", numeric=True)


class Cells(HTMLParser):
    """Collects the text of each body cell as a browser would read it."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "td":
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.tags and self.cells:
            self.cells[-1] += data


def cells_of(table: Table) -> list[str]:
    parser = Cells()
    html = render_table(table)
    parser.feed(html[html.index("<tbody>") : html.index("</tbody>")])
    return [cell.strip("\n") for cell in parser.cells]


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30))
def test_every_text_arrives_as_text(text: str) -> None:
    assert cells_of(Table([NAME, COUNT], [{"name": text, "count": 1}])) == [text, "1"]


def test_nothing_hostile_leaves_any_part_unescaped() -> None:
    table = Table(
        [Column("name", HOSTILE, hint=HOSTILE)], [{"name": HOSTILE}], id=HOSTILE, caption=HOSTILE,
        row_link=lambda row: HOSTILE, peek=True, select=lambda row: HOSTILE, total={"name": HOSTILE}, search=HOSTILE,
        menus=[Menu(HOSTILE, HOSTILE, [Choice(HOSTILE, HOSTILE)])], chips=[Chip(HOSTILE, HOSTILE, HOSTILE)],
        views=[View(HOSTILE, HOSTILE)], column_choices=[Choice(HOSTILE, HOSTILE)], action=HOSTILE,
        keeps=[(HOSTILE, HOSTILE)], clear=HOSTILE, previous=HOSTILE, following=HOSTILE, export=HOSTILE, count=HOSTILE,
    )  # fmt: skip
    html = render_table(table)
    assert "<script" not in html
    assert "\"'" not in html
    assert html.count("{{ 7 * 7 }}") > 20
    assert escape("<script>") in html


@pytest.mark.parametrize(
    "part",
    [
        State(HOSTILE, "good"),
        State("x", HOSTILE),
        Link(HOSTILE, HOSTILE),
        FigureChip(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, was=HOSTILE),
    ],
)
def test_parts_escape_themselves_in_both_template_engines(part: State | Link | FigureChip) -> None:
    in_table = render_table(Table([NAME], [{"name": part}]))
    in_django = Template("{{ part }}").render(Context({"part": part}))
    assert "<script" not in in_table + in_django
    assert in_django in in_table


def test_open_ends_and_missing_values_show_nothing() -> None:
    columns = [Column(key, key, kind="date") for key in "abcd"]
    row = {"a": ALWAYS, "b": OPEN, "c": None, "d": date(2022, 8, 15)}
    assert cells_of(Table(columns, [row])) == ["", "", "", "2022-08-15"]


def test_rows_may_be_tuples_in_the_order_of_the_columns() -> None:
    assert cells_of(Table([NAME, COUNT], [("甲", 3)])) == cells_of(
        Table([NAME, COUNT], [{"count": 3, "name": "甲"}])
    )


def test_the_first_cell_carries_the_link_of_the_row() -> None:
    html = render_table(Table([NAME, COUNT], [("甲", 3)], row_link=lambda row: f"/units/{row['name']}/"))
    assert '<a href="/units/甲/">甲</a>' in html
    assert html.count("<a ") == 1


def test_a_peeking_row_opens_in_the_drawer_and_still_has_its_own_address() -> None:
    html = render_table(Table([NAME], [("甲",)], row_link=lambda row: "/units/1/", peek=True))
    assert '<a href="/units/1/" hx-get="/units/1/" hx-target="#drawer"' in html


def test_an_empty_list_offers_the_first_step() -> None:
    html = render_table(Table([NAME], [], empty="No unit yet", empty_step=("Load a book", "/book/")))
    assert "No unit yet" in html
    assert '<a class="xz-button" href="/book/">Load a book</a>' in html
    assert "<table" not in html


def test_no_markup_carries_a_style_or_a_handler() -> None:
    """The policy of the pages forbids both."""
    html = render_table(Table([NAME, COUNT], [("甲", 3)], search="", export="/x", select=lambda row: "1"))
    assert " style=" not in html
    assert not re.search(r"<[^>]*\son[a-z]+=", html)
