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

ON_FORM = "on the form"


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
    heads = ((pgettext(ON_FORM, "No."), 5), (pgettext(ON_FORM, "Task"), 24), (pgettext(ON_FORM, "Who"), 10), (_("By"), 9))  # fmt: skip
    return Content(
        [
            facts(
                (pgettext(ON_FORM, "Basis"), written.basis), (_("Unit in the lead"), units.get(row.lead_id or 0)), (_("Team"), people),
                (_("To be verified (numbers only)"), written.questions), (_("Method and steps"), written.steps),
                (pgettext(ON_FORM, "Days"), days(row.starts, row.ends)),
                (_("Measures"), listed(words_of(Measure, each) for each in written.measures)), (_("Take care"), written.cautions),
                (_("Secrecy"), written.secrecy), (_("In an emergency"), written.emergency),
            ),
            *([table(heads, tasks, _("Division of work"))] if tasks else []),
            signed(_("Leader of the team"), _("Approved by")),
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
                (pgettext(ON_FORM, "Day"), day(meeting.day)), (_("In the chair"), meeting.chair), (_("Present"), came),
                (_("Left the room (recusal)"), _("%(count)s people") % {"count": meeting.stood_out}), (_("Safety"), meeting.safety),
                (pgettext(ON_FORM, "Resolved"), meeting.resolved), (_("Done by"), owner), (_("By the day"), day(meeting.due_on)),
                (_("Minutes by"), meeting.by),
            ),
            signed(_("In the chair"), _("Recorder")),
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
        (pgettext(ON_FORM, "No."), 4), (_("Paper"), 13), (_("Pages"), 4), (_("Secrecy from"), 8), (_("Handed over by"), 6), (_("Taken by"), 6),
        (pgettext(ON_FORM, "Day"), 8), (_("SHA-256 (first 16)"), 9),
    )  # fmt: skip
    lines = [
        (each.position, each.name, each.pages, each.secrecy_from, each.handed_by, each.taken_by, short_day(each.handed_on), each.digest[:16])
        for each in rows
    ]  # fmt: skip
    pages = _("%(papers)s papers, %(pages)s pages") % {"papers": len(rows), "pages": sum(each.pages for each in rows)}  # fmt: skip
    return Content([
        table(heads, lines, _("Index of the file")), facts((_("In all"), pages), (_("Digest of the index"), digest_of_index(rows))),
        signed(_("Handed over by"), _("Taken by")),
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
        (pgettext(ON_FORM, "No."), 4), (_("Problem"), 15), (pgettext(ON_FORM, "Basis"), 10), (_("Asked back"), 9), (_("Verified"), 7), (_("Evidence"), 8),
    )  # fmt: skip
    told = [
        (each.position, f"{each.problem}{_(' (given out a second time)') if each.again_id else ''}", each.basis, each.feedback,
         words_of(LetterOutcome, each.outcome) if each.outcome else "", each.evidence_no)
        for each in lines
    ]  # fmt: skip
    extended = (
        f"{day(first.due_on)}（{first.extended_by}：{first.extended_said}）" if first.extended_on else ""
    )
    return Content(
        [
            facts(
                (pgettext(ON_FORM, "To"), units.get(first.unit_id)), (pgettext(ON_FORM, "From"), units.get(row.lead_id or 0)),
                (_("Sent on"), day(first.sent_on)), (_("Due on"), day(first.first_due_on)), (_("Extended to"), extended),
                (_("Answered on"), day(first.answered_on)), (_("No. of the answer"), first.answer_no),
            ),
            table(heads, told, _("Problems to be rectified")), signed(_("Leader of the team"), _("Received by"), _("Verified by")),
        ],
        number=letter_number(row, first), dated=first.sent_on,
    )  # fmt: skip


def letter_number(row: Request, line: Letter) -> str:
    """The number of a letter as it is written on paper."""
    return f"整改〔{line.sent_on.year}〕{row.number or row.pk}-{line.number}号"


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
    heads = ((_("What is evaluated"), 16), (_("Mark (5 is best)"), 32))
    kinds = ((_("Timeliness"), "timeliness"), (_("Quality"), "quality"), (_("Discipline"), "discipline"), (_("Cooperation"), "cooperation"))  # fmt: skip
    lines = [(words, _mark(getattr(said, name) if said else 0)) for words, name in kinds]
    side = EvaluationSide(said.side).label if said else _("□ the unit that asked    □ the unit that helped")
    words = facts((_("In words"), said.said), (_("By"), said.by), (_("On"), day(timezone.localdate(said.at)))) if said else facts((_("In words"), "\n\n"))  # fmt: skip
    return Content(
        [facts((_("Side"), side)), table(heads, lines), words, signed(_("Evaluated by"))],
        mark=_("not for ranking"), dated=timezone.localdate(said.at) if said else None,
    )  # fmt: skip


def _mark(given: int) -> str:
    return "    ".join(f"{'■' if each == given else '□'} {each}" for each in range(5, 0, -1))
