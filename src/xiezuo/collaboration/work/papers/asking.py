"""Forms about the request itself: application (F1), extension (F10), reminder (F14)."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.models import Request, RequestMove
from xiezuo.collaboration.queries.requests import rule_words
from xiezuo.collaboration.queries.work import units_called, who_called
from xiezuo.collaboration.states import ENDED, Duty, Measure, RequestState, RequestVerb, TeamRole
from xiezuo.collaboration.work.papers.parts import (
    Content,
    Printing,
    by_hand,
    day,
    days,
    facts,
    listed,
    signed,
)
from xiezuo.shared.errors import NotThere
from xiezuo.ui.choices import words_of


def whole(row: Request, _by: Actor, _on: date) -> Sequence[tuple[int, str]]:
    """The request itself, once it has its number."""
    return [] if row.number is None else [(0, "")]


def application(told: Printing) -> Content:
    """协作申请表: who asks why by which rule, and for what profile."""
    row = told.row
    on = row.starts or timezone.localdate(row.begun_at)
    named = units_called([row.unit_id, row.lead_id or 0, *row.wanted_units], on)
    secrets = _("yes, handed over on paper") if row.carries_secrets else _("no")
    return Content(
        [
            facts(
                (pgettext("on the form", "Asked by"), named.get(row.unit_id)), (pgettext("on the form", "Unit in the lead"), named.get(row.lead_id or 0)),
                *rule_words(row), (pgettext("on the form", "Work"), words_of(Duty, row.duty)),
                (pgettext("on the form", "Measures"), listed(words_of(Measure, each) for each in row.measures)),
                (pgettext("on the form", "Reason"), row.reason), (pgettext("on the form", "Pointer"), row.pointer), (pgettext("on the form", "No. of the letter"), row.letter_no),
                (pgettext("on the form", "Units wanted"), listed(named.get(each) for each in row.wanted_units)), (pgettext("on the form", "Skills wanted"), listed(row.skills)),
                (pgettext("on the form", "People"), _people(row)), (pgettext("on the form", "Roles"), _roles(row)), (pgettext("on the form", "Days"), days(row.starts, row.ends)),
                (pgettext("on the form", "Place"), row.site_words), (pgettext("on the form", "With secrets"), secrets), (pgettext("on the form", "Pages attached"), row.pages_attached),
                (pgettext("on the form", "Applicant"), who_called(row.applicant_name)), (pgettext("on the form", "Applied on"), day(row.submitted_at and timezone.localdate(row.submitted_at))),
            ),
            signed(pgettext("on the form", "Applicant"), pgettext("on the form", "Head of the unit")),
        ],
        mark=str(RequestState(row.state).label),
    )  # fmt: skip


def _people(row: Request) -> str:
    words = _("%(people)s, of them at least %(women)s women and %(own)s own staff")
    return words % {"people": row.people, "women": row.women, "own": row.own} if row.people else ""


def _roles(row: Request) -> str:
    return listed(f"{words_of(TeamRole, role)} {least}" for role, least in row.roles.items())


def extensions(row: Request, _by: Actor, _on: date) -> Sequence[tuple[int, str]]:
    """Each extension that was given, and a sheet to ask for one while the work has a last day."""
    moves = RequestMove.objects.filter(request=row, verb=RequestVerb.EXTEND).order_by("version")
    given = [(move.pk, day(timezone.localdate(move.at))) for move in moves]
    asks = [(0, _("to be filled in"))] if row.due_on and row.state not in ENDED else []
    return [*given, *asks]


def extension(told: Printing) -> Content:
    """延期申请: the first last day, the new one, why, and who approved."""
    row = told.row
    first = (pgettext("on the form", "First due on"), day(row.first_due_on))
    if not told.of:
        return Content([
            facts(first, (pgettext("on the form", "Due on"), day(row.due_on)), (pgettext("on the form", "Extended so far"), _("%(count)s times") % {"count": len(row.extensions)})),
            by_hand(pgettext("on the form", "New day"), pgettext("on the form", "Why more time is needed")), signed(_("Head of the unit in the lead"), pgettext("on the form", "Approved by")),
        ])  # fmt: skip
    move = RequestMove.objects.filter(request=row, pk=told.of, verb=RequestVerb.EXTEND).first()
    if move is None:
        raise NotThere(_("There is no such form of this request."))
    return Content([
        facts(
            first, (pgettext("on the form", "Due before"), move.details.get("before")), (pgettext("on the form", "Due after"), move.details.get("after")), (pgettext("on the form", "Why"), move.said),
            (pgettext("on the form", "Basis"), move.basis), (pgettext("on the form", "Approved by"), who_called(move.by)), (pgettext("on the form", "Approved on"), day(timezone.localdate(move.at))),
        ),
        signed(pgettext("on the form", "Approved by")),
    ], dated=timezone.localdate(move.at))  # fmt: skip


def reminding(row: Request, _by: Actor, on: date) -> Sequence[tuple[int, str]]:
    """A reminder can be printed when the next step is due within three days, or was."""
    due = row.next_due_on
    return [(0, "")] if due and row.state not in ENDED and (due - on).days <= NEAR else []


NEAR = 3
"""Days before the last one from which on a reminder can be printed."""


def reminder(told: Printing) -> Content:
    """督办提醒函: the light in words, how many days past, whom it is to."""
    row, on = told.row, told.today
    due = row.next_due_on
    if due is None:
        raise NotThere(_("There is no such form of this request."))
    named = units_called([row.unit_id, row.lead_id or 0], on)
    late = (on - due).days
    light = _("red light: past the limit") if late > 0 else _("amber light: due soon")
    left = _("past by %(days)s days") if late > 0 else _("%(days)s days left")
    return Content(
        [
            facts(
                (pgettext("on the form", "To"), named.get(row.lead_id or row.unit_id) or named.get(row.unit_id)),
                (pgettext("on the form", "Asked by"), named.get(row.unit_id)), (pgettext("on the form", "It stands at"), RequestState(row.state).label),
                (pgettext("on the form", "Due on"), day(due)), (pgettext("on the form", "Light"), light), (pgettext("on the form", "Time left"), left % {"days": abs(late)}),
                (pgettext("on the form", "What is asked"), _("Carry it out, or apply for more time within the rules, and say by when it will be done.")),
            ),
            by_hand(pgettext("on the form", "Why it is late")), signed(pgettext("on the form", "Reminded by"), pgettext("on the form", "Received by")),
        ],
        mark=str(light), dated=on,
    )  # fmt: skip
