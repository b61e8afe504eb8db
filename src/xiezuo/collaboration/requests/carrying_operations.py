"""The writes of a request after its approval: begun, extended, reported, closed; its scope changed, taken up, ended, handed away."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.approvals.api import named_by, party_of
from xiezuo.collaboration.models import Member, Request
from xiezuo.collaboration.queries.requests import edition_of, request_shown
from xiezuo.collaboration.queries.teams import ground_of
from xiezuo.collaboration.requests import policies
from xiezuo.collaboration.requests.against import against_filling
from xiezuo.collaboration.requests.applying_operations import apply_first
from xiezuo.collaboration.requests.approving import asks_of
from xiezuo.collaboration.requests.asked import SCOPE, Asked, asked_of
from xiezuo.collaboration.requests.clocks import due_by_rule, next_due
from xiezuo.collaboration.requests.moving_operations import held, move, spent
from xiezuo.collaboration.requests.operations import must_be_complete, take
from xiezuo.collaboration.states import (
    LEVELS,
    MemberState,
    RequestLevel,
    RequestState,
    RequestVerb,
    Result,
    WhyLeft,
)
from xiezuo.collaboration.teams.joining_operations import sitting_in
from xiezuo.collaboration.teams.policies import against_sending
from xiezuo.collaboration.work.closing import against_closing
from xiezuo.collaboration.work.plan_operations import open_clearing
from xiezuo.rules.api import Approver, may_extend
from xiezuo.shared.errors import BadInput, NotThere, Reason, refuse_if
from xiezuo.shared.lists import listed
from xiezuo.shared.pointers import against_pointer, against_words

if TYPE_CHECKING:
    from xiezuo.rules.models import WorkRule

OFFICES = (Approver.AXIS, Approver.CONTACT, Approver.DEPUTY, Approver.SECRETARY)
"""Who can extend, from below."""


@transaction.atomic
def start_work(*, request: Request, seen: int, key: UUID, by: Actor, now: datetime) -> Request:
    """Say that the team is there and the work has begun. Whoever left or must stand out since it was sent is replaced first."""
    if earlier := spent(key, by):
        return request_shown(earlier.request.commission, earlier.request_id)
    row = held(request, seen=seen)
    refuse_if(policies.may_start(by, row))
    refuse_if(against_sending(row, ground_of(row, timezone.localdate(now)), sitting_in(row)))
    return _moved(row, RequestVerb.START, RequestState.WORKING, key=key, by=by, now=now)


@transaction.atomic
def extend(*, request: Request, units: int, said: str, seen: int, key: UUID, by: Actor, now: datetime) -> Request:  # fmt: skip
    """Give the work more time, in units of its rule's limit and never more than the limit; the first day due never changes.

    Raises `Refused` where the rule names another office, or the extensions are used up.
    """
    if earlier := spent(key, by):
        return request_shown(earlier.request.commission, earlier.request_id)
    row = held(request, seen=seen)
    refuse_if([*policies.against_verb(row, RequestVerb.EXTEND), *_said(said)])
    rule = _rule(row)
    refuse_if(against_extending(row, rule, units, by, timezone.localdate(now)))
    before, row.extensions = row.due_on, [*row.extensions, units]
    row.due_on = due_by_rule(row, rule)
    told = {"before": str(before), "after": str(row.due_on)}
    state = RequestState(row.state)
    return _moved(row, RequestVerb.EXTEND, state, key=key, by=by, now=now, said=said, basis=rule.code, details=told)  # fmt: skip


def against_extending(row: Request, rule: "WorkRule", units: int, by: Actor, on: date) -> list[Reason]:
    """What stands against `by` giving `units` more: the rule names the office and how often."""
    if rule.limit is None:
        return [Reason("no-limit", _("The rule %(code)s names no limit that could be extended.") % {"code": rule.code})]  # fmt: skip
    found = []
    if not 1 <= units <= rule.limit:
        words = _("Found %(found)s; expected 1 to %(most)s, the limit of the rule itself.")
        found.append(Reason("units", words % {"found": units, "most": rule.limit}))
    tried = [may_extend(rule, len(row.extensions), office) for office in offices_of(by, row, on)]
    if any(not each for each in tried):
        return found
    return [*found, *(tried[0] if tried else may_extend(rule, len(row.extensions), Approver.UNIT_HEAD))]


def offices_of(by: Actor, row: Request, on: date) -> list[Approver]:
    """The offices that an actor holds over a request on a day, from below."""
    if by.user_id is None:
        return []
    with as_the_product():
        me = party_of(by.user_id)
        named = {office: named_by(asks_of(office, row, on), row.commission_id, on) for office in OFFICES}
    return [office for office in OFFICES if any(me.same_as(party) for party in named[office])]


@transaction.atomic
def report_result(*, request: Request, result: str, problems: int, seen: int, key: UUID, by: Actor, now: datetime) -> Request:  # fmt: skip
    """Report what it came to: one word of a closed list, and how many problems were found (they lie in the letters)."""
    if earlier := spent(key, by):
        return request_shown(earlier.request.commission, earlier.request_id)
    row = held(request, seen=seen)
    refuse_if(policies.may_report(by, row))
    if result not in Result.values or result == Result.OPEN:
        raise BadInput(_("Found “%(found)s” as the result; expected one of %(allowed)s.") % {"found": result, "allowed": listed(Result.values[1:])})  # fmt: skip
    row.result, row.problems, row.reported_on = result, problems, timezone.localdate(now)
    if result == Result.UNFOUNDED:
        open_clearing(row, by=by, now=now)
    return _moved(row, RequestVerb.REPORT, RequestState.REPORTED, key=key, by=by, now=now)


@transaction.atomic
def close_request(*, request: Request, note: str, seen: int, key: UUID, by: Actor, now: datetime) -> Request:
    """Close and file it with a closing note, once nothing of it is open. The members leave the team."""
    if earlier := spent(key, by):
        return request_shown(earlier.request.commission, earlier.request_id)
    row = held(request, seen=seen)
    refuse_if(policies.may_close(by, row))
    refuse_if([*_said(note, "note"), *against_closing(row)])
    row.closing_note, row.ended_on = note.strip(), timezone.localdate(now)
    _dissolve(row, WhyLeft.DONE, row.ended_on)
    return _moved(row, RequestVerb.CLOSE, RequestState.CLOSED, key=key, by=by, now=now)


@transaction.atomic
def rescope(*, request: Request, asked: Asked, seen: int, key: UUID, by: Actor, now: datetime) -> Request:
    """Change what was approved: the approval begins anew by the same edition of the rule, and until then nobody acts.

    Raises `Refused` if nothing of the scope differs (§2A P4, 监察法 45).
    """
    if earlier := spent(key, by):
        return request_shown(earlier.request.commission, earlier.request_id)
    row = held(request, seen=seen)
    refuse_if([*policies.may_rescope(by, row), *against_filling(asked)])
    before, after = asked_of(row).written(), asked.written()
    changed = [name for name in SCOPE if before[name] != after[name]]
    if not changed:
        raise BadInput(_("Nothing of the scope differs from what was approved."))
    take(row, asked)
    rule = must_be_complete(row, timezone.localdate(now))
    row.decided_at = None
    return apply_first(row, rule, RequestVerb.RESCOPE, key=key, by=by, now=now, said=" ".join(changed))


@transaction.atomic
def escalate(*, request: Request, said: str, seen: int, key: UUID, by: Actor, now: datetime) -> Request:
    """Take it to the next level: people of the whole first-level zone, then of the county, may come, and more must agree."""
    if earlier := spent(key, by):
        return request_shown(earlier.request.commission, earlier.request_id)
    row = held(request, seen=seen)
    refuse_if([*policies.may_escalate(by, row), *_said(said)])
    row.level = LEVELS[LEVELS.index(RequestLevel(row.level)) + 1]
    rule = must_be_complete(row, timezone.localdate(now))
    row.decided_at = row.ended_on = None
    return apply_first(row, rule, RequestVerb.ESCALATE, key=key, by=by, now=now, said=said)


@transaction.atomic
def terminate(*, request: Request, said: str, seen: int, key: UUID, by: Actor, now: datetime) -> Request:
    """End it before its work is done, and say why. The members leave the team."""
    if earlier := spent(key, by):
        return request_shown(earlier.request.commission, earlier.request_id)
    row = held(request, seen=seen)
    refuse_if([*policies.may_terminate(by, row), *_said(said)])
    row.ended_on, row.ended_because = timezone.localdate(now), said.strip()
    _dissolve(row, WhyLeft.ENDED, row.ended_on)
    return _moved(row, RequestVerb.TERMINATE, RequestState.TERMINATED, key=key, by=by, now=now, said=said)


@transaction.atomic
def transfer(*, request: Request, to: str, said: str, seen: int, key: UUID, by: Actor, now: datetime) -> Request:  # fmt: skip
    """Hand it to another organ, by a pointer to the paper of the hand-over, and say why."""
    if earlier := spent(key, by):
        return request_shown(earlier.request.commission, earlier.request_id)
    row = held(request, seen=seen)
    refuse_if([*policies.may_transfer(by, row), *_said(said), *against_pointer(to, field="to")])
    row.ended_on, row.ended_because, row.transferred_to = timezone.localdate(now), said.strip(), to.strip()
    _dissolve(row, WhyLeft.ENDED, row.ended_on)
    return _moved(row, RequestVerb.TRANSFER, RequestState.TRANSFERRED, key=key, by=by, now=now, said=said)


def _moved(row: Request, verb: RequestVerb, to: RequestState, **more: object) -> Request:
    """The move, with the day by which the next step is due."""
    row.state, before = to, row.state
    row.next_due_on = next_due(row)
    row.state = before
    return move(row, verb, to, **more)  # type: ignore[arg-type]


def _rule(row: Request) -> "WorkRule":
    rule = edition_of(row)
    if rule is None:
        raise NotThere(_("The request was begun under no work rule."))
    return rule


def _said(said: str, field: str = "said") -> Iterable[Reason]:
    if not said.strip():
        yield Reason(field, _("Say why, in a few words and nothing of what the matter is about."))
    yield from against_words(said, field=field)


def _dissolve(row: Request, why: WhyLeft, on: date) -> None:
    with as_the_product():
        live = Member.objects.filter(request=row).exclude(state=MemberState.LEFT)
        live.update(state=MemberState.LEFT, why_left=why, left_on=on)
        row.readers.filter(because="member", ends__gt=on, starts__lt=on).update(ends=on)
