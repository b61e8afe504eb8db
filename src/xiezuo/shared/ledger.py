"""The shape that every row of the ledger shares: true over days, known over instants, resting on a basis.

A row is never edited. New knowledge closes the row (`known_until`) and adds another, so that the ledger answers
"as true on day D" and "as known at instant T". The database grants the application no other update.
"""

from datetime import date, datetime
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

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

    commission = models.ForeignKey("organisation.Commission", on_delete=models.PROTECT, related_name="+")
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


def never_twice(name: str, *scalars: str, texts: tuple[str, ...] = (), condition: Q | None = None) -> ExclusionConstraint:
    """An exclusion constraint: no two current rows with the same `scalars` and `texts` share a day.

    Scalars become ranges of one value, because the embedded PostgreSQL carries no btree_gist.
    """
    keys = [(Func(F(field), F(field), Value("[]"), function="int8range"), RangeOperators.OVERLAPS) for field in scalars]
    words = [(Func(F(field), F(field), Value("[]"), function="textrange"), RangeOperators.OVERLAPS) for field in texts]
    days = (Func(F("starts"), F("ends"), function="daterange"), RangeOperators.OVERLAPS)
    current = Q(known_until__isnull=True)
    return ExclusionConstraint(
        name=name, expressions=[*keys, *words, days], condition=current & condition if condition else current
    )


def asked_by_day(name: str, *include: str) -> models.Index:
    """The index of questions about a day: the end comes first because most rows have not ended.

    Measured at ten million rows: 0.15 ms against 0.27 ms with the start first.
    """
    return models.Index(
        name=name, fields=["commission", "ends", "starts"], include=include, condition=Q(known_until__isnull=True)
    )
