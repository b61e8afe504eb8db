"""The writes of a request up to its approval: filled in, submitted, begun on an oral agreement, written afterwards.

Every act is held against others and chained by `moving_operations`; who decides is read from the work rule in force when
the request was first submitted, whatever was changed since.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.collaboration.events import request_moved
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.queries.requests import (
    LEADING_KINDS,
    authorisations_known,
    receiving,
    request_shown,
    site_known,
    units_standing,
)
from xiezuo.collaboration.requests import policies
from xiezuo.collaboration.requests.access_operations import let_read
from xiezuo.collaboration.requests.against import against_filling, against_submission
from xiezuo.collaboration.requests.applying_operations import (
    apply_anew,
    apply_first,
    next_number,
    persons_deciding,
)
from xiezuo.collaboration.requests.approving import starting_level
from xiezuo.collaboration.requests.asked import Asked, asked_of
from xiezuo.collaboration.requests.clocks import next_due, written_by
from xiezuo.collaboration.requests.moving_operations import add_move, held, move, spent
from xiezuo.collaboration.states import RequestState, RequestVerb
from xiezuo.organisation.api import Commission
from xiezuo.rules.api import edition_begun_under, procedure_for
from xiezuo.shared.errors import NotThere, Reason, refuse, refuse_if

if TYPE_CHECKING:
    from xiezuo.rules.models import WorkRule

BLOCKED, SEALED, AT_ONCE = ("Q04",), ("Q18",), ("Q16",)
"""Situations that keep the own unit out, that are read by named readers only, and that act first."""
ORAL_AT_MOST = timedelta(hours=24)


@transaction.atomic
def save_request(*, commission: Commission, unit: int, asked: Asked, key: UUID, by: Actor, now: datetime) -> Request:  # fmt: skip
    """Begin a draft for a unit. The same form posted again gives the same draft. Raises `Refused` with every reason."""
    refuse_if(policies.may_ask(by, commission.pk, unit))
    if earlier := begun_by(key, by):
        return earlier
    row = _filled(
        Request(commission=commission, unit_id=unit, state=RequestState.DRAFT, key=key), asked, by, now
    )
    with as_the_product():
        row.save(force_insert=True)
    let_read(row, [row.applicant], "applicant", timezone.localdate(now))
    _note_draft(row, by, now)
    return row


def begun_by(key: UUID, by: Actor) -> Request | None:
    """The request that the form with this key began already; a key of somebody else's form is refused."""
    with as_the_product():
        row = Request.objects.select_related("commission").filter(key=key).first()
    if row is not None and row.applicant != by.user_id:
        refuse("foreign-form", _("This form was sent by somebody else; open it anew."))
    return row


def _filled(row: Request, asked: Asked, by: Actor, now: datetime) -> Request:
    refuse_if([*against_filling(asked), *_against_ledger(row.commission, asked, timezone.localdate(now))])
    if by.user_id is None:
        refuse("no-account", _("A request is made by an account, never by the server itself."))
    row.applicant, row.applicant_name, row.begun_at = by.user_id, by.name, now
    take(row, asked)
    return row


def _note_draft(row: Request, by: Actor, now: datetime) -> None:
    told = {"version": row.version}
    record(Act.REQUEST_SAVED, by=by, at=now, commission_code=row.commission.code, target=f"request:{row.pk}", details=told)  # fmt: skip


def _against_ledger(commission: Commission, asked: Asked, today: date) -> list[Reason]:
    """What the fields point at must be there, and for whoever fills them in."""
    on, found = asked.starts or today, []
    if asked.site is not None and not site_known(commission, asked.site, on):
        found.append(Reason("site", _("There is no such site on that day.")))
    if len(authorisations_known(commission, asked.authorisations)) != len(set(asked.authorisations)):
        found.append(Reason("authorisations", _("A support office helps by an authorisation that was decided; this is none.")))  # fmt: skip
    if asked.earlier is not None and not Request.objects.filter(commission=commission, pk=asked.earlier).exists():  # fmt: skip
        found.append(Reason("earlier", _("There is no such earlier request, or it is not for you.")))
    return found


@transaction.atomic
def change_request(*, request: Request, asked: Asked, seen: int, by: Actor, now: datetime) -> Request:
    """Fill in a draft, or mend what was returned. Of two who do it at once the second is told."""
    row = held(request, seen=seen)
    refuse_if(policies.may_change(by, row))
    refuse_if([*against_filling(asked), *_against_ledger(row.commission, asked, timezone.localdate(now))])
    take(row, asked)
    if row.state == RequestState.RETURNED:
        return move(row, RequestVerb.SAVE, RequestState.RETURNED, by=by, now=now)
    with as_the_product():
        row.version += 1
        row.save()
    _note_draft(row, by, now)
    return row


def take(row: Request, asked: Asked) -> None:
    """Fill a row with what is asked."""
    for name, value in asked.written().items():
        setattr(row, name, value)
    row.blocked, row.sealed = asked.situation in BLOCKED, asked.situation in SEALED


@transaction.atomic
def drop_request(*, request: Request, seen: int, by: Actor, now: datetime) -> None:
    """Throw away a draft that was never submitted; what was submitted keeps its number for ever."""
    row = held(request, seen=seen)
    refuse_if(policies.is_applicant(by, row))
    if row.state != RequestState.DRAFT:
        refuse("wrong-state", _("Only a draft can be thrown away; what was submitted is withdrawn."))
    _note_draft(row, by, now)
    with as_the_product():
        row.readers.all().delete()
        row.delete()


