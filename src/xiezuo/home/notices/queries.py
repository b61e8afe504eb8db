"""What is asked for notices: whom an approval concerns now, what waits for each account today, an account's own notices."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Func, Q, QuerySet

from xiezuo.accounts.api import Ability, Role, Scope, User, rights_in_force, who_may
from xiezuo.approvals.api import Approval, course_of, stand_ins_on
from xiezuo.approvals.states import ApprovalState, SeatKind
from xiezuo.home.notices.models import CalendarFeed, Notice
from xiezuo.home.notices.states import TASKS, Because, NoticeKind
from xiezuo.organisation.api import Commission
from xiezuo.rules.api import WorkCalendar, YearMissing, calendar_of
from xiezuo.rules.models import Regulation, RegulationRecord
from xiezuo.zones.api import items_not_done, meetings_ahead

if TYPE_CHECKING:
    from xiezuo.approvals.course import Course

Tasks = dict[tuple[int, NoticeKind], Because]
"""(account, what it is asked to do) → why."""

_SEATED = {SeatKind.ADDED: Because.ADDED, SeatKind.SUPERIOR: Because.RAISED}
PAGE = 30
SATURDAY = 5


def tasks_of(approval: Approval, on: date) -> Tasks:
    """What an approval asks of whom as it stands, with whoever decides for the absent on a day. Fixed queries."""
    course = course_of(approval)
    if course.state == ApprovalState.RETURNED:
        return {(approval.applicant, NoticeKind.MEND): Because.OWN}
    found = _papers(approval, course, on)
    if course.state != ApprovalState.PENDING:
        return found
    seats = [course.step.seats[place] for place in course.step.in_turn()]
    asked = {seat.party.account: _SEATED.get(seat.kind, Because.NAMED) for seat in seats}
    for account in _instead_of(asked, on) - {approval.applicant, *asked}:
        found[account, NoticeKind.DECIDE] = Because.STANDS_IN
    return found | {
        (account, NoticeKind.DECIDE): why for account, why in asked.items() if account is not None
    }


def _instead_of(accounts: Iterable[int | None], on: date) -> set[int]:
    by_absent = stand_ins_on(on)
    return {each for account in accounts if account is not None for each in by_absent.get(account, ())}


def _papers(approval: Approval, course: "Course", on: date) -> Tasks:
    """Who may confirm an entry from paper: the leader who signed, or anybody of the office but who entered it."""
    seats = (seat for _number, _place, seat in course.seats())
    waiting = [seat for seat in seats if seat.live and seat.waits_for_confirmation]
    if not waiting:
        return {}
    entered = {seat.paper.entered_by.account for seat in waiting if seat.paper is not None}
    office = who_may(Ability.KEEP_LEDGER, on=on, commission=approval.commission_id)
    found: Tasks = {(right.user_id, NoticeKind.CONFIRM_PAPER): Because.SECOND for right in office}
    for seat in waiting:
        if seat.party.account is not None:
            found[seat.party.account, NoticeKind.CONFIRM_PAPER] = Because.SIGNED
    # Who entered two of them may still be asked for the other one; who entered all of them never.
    alone = entered if len(entered) == 1 else set()
    return {key: why for key, why in found.items() if key[0] not in {*alone, approval.applicant}}


@dataclass
class Today:
    """What waits for one account on a day: how much, how much of it is late, how much is due in what is left of the week."""

    waiting: int = 0
    late: int = 0
    week: int = 0

    def add(self, due: date | None, on: date) -> None:
        """Count one matter that is due on a day, or on none."""
        self.waiting += 1
        if due is not None:
            self.late += due < on
            self.week += on <= due <= on + timedelta(days=6 - on.weekday())


def today_of_accounts(on: date) -> dict[int, Today]:
    """What waits for every active account that has anything waiting, where the day is worked. Fixed queries."""
    found: dict[int, Today] = defaultdict(Today)
    instead, works = stand_ins_on(on), _working(on)
    for asked, applicant, commission, due in _open_ones():
        everybody = {each for account in asked for each in (account, *instead.get(account, ()))}
        for account in everybody - {applicant} if works[commission] else ():
            found[account].add(due, on)
    for account, last_day in _other_tasks([each for each, worked in works.items() if worked]):
        found[account].add(date.fromisoformat(last_day) if last_day else None, on)
    active = set(User.objects.filter(pk__in=found, is_active=True).values_list("pk", flat=True))
    return {account: counted for account, counted in found.items() if account in active}


def _open_ones() -> Iterable[tuple[list[int], int, int, date | None]]:
    pending = Approval.objects.filter(settled_at__isnull=True, state=ApprovalState.PENDING)
    return pending.values_list("waiting_for", "applicant", "commission_id", "due_on").iterator()


def _other_tasks(commissions: Sequence[int]) -> Iterable[tuple[int, str | None]]:
    kinds = [kind for kind in TASKS if kind != NoticeKind.DECIDE]
    tasks = Notice.objects.filter(kind__in=kinds, done_at__isnull=True, commission__in=commissions)
    return tasks.values_list("account", "particulars__last_day").iterator()


def _working(on: date) -> dict[int, bool]:
    return {each.pk: _is_worked(calendar_of(each), on) for each in Commission.objects.order_by("pk")}


def _is_worked(calendar: WorkCalendar, on: date) -> bool:
    try:
        return calendar.is_working(on)
    except YearMissing:
        # Nobody has entered the year yet, which its keepers are told elsewhere; people still come to work.
        return on.weekday() < SATURDAY


def notices_of(account: int, *, all_of_them: bool = False, kinds: Sequence[NoticeKind] = ()) -> QuerySet[Notice]:  # fmt: skip
    """An account's notices, the newest first: those still open, or all; of some kinds, or of every kind."""
    found = Notice.objects.filter(account=account)
    if not all_of_them:
        found = found.filter(done_at__isnull=True)
    return (found.filter(kind__in=kinds) if kinds else found).order_by("-made_at", "-pk")


