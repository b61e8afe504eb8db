"""The verbs of an approval. Each holds the approval, asks the engine, and writes rows, history and journal at once.

`seen` is the edition that the form was made from: of two tabs the second is refused. `key` is the form's own: the
same form posted again gives what the first gave. `after(day, n)` is the work calendar.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, User, as_the_product, may, rights_asked_for
from xiezuo.approvals import engine, policies
from xiezuo.approvals.course import Course, Day, Party, Seat
from xiezuo.approvals.course_operations import keep_course
from xiezuo.approvals.events import approval_moved, approval_settled
from xiezuo.approvals.kinds import kind_of
from xiezuo.approvals.models import Approval, Move, Numbering, StepRow
from xiezuo.approvals.queries import Ask, course_of, day_of, named_by, party_of, stands_for
from xiezuo.approvals.states import ApprovalState, Mode, Verb
from xiezuo.audit.api import Act, record
from xiezuo.shared.errors import BadInput, NotThere, refuse, refuse_if

After = Callable[[date, int], date]
Change = Callable[[Course, Party, Day, Sequence[Party]], Course]


@dataclass(frozen=True)
class StepPlan:
    """One step as a rule has it: whom it asks, how they decide, and in how many working days."""

    title: str
    mode: Mode
    asks: Sequence[Ask]
    working_days: int


@dataclass(frozen=True)
class Form:
    """Which form was posted: its own key, and the edition of the approval that it showed."""

    key: UUID
    seen: int


@transaction.atomic
def submit(
    *, commission: int, kind: str, subject: tuple[str, int], title: str, steps: Sequence[StepPlan], rule_edition: str = "",
    unit: int | None = None, recused: Sequence[Party] = (), informed: Sequence[Ask] = (), key: UUID, after: After,
    by: Actor, now: datetime,
) -> Approval:  # fmt: skip
    """Apply for a decision on a matter (app, id). It takes its number now and keeps it whatever becomes of it.

    `informed` are those who coordinate without deciding. Raises `Refused` if the kind of matter is not for who applies,
    the matter is being decided already or nobody can be asked, `BadInput` without title or steps.
    """
    account, applicant = _account(by), _party(by)
    refuse_if(kind_of(kind).may_apply(by, commission))
    if not title.strip() or not steps:
        raise BadInput(_("An application needs a title and at least one step."))
    with as_the_product():
        _hold_key(key)
        if earlier := _spent(key, by):
            return earlier
        approval = _numbered(Approval(
            commission_id=commission, kind=kind, year=timezone.localdate(now).year, subject_app=subject[0],
            subject_id=subject[1], unit=unit, title=title.strip(), rule_edition=rule_edition, applicant=account,
            applicant_person=applicant.person, state=ApprovalState.PENDING, parties=[account], submitted_at=now,
        ))  # fmt: skip
        _add_steps(approval, steps)
        begun = engine.submit(applicant, course_of(approval).steps, _day(approval, now, after), recused)
        if not begun.waiting_for() and not begun.step.in_turn():
            refuse(
                "nobody-asked", _("Nobody can be asked to decide this: the division of work names nobody.")
            )
        approval.informed = _informed(approval, informed, begun, now)
        keep_course(approval, course_of(approval), begun, now)
        _add_move(approval, Verb.SUBMIT, by, now, key=key)
    _tell(Act.APPROVAL_SUBMITTED, approval, Verb.SUBMIT, by, now)
    _renew([*approval.waiting_for, *approval.informed], now)
    _publish_move(approval, Verb.SUBMIT, set(), by, now)
    return approval


def approve(
    *, approval: Approval, said: str = "", form: Form, after: After, by: Actor, now: datetime
) -> Approval:
    """Agree, for oneself or for somebody absent whom one stands in for."""
    return move(approval, Verb.APPROVE, engine.approve, said=said, form=form, after=after, by=by, now=now)


def send_back(
    *, approval: Approval, to: int, said: str, form: Form, after: After, by: Actor, now: datetime
) -> Approval:
    """Return it to an earlier step (its place), or to the applicant (`TO_APPLICANT`), and say why."""
    must_say(said)

    def change(course: Course, me: Party, day: Day, absent: Sequence[Party]) -> Course:
        return engine.send_back(course, me, to, day, absent)

    return move(approval, Verb.RETURN, change, said=said, form=form, after=after, by=by, now=now)


def refuse_approval(
    *, approval: Approval, said: str, form: Form, after: After, by: Actor, now: datetime
) -> Approval:
    """Refuse the application and say why."""
    must_say(said)

    def change(course: Course, me: Party, _day: Day, absent: Sequence[Party]) -> Course:
        return engine.refuse_it(course, me, absent)

    return move(approval, Verb.REFUSE, change, said=said, form=form, after=after, by=by, now=now)


def add_signer(
    *, approval: Approval, account: int, said: str = "", form: Form, after: After, by: Actor, now: datetime
) -> Approval:
    """Add somebody who must agree too, right after oneself."""

    def change(course: Course, me: Party, _day: Day, absent: Sequence[Party]) -> Course:
        return engine.add_signer(course, me, _must_be_account(account), absent)

    return move(approval, Verb.ADD_SIGNER, change, said=said, form=form, after=after, by=by, now=now)


def withdraw(
    *, approval: Approval, said: str = "", form: Form, after: After, by: Actor, now: datetime
) -> Approval:
    """Take one's own application back, as long as no signer has read it. Its number stays, cancelled."""

    def change(course: Course, me: Party, _day: Day, _absent: Sequence[Party]) -> Course:
        return engine.withdraw(course, me)

    return move(approval, Verb.WITHDRAW, change, said=said, form=form, after=after, by=by, now=now)


