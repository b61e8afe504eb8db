"""A strong unit paired with a weak one for a time (帮扶): aims, visits with hours, a review at the end. No file access."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.collaboration.loans import policies
from xiezuo.collaboration.models import Pairing, PairingVisit
from xiezuo.collaboration.queries import loans as queries
from xiezuo.organisation.api import Commission, grow_ledger
from xiezuo.shared.errors import NotThere, Reason, refuse, refuse_if
from xiezuo.shared.pointers import against_words

LONG = 500
MOST_HOURS = Decimal(100)


@transaction.atomic
def make_pairing(
    *, commission: Commission, strong: int, weak: int, aims: str, starts: date, ends: date, basis: str, key: UUID,
    by: Actor, now: datetime,
) -> Pairing:  # fmt: skip
    """Pair two units on `[starts, ends)`. The same form posted again gives the same pairing. Raises `Refused`."""
    refuse_if(policies.may_pair(by, commission.pk))
    with as_the_product():
        grow_ledger(commission)
        if earlier := Pairing.objects.filter(key=key).first():
            return earlier
        refuse_if([
            *_against_units(commission, strong, weak, starts, ends), *_against_aims(aims, basis),
        ])  # fmt: skip
        made = Pairing.objects.create(
            commission=commission, strong_id=strong, weak_id=weak, aims=aims.strip(), starts=starts, ends=ends,
            basis=basis.strip(), agreed_by=by.name, agreed_at=now, key=key,
        )  # fmt: skip
    _note(Act.PAIRING_MADE, made, {"strong": strong, "weak": weak}, by=by, now=now)
    return made


def _against_units(commission: Commission, strong: int, weak: int, starts: date, ends: date) -> list[Reason]:
    found = []
    if starts >= ends:
        found.append(Reason("ends", _("The last day is before the first.")))
    if strong == weak:
        found.append(Reason("weak", _("A unit is paired with another one.")))
    for field, unit in (("strong", strong), ("weak", weak)):
        if not queries.unit_stands(commission, unit, starts):
            found.append(Reason(field, _("This unit does not stand on the first day.")))
    same = Pairing.objects.filter(commission=commission, strong=strong, weak=weak, starts__lt=ends, ends__gt=starts)  # fmt: skip
    if same.filter(ended_on=None).exists():
        found.append(Reason("weak", _("These two are paired on some of these days already.")))
    return found


def _against_aims(aims: str, basis: str) -> list[Reason]:
    blank = [] if aims.strip() else [Reason("aims", _("Say what the pairing is to reach."))]
    return [*blank, *against_words(aims, field="aims", most=LONG), *against_words(basis, field="basis")]


@transaction.atomic
def add_visit(*, pairing: Pairing, day: date, what: str, hours: Decimal, key: UUID, by: Actor, now: datetime) -> PairingVisit:  # fmt: skip
    """Enter a visit within a pairing: the day, what was done, for how many hours."""
    row = _held(pairing)
    refuse_if(policies.may_visit(by, row))
    with as_the_product():
        if earlier := PairingVisit.objects.filter(key=key).first():
            return earlier
        refuse_if(_against_visit(row, day, what, hours, timezone.localdate(now)))
        made = PairingVisit.objects.create(pairing=row, day=day, what=what.strip(), hours=hours, by=by.name, at=now, key=key)  # fmt: skip
        _kept(row)
    _note(Act.PAIRING_MOVED, row, {"verb": "visit", "day": day.isoformat()}, by=by, now=now)
    return made


def _against_visit(row: Pairing, day: date, what: str, hours: Decimal, today: date) -> list[Reason]:
    found = [*against_words(what, field="what")]
    last = min(row.ended_on or row.ends, today + date.resolution)
    if not row.starts <= day < last:
        words = _("Found %(found)s; expected a day from %(first)s to %(last)s.")
        found.append(Reason("day", words % {"found": day, "first": row.starts, "last": last - date.resolution}))  # fmt: skip
    if not what.strip():
        found.append(Reason("what", _("Say what was done.")))
    if not 0 < hours <= MOST_HOURS:
        words = _("Found %(found)s hours; expected more than 0 and at most %(most)s.")
        found.append(Reason("hours", words % {"found": hours, "most": MOST_HOURS}))
    return found


@transaction.atomic
def review_pairing(*, pairing: Pairing, review: str, on: date, seen: int, by: Actor, now: datetime) -> Pairing:  # fmt: skip
    """Review what a pairing reached, and end it on that day if it lasts longer. Raises `Refused`."""
    row = _held(pairing, seen=seen)
    refuse_if(policies.may_pair(by, row.commission_id))
    if row.reviewed_on is not None:
        refuse("reviewed", _("This pairing was reviewed already."))
    if not review.strip():
        refuse("review", _("Say what was reached."))
    refuse_if(against_words(review, field="review", most=LONG))
    if not row.starts < on <= timezone.localdate(now):
        words = _("Found %(found)s; expected a day from %(first)s to %(last)s.")
        told = {
            "found": on,
            "first": row.starts + date.resolution,
            "last": timezone.localdate(now),
        }
        refuse("on", words % told)
    with as_the_product():
        row.review, row.reviewed_on, row.ended_on = review.strip(), on, min(on, row.ends)
        _kept(row)
    _note(Act.PAIRING_MOVED, row, {"verb": "review"}, by=by, now=now)
    return row


def _held(pairing: Pairing, *, seen: int | None = None) -> Pairing:
    if not Pairing.objects.filter(pk=pairing.pk).exists():
        raise NotThere(_("There is no such pairing."))
    with as_the_product():
        row = Pairing.objects.select_for_update().select_related("commission").get(pk=pairing.pk)
    if seen is not None and row.version != seen:
        refuse("changed-meanwhile", _("The pairing was changed since this page was opened; look at it again. Nothing of what you entered was written."))  # fmt: skip
    return row


def _kept(row: Pairing) -> None:
    row.version += 1
    row.save()


def _note(act: Act, row: Pairing, told: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    details = {"version": row.version, **told}
    record(act, by=by, at=now, commission_code=row.commission.code, target=f"pairing:{row.pk}", details=details)  # fmt: skip
