"""Forms about the people: declaration of recusal (F3), order to go (F6), undertaking of secrecy (F16)."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.models import Member, Recusal, Request
from xiezuo.collaboration.queries.work import declaration_of, members_of, names_in, team_of, units_called
from xiezuo.collaboration.states import RecusalDecision, Standing, TeamRole
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
from xiezuo.shared.errors import NotThere
from xiezuo.ui.choices import words_of


def each_member(row: Request, _by: Actor, on: date) -> Sequence[tuple[int, str]]:
    """Everybody of the team, and whoever was chosen and has not joined."""
    team = team_of(row)
    names = names_in(team, on)
    return [(each.pk, names[each.pk]) for each in team]


def _member(told: Printing) -> tuple[Member, str, str]:
    member = next((each for each in team_of(told.row) if each.pk == told.of), None)
    if member is None:
        raise NotThere(_("There is no such form of this request."))
    name = names_in([member], told.today)[member.pk]
    return member, name, units_called([member.unit_id], told.today).get(member.unit_id, "")


def declaration(told: Printing) -> Content:
    """回避申报表: asked, answered, decided. Which of the circumstances is true is told to the decider alone, never on paper."""
    member, name, unit = _member(told)
    asked = declaration_of(told.row, member.person_id)
    lines = [(number, words) for number, words in enumerate(_circumstances(), 1)]
    heads = ((pgettext("on the form", "No."), 5), (pgettext("on the form", "Circumstance"), 44))
    answer = _("□ none of them    □ there is one (which one is told to the decider alone)")
    if asked is not None and asked.answered_at is not None:
        answer = _("none of them") if asked.none else _("there is one (told to the decider alone)")
    return Content(
        [
            facts(
                (pgettext("on the form", "Name"), name), (pgettext("on the form", "Unit"), unit),
                (pgettext("on the form", "Paper shown on"), day(asked.shown_on) if asked else ""), (pgettext("on the form", "No. of the paper"), asked.paper_no if asked else ""),
            ),
            table(heads, lines, _("Asked is whether one of these is true")),
            facts((pgettext("on the form", "Answer"), answer), (pgettext("on the form", "Answered on"), _on(asked)), *_decided(told.row, member)),
            facts((pgettext("on the form", "Undertaking"), _("I have answered truly; if something changes I say so at once and take no part until it is decided."))),
            signed(pgettext("on the form", "Who declares"), pgettext("on the form", "Decided by")),
        ],
        mark=_("no ground stands on this form"),
    )  # fmt: skip


def _circumstances() -> list[str]:
    return [
        _("I am, or near kin of mine is, a person concerned or who reported (spouse, lineal kin, collateral kin to the third degree, near in-laws)"),
        _("I was a witness in the matter"), _("I or near kin of mine has an interest in the matter"),
        _("I handled the matter before, or wrote what is to be reviewed"),
        _("I come from the place, or served in the unit within the years that the rule names"),
        _("Something else that could influence a fair handling (friendship, feud, debt)"),
    ]  # fmt: skip


def _on(asked: object) -> str:
    at = getattr(asked, "answered_at", None)
    return day(timezone.localdate(at)) if at else ""


def _decided(row: Request, member: Member) -> list[tuple[str, str]]:
    """What was decided, with its clause; the ground is not read here."""
    rows = Recusal.objects.filter(request=row, person=member.person_id).exclude(decision=RecusalDecision.OPEN)
    return [
        (pgettext("on the form", "Decision"), f"{RecusalDecision(each.decision).label}（{each.clause}）{day(each.decided_at and timezone.localdate(each.decided_at))}")
        for each in rows.order_by("pk")
    ]  # fmt: skip


def sent(row: Request, _by: Actor, _on: date) -> Sequence[tuple[int, str]]:
    """One order for the whole team, once somebody joined."""
    return [(0, "")] if members_of(row) else []


def order_to_go(told: Printing) -> Content:
    """派员令: who goes, from where, as what, with what scope, from when to when; and that they came back."""
    row, team = told.row, members_of(told.row)
    names = names_in(team, told.today)
    units = units_called([row.unit_id, row.lead_id or 0, *(each.unit_id for each in team)], told.today)
    heads = (
        (pgettext("on the form", "Name"), 6), (pgettext("on the form", "Unit"), 10), (pgettext("on the form", "As"), 5), (pgettext("on the form", "Role"), 7),
        (pgettext("on the form", "Scope"), 7), (pgettext("on the form", "First to last day"), 11), (pgettext("on the form", "Returned"), 10),
    )  # fmt: skip
    lines = [
        (
            names[each.pk], units.get(each.unit_id, ""), words_of(Standing, each.standing), listed(words_of(TeamRole, role) for role in each.roles),
            each.scope_words or _("as the plan says"), f"{short_day(each.starts)}\n{short_day(each.ends - each.ends.resolution)}",
            short_day(each.left_on),
        )
        for each in team
    ]  # fmt: skip
    return Content(
        [
            facts(
                (pgettext("on the form", "Asked by"), units.get(row.unit_id)), (pgettext("on the form", "Unit in the lead"), units.get(row.lead_id or 0)),
                (pgettext("on the form", "Sent on"), day(row.sent_on)), (pgettext("on the form", "Days"), days(row.starts, row.ends)),
            ),
            table(heads, lines, pgettext("on the form", "Who is sent")), signed(_("Head of the unit in the lead"), pgettext("on the form", "Leader of the team")),
        ],
        dated=row.sent_on,
    )  # fmt: skip


def undertaking(told: Printing) -> Content:
    """保密承诺书 of one member."""
    member, name, unit = _member(told)
    lines = [(number, words) for number, words in enumerate(_promises(), 1)]
    heads = ((pgettext("on the form", "No."), 5), (pgettext("on the form", "I undertake"), 44))
    term = (pgettext("on the form", "Days"), days(member.starts, member.ends))
    return Content([
        facts((pgettext("on the form", "Name"), name), (pgettext("on the form", "Unit"), unit), (pgettext("on the form", "As"), words_of(Standing, member.standing)), term),
        table(heads, lines), signed(pgettext("on the form", "Who undertakes"), pgettext("on the form", "Safety officer")),
    ])  # fmt: skip


def _promises() -> list[str]:
    return [
        _("to know of the matter only what my task needs, and to ask for nothing beyond it"),
        _("to tell nobody outside the team of the matter, during the work or after it"),
        _("to copy, photograph, keep or take away no paper or data, and to bring no private telephone into the room"),
        _("to hand back every paper and device on the last day, against signature"),
        _("to register at once whoever asks about the matter, meddles in it or pleads for somebody"),
        _("to bear the responsibility under the law and the rules of discipline if I break this undertaking"),
    ]  # fmt: skip