def submit_again(
    *, approval: Approval, said: str = "", form: Form, after: After, by: Actor, now: datetime
) -> Approval:
    """Apply again with what was mended after a return."""

    def change(course: Course, me: Party, day: Day, _absent: Sequence[Party]) -> Course:
        return engine.submit_again(course, me, day)

    return move(approval, Verb.RESUBMIT, change, said=said, form=form, after=after, by=by, now=now)


def urge(*, approval: Approval, form: Form, after: After, by: Actor, now: datetime) -> Approval:
    """Remind who is asked, once a day. The step is brought up to the day on the way."""

    def change(course: Course, me: Party, day: Day, _absent: Sequence[Party]) -> Course:
        refuse_if(policies.may_apply(course, me, Verb.URGE))
        if approval.moves.filter(verb=Verb.URGE, at__date=day.on).exists():
            refuse("urged-today", _("It was urged today already; once a day is enough."))
        return course

    return move(approval, Verb.URGE, change, form=form, after=after, by=by, now=now)


def recuse(
    *, approval: Approval, signer: int, form: Form, after: After, by: Actor, now: datetime
) -> Approval:
    """A signer drops out of the matter: they say so themselves, or the case-management office does. No ground is kept."""

    def change(course: Course, me: Party, day: Day, _absent: Sequence[Party]) -> Course:
        _number, _place, seat = seat_with(course, signer)
        if not seat.party.same_as(me):
            must_keep_files(approval, course, by, me)
        return engine.recuse(course, seat.party, day)

    return move(approval, Verb.RECUSE, change, form=form, after=after, by=by, now=now)


@transaction.atomic
def mark_read(*, approval: Approval, by: Actor, now: datetime) -> None:
    """Whoever is asked has opened it: from now on it cannot be withdrawn. Others leave no trace here.

    An act like the others, though nothing is posted: opening the page is what ends the right to withdraw.
    """
    _must_be_shown(approval)
    with as_the_product():
        held = _hold(approval)
        mine = {by.user_id, *(party.account for party in _absent(by, now))} & set(held.waiting_for)
        if held.read or not mine:
            return
        held.read, held.edition = True, held.edition + 1
        held.save(update_fields=["read", "edition"])
        _add_move(held, Verb.READ, by, now)
    _tell(Act.APPROVAL_MOVED, held, Verb.READ, by, now)