def besides_the_inbox(account: int) -> QuerySet[Notice]:
    """An account's open notices, the newest first, without those that only say that something waits in the inbox."""
    return notices_of(account).exclude(kind__in=(NoticeKind.DECIDE, NoticeKind.DAILY))


def page_of(found: QuerySet[Notice], after: tuple[datetime, int] | None) -> tuple[list[Notice], bool]:
    """One page of notices that follow the one made at that instant under that number, and whether there are more."""
    if after is not None:
        made_at, number = after
        found = found.filter(Q(made_at__lt=made_at) | Q(made_at=made_at, pk__lt=number))
    rows = list(found[: PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def count_for_the_reader() -> int:
    """How many notices of the reader of this transaction are open. One query."""
    own = Func(function="xz_own", output_field=BigIntegerField())
    return Notice.objects.filter(account=own, done_at__isnull=True).count()


def holds_year(commission: int | None, year: int | None) -> bool:
    """Whether the work calendar of a commission holds a year by now."""
    found = Commission.objects.filter(pk=commission or 0).first()
    return found is not None and year in calendar_of(found).years


def code_of_regulation(regulation: int) -> str:
    """The code by which a regulation is known, which says nothing of a draft. One query."""
    return Regulation.objects.filter(pk=regulation).values_list("code", flat=True).first() or ""


def names_of_regulations(numbers: Sequence[int | None]) -> dict[int | None, str]:
    """What regulations are called, as far as the reader may see them. One query."""
    rows = RegulationRecord.objects.current().filter(regulation__in=[each for each in numbers if each])
    return dict(rows.order_by("starts").values_list("regulation", "name"))


def days_told(account: int, today: date) -> list[Notice]:
    """Notices whose day is still to be kept: consultations not answered, and trials that end. One query."""
    asked = Q(kind__in=(NoticeKind.OPINION, NoticeKind.PLAN_OPINION), done_at__isnull=True)
    ending = Q(kind=NoticeKind.TRIAL_ENDS, particulars__last_day__gte=today.isoformat())
    return list(Notice.objects.filter(asked | ending, account=account).order_by("pk"))


def zone_meetings_of(account: int, today: date) -> list[Any]:
    """Meetings of zones ahead to which a unit of the account is invited, or of zones that it leads. Two queries a commission."""
    found = []
    for commission, held in _held_by_commission(account, today).items():
        found += meetings_ahead(commission, held[Scope.UNIT], held[Scope.ZONE], today)
    return found


def zone_items_of(account: int, today: date) -> list[Any]:
    """What units of the account are to carry out by decisions of zone meetings. Two queries a commission."""
    found = []
    for held in _held_by_commission(account, today).values():
        found += items_not_done(units=held[Scope.UNIT], on=today)
    return found


def _held_by_commission(account: int, today: date) -> dict[Commission, dict[str, list[int]]]:
    """Units that the account works in and zones that it leads, by commission."""
    rights = rights_in_force(today).filter(user=account, scope_kind__in=(Scope.UNIT, Scope.ZONE))
    own = rights.exclude(scope_kind=Scope.UNIT, role__in=(Role.CONTACT_LEADER, Role.DEPUTY_SECRETARY))
    held: dict[int, dict[str, list[int]]] = defaultdict(lambda: {Scope.UNIT: [], Scope.ZONE: []})
    for right in own:
        held[right.commission or 0][right.scope_kind].append(right.scope_id)
    return {each: held[each.pk] for each in Commission.objects.filter(pk__in=held)}


def feed_of(account: int) -> CalendarFeed | None:
    """The secret address of an account's calendar that is in use, as far as it is kept."""
    return CalendarFeed.objects.filter(account=account, ended_at__isnull=True).first()
