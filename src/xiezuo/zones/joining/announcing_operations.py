"""Whoever it concerns is told, once each: zones act as one, it is their last day together, they have parted."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from xiezuo.accounts.api import as_the_product
from xiezuo.zones.joining.events import authorisation_told, joining_told
from xiezuo.zones.joining.holding import held_days
from xiezuo.zones.models import Authorisation, Joining
from xiezuo.zones.models.joining import Arranged
from xiezuo.zones.queries import joining as queries

BEGUN, PARTING, PARTED = "begun", "parting", "parted"


@transaction.atomic
def announce_arrangements(*, now: datetime) -> int:
    """Tell of everything that has begun, ends today or is over since it was last told: how many were looked at.

    Nothing depends on it: what holds on a day follows from the rows, told or not.
    """
    with as_the_product():
        joinings, authorisations = queries.due_to_be_told(timezone.localdate(now))
        for joining in joinings:
            tell_of_joining(joining, now=now)
        for authorisation in authorisations:
            tell_of_authorisation(authorisation, now=now)
    return len(joinings) + len(authorisations)


def stage_on(row: Arranged, today: date) -> str:
    """What there is to tell on a day: of something decided ahead of its first day at once, with its days."""
    days = held_days(row)
    if days is None:
        # Ended before it ever held: who was told that it would begin is told that it will not.
        return PARTED if row.decided_on is not None else ""
    if today >= days[1]:
        return PARTED
    return PARTING if today == days[1] - date.resolution and row.starts < today else BEGUN


def tell_of_joining(row: Joining, *, now: datetime) -> None:
    """Tell the units of the zones what there is to tell today, unless they were told."""
    with as_the_product():
        if stage := _news(row, now):
            units = queries.standing_on(row.commission, _day_of_units(row, now)).inside(row.zones)
            joining_told.publish(
                commission=row.commission_id, joining=row.pk, number=row.number, units=units, stage=stage, now=now,
                **_days(row),
            )  # fmt: skip


def tell_of_authorisation(row: Authorisation, *, now: datetime) -> None:
    """Tell the person and the office what there is to tell today, unless they were told."""
    with as_the_product():
        if stage := _news(row, now):
            authorisation_told.publish(
                commission=row.commission_id, authorisation=row.pk, number=row.number, unit=row.unit_id,
                person=row.person_id, stage=stage, now=now, **_days(row),
            )  # fmt: skip


def _news(row: Arranged, now: datetime) -> str:
    """The stage that nobody was told of yet, marked as told; of those that passed untold only the last."""
    held = type(row).objects.select_for_update().get(pk=row.pk)
    stage = stage_on(held, timezone.localdate(now))
    if not stage or stage in held.told or (stage == PARTED and not held.told):
        return ""
    held.told = [*held.told, stage]
    held.save(update_fields=["told"])
    row.told = held.told
    return stage


def _day_of_units(row: Joining, now: datetime) -> date:
    """The units are those of today, or of the first day if that is still ahead."""
    return max(row.starts, timezone.localdate(now))


def _days(row: Arranged) -> dict[str, date]:
    days = held_days(row) or (row.starts, row.ended_on or row.ends)
    return {"first_day": days[0], "last_day": days[1] - date.resolution}
