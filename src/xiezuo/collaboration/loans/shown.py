"""How loans are shown: lists, what may be done and why not, candidates beside each other, limits used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.approvals.api import Approval, number_of
from xiezuo.collaboration.loans.acts import acts_for
from xiezuo.collaboration.loans.asked import TO_A_POST, Spell
from xiezuo.collaboration.loans.limits import days_lent
from xiezuo.collaboration.models import Lent, Loan
from xiezuo.collaboration.queries import loans as queries
from xiezuo.collaboration.states import LoanKind, LoanOutcome, LoanState
from xiezuo.organisation.api import unit_names
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import clauses, listed
from xiezuo.shared.periods import OPEN
from xiezuo.ui.absence import period_words
from xiezuo.ui.asof import day_query, keep_day
from xiezuo.ui.choices import filled, words_of
from xiezuo.ui.links import linker
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table
from xiezuo.ui.timeline import Fact, Lane
from xiezuo.ui.words import Words, long_day

DAY = date.resolution
TONES = {
    LoanState.DECIDING: "wait", LoanState.APPROVED: "wait", LoanState.RUNNING: "good", LoanState.ENDED: "quiet",
    LoanState.REFUSED: "bad", LoanState.WITHDRAWN: "quiet",
}  # fmt: skip
SOON = 30


def state_of(row: Loan) -> State:
    """How a loan stands, in words and shape."""
    return State(LoanState(row.state).label, TONES[LoanState(row.state)])


def number(row: Loan) -> str:
    """The number of a loan as it is printed."""
    return f"{row.year}-{row.number}"


def approval_of(row: Loan) -> tuple[str, int] | None:
    """The number of its application, for who may see it. One query."""
    found = Approval.objects.filter(pk=row.approval or 0).select_related("commission").first()
    return (number_of(found), found.pk) if found else None


def columns(request: HttpRequest) -> list[Column]:
    """Loans, the latest first. Columns that count days have no order: nobody is ranked by them."""
    to, to_unit = linker(request, "collaboration:loan"), linker(request, "organisation:unit")
    return [
        Column("number", pgettext_lazy("loan", "Number"), kind="code", sortable=False, link=lambda row: to(row["pk"])),
        Column("kind", gettext_lazy("Kind"), filterable=True, sortable=False, choices=filled(LoanKind), value=lambda row: words_of(LoanKind, row["kind"])),
        Column("unit", gettext_lazy("Using unit"), searchable=True, sortable=False, link=lambda row: to_unit(row["unit_id"])),
        Column("profile", gettext_lazy("Post or skills"), searchable=True, sortable=False),
        Column("people", pgettext_lazy("loan", "People"), numeric=True, sortable=False),
        Column("lent", gettext_lazy("On loan"), searchable=True, sortable=False),
        Column("starts", pgettext_lazy("loan", "First day"), kind="date"),
        Column("last", pgettext_lazy("loan", "Last day"), kind="date"),
        Column("left", gettext_lazy("Days left"), sortable=False),
        Column("extended", gettext_lazy("Extended"), sortable=False, optional=True),
        Column("days", gettext_lazy("Days on loan in all"), sortable=False, hint=gettext_lazy("Of the person with the most, over all loans (借调).")),
        Column("state", gettext_lazy("State"), kind="state", filterable=True, sortable=False, choices=filled(LoanState), value=lambda row: row["shown"]),
        Column("basis", gettext_lazy("Basis"), optional=True, sortable=False),
    ]  # fmt: skip


def rows(loans: Sequence[Loan], day: date) -> list[dict[str, Any]]:
    """Loans as rows. Four queries, however many."""
    people = queries.lent_of(loans)
    names = queries.names_of(people, day)
    with as_the_product():
        spells = queries.spells_of({each.person_id for each in people})
    units = unit_names({each.unit_id for each in loans}, day)
    by_loan: dict[int, list[Lent]] = {}
    for each in people:
        by_loan.setdefault(each.loan_id, []).append(each)
    return [_row(loan, by_loan.get(loan.pk, []), names, spells, units, day) for loan in loans]


def _row(loan: Loan, people: Sequence[Lent], names: Mapping[int, str], spells: Mapping[int, Sequence[Spell]], units: Mapping[int, str], day: date) -> dict[str, Any]:  # noqa: PLR0917 - what the list was asked for at once  # fmt: skip
    came = [each for each in people if each.starts is not None]
    ends = max((each.ends for each in came if each.ends), default=loan.ends)
    return {
        "pk": loan.pk, "number": number(loan), "kind": loan.kind, "unit": units.get(loan.unit_id, ""), "unit_id": loan.unit_id,
        "profile": clauses(each for each in (loan.post, listed(loan.skills)) if each), "people": loan.people,
        "lent": listed(names.get(each.person_id, "") for each in came), "starts": min((each.starts for each in came if each.starts), default=loan.starts),
        "last": ends if ends == OPEN else ends - DAY, "left": days_left(loan, ends, day), "basis": loan.basis,
        "extended": max((each.extended for each in came), default=0),
        "days": max((days_lent(spells[each.person_id], day) for each in came), default=""), "state": loan.state,
        "shown": state_of(loan),
    }  # fmt: skip


def days_left(loan: Loan, ends: date, day: date) -> State | str:
    """How long a running loan still lasts, in words; nothing of one that has ended or not begun."""
    if loan.state != LoanState.RUNNING:
        return ""
    if ends == OPEN:
        return State(_("no end agreed"), "bad")
    left = (ends - day).days
    if left <= 0:
        return State(_("over"), "bad")
    words = ngettext("%(number)s day", "%(number)s days", left) % {"number": left}
    return State(words, "warn") if left <= SOON else words


@dataclass(frozen=True)
class Step:
    """One thing that may be done, or may not and why."""

    words: Words
    href: str
    against: Sequence[Reason] = field(default=())
    name: str = ""


@dataclass(frozen=True)
class LentShown:
    """One person of a loan on its page: who, how they stand, what is known, what may be done."""

    name: Words
    state: State
    facts: Sequence[tuple[Any, Any]]
    steps: Sequence[Step]


def lent_state(row: Lent) -> State:
    """How somebody of a loan stands."""
    if row.declined:
        return State(_("home does not agree"), "bad")
    if row.outcome:
        return State(LoanOutcome(row.outcome).label, "quiet")
    if row.returned_on:
        return State(_("over, to be decided"), "warn")
    if row.starts:
        return State(_("on loan"), "good")
    if not row.chosen:
        return State(_("candidate"), "wait")
    return State(_("chosen, ready to come"), "good") if row.consent_on else State(_("waits for the home unit"), "wait")  # fmt: skip


def people_of(request: HttpRequest, loan: Loan, by: Actor) -> list[LentShown]:
    """Everybody of a loan, in the official order. Four queries."""
    found = queries.lent_of([loan])
    names = queries.names_of(found, request.day)  # type: ignore[attr-defined]
    homes = unit_names({each.home_id for each in found if each.home_id}, request.day)  # type: ignore[attr-defined]
    for each in found:
        each.loan = loan
    return [LentShown(names.get(each.person_id, ""), lent_state(each), lent_facts(each, homes), _steps(request, each, by)) for each in found]  # fmt: skip


def lent_facts(row: Lent, homes: Mapping[int, str]) -> list[tuple[Any, Any]]:
    """What is known of somebody of a loan."""
    agreed = f"{row.consent_no} · {long_day(row.consent_on)}" if row.consent_on else ""
    return [
        (_("Home unit"), homes.get(row.home_id or 0, row.home_outside)),
        (_("Does not agree because"), row.declined),
        (_("Consent of the home unit"), agreed),
        (pgettext("loan", "Days"), period_words(row.starts, row.ends) if row.starts and row.ends else ""),
        (_("Extended"), str(row.extended) if row.extended else ""),
        (_("Evaluation"), row.evaluation),
        (_("Evaluated by"), row.evaluated_by),
        (_("Seen by the person on"), long_day(row.shown_on) if row.shown_on else ""),
        (_("Meeting"), row.meeting),
    ]


def act_href(request: HttpRequest, lent: int, verb: str) -> str:
    """The page of an act upon somebody of a loan, on the day of the page."""
    return keep_day(reverse("collaboration:lent-act", args=[lent, verb]), day_query(request))


def _steps(request: HttpRequest, row: Lent, by: Actor) -> list[Step]:
    return [
        Step(act.words, act_href(request, row.pk, act.verb), act.may(by, row), f"{act.verb}-{row.pk}")
        for act in acts_for(row, to_a_post=row.loan.kind in TO_A_POST)
    ]  # fmt: skip


def comparison(request: HttpRequest, loan: Loan) -> Table | None:
    """Candidates beside each other, in the official order and without marks; None where there is nobody to compare."""
    found = queries.lent_of([loan])
    if len(found) < 2 or loan.kind not in TO_A_POST:
        return None
    names = queries.names_of(found, request.day)  # type: ignore[attr-defined]
    homes = unit_names({each.home_id for each in found if each.home_id}, request.day)  # type: ignore[attr-defined]
    with as_the_product():
        spells = queries.spells_of({each.person_id for each in found})
    cells = [
        {"name": names.get(each.person_id, ""), "home": homes.get(each.home_id or 0, each.home_outside), "judged": each.judged,
         "before": days_lent(spells[each.person_id], request.day), "state": lent_state(each)}  # type: ignore[attr-defined]
        for each in found
    ]  # fmt: skip
    heads = [
        Column("name", gettext_lazy("Candidate"), sortable=False), Column("home", gettext_lazy("Home unit"), sortable=False),
        Column("judged", gettext_lazy("Against the criteria"), sortable=False),
        Column("before", gettext_lazy("Days on loan in all"), sortable=False), Column("state", gettext_lazy("State"), kind="state", sortable=False),
    ]  # fmt: skip
    return Table(heads, cells, id="candidates", caption=_("Candidates beside each other"))


def lanes(loan: Loan, shown: Sequence[Lent], names: Mapping[int, str]) -> list[Lane]:
    """The days that were asked for, and those of everybody who came."""
    asked = Lane(_("Approved term"), [Fact(words_of(LoanKind, loan.kind), loan.starts, loan.ends, loan.basis)])  # fmt: skip
    came = [Lane(names.get(each.person_id, ""), [Fact(_("on loan"), each.starts, each.ends or OPEN, each.consent_no, tone="good")]) for each in shown if each.starts]  # fmt: skip
    return [asked, *came]


def lent_table(request: HttpRequest, found: Sequence[Lent], day: date) -> Table:
    """People on loan on the page of a unit or a person. Three queries."""
    names = queries.names_of(found, day)
    units = unit_names({each.loan.unit_id for each in found} | {each.home_id for each in found if each.home_id}, day)  # fmt: skip
    to = linker(request, "collaboration:loan")
    cells = [
        {"number": Link(number(each.loan), to(each.loan_id)), "kind": words_of(LoanKind, each.loan.kind), "name": names.get(each.person_id, ""),
         "unit": units.get(each.loan.unit_id, ""), "home": units.get(each.home_id or 0, each.home_outside),
         "days": period_words(each.starts, each.ends) if each.starts and each.ends else "", "state": lent_state(each)}
        for each in found
    ]  # fmt: skip
    heads = [
        Column("number", pgettext_lazy("loan", "Number"), kind="code", sortable=False), Column("kind", gettext_lazy("Kind"), sortable=False),
        Column("name", gettext_lazy("Person"), sortable=False), Column("unit", gettext_lazy("Using unit"), sortable=False),
        Column("home", gettext_lazy("Home unit"), sortable=False), Column("days", pgettext_lazy("loan", "Days"), sortable=False),
        Column("state", gettext_lazy("State"), kind="state", sortable=False),
    ]  # fmt: skip
    return Table(heads, cells, id="loans", caption=_("Loans of people"))
