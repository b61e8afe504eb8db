"""What is asked of the ledger, and questions compiled once and asked many times.

A figure's queryset is built once per process with slots in place of days and commissions. Asking then only fills the
slots and runs the text, because building a queryset costs several times what PostgreSQL needs to answer it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models import Expression, F, Func
from django.utils import timezone

from xiezuo.shared.ledger import LedgerQuerySet, LedgerRow
from xiezuo.shared.periods import month_of, year_of

ONE_DAY = timedelta(days=1)
LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Asking:
    """A day and the commissions asked about; `during` narrows figures of a year to another half-open period.

    `known` asks as the ledger knew at that instant. `reader` is who asks; rights narrow what they are shown.
    """

    commissions: tuple[int, ...]
    on: date
    during: tuple[date, date] | None = None
    known: datetime | None = None
    reader: Any = None

    @property
    def first(self) -> date:
        """The first day of the period in which things are counted as begun."""
        return (self.during or year_of(self.on))[0]

    @property
    def last(self) -> date:
        """The last day of that period, itself included: never after the day asked about."""
        return self.on if self.during is None else min(self.on, self.during[1] - ONE_DAY)

    @property
    def begins(self) -> datetime:
        """The instant at which the period begins."""
        return _midnight(self.first)

    @property
    def closes(self) -> datetime:
        """The instant before which the period ends, or up to which it is known."""
        return min(_midnight(self.last + ONE_DAY), self.known or LATEST)

    @property
    def nightfall(self) -> datetime:
        """The instant before which the day asked about ends, or up to which it is known."""
        return min(_midnight(self.on + ONE_DAY), self.known or LATEST)

    def in_month(self, month: int) -> "Asking":
        """The same, for one month of the year of the day."""
        return replace(self, during=month_of(self.on.replace(month=month, day=1)))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class Slot(Expression):
    """A place in a compiled question that an `Asking` fills: the name of one of its attributes."""

    def __init__(self, name: str, output_field: "models.Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, *_compiler: Any, **_connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The placeholder, with the slot itself as its parameter."""
        return "%s", [self]


class _Listed(Func):
    # A list in one parameter keeps the text the same for any number of commissions.
    template = "%(expressions)s::bigint[])"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()


class _NotAfter(Func):
    # PostgreSQL 18 would offer the second day to the index as well, reckon with a skip for each distinct end, and
    # turn away from the one index that answers from its own pages. As a test of its own it is only a filter.
    template = "(%(expressions)s) IS TRUE"
    arg_joiner = " <= "
    output_field = models.BooleanField()


DAY = Slot("on", models.DateField())
FIRST = Slot("first", models.DateField())
LAST = Slot("last", models.DateField())
COMMISSIONS = Slot("commissions", models.JSONField())
KNOWN = Slot("known", models.DateTimeField())
BEGINS = Slot("begins", models.DateTimeField())
CLOSES = Slot("closes", models.DateTimeField())
NIGHTFALL = Slot("nightfall", models.DateTimeField())


class Asked(NamedTuple):
    """What a queryset may use of an asking while it is compiled: slots, never values."""

    day: Slot = DAY
    first: Slot = FIRST
    last: Slot = LAST
    known: Slot | None = None
    begins: Slot = BEGINS
    closes: Slot = CLOSES
    nightfall: Slot = NIGHTFALL

    def of_commissions(self, rows: "models.QuerySet[Any, Any]") -> "models.QuerySet[Any, Any]":
        """Of a table that is no ledger: its rows of the commissions, by a field or an annotation `commission_id`.

        Its instants are held against `begins`, `closes` and `nightfall`, which also end where the asking's knowledge does.
        """
        return rows.filter(_Listed(F("commission_id"), COMMISSIONS))

    def every(self, model: type[LedgerRow]) -> LedgerQuerySet:
        """Rows of the commissions, of any day, as known."""
        known: Any = self.known
        return model.objects.known(known).filter(_Listed(F("commission_id"), COMMISSIONS))

    def at(self, day: Slot, model: type[LedgerRow]) -> LedgerQuerySet:
        """Rows of the commissions that are true on one of the days of the asking."""
        return self.every(model).filter(_NotAfter(F("starts"), day), ends__gt=day)

    def on_day(self, model: type[LedgerRow]) -> LedgerQuerySet:
        """Rows of the commissions that are true on the day asked about."""
        return self.at(self.day, model)

    def of_outer(self, model: type[LedgerRow], **keys: Any) -> LedgerQuerySet:
        """Rows of any day that belong to an outer row: `keys` hold `OuterRef`s, which imply the commission."""
        known: Any = self.known
        return model.objects.known(known).filter(**keys)

    def of_outer_on_day(self, model: type[LedgerRow], **keys: Any) -> LedgerQuerySet:
        """Rows true on the day that belong to an outer row."""
        return self.of_outer(model, **keys).filter(_NotAfter(F("starts"), self.day), ends__gt=self.day)

    def begun(self, model: type[LedgerRow]) -> LedgerQuerySet:
        """Rows of the commissions that began in the period."""
        return self.every(model).filter(starts__gte=self.first, starts__lte=self.last)

    def latest(self, model: type[LedgerRow], **keys: Any) -> LedgerQuerySet:
        """The row in force on the day, or the last one before it, for an outer row (`keys` hold `OuterRef`s)."""
        return self.of_outer(model, **keys).filter(starts__lte=self.day).order_by("-starts")[:1]


class _Compiled(NamedTuple):
    text: str
    slots: tuple[Any, ...]


@dataclass(eq=False)
class Question:
    """A queryset of plain values, built by `build` at most once per shape and then asked as text."""

    build: Callable[[Asked], "models.QuerySet[Any, Any]"]

    def __post_init__(self) -> None:
        self._shapes: dict[bool, _Compiled] = {}

    def ask(self, asking: Asking) -> list[tuple[Any, ...]]:
        """One round trip; rows in the order of the queryset's values."""
        compiled = self._compiled(then=asking.known is not None)
        with connection.cursor() as cursor:
            cursor.execute(compiled.text, [_filled(slot, asking) for slot in compiled.slots])
            return cursor.fetchall()

    def _compiled(self, *, then: bool) -> _Compiled:
        if then not in self._shapes:
            query = self.build(Asked(known=KNOWN if then else None)).query
            text, slots = query.get_compiler(connection=connection).as_sql()
            self._shapes[then] = _Compiled(text, tuple(slots))
        return self._shapes[then]


def _filled(slot: Any, asking: Asking) -> Any:
    if not isinstance(slot, Slot):
        return slot
    value = getattr(asking, slot.name)
    return list(value) if slot.name == "commissions" else value
