"""One table for every list: plain values in, markup out.

Rendered by Jinja2 with autoescape: a Django template needs ten times as long for fifty rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from jinja2 import Environment, FileSystemLoader, Template

from xiezuo.ui.icons import icon_svg
from xiezuo.ui.markup import drawn
from xiezuo.ui.parts import text_of
from xiezuo.ui.words import Words

Row = Mapping[str, Any]
RowLink = Callable[[Row], str]


@dataclass(frozen=True)
class Column:
    """One column. `key` names it in the address and in each row.

    `kind` is text, number, date, state or code (a number of letters and digits that must not be broken). `field` is the look-up in a queryset (default: `key`).
    `choices` are value and words for a filter menu; an empty list asks the rows for their values.
    `optional` columns are shown only when the reader chooses them.
    Set `sortable=False` where rows are units, zones or people and the column counts their matters.
    """

    key: str
    title: Words
    numeric: bool = False
    sortable: bool = True
    kind: str = "text"
    link: RowLink | None = None
    field: str = ""
    filterable: bool = False
    choices: Sequence[tuple[str, Words]] = ()
    searchable: bool = False
    optional: bool = False
    value: Callable[[Row], Any] | None = None
    hint: Words = ""

    def of(self, row: Row) -> Any:
        """The value of this column in `row`."""
        return self.value(row) if self.value else row[self.key]


@dataclass(frozen=True)
class Head:
    """The head of a column: its words, its order now (`up`, `down` or nothing) and the link that sorts by it."""

    title: Words
    css: str = ""
    order: str = ""
    href: str = ""
    hint: Words = ""


@dataclass(frozen=True)
class Chip:
    """A filter in force; `href` leads to the page without it."""

    name: Words
    value: Words
    href: str


@dataclass(frozen=True)
class Choice:
    """One entry of a menu: a form field's value, its words, and whether it is chosen."""

    value: str
    words: Words
    chosen: bool = False


@dataclass(frozen=True)
class Menu:
    """A filter on one column: the form field's name, its words and its choices."""

    name: str
    title: Words
    choices: Sequence[Choice]


@dataclass(frozen=True)
class View:
    """A saved view: a plain link."""

    words: Words
    href: str
    active: bool = False


@dataclass(frozen=True)
class OwnViews:
    """The menu of the reader's own views: where to save what is `here` (nowhere, if empty), and those to forget."""

    save: str
    forget: str
    names: Sequence[Choice]
    name_length: int
    here: str
    token: str


@dataclass(frozen=True)
class Table:
    """What `render_table` draws. Only `columns` and `rows` are needed; the rest switches a feature on.

    `select` gives what a ticked row sends, nothing for a row that cannot be ticked; `select_form` is the form it is
    sent with, where that stands elsewhere on the page.
    """

    columns: Sequence[Column]
    rows: Sequence[Row | tuple[Any, ...]]
    id: str = "list"
    caption: Words = ""
    row_link: RowLink | None = None
    peek: bool = False
    select: Callable[[Row], str] | None = None
    select_form: str = ""
    total: Row | None = None
    heads: Sequence[Head] = ()
    count: Words = ""
    search: str | None = None
    menus: Sequence[Menu] = ()
    chips: Sequence[Chip] = ()
    views: Sequence[View] = ()
    own_views: OwnViews | None = None
    column_choices: Sequence[Choice] = ()
    action: str = ""
    keeps: Sequence[tuple[str, str]] = ()
    clear: str = ""
    previous: str = ""
    following: str = ""
    export: str = ""
    export_refused: Words = ""
    empty: Words = ""
    empty_step: tuple[Words, str] | None = None

    @property
    def has_tools(self) -> bool:
        """Whether there is anything above the table."""
        return bool(
            self.search is not None
            or self.menus
            or self.views
            or self.column_choices
            or self.export
            or self.export_refused
        )


def render_table(table: Table) -> SafeString:
    """The markup of `table`; every value is escaped unless it draws itself."""
    words = _words()
    html = _template("ui/table.html").render(
        t=table,
        w=words,
        icon=icon_svg,
        heads=table.heads or _plain_heads(table),
        body=_body(table),
        total=_total(table),
        columns=len(table.columns) + bool(table.select),
    )
    # Safe: made by a template that escapes.
    return drawn(html)


