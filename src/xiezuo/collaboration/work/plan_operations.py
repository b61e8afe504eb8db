"""The writes of a plan and its tasks."""

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.collaboration.models import Member, Request, Task, WorkPlan
from xiezuo.collaboration.queries.work import part_of
from xiezuo.collaboration.requests.moving_operations import held
from xiezuo.collaboration.states import MemberState
from xiezuo.collaboration.work import policies
from xiezuo.collaboration.work.asked import Plan
from xiezuo.collaboration.work.holding import written
from xiezuo.shared.errors import NotThere, Reason, refuse, refuse_if
from xiezuo.shared.lists import listed
from xiezuo.shared.pointers import against_words

LONGEST = 400
"""Characters of one field of a plan: six of them fit on one page."""
WORDS = ("basis", "questions", "steps", "cautions", "secrecy", "emergency")


@transaction.atomic
def save_plan(*, request: Request, plan: Plan, seen: int, by: Actor, now: datetime) -> WorkPlan:
    """Write the plan, or change it; `seen` is the version that the form showed, 0 for none. Of two the second is told."""
    row = held(request)
    refuse_if(policies.may_plan(by, row, part_of(by, row, timezone.localdate(now))))
    refuse_if(_against_plan(row, plan))
    with as_the_product():
        kept = WorkPlan.objects.filter(request=row).first() or WorkPlan(request=row, version=0)
        if kept.version != seen:
            refuse("changed-meanwhile", _("Somebody else changed the plan meanwhile. Your words are kept in the form; look at theirs and save again."))  # fmt: skip
        for name in WORDS:
            setattr(kept, name, getattr(plan, name).strip())
        kept.measures, kept.version = list(plan.measures), seen + 1
        kept.written_by, kept.written_at = by.name, now
        kept.save()
    note(row, {"plan": kept.version}, by, now)
    return kept


def _against_plan(row: Request, plan: Plan) -> list[Reason]:
    found = [
        reason for name in WORDS for reason in against_words(getattr(plan, name), field=name, sure=plan.sure, most=LONGEST)
    ]  # fmt: skip
    if beyond := [each for each in plan.measures if each not in row.measures]:
        words = _("“%(found)s” was not approved with the request; expected some of: %(known)s. To do more, change the scope; it is then approved anew.")  # fmt: skip
        told = {"found": listed(beyond), "known": listed(row.measures) or "—"}
        found.append(Reason("measures", words % told))
    return found


def note(row: Request, details: dict[str, object], by: Actor, now: datetime, act: Act = Act.WORK_NOTED) -> None:  # fmt: skip
    """Tell the journal what was written in the work of a request: which row, never its words."""
    record(act, by=by, at=now, commission_code=row.commission.code, target=f"request:{row.pk}", details=details)  # fmt: skip


@transaction.atomic
def add_task(
    *, request: Request, what: str, member: int | None = None, due_on: date | None = None, sure: bool = False, key: UUID,
    by: Actor, now: datetime,
) -> Task:  # fmt: skip
    """Give a task to a member of the team, or to the whole of it. The same form posted again gives the same task."""
    row = held(request)
    if earlier := written(Task, key, by):
        return earlier
    refuse_if(policies.may_plan(by, row, part_of(by, row, timezone.localdate(now))))
    refuse_if(_against_task(what, due_on, timezone.localdate(now), sure=sure))
    with as_the_product():
        _must_be_member(row, member)
        task = Task.objects.create(
            request=row, position=_next(row), what=what.strip(), member_id=member, due_on=due_on, by=by.name, key=key
        )  # fmt: skip
    note(row, {"task": task.pk}, by, now)
    return task


def _against_task(what: str, due_on: date | None, today: date, *, sure: bool) -> list[Reason]:
    found = against_words(what, field="what", sure=sure)
    if not what.strip():
        found.append(Reason("what", _("Say what is to be done, by a pointer.")))
    if due_on is not None and due_on < today:
        words = _("%(found)s is past; expected today, %(today)s, or a later day.")
        found.append(Reason("due_on", words % {"found": due_on, "today": today}))
    return found


def _must_be_member(row: Request, member: int | None) -> None:
    if member is None:
        return
    if not Member.objects.filter(request=row, pk=member, state=MemberState.JOINED).exists():
        refuse("member", _("This is no member of the team today."))


def _next(row: Request) -> int:
    last = Task.objects.filter(request=row).order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


@transaction.atomic
def finish_task(*, task: Task, done_on: date, by: Actor, now: datetime) -> Task:
    """Say that a task was done on a day. One that is done or dropped already is refused."""
    row, kept = _open_task(task, by, now)
    today = timezone.localdate(now)
    if done_on > today:
        words = _("%(found)s is still to come; expected today, %(today)s, or an earlier day.")
        refuse("done_on", words % {"found": done_on, "today": today})
    with as_the_product():
        kept.done_on, kept.settled_by = done_on, by.name
        kept.save()
    note(row, {"task": kept.pk, "done": done_on.isoformat()}, by, now)
    return kept


@transaction.atomic
def drop_task(*, task: Task, because: str, sure: bool = False, by: Actor, now: datetime) -> Task:
    """Drop a task for a reason; the clearing of who was wrongly accused cannot be dropped."""
    row, kept = _open_task(task, by, now)
    found = against_words(because, field="because", sure=sure)
    if not because.strip():
        found.append(Reason("because", _("Say why the task is dropped.")))
    if kept.clears:
        found.append(Reason("clears", _("The clearing in public (澄清正名) cannot be dropped; it is done.")))
    refuse_if(found)
    with as_the_product():
        kept.dropped_on, kept.dropped_because = timezone.localdate(now), because.strip()
        kept.settled_by = by.name
        kept.save()
    note(row, {"task": kept.pk, "dropped": True}, by, now)
    return kept


def _open_task(task: Task, by: Actor, now: datetime) -> tuple[Request, Task]:
    if not Task.objects.filter(pk=task.pk).exists():
        raise NotThere(_("There is no such task, or it is not for you."))
    row = held(task.request)
    refuse_if(policies.may_settle(by, row, part_of(by, row, timezone.localdate(now))))
    with as_the_product():
        kept = Task.objects.select_for_update().get(pk=task.pk)
    if kept.done_on or kept.dropped_on:
        refuse("settled", _("This task is done or dropped already."))
    return row, kept


def open_clearing(row: Request, *, by: Actor, now: datetime) -> Task:
    """Open the clearing of who was wrongly accused after a result 失实 (domain.md P17), once; called with the request held."""
    key = uuid5(row.key, "clearing")
    with as_the_product():
        task, fresh = Task.objects.get_or_create(
            key=key, defaults={"request": row, "position": _next(row), "what": "澄清正名", "clears": True, "by": by.name}
        )  # fmt: skip
    if fresh:
        note(row, {"task": task.pk, "clears": True}, by, now)
    return task
