"""Applications of the matrix's world: for each subject one that waits for them, one of their own, one decided on paper."""

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from tests import factories as made
from tests.matrix.canaries import Kind, Seen, Subject
from xiezuo.accounts.models import User
from xiezuo.approvals.api import Kind as KindOfMatter
from xiezuo.approvals.api import Matter, register
from xiezuo.approvals.models import Approval, Delegation, Move, Phrase, SignerRow, StepRow
from xiezuo.approvals.states import ApprovalState, Mode, SeatKind, SeatState, Verb
from xiezuo.rules.models import CalendarYear
from xiezuo.shared import clock

if TYPE_CHECKING:
    from tests.matrix.world import County, World

KIND = "虚构一览事项"
NUMBERS = count(1)
LIMIT = timedelta(days=5)

register(KindOfMatter(KIND, KIND, KIND, lambda _by, _commission: [], lambda about: Matter([("事项", about.title)]), batch=True))  # fmt: skip


def furnish(world: "World") -> None:
    """Put all of it there. Whoever nobody asks for anything has none of it."""
    registrar = User.objects.create_user("registrar")
    for county in world.counties.values():
        _calendar(county)
    for subject in world.subjects.values():
        if subject.account is not None and subject.roles:
            _of_subject(world, subject, registrar)


def _calendar(county: "County") -> None:
    """The years of today and after it, without days off."""
    this = clock.today().year
    for year in {this, this + 1} - {2026}:
        CalendarYear.objects.create(
            commission=county.commission,
            starts=date(year, 1, 1),
            ends=date(year + 1, 1, 1),
            known_from=made.KNOWN,
        )


def _of_subject(world: "World", subject: Subject, registrar: User) -> None:
    things, mine = world.of(subject).things, subject.account.pk

    def mark() -> str:
        return world.marks.mark(Seen(Kind.APPLICATIONS, subject.commission, account=subject.name))

    of = world.of(subject).commission
    things[f"asked {subject.name}"] = _application(of, mark(), applicant=registrar.pk, asked=mine)
    things[f"applied {subject.name}"] = _application(of, mark(), applicant=mine, asked=registrar.pk)
    things[f"entered {subject.name}"] = _entered(_application(of, mark(), applicant=registrar.pk, asked=mine), mark(), registrar.pk)  # fmt: skip
    today = clock.today()
    things[f"delegation {subject.name}"] = Delegation.objects.create(
        commission=of, absent=mine, stand_in=registrar.pk, starts=today, ends=today + LIMIT, reason=mark(),
        made_by=subject.name, made_at=clock.now(),
    )  # fmt: skip
    things[f"phrase {subject.name}"] = Phrase.objects.create(
        commission=of, account=mine, verb=Verb.APPROVE,
        words=world.marks.mark(Seen(Kind.ACCOUNT, subject.commission, account=subject.name)),
    )  # fmt: skip


def _application(of: Any, title: str, *, applicant: int, asked: int) -> Approval:
    number, today = next(NUMBERS), clock.today()
    made_now = Approval.objects.create(
        commission=of, kind=KIND, year=today.year, number=number, subject_app="fictional", subject_id=number, title=title,
        applicant=applicant, state=ApprovalState.PENDING, waiting_for=[asked], parties=[applicant, asked],
        due_on=today + LIMIT, submitted_at=clock.now(),
    )  # fmt: skip
    first = _step(made_now, 0, asked)
    _step(made_now, 1, applicant)
    SignerRow.objects.create(
        approval=made_now, step=first, position=0, account=asked, kind=SeatKind.ASKED, state=SeatState.WAITING
    )
    Move.objects.create(
        approval=made_now, edition=1, verb=Verb.SUBMIT, account=applicant, by="x", at=clock.now(), step=0,
        state=ApprovalState.PENDING, said=title,
    )  # fmt: skip
    return made_now


def _step(of: Approval, position: int, asked: int) -> StepRow:
    today = clock.today()
    days = {
        "opened_on": today,
        "amber_on": today + LIMIT,
        "due_on": today + LIMIT,
        "first_due_on": today + LIMIT,
    }
    return StepRow.objects.create(
        approval=of, position=position, title=f"第{position + 1}级", mode=Mode.ANY_OF, asks=[{"account": asked}],
        working_days=3, **(days if position == 0 else {}),
    )  # fmt: skip


def _entered(about: Approval, paper: str, clerk: int) -> Approval:
    """The same, agreed to on paper as an account of no role has entered; everything else is decided."""
    SignerRow.objects.filter(approval=about).update(
        state=SeatState.APPROVED, decided_by=about.waiting_for[0], paper_no=paper, paper_on=clock.today(), entered_by=clerk,
    )  # fmt: skip
    about.state, about.waiting_for, about.due_on = ApprovalState.CONFIRMING, [], None
    about.save()
    return about