@transaction.atomic
def submit_request(*, request: Request, seen: int, key: UUID, by: Actor, now: datetime) -> Request:
    """Submit a draft, or again what was returned: it takes its number and goes to whom its work rule names.

    Raises `Refused` with everything that is missing, each reason at its field.
    """
    if earlier := spent(key, by):
        return request_shown(earlier.request.commission, earlier.request_id)
    row = held(request, seen=seen)
    refuse_if(policies.may_submit(by, row))
    today = timezone.localdate(now)
    rule = must_be_complete(row, today)
    if row.state == RequestState.RETURNED:
        return apply_anew(row, key=key, by=by, now=now)
    _receive(row, rule, today)
    return apply_first(row, rule, RequestVerb.SUBMIT, key=key, by=by, now=now)


def must_be_complete(row: Request, today: date) -> "WorkRule":
    """The edition of the rule that the request goes by. Raises `Refused` with everything that is missing."""
    asked = asked_of(row)
    rule = _rule_of(row, today)
    with as_the_product():
        named = [each for each in (asked.lead, *asked.about_units, *asked.wanted_units) if each is not None]
        standing = units_standing(row.commission, named, today)
        axis = row.axis or receiving(row.commission, row.unit_id, today).axis
    leading = [*axis, *(unit for unit, record in standing.items() if record.kind in LEADING_KINDS)]
    # What looked like a name was confirmed when it was written.
    refuse_if(against_submission(replace(asked, sure=True), rule, standing, leading, today))
    return edition_begun_under(row.commission, row.rule or (rule.pk if rule else 0))


def _rule_of(row: Request, today: date) -> "WorkRule | None":
    if row.rule is not None:
        return edition_begun_under(row.commission, row.rule)
    try:
        return procedure_for(row.commission, row.situation, row.method, today)
    except NotThere:
        return None


def _receive(row: Request, rule: "WorkRule", today: date) -> None:
    """What stays with the request from its submission: the edition of its rule, the zone that receives it, the level at which
    it starts."""
    with as_the_product():
        received = receiving(row.commission, row.unit_id, today)
    row.rule, row.zone, row.first_zone = rule.pk, received.zone, received.first_zone
    row.axis = list(received.axis)
    row.level = starting_level(rule, row)


@transaction.atomic
def act_first(
    *, commission: Commission, unit: int, asked: Asked, oral_by: int, oral_at: datetime, key: UUID, by: Actor, now: datetime
) -> Request:  # fmt: skip
    """Begin at once what a leader agreed to orally (R16); it is written within 24 hours. `oral_by` is a person.

    Raises `Refused` if the situation does not act first, who is named may not agree, or the agreement lies too far back.
    """
    refuse_if(policies.may_ask(by, commission.pk, unit))
    if earlier := begun_by(key, by):
        return earlier
    row = _filled(
        Request(commission=commission, unit_id=unit, state=RequestState.TEAMING, key=key), asked, by, now
    )
    today = timezone.localdate(now)
    rule = must_be_complete(row, today)
    _receive(row, rule, today)
    refuse_if(_against_orally(row, rule, oral_by, oral_at, now))
    row.urgent, row.oral_by, row.oral_at, row.written_due = True, oral_by, oral_at, written_by(oral_at)
    row.year, row.number = today.year, next_number(commission, today.year)
    row.next_due_on = next_due(row)
    with as_the_product():
        row.save(force_insert=True)
        add_move(row, RequestVerb.ACT_FIRST, by=by, now=now, basis=rule.code, details={"oral_at": oral_at.isoformat()}, key=key)  # fmt: skip
    let_read(row, [row.applicant], "applicant", today)
    request_moved.publish(request=row, verb=RequestVerb.ACT_FIRST, by=by, now=now)
    return row


def _against_orally(row: Request, rule: "WorkRule", oral_by: int, oral_at: datetime, now: datetime) -> list[Reason]:  # fmt: skip
    found = []
    if row.situation not in AT_ONCE:
        found.append(Reason("situation", _("Only a sudden event (R16) is begun on an oral agreement.")))
    if not now - ORAL_AT_MOST <= oral_at <= now:
        found.append(Reason("oral_at", _("The oral agreement must lie within the last 24 hours.")))
    named = persons_deciding(rule, row, timezone.localdate(now))
    if oral_by not in named:
        found.append(Reason("oral_by", _("The work rule %(code)s does not let this person agree.") % {"code": rule.code}))  # fmt: skip
    return found


@transaction.atomic
def write_after(*, request: Request, seen: int, key: UUID, by: Actor, now: datetime) -> Request:
    """Hand in the written request of what was begun on an oral agreement; who agreed orally signs it now."""
    if earlier := spent(key, by):
        return request_shown(earlier.request.commission, earlier.request_id)
    row = held(request, seen=seen)
    refuse_if(policies.may_write(by, row))
    rule = must_be_complete(row, timezone.localdate(now))
    row.written_at = now
    return apply_first(row, rule, RequestVerb.WRITE, key=key, by=by, now=now)