def _plain_heads(table: Table) -> list[Head]:
    return [Head(column.title, css=css_of(column), hint=column.hint) for column in table.columns]


def css_of(column: Column) -> str:
    """The class of a column's cells."""
    return "xz-num" if column.numeric or column.kind == "number" else f"xz-cell-{column.kind}"


def _body(table: Table) -> SafeString:
    """All rows as one string: joining strings costs a third of joining `Markup`, cell by cell."""
    rows = as_mappings(table.rows, [column.key for column in table.columns])
    leading = table.columns[0] if table.row_link and table.columns else None
    writers = [_writer(column, leads=column is leading, table=table) for column in table.columns]
    # Safe: every writer escapes what it is given.
    return drawn(
        "\n".join(
            _row_opening(table, row) + "".join([write(row) for write in writers]) + "</tr>" for row in rows
        )
    )


def as_mappings(rows: Sequence[Row | tuple[Any, ...]], keys: Sequence[str]) -> list[Row]:
    """Rows as mappings; tuples are read in the order of `keys`."""
    return [dict(zip(keys, row, strict=False)) if isinstance(row, tuple) else row for row in rows]


def _row_opening(table: Table, row: Row) -> str:
    opening = "<tr data-row>" if table.row_link else "<tr>"
    if table.select is None:
        return opening
    value = table.select(row)
    if not value:
        return f'{opening}<td class="xz-select"></td>'
    form = f' form="{escape(table.select_form)}"' if table.select_form else ""
    return (
        f'{opening}<td class="xz-select"><input type="checkbox" name="row" data-select{form}'
        f' value="{escape(value)}" aria-label="{escape(_("Select"))}"></td>'
    )


def _inside(value: Any) -> str:
    if type(value) is str:
        return escape(value)
    drawn = getattr(value, "__html__", None)
    return drawn() if drawn else escape(text_of(value))


def _writer(column: Column, *, leads: bool, table: Table) -> Callable[[Row], str]:
    """A function that writes one cell of `column`, escaped.

    The first column carries the link of the row, so that the keyboard and a screen reader reach it.
    """
    opening = f'<td class="{css_of(column)}">'
    link = table.row_link if leads else column.link
    peek = leads and table.peek

    def write(row: Row) -> str:
        inside = _inside(column.of(row))
        href = escape(link(row)) if link else ""
        return f"{opening}{_anchor(href, inside, peek=peek) if href else inside}</td>"

    return write


def _anchor(href: str, inside: str, *, peek: bool) -> str:
    drawer = f' hx-get="{href}" hx-target="#drawer" hx-swap="innerHTML"' if peek else ""
    return f'<a href="{href}"{drawer}>{inside}</a>'


def _total(table: Table) -> list[tuple[str, object]]:
    if table.total is None:
        return []
    cells = [(css_of(column), _cell_text(table.total.get(column.key))) for column in table.columns]
    css, first = cells[0]
    return [(css, first if first != "" else _("Total")), *cells[1:]]


def _cell_text(value: object) -> object:
    return value if hasattr(value, "__html__") else text_of(value)


@lru_cache(maxsize=8)
def _template(name: str) -> Template:
    folder = Path(__file__).parent / "jinja2"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return environment.get_template(name)


def _words() -> dict[str, str]:
    return {
        "search": _("Search in this list"),
        "find": _("Search"),
        "apply": _("Apply"),
        "columns": _("Columns"),
        "excel": _("Excel"),
        "clear_all": _("Clear all"),
        "without": _("remove this filter"),
        "previous": _("Previous page"),
        "following": _("Next page"),
        "all": _("All"),
        "nothing": _("Nothing here yet."),
        "no_match": _("No row matches. Change or clear the filters."),
        "views": _("Views"),
        "own_views": _("My views"),
        "save_view": _("Save this view"),
        "view_name": _("Name of the view"),
        "select_all": _("Select all on this page"),
        "pages": _("Pages"),
    }
