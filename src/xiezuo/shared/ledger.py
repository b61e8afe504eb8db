"""The shape that every row of the ledger shares: true over days, known over instants, resting on a basis.

A row is never edited. New knowledge closes the row (`known_until`) and adds another, so that the ledger answers
"as true on day D" and "as known at instant T". The database grants the application no other update.
"""

from datetime import date, datetime
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields.ranges import RangeOperators
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast

from xiezuo.shared.periods import OPEN


class LedgerQuerySet(models.QuerySet[Any]):
    """Chainable questions about days and knowledge."""

    def current(self) -> Self:
        """Rows that the ledger holds true now."""
        return self.filter(known_until__isnull=True)

    def known(self, at: datetime | None) -> Self:
        """Rows as the ledger knew them at an instant; None asks for present knowledge."""
        if at is None:
            return self.current()
        return self.filter(Q(known_until__isnull=True) | Q(known_until__gt=at), known_from__lte=at)

    def on(self, day: date, known: datetime | None = None) -> Self:
        """Rows true on `day`."""
        return self.known(known).filter(starts__lte=day, ends__gt=day)


class LedgerRow(models.Model):
    """Abstract. One row states something of `[starts, ends)`, known in `[known_from, known_until)`."""

    # No index of its own: every index of questions begins with the commission, and each index costs every load.
    commission = models.ForeignKey(
        "organisation.Commission", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    starts = models.DateField()
    ends = models.DateField(default=OPEN)
    basis = models.TextField(default="", blank=True)
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True, blank=True)
    position = models.IntegerField(default=0)
    load = models.BigIntegerField(null=True, blank=True)
    closed_by_load = models.BigIntegerField(null=True, blank=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        abstract = True


def period_is_sound(name: str) -> models.CheckConstraint:
    """A check that a row's period has at least one day."""
    return models.CheckConstraint(name=name, condition=Q(starts__lt=F("ends")))


def never_twice(
    name: str, *scalars: str, texts: tuple[str, ...] = (), condition: Q | None = None
) -> ExclusionConstraint:
    """An exclusion constraint: no two current rows with the same `scalars` and `texts` share a day.

    Key and days become one range of text, `key + first day` to `key + last day`: ranges of the same key overlap where
    their days do, ranges of different keys never. One range can stand in an SP-GiST index, which takes a hundred
    thousand rows in 1.3 s where GiST over four ranges takes 5.3 s. That index grows lopsided when keys come in their
    order, so the first number is written backwards. The separator cannot stand in a text of the ledger.
    """
    keys = [
        _reversed(scalars[0]),
        *(Cast(field, models.TextField()) for field in scalars),
        *(F(field) for field in texts),
    ]
    days = Func(
        _joined(*keys, _day_number("starts")), _joined(*keys, _day_number("ends")), function="textrange",
    )  # fmt: skip
    current = Q(known_until__isnull=True)
    return ExclusionConstraint(
        name=name,
        index_type="SPGIST",
        expressions=[(days, RangeOperators.OVERLAPS)],
        condition=current & condition if condition else current,
    )


def _reversed(field: str) -> Func:
    return Func(Cast(field, models.TextField()), function="reverse")


def _joined(*parts: Any) -> Func:
    # In the order of the alphabet: a migration writes them so, and Django compares them in the order given.
    return Func(
        *parts, arg_joiner=" || chr(1) || ", output_field=models.TextField(), template="(%(expressions)s)"
    )


def _day_number(field: str) -> Func:
    # Days as numbers of seven digits, because the text of a date depends on the session.
    return Func(F(field), template="lpad((%(expressions)s - DATE '0001-01-01')::text, 7, '0')")


def one_at_a_time(name: str, field: str, of: str, *, condition: Q) -> ExclusionConstraint:
    """An exclusion constraint: among current rows under `condition`, the same `field` never meets two different `of` on
    one day; the same pair may stand twice.

    The index needs a kind of value that knows "differs": addresses do, so the number becomes one.
    """
    expressions = [
        (Func(F(field), F(field), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
        (
            OpClass(Func(F(of), template="(inet '::' + %(expressions)s)"), name="inet_ops"),
            RangeOperators.NOT_EQUAL,
        ),
        (Func(F("starts"), F("ends"), function="daterange"), RangeOperators.OVERLAPS),
    ]
    return ExclusionConstraint(
        name=name, expressions=expressions, condition=Q(known_until__isnull=True) & condition
    )


def asked_by_day(name: str, *include: str) -> models.Index:
    """The index of questions about a day: the end comes first because most rows have not ended.

    Measured at ten million rows: 0.15 ms against 0.27 ms with the start first.
    """
    return models.Index(
        name=name,
        fields=["commission", "ends", "starts"],
        include=include,
        condition=Q(known_until__isnull=True),
    )