@transaction.atomic
def attend(*, approval: Approval, after: After, by: Actor, now: datetime) -> Approval:
    """Bring an approval up to the day: who left drops out, who came is asked, silence past the limit goes one level up."""
    refuse_if(may(by, Ability.KEEP_LEDGER, commission=approval.commission_id))
    with as_the_product():
        held = _hold(approval)
        before, asked = course_of(held), held.waiting_for
        course = engine.attend(before, _day(held, now, after))
        if course != before:
            _keep(held, before, course, Verb.ATTEND, by, now)
    if course != before:
        _follow(held, asked, Verb.ATTEND, by, now)
    return held


@transaction.atomic
def move(
    approval: Approval, verb: Verb, change: Change, *, said: str = "", details: dict[str, Any] | None = None, form: Form,
    after: After, by: Actor, now: datetime,
) -> Approval:  # fmt: skip
    """Hold the approval, bring it up to the day, let `change` move it, and write what differs.

    Raises `NotThere` for who may not see it, `Refused` if it moved on since the form was made or the engine says no.
    """
    me = _party(by)
    _must_be_shown(approval)
    with as_the_product():
        held = _hold(approval)
        if earlier := _spent(form.key, by):
            return earlier
        _refuse_stale(held, form)
        day, before, asked = _day(held, now, after), course_of(held), held.waiting_for
        today = engine.attend(before, day) if held.state == ApprovalState.PENDING else before
        course = change(today, me, day, _absent(by, now))
        _keep(held, before, course, verb, by, now, said=said.strip(), details=details or {}, key=form.key)
    _follow(held, asked, verb, by, now)
    return held


def _keep(  # noqa: PLR0917 - what the row, the history and the journal need
    held: Approval, before: Course, course: Course, verb: Verb, by: Actor, now: datetime, **more: Any
) -> None:
    held.edition += 1
    keep_course(held, before, course, now)
    _add_move(held, verb, by, now, **more)


def _follow(held: Approval, asked: Sequence[int], verb: Verb, by: Actor, now: datetime) -> None:
    """The journal, the rights to read, and whoever waits for the end of it."""
    _tell(Act.APPROVAL_MOVED, held, verb, by, now)
    gone = held.informed if held.settled_at is not None else []
    _renew(sorted({*gone, *(set(asked) ^ set(held.waiting_for))}), now)
    _publish_move(held, verb, set(asked), by, now)
    if held.settled_at is not None:
        approval_settled.publish(approval=held, now=now)


def _publish_move(held: Approval, verb: Verb, before: set[int], by: Actor, now: datetime) -> None:
    asked = set(held.waiting_for) - before
    approval_moved.publish(approval=held, verb=verb, asked=asked, by=by, now=now)


def _informed(approval: Approval, asks: Sequence[Ask], course: Course, now: datetime) -> list[int]:
    """The accounts of who coordinates and is no signer: neither the applicant, nor recused, nor asked to decide."""
    named = named_by(asks, approval.commission_id, timezone.localdate(now))
    signers = [seat.party for _number, _place, seat in course.seats()]
    others = [party for party in named if course.may_sit(party) and not any(map(party.same_as, signers))]
    return [party.account for party in others if party.account is not None]


def _account(by: Actor) -> int:
    if by.user_id is None:
        refuse(
            "no-account", _("Approvals are applied for and decided by accounts, never by the server itself.")
        )
    return by.user_id


def _party(by: Actor) -> Party:
    account = _account(by)
    with as_the_product():
        return party_of(account)


def _absent(by: Actor, now: datetime) -> list[Party]:
    return [] if by.user_id is None else stands_for(by.user_id, timezone.localdate(now))


def _day(approval: Approval, now: datetime, after: After) -> Day:
    return day_of(approval, timezone.localdate(now), after)


