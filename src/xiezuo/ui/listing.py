"""A list as its address asks for it: searched, filtered, sorted, paged, exported."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from xiezuo.shared.errors import BadInput
from xiezuo.shared.lists import listed
from xiezuo.ui.address import Address
from xiezuo.ui.asof import day_query, keep_day
from xiezuo.ui.exporters import workbook_response
from xiezuo.ui.sources import COUNT_LIMIT, Page, QuerySource, RowsSource, Source
from xiezuo.ui.table import Chip, Choice, Column, Head, Menu, Row, RowLink, Table, View, css_of

PAGE_SIZE = 50
FILTER = "f."


class Listing:
    """The list that `request` asks for, over rows in memory or a queryset.

    The address carries `q` (search), `f.<column>` (filters), `sort` (`-key` for falling), `cols`, `after` and
    `before` (pages) and `format=xlsx`. What it exports are the rows and columns of the screen, of all pages.
    `alone`: the rows of a queryset without the tables that describe them, for counting. `counts=False` counts nothing, so that
    the list costs the same however long it is. `search` narrows a queryset by the words searched for where looking through the
    searchable columns would read every row.
    Raises `BadInput` when the address names a column that there is not.
    """

    def __init__(
        self,
        request: HttpRequest,
        columns: Sequence[Column],
        rows: Iterable[Row | tuple[Any, ...]] | QuerySet[Any],
        *,
        title: Any,
        order: tuple[str, ...] = ("pk",),
        extra: Mapping[str, str] | Sequence[str] = (),
        row_link: RowLink | None = None,
        peek: bool = False,
        select: Callable[[Row], str] | None = None,
        select_form: str = "",
        totals: Callable[[Iterable[Row]], Row] | None = None,
        views: Sequence[View] = (),
        empty: Any = "",
        empty_step: tuple[Any, str] | None = None,
        page_size: int = PAGE_SIZE,
        name: str = "list",
        exports: bool = True,
        alone: QuerySet[Any] | None = None,
        counts: bool = True,
        search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None,
    ) -> None:
        self.address = Address.of(request)
        query = day_query(request)
        self.columns = tuple(
            replace(each, link=_on_day(each.link, query)) if each.link else each for each in columns
        )
        self.title = title
        self._by_key = {column.key: column for column in self.columns}
        self._counts, self._searches = counts, search is not None
        if search is not None and isinstance(rows, QuerySet) and self.address.get("q"):
            rows = search(rows, self.address.get("q"))
        self._base = _source(rows, self.columns, order, extra, alone)
        self._look: dict[str, Any] = {
            "row_link": _on_day(row_link, query),
            "peek": peek,
            "select": select,
            "select_form": select_form,
            "views": views,
            "id": name,
            "empty": empty,
            "empty_step": empty_step,
        }
        self._totals, self._page_size, self._exports = totals, page_size, exports

    @property
    def exporting(self) -> bool:
        """Whether the address asks for the workbook."""
        return self._exports and self.address.get("format") == "xlsx"

    @cached_property
    def shown(self) -> list[Column]:
        """The columns on screen, in their own order."""
        asked = self.address.all("cols")
        for key in asked:
            self._column(key)
        return [c for c in self.columns if (c.key in asked if asked else not c.optional)]

    @cached_property
    def narrowed(self) -> Source:
        """All rows that the address asks for, in its order."""
        source = self._base
        searchable = [column for column in self.columns if column.searchable]
        if searchable and self.address.get("q"):
            source = source.matching(self.address.get("q"), searchable)
        for column, values in self._filters:
            source = source.where(column, values)
        key, descending = self._sort
        return source.ordered(self._column(key), descending=descending) if key else source

    @cached_property
    def page(self) -> Page:
        """The rows on screen."""
        return self.narrowed.page(
            self._page_size, after=self.address.get("after"), before=self.address.get("before")
        )

    def export_rows(self) -> Iterator[list[Any]]:
        """The rows of all pages, in the columns on screen."""
        for row in self.narrowed.everything():
            yield [column.of(row) for column in self.shown]

    def export(self) -> HttpResponse:
        """The workbook of what is on screen, all pages."""
        return workbook_response(
            str(self.title), [str(column.title) for column in self.shown], self.export_rows()
        )

    def table(self) -> Table:
        """What `{% table %}` draws."""
        here, page = self.address, self.page
        bare = self._first_page()
        return Table(
            columns=self.shown,
            rows=page.rows,
            caption=self.title,
            **self._look,
            heads=[self._head(column) for column in self.shown],
            count=self._count_words(),
            total=self._total(),
            search=here.get("q")
            if self._searches or any(column.searchable for column in self.columns)
            else None,
            menus=[self._menu(column) for column in self.columns if column.filterable],
            chips=self._chips(),
            clear=str(bare.put(q=None, **dict.fromkeys(self._filter_names()))),
            column_choices=self._column_choices(),
            action=here.path,
            keeps=bare.pairs(leaving_out=("q", "cols", *self._filter_names())),
            previous=str(bare.put(before=page.before)) if page.before else "",
            following=str(bare.put(after=page.after)) if page.after else "",
            export=str(bare.put(format="xlsx")) if self._exports and page.rows else "",
        )

    # The address

    def _column(self, key: str) -> Column:
        if key not in self._by_key:
            known = listed(self._by_key)
            raise BadInput(
                _("The address names the column “%(found)s”; this list has %(expected)s.")
                % {"found": key[:40], "expected": known}
            )
        return self._by_key[key]

    @cached_property
    def _sort(self) -> tuple[str, bool]:
        asked = self.address.get("sort")
        key = asked.removeprefix("-")
        if key and not self._column(key).sortable:
            raise BadInput(
                _("This list cannot be sorted by “%(found)s”.") % {"found": self._column(key).title}
            )
        return key, asked.startswith("-")

    @cached_property
    def _filters(self) -> list[tuple[Column, list[str]]]:
        names = (name for name in self.address.params if name.startswith(FILTER))
        pairs = ((self._column(name.removeprefix(FILTER)), self.address.all(name)) for name in names)
        return [(column, values) for column, values in pairs if values]

    def _filter_names(self) -> list[str]:
        return [name for name in self.address.params if name.startswith(FILTER)]

    def _first_page(self) -> Address:
        return self.address.put(after=None, before=None, format=None)

    # The parts of the table

    def _head(self, column: Column) -> Head:
        key, descending = self._sort
        if not column.sortable:
            return Head(column.title, css_of(column), hint=column.hint)
        order = ("down" if descending else "up") if key == column.key else ""
        # Up, down, and then back to the official order.
        following = {"": column.key, "up": f"-{column.key}", "down": ""}[order]
        return Head(
            column.title, css_of(column), order, str(self._first_page().put(sort=following)), column.hint
        )

    @cached_property
    def _choices(self) -> dict[str, list[tuple[str, Any]]]:
        return {c.key: list(c.choices) or self._base.choices(c) for c in self.columns if c.filterable}

    def _menu(self, column: Column) -> Menu:
        chosen = self.address.all(FILTER + column.key)
        choices = [Choice(value, words, value in chosen) for value, words in self._choices[column.key]]
        return Menu(FILTER + column.key, column.title, choices)

    def _chips(self) -> list[Chip]:
        bare = self._first_page()
        text = self.address.get("q")
        chips = [Chip(_("Search"), f"“{text}”", str(bare.put(q=None)))] if text else []
        for column, values in self._filters:
            words = dict(self._choices.get(column.key, []))
            for value in values:
                rest = [other for other in values if other != value]
                chips.append(
                    Chip(
                        column.title,
                        words.get(value, value),
                        str(bare.put(**{FILTER + column.key: rest})),
                    )
                )
        return chips

    def _column_choices(self) -> list[Choice]:
        shown = {column.key for column in self.shown}
        return [Choice(c.key, c.title, c.key in shown) for c in self.columns] if len(self.columns) > 3 else []

    def _count_words(self) -> str:
        if not self._counts:
            return ""
        count = self.narrowed.count()
        if count > COUNT_LIMIT and isinstance(self.narrowed, QuerySource):
            return _("more than %(count)s rows") % {"count": f"{COUNT_LIMIT:,}"}
        return _("%(count)s rows") % {"count": f"{count:,}"} if count else ""

    def _total(self) -> Row | None:
        return self._totals(self.narrowed.everything()) if self._totals and self.page.rows else None


def _on_day(link: RowLink | None, query: str) -> RowLink | None:
    """A link that keeps the day of the page."""
    return (lambda row: keep_day(link(row), query)) if link and query else link


def _source(rows: Any, columns: Sequence[Column], order: tuple[str, ...], extra: Any, alone: Any) -> Source:
    if not isinstance(rows, QuerySet):
        return RowsSource.of(rows, [*(column.key for column in columns), *extra])
    also = dict(extra) if isinstance(extra, Mapping) else {key: key for key in extra}
    fields = {
        column.key: column.field or column.key for column in columns if column.value is None or column.field
    }
    return QuerySource(rows, fields | also, order, alone)
