"""Parts of the pages of work: states in words and shape, tables, what may be done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.models import Letter, LogEntry, Paper, Request, Task
from xiezuo.collaboration.queries import work as queries
from xiezuo.collaboration.states import EvaluationSide, LetterOutcome, Measure
from xiezuo.collaboration.work.chain import Break, digest_of_index
from xiezuo.collaboration.work.doing_views import DEEDS
from xiezuo.collaboration.work.papers.working import letter_number
from xiezuo.collaboration.work.policies import Part, may_settle
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.ui.choices import words_of
from xiezuo.ui.links import address
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table
from xiezuo.ui.words import long_day

OUTCOMES = {LetterOutcome.DONE: "good", LetterOutcome.PARTLY: "warn", LetterOutcome.NOT_DONE: "bad", LetterOutcome.OPEN: "wait"}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One deed, or why it cannot be done."""

    words: Any
    href: str
    against: Sequence[Reason]
    name: str


def steps_of(request: HttpRequest, row: Request, actor: Actor, part: Part) -> list[Step]:
    """What can be done in the work of a request, in the order in which it usually comes."""
    return [
        Step(
            deed.title,
            address(request, "collaboration:do-work", row.pk, what),
            deed.may(actor, row, part),
            what,
        )
        for what, deed in DEEDS.items()
    ]


def chain_state(count: int, breaks: Sequence[Break]) -> State:
    """Whether every move of the request is as it was signed."""
    if not breaks:
        words = ngettext("chain intact: %(count)s signed step", "chain intact: %(count)s signed steps", count)
        return State(words % {"count": count}, "good")
    words = _("chain broken at step %(number)s: %(how)s")
    return State(words % {"number": breaks[0].number, "how": breaks[0].how.label}, "bad")


def line_state(line: Letter) -> State:
    """What the verification of one problem found."""
    return State(words_of(LetterOutcome, line.outcome), OUTCOMES[LetterOutcome(line.outcome)])


def letter_state(lines: Sequence[Letter], on: date) -> State:
    """How a whole letter stands."""
    if all(each.outcome for each in lines):
        done = all(each.outcome == LetterOutcome.DONE for each in lines)
        return State(_("rectified") if done else _("verified, not all rectified"), "good" if done else "warn")
    if lines[0].answered_on is not None:
        return State(_("answered, to be verified"), "wait")
    late = (on - lines[0].due_on).days
    if late > 0:
        return State(ngettext("overdue by %(number)s day", "overdue by %(number)s days", late) % {"number": late}, "bad")  # fmt: skip
    return State(pgettext("rectification", "waits for the answer"), "wait")


def task_state(task: Task, on: date) -> State:
    """Whether a task is done."""
    if task.done_on:
        return State(pgettext("work", "done on %(day)s") % {"day": long_day(task.done_on)}, "good")
    if task.dropped_on:
        return State(_("dropped: %(why)s") % {"why": task.dropped_because}, "quiet")
    if task.due_on and task.due_on < on:
        late = (on - task.due_on).days
        return State(ngettext("overdue by %(number)s day", "overdue by %(number)s days", late) % {"number": late}, "bad")  # fmt: skip
    return State(pgettext("task", "open"), "wait")


def page_of(request: HttpRequest, row: Request, actor: Actor, on: date) -> dict[str, Any]:
    """Everything of the work of a request; as many queries for one row of each kind as for many."""
    part = queries.part_of(actor, row, on)
    team = queries.members_of(row)
    names = queries.names_in(team, on)
    entries = queries.log_of(row)
    lines, papers, meetings = queries.letters_of(row), queries.papers_of(row), queries.meetings_of(row)
    units = queries.units_called(
        {*(each.unit_id for each in lines), *(each.owner_id for each in meetings if each.owner_id)}, on
    )
    settles = not may_settle(actor, row, part)
    steps = steps_of(request, row, actor, part)
    return {
        "steps": [each for each in steps if not each.against], "others": [each for each in steps if each.against],
        "chain": chain_state(*queries.chain_of(row)), "plan": _plan(row), "row": row, "day": None,
        "tasks": _tasks(request, row, names, on, settles=settles), "log": _log(entries, names), "hours": sum(each.hours for each in entries), "meetings": _meetings(meetings, names, units),
        "letters": _letters(request, lines, units, on), "papers": _papers(papers), "index": digest_of_index(papers),
        "evaluations": _evaluations(actor, row, part),
    }  # fmt: skip


def _plan(row: Request) -> list[tuple[Any, Any]]:
    plan = queries.plan_of(row)
    if plan is None:
        return []
    told = [
        (pgettext_lazy("plan", "Basis"), plan.basis), (gettext_lazy("To be verified"), plan.questions), (gettext_lazy("Method and steps"), plan.steps),
        (gettext_lazy("Measures"), listed(str(words_of(Measure, each)) for each in plan.measures)), (gettext_lazy("Take care"), plan.cautions),
        (gettext_lazy("Secrecy"), plan.secrecy), (gettext_lazy("In an emergency"), plan.emergency),
        (gettext_lazy("Version"), f"{plan.version} · {queries.who_called(plan.written_by)}"),
    ]  # fmt: skip
    return [(label, value) for label, value in told if value]