def _must_be_shown(approval: Approval) -> None:
    """With the eyes of who acts: what the database does not show them is not there."""
    if not Approval.objects.filter(pk=approval.pk).exists():
        raise NotThere(_("There is no such approval, or it is not for you."))


def _hold(approval: Approval) -> Approval:
    """The approval as it stands, held until the transaction ends: of two who act at once one waits here."""
    return Approval.objects.select_for_update().get(pk=approval.pk)


def _hold_key(key: UUID) -> None:
    """There is no row yet that a second post of the same form could wait for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])


def _spent(key: UUID, by: Actor) -> Approval | None:
    move = Move.objects.filter(key=key).select_related("approval").first()
    if move is None:
        return None
    if move.account != by.user_id:
        refuse("foreign-form", _("This form was sent by somebody else."))
    return move.approval


def _refuse_stale(held: Approval, form: Form) -> None:
    if held.edition != form.seen:
        refuse(
            "changed-meanwhile", _("The approval has moved on since this page was opened; look at it again.")
        )


def _numbered(about: Approval) -> Approval:
    """The approval with its number. The lock of the sequence also keeps two applications for one matter apart."""
    about.number = _next_number(about.commission_id, about.kind, about.year)
    under_way = Approval.objects.filter(settled_at=None, kind=about.kind, subject_app=about.subject_app)
    if under_way.filter(subject_id=about.subject_id).exists():
        refuse("under-way", _("This matter is being decided already."))
    about.save(force_insert=True)
    return about


def _next_number(commission: int, kind: str, year: int) -> int:
    """The next number of a sequence, held until the transaction ends: what is rolled back leaves no gap."""
    which = {"commission_id": commission, "kind": kind, "year": year}
    Numbering.objects.bulk_create([Numbering(**which)], ignore_conflicts=True)
    row = Numbering.objects.select_for_update().get(**which)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def _add_steps(approval: Approval, steps: Sequence[StepPlan]) -> None:
    StepRow.objects.bulk_create(
        StepRow(
            approval=approval, position=position, title=plan.title, mode=plan.mode, asks=[dict(ask) for ask in plan.asks],
            working_days=plan.working_days,
        )
        for position, plan in enumerate(steps)
    )  # fmt: skip


def _add_move(held: Approval, verb: Verb, by: Actor, now: datetime, **more: Any) -> None:
    Move.objects.create(
        approval=held, edition=held.edition, verb=verb, account=by.user_id, by=by.name, at=now, step=held.current,
        state=held.state, **more,
    )  # fmt: skip


def _tell(act: Act, approval: Approval, verb: Verb, by: Actor, now: datetime) -> None:
    details = {
        "verb": verb.value,
        "state": approval.state,
        "step": approval.current,
        "edition": approval.edition,
    }
    target = f"approval:{approval.pk} {approval.kind} {approval.year}-{approval.number}"
    record(act, by=by, at=now, target=target, details=details)


def _renew(accounts: Sequence[int], now: datetime) -> None:
    if accounts:
        rights_asked_for.publish(accounts=list(accounts), now=now)


def must_say(said: str) -> None:
    """Raise `BadInput` without a reason."""
    if not said.strip():
        raise BadInput(_("Say why: a return, a refusal or a struck entry needs its reason."))


def must_keep_files(approval: Approval, course: Course, by: Actor, me: Party) -> None:
    """Only the case-management office acts for others here, and nobody of it in their own matter."""
    refuse_if(may(by, Ability.KEEP_LEDGER, commission=approval.commission_id))
    refuse_if(policies.against_own_hands(course, me))


def _must_be_account(account: int) -> Party:
    if not User.objects.filter(pk=account, is_active=True).exists():
        raise NotThere(_("There is no such active account."))
    return party_of(account)


def seat_with(course: Course, signer: int) -> tuple[int, int, Seat]:
    """The seat of that row, with the place of its step and its own. Raises `NotThere`."""
    for number, place, seat in course.seats():
        if seat.row == signer:
            return number, place, seat
    raise NotThere(_("There is no such signer of this approval."))
