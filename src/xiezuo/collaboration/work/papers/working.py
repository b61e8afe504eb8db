"""Forms about the work: plan (F4), minutes (F5), hand-over (F7), rectification letter (F9), evaluation (F11)."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.models import Evaluation, JointMeeting, Letter, Request
from xiezuo.collaboration.queries.work import (
    evaluations_for,
    letters_of,
    meetings_of,
    members_of,
    names_in,
    papers_of,
    part_of,
    plan_of,
    tasks_of,
    units_called,
    who_called,
)
from xiezuo.collaboration.states import EvaluationSide, LetterOutcome, Measure, TeamRole
from xiezuo.collaboration.work.chain import digest_of_index
from xiezuo.collaboration.work.papers.parts import (
    Content,
    Printing,
    day,
    days,
    facts,
    listed,
    short_day,
    signed,
    table,
)
from xiezuo.collaboration.work.policies import sides
from xiezuo.shared.errors import NotThere
from xiezuo.ui.choices import words_of


def planned(row: Request, _by: Actor, _on: date) -> Sequence[tuple[int, str]]:
    """The plan, once it was written."""
    return [(0, "")] if plan_of(row) else []


def plan(told: Printing) -> Content:
    """工作方案: basis, team, what is to be verified by numbers, steps, measures, and the division of work."""
    row, written = told.row, plan_of(told.row)
    if written is None:
        raise NotThere(_("There is no such form of this request."))
    team = members_of(row)
    names = names_in(team, told.today)
    units = units_called([row.lead_id or 0], told.today)
    people = listed(f"{names[each.pk]}（{listed(words_of(TeamRole, role) for role in each.roles)}）" for each in team)  # fmt: skip
    tasks = [
        (each.position, each.what, names.get(each.member_id or 0, _("the whole team")), short_day(each.due_on))
        for each in tasks_of(row) if not each.dropped_on
    ]  # fmt: skip
    heads = ((pgettext("on the form", "No."), 5), (pgettext("on the form", "Task"), 24), (pgettext("on the form", "Who"), 10), (pgettext("on the form", "By"), 9))  # fmt: skip
    return Content(
        [
            facts(
                (pgettext("on the form", "Rests on"), written.basis), (pgettext("on the form", "Unit in the lead"), units.get(row.lead_id or 0)), (pgettext("on the form", "Team"), people),
                (_("To be verified (numbers only)"), written.questions), (pgettext("on the form", "Method and steps"), written.steps),
                (pgettext("on the form", "Days"), days(row.starts, row.ends)),
                (pgettext("on the form", "Measures"), listed(words_of(Measure, each) for each in written.measures)), (pgettext("on the form", "Take care"), written.cautions),
                (pgettext("on the form", "Secrecy"), written.secrecy), (pgettext("on the form", "In an emergency"), written.emergency),
            ),
            *([table(heads, tasks, pgettext("on the form", "Division of work"))] if tasks else []),
            signed(pgettext("on the form", "Leader of the team"), pgettext("on the form", "Approved by")),
        ],
        mark=_("version %(number)s") % {"number": written.version}, dated=timezone.localdate(written.written_at),
    )  # fmt: skip


def met(row: Request, _by: Actor, _on: date) -> Sequence[tuple[int, str]]:
    """Each joint meeting, by its day."""
    return [(each.pk, day(each.day)) for each in meetings_of(row)]


def minutes(told: Printing) -> Content:
    """联席会议纪要: who came, how many stood out, what was resolved, who does it by when."""
    meeting: JointMeeting | None = next((each for each in meetings_of(told.row) if each.pk == told.of), None)
    if meeting is None:
        raise NotThere(_("There is no such form of this request."))
    names = names_in(members_of(told.row), meeting.day)
    owner = units_called([meeting.owner_id or 0], meeting.day).get(meeting.owner_id or 0)
    came = listed(names.get(each) for each in meeting.present)
    return Content(
        [
            facts(
                (pgettext("on the form", "Day"), day(meeting.day)), (pgettext("on the form", "In the chair"), meeting.chair), (pgettext("on the form", "Present"), came),
                (pgettext("on the form", "Left the room (recusal)"), _("%(count)s people") % {"count": meeting.stood_out}), (pgettext("on the form", "Safety"), meeting.safety),
                (pgettext("on the form", "Resolved"), meeting.resolved), (pgettext("on the form", "Done by"), owner), (pgettext("on the form", "By the day"), day(meeting.due_on)),
                (pgettext("on the form", "Minutes by"), who_called(meeting.by)),
            ),
            signed(pgettext("on the form", "In the chair"), pgettext("on the form", "Recorder")),
        ],
        dated=meeting.day,
    )  # fmt: skip


def filed(row: Request, _by: Actor, _on: date) -> Sequence[tuple[int, str]]:
    """The index, once it holds a paper."""
    return [(0, "")] if papers_of(row) else []


def hand_over(told: Printing) -> Content:
    """交接清单: the index of the file, with two signatures for each paper and the digest of the whole."""
    rows = papers_of(told.row)
    heads = (
        (pgettext("on the form", "No."), 4), (pgettext("on the form", "Paper"), 12), (pgettext("on the form", "Pages"), 4), (pgettext("on the form", "Secrecy from"), 7), (pgettext("on the form", "Handed over by"), 7), (pgettext("on the form", "Taken by"), 7),
        (pgettext("on the form", "Day"), 10), (pgettext("on the form", "SHA-256 (first 16)"), 10),
    )  # fmt: skip
    lines = [
        (each.position, each.name, each.pages, each.secrecy_from, each.handed_by, each.taken_by, short_day(each.handed_on), each.digest[:16])
        for each in rows
    ]  # fmt: skip
    pages = _("%(papers)s papers, %(pages)s pages") % {"papers": len(rows), "pages": sum(each.pages for each in rows)}  # fmt: skip
    return Content([
        table(heads, lines, pgettext("on the form", "Index of the file")), facts((pgettext("on the form", "In all"), pages), (pgettext("on the form", "Digest of the index"), digest_of_index(rows))),
        signed(pgettext("on the form", "Handed over by"), pgettext("on the form", "Taken by")),
    ])  # fmt: skip


def sent_letters(row: Request, _by: Actor, on: date) -> Sequence[tuple[int, str]]:
    """Each letter, by its number and unit."""
    first = [each for each in letters_of(row) if each.position == 1]
    units = units_called([each.unit_id for each in first], on)
    words = _("letter %(number)s to %(unit)s")
    return [(each.pk, words % {"number": each.number, "unit": units.get(each.unit_id, "")}) for each in first]


def letter(told: Printing) -> Content:
    """整改交办函 of a request that the reader sees."""
    lines = letters_of(told.row)
    line = next((each for each in lines if each.pk == told.of), None)
    if line is None:
        raise NotThere(_("There is no such form of this request."))
    return letter_content([each for each in lines if each.number == line.number], told.row, told.today)


def letter_content(lines: Sequence[Letter], row: Request, on: date) -> Content:
    """整改交办函: problems with their basis, by when, what is asked back, and what the verification found."""
    first = lines[0]
    units = units_called([first.unit_id, row.lead_id or 0], on)
    heads = (
        (pgettext("on the form", "No."), 4), (pgettext("on the form", "Problem"), 15), (pgettext("on the form", "Rests on"), 10), (pgettext("on the form", "Asked back"), 9), (pgettext("on the form", "Verified"), 7), (pgettext("on the form", "Evidence"), 8),
    )  # fmt: skip
    told = [
        (each.position, f"{each.problem}{_(' (given out a second time)') if each.again_id else ''}", each.basis, each.feedback,
         words_of(LetterOutcome, each.outcome) if each.outcome else "", each.evidence_no)
        for each in lines
    ]  # fmt: skip
    extended = (
        f"{day(first.due_on)}（{who_called(first.extended_by)}：{first.extended_said}）"
        if first.extended_on
        else ""
    )
    return Content(
        [
            facts(
                (pgettext("on the form", "To"), units.get(first.unit_id)), (pgettext("on the form", "From"), units.get(row.lead_id or 0)),
                (pgettext("on the form", "Sent on"), day(first.sent_on)), (pgettext("on the form", "Due on"), day(first.first_due_on)), (pgettext("on the form", "Extended to"), extended),
                (pgettext("on the form", "Letter answered on"), day(first.answered_on)), (pgettext("on the form", "No. of the answer"), first.answer_no),
            ),
            table(heads, told, pgettext("on the form", "Problems to be rectified")), signed(pgettext("on the form", "Leader of the team"), pgettext("on the form", "Received by"), pgettext("on the form", "Verified by")),
        ],
        number=letter_number(first), dated=first.sent_on,
    )  # fmt: skip


def letter_number(line: Letter) -> str:
    """The number of a letter, as the unit knows it too, which does not see the request."""
    return f"整改〔{line.sent_on.year}〕{line.request_id}-{line.number}号"


def evaluated(row: Request, by: Actor, on: date) -> Sequence[tuple[int, str]]:
    """What each side said, for who may see it; and a sheet to be filled in for a side that has not."""
    part = part_of(by, row, on)
    told = evaluations_for(by, row, part)
    given = [(each.pk, str(EvaluationSide(each.side).label)) for each in told]
    missing = len(told) < len(sides(row, part)) and row.reported_on is not None
    return [*given, *([(0, _("to be filled in"))] if missing else [])]


def evaluation(told: Printing) -> Content:
    """协作评价表: four marks of five, and words. It goes to the two sides and the case-management office alone."""
    said: Evaluation | None = None
    if told.of:
        rows = evaluations_for(told.by, told.row, part_of(told.by, told.row, told.today))
        said = next((each for each in rows if each.pk == told.of), None)
        if said is None:
            raise NotThere(_("There is no such form of this request."))
    heads = (
        (pgettext("on the form", "What is evaluated"), 16),
        (pgettext("on the form", "Mark (5 is best)"), 32),
    )
    kinds = ((pgettext("on the form", "Timeliness"), "timeliness"), (pgettext("on the form", "Quality"), "quality"), (pgettext("on the form", "Discipline"), "discipline"), (pgettext("on the form", "Cooperation"), "cooperation"))  # fmt: skip
    lines = [(words, _mark(getattr(said, name) if said else 0)) for words, name in kinds]
    side = EvaluationSide(said.side).label if said else _("□ the unit that asked    □ the unit that helped")
    words = facts((pgettext("on the form", "In words"), said.said), (pgettext("on the form", "Evaluated by"), who_called(said.by)), (pgettext("on the form", "On"), day(timezone.localdate(said.at)))) if said else facts((pgettext("on the form", "In words"), "\n\n"))  # fmt: skip
    return Content(
        [facts((pgettext("on the form", "Side"), side)), table(heads, lines), words, signed(pgettext("on the form", "Evaluated by"))],
        mark=_("not for ranking"), dated=timezone.localdate(said.at) if said else None,
    )  # fmt: skip


def _mark(given: int) -> str:
    return "    ".join(f"{'■' if each == given else '□'} {each}" for each in range(5, 0, -1))
