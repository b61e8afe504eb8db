"""Where the rows of a list come from: plain values in memory, or a queryset of values.

Both answer the same questions, so that a list, its pages and its export cannot disagree.
"""

import base64
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from xiezuo.shared.errors import BadInput
from xiezuo.shared.lists import listed
from xiezuo.ui.parts import plain_of, text_of
from xiezuo.ui.table import Column, Row, as_mappings

COUNT_LIMIT = 10_000
"""Rows are counted up to here; beyond it a list says "more than", because counting all would cost more than the page."""

MOST_CHOICES = 60
_NOT_OF_THE_TYPE = (ValueError, TypeError, ValidationError)


@dataclass(frozen=True)
class Page:
    """Rows of one page and the marks of its neighbours (empty: none)."""

    rows: list[Row]
    before: str = ""
    after: str = ""


class Source(Protocol):
    """Rows that can be narrowed, ordered, counted and paged; each change gives a new source."""

    def matching(self, text: str, columns: Sequence[Column]) -> "Source": ...

    def where(self, column: Column, values: Sequence[str]) -> "Source": ...

    def ordered(self, column: Column, *, descending: bool) -> "Source": ...

    def page(self, size: int, *, after: str, before: str) -> Page: ...

    def count(self) -> int: ...

    def choices(self, column: Column) -> list[tuple[str, str]]: ...

    def everything(self) -> Iterator[Row]: ...


def folded(value: object) -> str:
    """Text for comparing: one width, one case."""
    return unicodedata.normalize("NFKC", text_of(plain_of(value))).casefold()


@dataclass(frozen=True)
class RowsSource:
    """Rows that are already in memory, in official order."""

    rows: Sequence[Row]

    @classmethod
    def of(cls, rows: Iterable[Row | tuple[Any, ...]], keys: Sequence[str]) -> "RowsSource":
        """From mappings, or from tuples in the order of `keys`."""
        return cls(as_mappings(list(rows), keys))

    def matching(self, text: str, columns: Sequence[Column]) -> "RowsSource":
        wanted = folded(text).split()

        def fits(row: Row) -> bool:
            words = " ".join(folded(column.of(row)) for column in columns)
            return all(word in words for word in wanted)

        return RowsSource([row for row in self.rows if fits(row)])

    def where(self, column: Column, values: Sequence[str]) -> "RowsSource":
        wanted = set(values)
        return RowsSource([row for row in self.rows if text_of(plain_of(column.of(row))) in wanted])

    def ordered(self, column: Column, *, descending: bool) -> "RowsSource":
        filled = [row for row in self.rows if _sortable(column.of(row)) is not None]
        blank = [row for row in self.rows if _sortable(column.of(row)) is None]
        # Stable both ways: rows that are equal stay in official order, and blanks stay last.
        return RowsSource(
            sorted(filled, key=lambda row: _sortable(column.of(row)), reverse=descending) + blank
        )

    def page(self, size: int, *, after: str, before: str) -> Page:
        start = _whole(after) if after else max(_whole(before) - size, 0) if before else 0
        end = start + size
        return Page(
            list(self.rows[start:end]),
            before=str(start) if start > 0 else "",
            after=str(end) if end < len(self.rows) else "",
        )

    def count(self) -> int:
        return len(self.rows)

    def choices(self, column: Column) -> list[tuple[str, str]]:
        seen = dict.fromkeys(text_of(plain_of(column.of(row))) for row in self.rows)
        return [(value, value) for value in seen if value][:MOST_CHOICES]

    def everything(self) -> Iterator[Row]:
        return iter(self.rows)


def _sortable(value: object) -> Any:
    """The value to sort by; None for a blank.

    GB 18030 lists the common characters by their sound, which is the order that readers expect of names.
    """
    plain = plain_of(value)
    if isinstance(plain, str):
        return plain.encode("gb18030", errors="replace") or None
    return plain


def _bad_mark(mark: str) -> BadInput:
    words = _("The page mark in the address is “%(found)s”; expected one made by the list itself.")
    return BadInput(words % {"found": mark[:40]})


def _whole(mark: str) -> int:
    if not (mark.isascii() and mark.isdigit() and len(mark) < 10):
        raise _bad_mark(mark)
    return int(mark)


