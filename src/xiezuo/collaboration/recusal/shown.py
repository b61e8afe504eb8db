"""The pages of recusal in words. Everybody reads 回避 and the clause; the ground stands on the page of its decider alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.accounts.api import Ability, Actor, has
from xiezuo.collaboration.queries import recusal as queries
from xiezuo.collaboration.queries.teams import taking_part
from xiezuo.collaboration.recusal.policies import person_of
from xiezuo.collaboration.requests.wording import number_words
from xiezuo.collaboration.states import RecusalDecision, RecusalSource
from xiezuo.organisation.api import Commission
from xiezuo.rules.states import Badge
from xiezuo.ui.links import linker
from xiezuo.ui.parts import Link, State
from xiezuo.ui.words import Words, long_day

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Declaration, Recusal, Request
    from xiezuo.rules.models import WorkRule

KIN = (
    gettext_lazy("spouse, parents, children, brothers and sisters"),
    gettext_lazy("other lineal relatives, collateral relatives within three generations"),
    gettext_lazy("close relatives by marriage"),
    gettext_lazy("friends, feuds, debts, and whatever else may keep you from being impartial"),
    gettext_lazy("whether you were a witness, or you or your kin have an interest in it"),
)
"""What a candidate is asked to think of (监察法 67, 公务员法 74). Asked on the page, never stored."""
NOT_DECLARED = ("G5", "G8")
"""Grounds that posts and authorship give, which nobody declares against a paper."""
TONES = {
    RecusalDecision.OPEN: "wait", RecusalDecision.RECUSED: "bad", RecusalDecision.REFUSED: "good", RecusalDecision.OVERRIDDEN: "warn",
}  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the reader."""

    link: Link
    about: str
    due: str
    late: bool = False


@dataclass(frozen=True)
class Group:
    """Things of one kind that wait."""

    title: str
    rows: Sequence[Waiting]
    empty: str


def waiting(request: HttpRequest, actor: Actor, commission: Commission, today: date) -> list[Group]:
    """Everything that waits for the reader, each kind by its days."""
    mine = list(queries.declarations_of_person(person_of(actor)))
    asked = list(queries.waiting_for(actor.user_id))
    to_set_aside = list(queries.overrides_asked_of(actor.user_id))
    keeps = has(actor, Ability.KEEP_LEDGER, commission=commission.pk)
    papers = list(queries.papers_to_show(commission)) if keeps else []
    unanswered = list(queries.answers_on_paper(commission)) if keeps else []
    others = [*papers, *unanswered]
    told = queries.requests_told(
        [*(row.request_id for row in [*mine, *others]), *(row.request_id for row in [*asked, *to_set_aside])]
    )
    names = queries.names_told(
        [*(row.person_id for row in [*asked, *to_set_aside]), *(row.person_id for row in others)], today
    )
    declaration, paper, question = (linker(request, f"collaboration:{name}") for name in ("declaration", "show-paper", "question"))  # fmt: skip

    def of(row: "Declaration | Recusal") -> str:
        found = told.get(row.request_id)
        return number_words(found.year, found.number) if found else ""

    found = [
        Group(
            _("Questions to decide"),
            [Waiting(Link(names.get(row.person_id, ""), question(row.pk)), of(row), long_day(row.due_on), row.due_on < today) for row in asked],
            _("No question waits for your decision."),
        ),
        Group(
            _("Declarations to make"),
            [Waiting(Link(of(row), declaration(row.pk)), "" if row.shown_on else _("the paper has not been shown yet"), "") for row in mine],
            _("You are asked for no declaration."),
        ),
    ]  # fmt: skip
    if to_set_aside:
        rows = [
            Waiting(Link(names.get(row.person_id, ""), question(row.pk)), of(row), "") for row in to_set_aside
        ]
        found.append(Group(_("Recusals that you are asked to set aside"), rows, ""))
    if keeps:
        found += [
            Group(
                _("Papers to show"),
                [Waiting(Link(names.get(row.person_id, ""), paper(row.pk)), of(row), long_day(timezone.localdate(row.asked_at))) for row in papers],
                _("No paper waits to be shown."),
            ),
            Group(
                _("Declarations that may come on paper"),
                [Waiting(Link(names.get(row.person_id, ""), declaration(row.pk)), of(row), "") for row in unanswered],
                _("None is waited for."),
            ),
        ]  # fmt: skip
    return found


def clauses_offered(grounds: Mapping[str, "WorkRule"]) -> list[tuple[str, str]]:
    """Grounds that may be declared or asked for, each with its clause and badge."""
    return [
        (code, f"{rule.name}（{rule.clause or code} · {Badge(rule.badge).label}）")
        for code, rule in grounds.items()
        if code not in NOT_DECLARED
    ]


def people_offered(row: "Request", on: date) -> list[tuple[str, str]]:
    """Whoever takes part in a request: its team and who decides it."""
    people = taking_part(row)
    names = queries.names_told(people, on)
    return [(str(person), names.get(person, "")) for person in people if person in names]


def declaration_facts(row: "Declaration", told: "Request", on: date) -> list[tuple[Any, Any]]:
    """Who is asked about which number, and the days."""
    return [
        (_("Request"), number_words(told.year, told.number)),
        (_("Who is asked"), queries.names_told([row.person_id], on).get(row.person_id, "")),
        (_("Asked to declare on"), long_day(timezone.localdate(row.asked_at))),
        (_("Paper shown on"), long_day(row.shown_on) if row.shown_on else _("not yet")),
        (_("Answered on"), long_day(timezone.localdate(row.answered_at)) if row.answered_at else ""),
    ]


def question_facts(row: "Recusal", told: "Request", on: date) -> list[tuple[Any, Any]]:
    """Who, by which clause, and how it stands."""
    return [
        (_("Request"), number_words(told.year, told.number)),
        (_("Who is to stand out"), queries.names_told([row.person_id], on).get(row.person_id, "")),
        (_("Clause"), row.clause), (_("Raised by"), RecusalSource(row.source).label),
        (_("Decision"), decision_shown(row)), (_("To be decided by"), long_day(row.due_on)),
        (_("Decided on"), long_day(timezone.localdate(row.decided_at)) if row.decided_at else ""),
        (_("Set aside on"), long_day(timezone.localdate(row.overridden_at)) if row.overridden_at else ""),
    ]  # fmt: skip


def asked_facts(row: "Recusal", actor: Actor) -> list[tuple[Any, Any]]:
    """That the secretary was asked to set it aside; why, for whoever asked and whoever is asked alone."""
    if row.override_asked_of is None or row.override_asked_at is None:
        return []
    mine = actor.user_id in (row.override_asked_by, row.override_asked_of)
    asked = long_day(timezone.localdate(row.override_asked_at))
    why = [(_("Why the work needs this person"), row.override_asked_said)] if mine else []
    refused = [(_("The secretary let the recusal stand on"), long_day(timezone.localdate(row.override_refused_at)))] if row.override_refused_at else []  # fmt: skip
    return [(_("The secretary was asked on"), asked), *why, *refused]


def decision_shown(row: "Recusal") -> State:
    """What was decided, in words and shape."""
    decision = RecusalDecision(row.decision)
    return State(decision.label, TONES[decision])


def clause_words(row: "Recusal") -> Words:
    """What everybody who reads the request reads of a question."""
    return f"{decision_shown(row).plain} · {row.clause}"
