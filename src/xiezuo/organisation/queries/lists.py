"""Lists of the organisation on a day: querysets, so that a page reads only the rows that it shows.

Rows are dictionaries of plain values. Official order: 排序号, then the order of the book.
"""

from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from xiezuo.organisation.models import Assignment, Commission, UnitRecord
from xiezuo.organisation.states import LENT, Engagement, MoveIn, UnitKind
from xiezuo.shared.asof import official, record_on, text_at

Rows = QuerySet[Any, dict[str, Any]]


def units(commission: Commission, on: date) -> Rows:
    """Units that stand on the day, with their people, those full-time and those lent by other units.

    Order: kind, 排序号, order of the book. One query; the counts are asked from an index for each row shown.
    """
    standing = UnitRecord.objects.on(on).filter(commission=commission)
    return standing.annotate(
        kind_order=_kind_order("kind"),
        official=official(),
        people=_people(on),
        full_time=_people(on, engagement=Engagement.FULL_TIME),
        lent=_people(on, status__in=LENT),
    ).order_by("kind_order", "official", "position", "id").values(
        "id", "unit_id", "name", "kind", "kind_order", "official", "position", "aliases", "place", "host",
        "supervised", "functions", "starts", "basis", "people", "full_time", "lent",
    )  # fmt: skip


def posts(commission: Commission, on: date) -> Rows:
    """Posts held on the day, one row a post; a person in two posts stands twice.

    Order: kind and 排序号 of the unit, then 排序号 of the person, then the order of the book. One query.
    """
    held = posts_alone(commission, on)
    # A post is held only while its unit stands, so no earlier name has to be looked for.
    return _described(held, on, commission, lasting=False).order_by(*POST_ORDER).values(*POST_FIELDS)


def posts_alone(commission: Commission, on: date) -> QuerySet[Assignment]:
    """The same posts without unit and person, for counting."""
    held: QuerySet[Assignment] = Assignment.objects.on(on).filter(commission=commission)
    return held


POST_ORDER = ("kind_order", "unit_order", "unit_position", "person_order", "position", "id")
POST_FIELDS = (
    "id", "person_id", "unit_id", "person_name", "unit_name", "kind", "kind_order", "unit_order", "unit_position",
    "person_order", "position", "post", "engagement", "status", "other_posts", "starts", "ends", "moves", "basis",
)  # fmt: skip


def taken_up(commission: Commission, first: date, last: date) -> Rows:
    """Posts taken up after `first` and up to `last`, by day. The opening stock of a ledger (期初) is no move. One query."""
    begun = Assignment.objects.current().filter(commission=commission, starts__gt=first, starts__lte=last)
    rows = _described(begun.exclude(moves=[MoveIn.OPENING]), last, commission).annotate(day=F("starts"))
    return (
        _with_origin(rows, last)
        .order_by("day", *POST_ORDER[:-1], "id")
        .values(*POST_FIELDS, "day", "from_unit_id", "from_outside", "from_unit_name")
    )


def given_up(commission: Commission, first: date, last: date) -> Rows:
    """Posts given up after `first` and up to `last`, by day. One query."""
    ended = Assignment.objects.current().filter(commission=commission, ends__gt=first, ends__lte=last)
    rows = _described(ended, last, commission).annotate(day=F("ends"))
    return rows.order_by("day", *POST_ORDER[:-1], "id").values(*POST_FIELDS, "day", "leaving", "to_outside")


def unit_choices(commission: Commission, on: date) -> Rows:
    """Number and name of every unit that stands on the day, in official order. One query."""
    standing = (
        UnitRecord.objects.on(on)
        .filter(commission=commission)
        .annotate(kind_order=_kind_order("kind"), official=official())
    )
    ordered = standing.order_by("kind_order", "official", "position", "id")
    return ordered.values("unit_id", unit_name=F("name"))


def _described(
    rows: QuerySet[Assignment], on: date, commission: Commission, *, lasting: bool = True
) -> QuerySet[Any]:
    """Name unit and person as on the day; with `lasting`, a unit that is gone by then as it last was."""
    name, kind = ([_last("unit_id", field, on)] if lasting else [] for field in ("name", "kind"))
    return (
        rows.annotate(
            unit_on=record_on("unit__records", on, commission.pk), person_on=record_on("person__records", on)
        )
        .annotate(
            unit_name=text_at("unit_on__name", *name),
            kind=text_at("unit_on__kind", *kind),
            person_name=text_at("person_on__name"),
            unit_order=official("unit_on__order_no"),
            unit_position=Coalesce(F("unit_on__position"), Value(0)),
            person_order=official("person_on__order_no"),
        )
        .annotate(kind_order=_kind_order("kind"))
    )


def _with_origin(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    return rows.annotate(origin_on=record_on("from_unit__records", on)).annotate(
        from_unit_name=text_at("origin_on__name", _last("from_unit_id", "name", on))
    )


def _last(reference: str, field: str, on: date) -> Subquery:
    known = UnitRecord.objects.current().filter(unit_id=OuterRef(reference), starts__lte=on)
    return Subquery(known.order_by("-starts").values(field)[:1])


def _people(on: date, **conditions: object) -> Coalesce:
    """Number of people, each once, in post at the unit of the outer row."""
    here = Assignment.objects.on(on).filter(unit_id=OuterRef("unit_id"), **conditions)
    counted = (
        here.order_by().values("unit_id").annotate(number=Count("person_id", distinct=True)).values("number")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _kind_order(path: str) -> Case:
    whens = [When(**{path: kind.value}, then=Value(number)) for number, kind in enumerate(UnitKind)]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


def post_totals(rows: QuerySet[Assignment, Any]) -> dict[str, int]:
    """Posts, and of their holders: people each once, those full-time, those lent. One query."""
    return rows.order_by().aggregate(
        posts=Count("id"),
        people=Count("person_id", distinct=True),
        full_time=Count("person_id", distinct=True, filter=Q(engagement=Engagement.FULL_TIME)),
        lent=Count("person_id", distinct=True, filter=Q(status__in=LENT)),
    )
