"""Who is away when, as far as the reader may see it."""

from collections.abc import Collection
from datetime import date

from xiezuo.organisation.models import Assignment, Leave


def units_answering(person: int, on: date) -> set[int]:
    """The units that answer for a person on a day, as far as the reader sees them. One query."""
    return set(Assignment.objects.on(on).filter(person=person).values_list("unit_id", flat=True))


def leaves_of(person: int, on: date) -> list[Leave]:
    """Days on which a person is away, on the day and later, in their order. One query."""
    return list(Leave.objects.current().filter(person=person, ends__gt=on).order_by("starts", "pk"))


def away_on(people: Collection[int], on: date) -> dict[int, Leave]:
    """Who of these people is away on the day. One query."""
    rows = Leave.objects.on(on).filter(person__in=people) if people else Leave.objects.none()
    return {row.person_id: row for row in rows}