@dataclass(frozen=True)
class QuerySource:
    """Rows of a queryset, paged by the values of the last row (keyset), so that page 1,000 costs what page 1 costs.

    `fields` gives each row key its look-up; `order` are look-ups (a leading "-" turns one round) and must end
    in a unique one. `alone` holds the same rows of their own table, without the tables that describe them: while
    only its own fields narrow the list, counting and choices are asked of it, which spares a join of every row.
    """

    queryset: QuerySet[Any]
    fields: Mapping[str, str]
    order: tuple[str, ...] = ("pk",)
    alone: QuerySet[Any] | None = None

    @property
    def counted(self) -> QuerySet[Any]:
        """The rows for counting: as few tables as the filters allow. It has no other fields than its model's."""
        return self.queryset if self.alone is None else self.alone

    def matching(self, text: str, columns: Sequence[Column]) -> "QuerySource":
        queryset = self.queryset
        for word in unicodedata.normalize("NFKC", text).split():
            any_of = Q()
            for column in columns:
                any_of |= Q(**{f"{_look_up(column)}__icontains": word})
            queryset = queryset.filter(any_of)
        return QuerySource(queryset, self.fields, self.order)

    def where(self, column: Column, values: Sequence[str]) -> "QuerySource":
        asked = {f"{_look_up(column)}__in": list(values)}
        try:
            queryset = self.queryset.filter(**asked)
            alone = self.alone.filter(**asked) if self.alone is not None and self._owns(column) else None
        except _NOT_OF_THE_TYPE as error:
            raise BadInput(
                _("The filter on “%(column)s” is “%(found)s”; expected one of the choices of its menu.")
                % {"column": column.title, "found": listed(values)[:40]}
            ) from error
        return QuerySource(queryset, self.fields, self.order, alone)

    def ordered(self, column: Column, *, descending: bool) -> "QuerySource":
        first = ("-" if descending else "") + _look_up(column)
        return QuerySource(self.queryset, self.fields, (first, *self.order), self.alone)

    def page(self, size: int, *, after: str, before: str) -> Page:
        backwards = bool(before) and not after
        order = tuple(_turned(part) for part in self.order) if backwards else self.order
        mark = before if backwards else after
        queryset = self._beyond_mark(order, mark, backwards=backwards) if mark else self.queryset
        found = self._values(queryset.order_by(*_expressions(order, blanks_first=backwards))[: size + 1])
        more = len(found) > size
        rows = found[:size][::-1] if backwards else found[:size]
        return Page(
            rows,
            before=self._mark(rows[0]) if rows and (more if backwards else bool(mark)) else "",
            after=self._mark(rows[-1]) if rows and (True if backwards else more) else "",
        )

    def count(self) -> int:
        return self.counted.order_by()[: COUNT_LIMIT + 1].count()

    def choices(self, column: Column) -> list[tuple[str, str]]:
        look_up = _look_up(column)
        rows = self.counted if self._owns(column) else self.queryset
        values = rows.order_by(look_up).values_list(look_up, flat=True).distinct()[:MOST_CHOICES]
        return [(str(value), text_of(value)) for value in values if value not in (None, "")]

    def everything(self) -> Iterator[Row]:
        queryset = self.queryset.order_by(*_expressions(self.order, blanks_first=False))
        for row in queryset.values_list(*self.fields.values()).iterator(chunk_size=2000):
            yield dict(zip(self.fields, row, strict=True))

    def _owns(self, column: Column) -> bool:
        return _look_up(column) in {field.attname for field in self.queryset.model._meta.concrete_fields}

    def _beyond_mark(self, order: Sequence[str], mark: str, *, backwards: bool) -> QuerySet[Any]:
        try:
            return self.queryset.filter(_beyond(order, _unpacked(mark, order), blanks_first=backwards))
        except _NOT_OF_THE_TYPE as error:
            raise _bad_mark(mark) from error

    def _values(self, queryset: QuerySet[Any]) -> list[Row]:
        look_ups = [*self.fields.values(), *(part.lstrip("-") for part in self.order)]
        keys = [*self.fields, *(f"order:{part.lstrip('-')}" for part in self.order)]
        unique = list(dict.fromkeys(look_ups))
        found = (dict(zip(unique, row, strict=True)) for row in queryset.values_list(*unique))
        return [{key: row[look_up] for key, look_up in zip(keys, look_ups, strict=True)} for row in found]

    def _mark(self, row: Row) -> str:
        values = [_portable(row[f"order:{part.lstrip('-')}"]) for part in self.order]
        return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _look_up(column: Column) -> str:
    return column.field or column.key


def _turned(part: str) -> str:
    return part[1:] if part.startswith("-") else f"-{part}"


def _expressions(order: Sequence[str], *, blanks_first: bool) -> list[Any]:
    return [_expression(part, blanks_first=blanks_first) for part in order]


def _expression(part: str, *, blanks_first: bool) -> Any:
    name, ends = part.lstrip("-"), {"nulls_first": True} if blanks_first else {"nulls_last": True}
    # A key is never blank; were its blanks given a place all the same, its index could not be read backwards.
    given: dict[str, Any] = {} if name == "pk" else ends
    return F(name).desc(**given) if part.startswith("-") else F(name).asc(**given)


def _beyond(order: Sequence[str], values: Sequence[Any], *, blanks_first: bool) -> Q:
    """Rows that come after `values` in `order`: larger in the first part, or equal there and larger in the next, …

    It also says of the first part, the first two and so on that they do not lie before: PostgreSQL can ask that as
    soon as it knows those parts, before it joins the tables of the later ones to tens of thousands of rows.
    """
    steps = [
        (_larger(name, value, descending=part.startswith("-"), blanks_first=blanks_first), _same(name, value))
        for part, value in zip(order, values, strict=True)
        for name in [part.lstrip("-")]
    ]
    beyond = _inside_each_other(steps, Q(pk__in=[]))
    for length in range(1, len(steps)):
        beyond &= _inside_each_other(steps[:length], Q())
    return beyond


def _inside_each_other(steps: Sequence[tuple[Q, Q]], innermost: Q) -> Q:
    """Larger in the first step, or equal there and (larger in the second, or …): what falls out early costs little."""
    for larger, same in reversed(steps):
        innermost = larger | (same & innermost)
    return innermost


def _same(name: str, value: Any) -> Q:
    return Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})


def _larger(name: str, value: Any, *, descending: bool, blanks_first: bool) -> Q:
    blank = Q(**{f"{name}__isnull": True})
    if value is None:
        return ~blank if blanks_first else Q(pk__in=[])
    larger = Q(**{f"{name}__{'lt' if descending else 'gt'}": value})
    return larger if blanks_first else larger | blank


def _portable(value: Any) -> Any:
    """A value that JSON carries and a look-up takes back."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _unpacked(mark: str, order: Sequence[str]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except ValueError:
        values = None
    if not isinstance(values, list) or len(values) != len(order):
        raise _bad_mark(mark)
    return values