def _tasks(request: HttpRequest, row: Request, names: dict[int, str], on: date, *, settles: bool) -> Table:
    told = [
        {
            "place": each.position, "what": each.what, "who": names.get(each.member_id or 0, _("the whole team")), "due_on": each.due_on,
            "state": task_state(each, on),
            "done": Link(_("Done"), address(request, "collaboration:settle-task", each.pk, "done")) if settles and _open(each) else "",
            "drop": Link(pgettext("work", "Drop"), address(request, "collaboration:settle-task", each.pk, "drop")) if settles and _open(each) and not each.clears else "",
        }
        for each in queries.tasks_of(row)
    ]  # fmt: skip
    columns = [
        Column("place", pgettext_lazy("minutes", "No."), kind="number"), Column("what", gettext_lazy("What is to be done")), Column("who", gettext_lazy("Who does it")),
        Column("due_on", gettext_lazy("By the day"), kind="date"), Column("state", gettext_lazy("State"), kind="state"),
        *([Column("done", pgettext_lazy("work", "Settle")), Column("drop", "")] if any(each["done"] for each in told) else []),
    ]  # fmt: skip
    return Table(columns, told, id="tasks", caption=_("Tasks"), empty=_("No task has been given yet."))


def _open(task: Task) -> bool:
    return task.done_on is None and task.dropped_on is None


def _log(entries: Sequence[LogEntry], names: dict[int, str]) -> Table:
    told = [{"day": each.day, "who": names.get(each.member_id or 0, each.by), "hours": each.hours, "what": each.what} for each in entries]  # fmt: skip
    columns = [
        Column("day", pgettext_lazy("log", "Day"), kind="date"), Column("who", gettext_lazy("Whose hours")), Column("hours", pgettext_lazy("work", "Hours"), kind="number"),
        Column("what", pgettext_lazy("work", "What was done")),
    ]  # fmt: skip
    return Table(columns, told, id="log", caption=_("Log"), empty=_("Nothing has been entered yet."))


def _meetings(meetings: Sequence[Any], names: dict[int, str], units: dict[int, str]) -> Table:
    told = [
        {
            "day": each.day, "present": listed(names[who] for who in each.present if who in names), "stood_out": each.stood_out,
            "resolved": each.resolved, "owner": units.get(each.owner_id or 0, ""), "due_on": each.due_on,
        }
        for each in meetings
    ]  # fmt: skip
    columns = [
        Column("day", gettext_lazy("Day of the meeting"), kind="date"), Column("present", pgettext_lazy("minutes", "Present")),
        Column("stood_out", gettext_lazy("Left the room (recusal)"), kind="number"), Column("resolved", gettext_lazy("What was resolved")),
        Column("owner", gettext_lazy("Unit that does it")), Column("due_on", gettext_lazy("By the day"), kind="date"),
    ]  # fmt: skip
    return Table(columns, told, id="meetings", caption=_("Joint meetings"), empty=_("No joint meeting is recorded."))  # fmt: skip


def _letters(request: HttpRequest, lines: Sequence[Letter], units: dict[int, str], on: date) -> Table:
    told = [
        {
            "number": Link(letter_number(each), address(request, "collaboration:letter", each.pk)), "unit": units.get(each.unit_id, ""),
            "due_on": each.due_on, "state": letter_state([line for line in lines if line.number == each.number], on),
        }
        for each in lines if each.position == 1
    ]  # fmt: skip
    columns = [
        Column("number", pgettext_lazy("letter", "Number")), Column("unit", pgettext_lazy("letter", "To")), Column("due_on", pgettext_lazy("work", "Due on"), kind="date"),
        Column("state", gettext_lazy("State"), kind="state"),
    ]  # fmt: skip
    return Table(columns, told, id="letters", caption=_("Rectification letters"), empty=_("No rectification letter was sent."))  # fmt: skip


def _papers(papers: Sequence[Paper]) -> Table:
    told = [
        {
            "place": each.position, "name": each.name, "pages": each.pages, "secrecy_from": each.secrecy_from, "kept_at": each.kept_at,
            "handed": f"{each.handed_by} → {each.taken_by}" if each.handed_by else "", "digest": each.digest[:16],
        }
        for each in papers
    ]  # fmt: skip
    columns = [
        Column("place", pgettext_lazy("minutes", "No."), kind="number"), Column("name", gettext_lazy("Name of the paper")), Column("pages", pgettext_lazy("work", "Pages"), kind="number"),
        Column("secrecy_from", gettext_lazy("Secrecy from")), Column("kept_at", gettext_lazy("Where it lies")), Column("handed", gettext_lazy("Handed over")),
        Column("digest", gettext_lazy("Check number (first 16)"), kind="code"),
    ]  # fmt: skip
    return Table(columns, told, id="papers", caption=_("Index of the file"), empty=_("The index is empty."))


def _evaluations(actor: Actor, row: Request, part: Part) -> Table | None:
    rows = queries.evaluations_for(actor, row, part)
    if not rows:
        return None
    told = [
        {"side": words_of(EvaluationSide, each.side), "timeliness": each.timeliness, "quality": each.quality, "discipline": each.discipline,
         "cooperation": each.cooperation, "said": each.said}
        for each in rows
    ]  # fmt: skip
    columns = [
        Column("side", gettext_lazy("For which side")), Column("timeliness", gettext_lazy("Timeliness"), kind="number"),
        Column("quality", gettext_lazy("Quality"), kind="number"), Column("discipline", gettext_lazy("Discipline"), kind="number"),
        Column("cooperation", gettext_lazy("Cooperation"), kind="number"), Column("said", gettext_lazy("In words")),
    ]  # fmt: skip
    return Table(columns, told, id="evaluations", caption=_("Evaluation by both sides"), empty="")
