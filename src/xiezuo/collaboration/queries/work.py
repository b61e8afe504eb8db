"""Questions about the work of a team: who the reader is in it, plan, tasks, log, minutes, letters, evaluations, index, chain."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.accounts.api import Actor, User, as_the_product, persons_of
from xiezuo.collaboration.models import (
    Declaration,
    Evaluation,
    JointMeeting,
    Letter,
    LogEntry,
    Member,
    Paper,
    Request,
    Task,
    WorkPlan,
)
from xiezuo.collaboration.requests.moving_operations import stood_of
from xiezuo.collaboration.states import MemberState, Standing, TeamRole
from xiezuo.collaboration.work.chain import Break, verify_chain
from xiezuo.collaboration.work.policies import Part, may_see_evaluations
from xiezuo.organisation.api import Commission, official_key, person_names, unit_names
from xiezuo.organisation.models import UnitRecord
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere


def part_of(actor: Actor, row: Request, on: date) -> Part:
    """What `actor` is in a request on a day. Three queries."""
    mine = _membership(actor, row, on)
    helped = helping_units(row)
    if mine is None:
        return Part(helped_by=helped)
    return Part(mine.pk, mine.unit_id, TeamRole.LEADER in mine.roles, mine.standing == Standing.OWN, helped)


def _membership(actor: Actor, row: Request, on: date) -> Member | None:
    if actor.user_id is None:
        return None
    with as_the_product():
        person = persons_of(accounts=[actor.user_id]).get(actor.user_id)
        days = Member.objects.filter(request=row, state=MemberState.JOINED, starts__lte=on, ends__gt=on)
        return days.filter(person=person).first() if person else None


def helping_units(row: Request) -> frozenset[int]:
    """The units that helped: in the lead, and those whose people joined, without the one that asked. One query."""
    with as_the_product():
        joined = Member.objects.filter(request=row, joined_at__isnull=False).values_list("unit", flat=True)
        units = {*joined, *([row.lead_id] if row.lead_id is not None else [])}
    return frozenset(units - {row.unit_id})


def members_of(row: Request) -> list[Member]:
    """Everybody who joined the team, by the order in which they were chosen. One query."""
    rows = Member.objects.filter(request=row, joined_at__isnull=False)
    return list(rows.order_by("pk"))


def names_in(members: Sequence[Member], on: date) -> dict[int, str]:
    """What the members are called, by member: whoever reads the request reads who came. One query."""
    with as_the_product():
        names = person_names({each.person_id for each in members}, on)
    return {each.pk: names.get(each.person_id, "") for each in members}


def team_of(row: Request) -> list[Member]:
    """Everybody who was chosen and did not leave before joining, by the order in which they were chosen. One query."""
    rows = Member.objects.filter(request=row).exclude(state=MemberState.LEFT, joined_at=None)
    return list(rows.order_by("pk"))


def declaration_of(row: Request, person: int) -> Declaration | None:
    """Whether and how a person was asked about ties; never what was answered beyond "none". One query."""
    return Declaration.objects.filter(request=row, person=person).first()


def units_called(units: Collection[int], on: date) -> dict[int, str]:
    """What units are called on a day: whoever reads a request reads whose it is. One query."""
    with as_the_product():
        return unit_names([each for each in units if each], on)


def who_called(account: str) -> str:
    """The person behind an account's name, or that name where no person was confirmed. Three queries."""
    with as_the_product():
        user = (
            User.objects.filter(username=account, person__isnull=False)
            .exclude(person_confirmed_by="")
            .first()
        )
        names = person_names([user.person or 0], clock.today()) if user else {}
    return next(iter(names.values()), account)


def plan_of(row: Request) -> WorkPlan | None:
    """The working plan, if one was written. One query."""
    return WorkPlan.objects.filter(request=row).first()


def tasks_of(row: Request) -> list[Task]:
    """Tasks in their order. One query."""
    return list(Task.objects.filter(request=row).order_by("position"))


def log_of(row: Request) -> list[LogEntry]:
    """The log, by day and then as it was entered. One query."""
    return list(LogEntry.objects.filter(request=row).order_by("day", "pk"))


def meetings_of(row: Request) -> list[JointMeeting]:
    """Joint meetings by day. One query."""
    return list(JointMeeting.objects.filter(request=row).order_by("day", "pk"))


def letters_of(row: Request) -> list[Letter]:
    """Every line of every letter of a request, in their order. One query."""
    return list(Letter.objects.filter(request=row).order_by("number", "position"))


def papers_of(row: Request) -> list[Paper]:
    """The index of the file, in its order. One query."""
    return list(Paper.objects.filter(request=row).order_by("position"))


def evaluations_for(actor: Actor, row: Request, part: Part) -> list[Evaluation]:
    """What the sides said, for the two sides and the case-management office; none for anybody else. One query."""
    if not may_see_evaluations(actor, row, part):
        return []
    return list(Evaluation.objects.filter(request=row).order_by("side"))


def letters_seen(commission: Commission) -> QuerySet[Letter]:
    """Every line of every letter that is for the reader, the latest letter first."""
    rows = Letter.objects.filter(unit__commission=commission)
    return rows.order_by("-sent_on", "-request_id", "-number", "position")


def letter_shown(commission: Commission, pk: int) -> list[Letter]:
    """All lines of the letter to which this line belongs. Raises `NotThere` if it is not for the reader. Two queries."""
    line = Letter.objects.filter(unit__commission=commission, pk=pk).first()
    if line is None:
        raise NotThere(_("There is no such letter, or it is not for you."))
    return list(Letter.objects.filter(request_id=line.request_id, number=line.number).order_by("position"))


def chain_of(row: Request) -> tuple[int, list[Break]]:
    """How many moves a request has, and every break in their chain. Two queries."""
    now = Request.objects.get(pk=row.pk)
    moves = list(row.moves.order_by("version"))
    return len(moves), verify_chain(moves, stood_of(now))


def request_of(line: Letter) -> Request | None:
    """The request of a letter, for who sees it; None for the unit that only sees the letter. One query."""
    return Request.objects.select_related("commission").filter(pk=line.request_id).first()


def task_shown(commission: Commission, pk: int) -> Task:
    """One task. Raises `NotThere` if there is none, or none for the reader. One query."""
    rows = Task.objects.select_related("request__commission")
    found = rows.filter(request__commission=commission, pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such task, or it is not for you."))
    return found


def units_offered_to(commission: Commission, on: date) -> list[tuple[int, str]]:
    """The units that stand on a day, in official order, to choose one from. One query."""
    rows = UnitRecord.objects.on(on).filter(commission=commission)
    return [(each.unit_id, each.name) for each in sorted(rows, key=official_key)]


def progress_of(row: Request) -> list[tuple[str, str]]:
    """How far the work of a request is, in words: tasks, hours, letters, papers. Four queries."""
    tasks, lines = tasks_of(row), letters_of(row)
    done = sum(1 for each in tasks if each.done_on or each.dropped_on)
    verified = sum(1 for each in lines if each.outcome)
    hours = sum((each.hours for each in log_of(row)), Decimal(0))
    told = [
        (_("Tasks"), _("%(done)s of %(all)s settled") % {"done": done, "all": len(tasks)} if tasks else ""),
        (pgettext("work", "Hours"), str(hours) if hours else ""),
        (_("Problems in letters"), _("%(done)s of %(all)s verified") % {"done": verified, "all": len(lines)} if lines else ""),
        (_("Papers in the index"), str(Paper.objects.filter(request=row).count() or "")),
    ]  # fmt: skip
    return [(label, value) for label, value in told if value]
