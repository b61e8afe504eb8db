"""How an edition is shown: its clauses with what rests on each, the rail of its life, and what may be done with it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.organisation.api import Commission, unit_names, units_offered
from xiezuo.rules import regulation_policies as policies
from xiezuo.rules import regulation_queries as queries
from xiezuo.rules.models import Clause, Edition, Leaning, WorkRule
from xiezuo.rules.regulation_queries import Leant
from xiezuo.rules.regulation_states import EditionStage, EditionVerb, LeaningKind, purposes_in
from xiezuo.shared import clock
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.ui.choices import words_of
from xiezuo.ui.links import address
from xiezuo.ui.parts import Link, State
from xiezuo.ui.words import Words, long_day

BEHIND, NOW, AHEAD = "behind", "now", "ahead"
STAGE_TONES = {
    EditionStage.DRAFT: "wait", EditionStage.CONSULTATION: "wait", EditionStage.REVIEW: "wait", EditionStage.TRIAL: "good",
    EditionStage.IN_FORCE: "good", EditionStage.REPLACED: "quiet", EditionStage.REPEALED: "quiet", EditionStage.DROPPED: "quiet",
}  # fmt: skip
_RAIL = (
    (EditionStage.DRAFT, "drafted_on"), (EditionStage.CONSULTATION, "consulted_on"), (EditionStage.REVIEW, "review_on"),
    (EditionStage.TRIAL, "trial_on"), (EditionStage.IN_FORCE, "in_force_on"),
)  # fmt: skip


def stage_state(edition: Edition) -> State:
    """The stage of an edition in words and shape."""
    stage = EditionStage(edition.stage)
    return State(stage.label, STAGE_TONES[stage])


@dataclass(frozen=True)
class ClauseShown:
    """One part of a text: its words, what rests on it, how many opinions were given on it, and where it is changed."""

    anchor: int
    label: str
    text: str
    heading: bool
    leanings: Sequence[Leant]
    opinions: int = 0
    edit_href: str = ""


def clauses_shown(
    request: HttpRequest, edition: Edition, on: date, *, editable: bool = False
) -> list[ClauseShown]:
    """The parts of an edition with what rests on each. Five queries."""
    resting: dict[int, list[Leant]] = defaultdict(list)
    for leant in queries.leanings_of(edition.regulation, on):
        resting[leant.leaning.anchor].append(leant)
    given: dict[int | None, int] = defaultdict(int)
    for opinion in queries.opinions_of(edition):
        given[opinion.anchor] += 1
    return [
        ClauseShown(
            each.anchor, each.label, _without_label(each), each.label.endswith(("章", "节", "编")), resting[each.anchor],
            given[each.anchor], address(request, "rules:clause", edition.pk, each.anchor) if editable else "",
        )
        for each in queries.clauses_of(edition)
    ]  # fmt: skip


def _without_label(clause: Clause) -> str:
    words = clause.text.strip()
    return words.removeprefix(clause.label).strip("　 \t：:") if clause.label else words


@dataclass(frozen=True)
class RailStep:
    """One stage on the rail: when it was reached, and what is said of it."""

    words: Words
    place: str
    note: str = ""

    @property
    def mark(self) -> State:
        """Where it stands, in words."""
        words = {BEHIND: _("done"), NOW: _("now"), AHEAD: _("still to come")}
        return State(words[self.place], {BEHIND: "good", NOW: "wait", AHEAD: "quiet"}[self.place])


def rail(edition: Edition, on: date) -> list[RailStep]:
    """The stages of an edition behind, now and ahead; one that was left out is not shown once it is behind."""
    order = [stage for stage, _field in _RAIL]
    ended = edition.stage in (EditionStage.REPLACED, EditionStage.REPEALED, EditionStage.DROPPED)
    at = len(order) if ended else order.index(EditionStage(edition.stage))
    steps = []
    for number, (stage, name) in enumerate(_RAIL):
        day = getattr(edition, name)
        place = BEHIND if number < at else (NOW if number == at else AHEAD)
        if day is not None or place != BEHIND:
            steps.append(
                RailStep(stage.label, place, _note(edition, stage, day, on) if place != AHEAD else "")
            )
    if ended:
        last = EditionStage(edition.stage).label
        steps.append(RailStep(last, NOW, long_day(edition.ended_on) if edition.ended_on else ""))
    return steps


def _note(edition: Edition, stage: EditionStage, day: date | None, on: date) -> str:
    if day is None:
        return ""
    words = _("from %(day)s") % {"day": long_day(day)} if day > on else long_day(day)
    if stage == EditionStage.TRIAL and edition.trial_until:
        return _("%(day)s, trial until %(until)s") % {"day": words, "until": long_day(edition.trial_until)}
    return words


@dataclass(frozen=True)
class Step:
    """One thing that may be done, or may not and why. `post` sends it at once; else `href` opens a form."""

    words: Words
    href: str
    against: Sequence[Reason] = field(default=())
    post: bool = False
    name: str = ""


def steps_of(request: HttpRequest, by: Actor, edition: Edition) -> list[Step]:
    """What may be done with an edition now, the next step first; nothing for who does not draft it."""
    if policies.may_draft(by, edition.commission_id, edition.unit_id):
        return []
    here = edition.pk
    text = policies.against_editing(edition)
    found = [*_sending(request, edition), _asking(request, edition)]
    if edition.stage == EditionStage.DRAFT:
        found.reverse()
    found += [
        Step(_("Write or paste the text"), address(request, "rules:text", here), text, name="text"),
        Step(_("Name and scope"), address(request, "rules:about", here), text, name="about"),
        Step(_("Give the draft up"), address(request, "rules:drop", here), policies.against_verb(edition, EditionVerb.DROP), name="drop"),
    ]  # fmt: skip
    settled = edition.stage not in (EditionStage.DRAFT, EditionStage.CONSULTATION, EditionStage.REVIEW)
    return [step for step in found if not settled or step.name.startswith("apply")]


def _asking(request: HttpRequest, edition: Edition) -> Step:
    against = policies.against_verb(edition, EditionVerb.CONSULT)
    return Step(
        _("Ask units for their opinion"),
        address(request, "rules:consult", edition.pk),
        against,
        name="consult",
    )


def _sending(request: HttpRequest, edition: Edition) -> list[Step]:
    """The applications that the stage allows, each with what stands against it."""
    href, today = address(request, "rules:apply", edition.pk), clock.today()
    if edition.waits:
        return [
            Step(
                _("Apply for a decision"),
                href,
                policies.against_purpose(edition, edition.purpose, None),
                name="apply",
            )
        ]
    if edition.stage in (EditionStage.DRAFT, EditionStage.CONSULTATION):
        rows, opinions = queries.consultations_of(edition), queries.opinions_of(edition)
        written = len(queries.clauses_of(edition))
        against = policies.against_sending(edition, written, rows, opinions, today)
        return [Step(_("Send for review"), href, against, name="apply")]
    return [Step(_("Apply for a decision"), href, name="apply")] if purposes_in(edition.stage) else []


def leaning_words(leaning: Leaning) -> str:
    """What rests on a clause: what it is, its code and name."""
    kind = words_of(LeaningKind, leaning.kind)
    return f"{kind} {leaning.code} {leaning.name}".strip()


def leaning_link(request: HttpRequest, leaning: Leaning, rules: dict[tuple[str, str], WorkRule]) -> Link:
    """What rests on a clause, as a link where it has a page."""
    rule = rules.get((leaning.rule_kind, leaning.code))
    if rule is None:
        return Link(leaning_words(leaning), "")
    words = f"{words_of(LeaningKind, leaning.kind)} {rule.code} {rule.name}"
    return Link(words, address(request, "rules:work-rule", rule.pk))


def rules_leaning(
    commission: Commission, leanings: Iterable[Leaning], on: date
) -> dict[tuple[str, str], WorkRule]:
    """The work rules of the day that are among what rests, by kind and code. One query."""
    codes = {each.code for each in leanings if each.kind == LeaningKind.RULE}
    rows = WorkRule.objects.on(on).filter(commission=commission, code__in=codes)
    return {(row.kind, row.code): row for row in rows}


def units_to_choose(commission: Commission) -> list[tuple[str, str]]:
    """Every unit of the commission, in official order."""
    return [(str(each.unit), each.record.name) for each in units_offered(commission)]


def drafting_units(by: Actor, commission: Commission) -> list[tuple[str, str]]:
    """The units for which somebody drafts."""
    return [
        (unit, name)
        for unit, name in units_to_choose(commission)
        if not policies.may_draft(by, commission.pk, int(unit))
    ]


def speaking_units(by: Actor, edition: Edition, *, on_paper: bool) -> list[tuple[str, str]]:
    """The units asked for which somebody may speak now."""
    asked = [row.unit_id for row in queries.consultations_of(edition) if row.answered_on is None]
    names = unit_names(asked, edition.consulted_on or edition.begun_at.date())
    may = [
        unit for unit in asked
        if not policies.may_speak(by, edition.commission_id, unit, on_paper=False)
        or (on_paper and not policies.may_enter(by, edition.commission_id))
    ]  # fmt: skip
    return [(str(unit), names.get(unit, "")) for unit in may]


def named_units(units: Iterable[int], on: date) -> str:
    """Units by their names on a day."""
    wanted = list(units)
    names = unit_names(wanted, on)
    return listed(names[unit] for unit in wanted if unit in names)


def clause_choices(edition: Edition) -> list[tuple[str, Any]]:
    """The clauses of an edition by number and first words."""
    return [
        (str(each.anchor), f"{each.label}　{_without_label(each)[:20]}")
        for each in queries.clauses_of(edition)
        if each.label
    ]  # fmt: skip


@dataclass(frozen=True)
class RestsOn:
    """A clause on which a work rule rests, and whether it is still there."""

    clause: Link
    state: State
    ended: bool


def clauses_under(request: HttpRequest, rule: WorkRule) -> list[RestsOn]:
    """The clauses on which a work rule rests, each with its place. Four queries."""
    found = queries.leanings_of_rule(rule.commission, rule.kind, rule.code, request.day)  # type: ignore[attr-defined]
    return [
        RestsOn(
            Link(f"《{each.name.strip('《》')}》{each.label}", f"{address(request, 'rules:regulation', each.regulation.pk)}#c{each.leaning.anchor}"),
            leant_state(each), each.ended,
        )
        for each in found
    ]  # fmt: skip


def leant_state(leant: Leant) -> State:
    """Whether the clause is still there."""
    return State(_("clause no longer there"), "bad") if leant.ended else State(_("clause holds"), "good")
