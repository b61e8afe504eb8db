"""How a plan is shown: where it stands, what may be done next and why not, what it changes, which rules it meets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from xiezuo.accounts.api import Actor
from xiezuo.approvals.api import number_of
from xiezuo.shared import clock
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.shared.periods import OPEN
from xiezuo.ui.blocks import Changed, Difference
from xiezuo.ui.links import address, linker
from xiezuo.ui.parts import Link, State, joined
from xiezuo.ui.schematic import Sheet
from xiezuo.ui.table import Column, Table
from xiezuo.ui.timeline import Fact, Lane
from xiezuo.ui.words import Words, long_day
from xiezuo.zones.judged import Breach, Fault, Judged
from xiezuo.zones.judged_words import all_told, rule_words, standing_state
from xiezuo.zones.models import Plan
from xiezuo.zones.plans import policies
from xiezuo.zones.plans.standing import PlanStanding, Reign
from xiezuo.zones.plans.told import difference_lines
from xiezuo.zones.queries.plans import Effects, PlanPage
from xiezuo.zones.queries.schemes import Known
from xiezuo.zones.scheme import Scheme, difference
from xiezuo.zones.states import Level, PlanStage, PlanVerb

BEHIND, NOW, AHEAD = "behind", "now", "ahead"
TONES = {
    PlanStanding.DRAFT: "wait", PlanStanding.CONSULTATION: "wait", PlanStanding.REVIEW: "wait", PlanStanding.AHEAD: "warn",
    PlanStanding.IN_FORCE: "good", PlanStanding.SUPERSEDED: "quiet", PlanStanding.DROPPED: "quiet",
}  # fmt: skip
BESIDE = Sheet(width=600, height=440, margin=44, name="beside")
"""For a map beside another."""

DIFFERS = (Fault.OTHER_CHARGE, Fault.OTHER_SHARE, Fault.OTHER_DEPUTY)
"""What the division of work says otherwise than the leaders of the zones."""


def standing_of_plan(standing: PlanStanding) -> State:
    """Where a plan stands, in words and shape."""
    return State(standing.label, TONES[standing])


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


_RAIL = (
    PlanStanding.DRAFT, PlanStanding.CONSULTATION, PlanStanding.REVIEW, PlanStanding.AHEAD, PlanStanding.IN_FORCE,
)  # fmt: skip


def rail(plan: Plan, standing: PlanStanding) -> list[RailStep]:
    """The stages of a plan behind, now and ahead; one that has ended ends the rail."""
    ended = standing in (PlanStanding.SUPERSEDED, PlanStanding.DROPPED)
    steps = _RAIL[:1] if standing == PlanStanding.DROPPED else _RAIL
    if plan.filed:
        steps = (PlanStanding.IN_FORCE,)
    at = len(steps) if ended else list(steps).index(standing) if standing in steps else -1
    found = [_rail_step(plan, each, place, at) for place, each in enumerate(steps)]
    return [*found, RailStep(standing.label, NOW, plan.dropped_because)] if ended else found


def _rail_step(plan: Plan, stage: PlanStanding, place: int, at: int) -> RailStep:
    where = BEHIND if place < at else (NOW if place == at else AHEAD)
    days = {
        PlanStanding.DRAFT: plan.begun_at.date(), PlanStanding.CONSULTATION: plan.consulted_on, PlanStanding.AHEAD: plan.decided_on,
        PlanStanding.IN_FORCE: plan.starts,
    }  # fmt: skip
    day = days.get(stage)
    told = long_day(day) if day is not None and (where != AHEAD or stage == PlanStanding.IN_FORCE) else ""
    words = pgettext_lazy("plan", "decided") if stage == PlanStanding.AHEAD else stage.label
    return RailStep(
        words, where, _("from %(day)s") % {"day": told} if stage == PlanStanding.IN_FORCE and told else told
    )


@dataclass(frozen=True)
class Step:
    """One thing that may be done, or may not and why; `href` opens its page."""

    words: Words
    href: str
    against: Sequence[Reason] = field(default=())
    name: str = ""


def steps_of(
    request: HttpRequest, actor: Actor, page: PlanPage, against_applying: Sequence[Reason]
) -> list[Step]:
    """What may be done with a plan now, the next step first; nothing for who draws no zones."""
    plan = page.plan
    if policies.may_draw(actor, plan.commission_id):
        return []
    another = Step(
        _("Begin another plan from it"),
        address(request, "zones:begin-plan", begin_from=f"plan:{plan.pk}"),
        name="again",
    )
    if plan.stage in (PlanStage.DECIDED, PlanStage.DROPPED):
        return [another]
    saving = policies.against_saving(plan)
    found = [
        Step(_("Move units between zones"), address(request, "zones:plan-editor", plan.pk), saving, "edit"),
        Step(_("Ask units for their opinion"), address(request, "zones:consult-plan", plan.pk), policies.against_verb(plan, PlanVerb.CONSULT), "consult"),
        Step(_("Apply for the decision"), address(request, "zones:apply-plan", plan.pk), against_applying, "apply"),
    ]  # fmt: skip
    if plan.stage == PlanStage.CONSULTATION:
        found.reverse()
    return [
        *found, another,
        Step(_("Name, reason and first day"), address(request, "zones:plan-about", plan.pk), saving, "about"),
        Step(_("What proposals must keep"), address(request, "zones:plan-wishes", plan.pk), saving, "wishes"),
        Step(_("Give the plan up"), address(request, "zones:drop-plan", plan.pk), policies.against_verb(plan, PlanVerb.DROP), "drop"),
    ]  # fmt: skip


def difference_shown(
    before: Scheme, after: Scheme, known: Known, before_words: Words = "", after_words: Words = ""
) -> Difference:
    """What becomes different, side by side, and how many units stay where they are."""
    found = difference(before, after)
    empty = "\N{EM DASH}"
    changed = [
        Changed(words, None if was == empty else was, None if will == empty else will)
        for words, was, will in difference_lines(found, before, after, known, empty)
    ]
    units = {each.unit for each in (*before.members, *after.members)}
    return Difference(changed, len(units) - len(found.moved), before_words, after_words)


@dataclass(frozen=True)
class RuleShown:
    """One rule with how the plan stands to it and, in words, what breaks it where."""

    state: State
    words: str
    clause: str
    href: str
    told: tuple[str, ...]
    more: int = 0


MOST_TOLD = 12
"""How many things that break one rule are written out at once; the others are counted."""


def rules_shown(
    request: HttpRequest, judged: Iterable[Judged], scheme: Scheme, known: Known
) -> list[RuleShown]:
    """Each rule in its order. Broken ones say where; nothing is left to colour alone."""
    return [_rule_shown(request, each, scheme, known) for each in judged]


def _rule_shown(request: HttpRequest, judged: Judged, scheme: Scheme, known: Known) -> RuleShown:
    told = [each.sentence for each in all_told(judged, scheme, known)]
    href = address(request, "rules:work-rule", judged.rule.edition) if judged.rule.edition else ""
    return RuleShown(
        standing_state(judged),
        rule_words(judged.rule),
        judged.rule.clause,
        href,
        tuple(told[:MOST_TOLD]),
        max(len(told) - MOST_TOLD, 0),
    )


def differing_table(request: HttpRequest, judged: Iterable[Judged], scheme: Scheme, known: Known) -> Table:
    """Units whose zone's leader is not who is in charge of them or assists with them, and standing members with a zone
    outside what their deputy secretary is in charge of."""
    to_unit, to_person = linker(request, "organisation:unit"), linker(request, "organisation:person")
    names = {each.code: each.name for each in scheme.zones}

    def people(numbers: Iterable[int]) -> Any:
        return joined(Link(known.person(each), to_person(each)) for each in numbers)

    def row(breach: Breach) -> dict[str, Any]:
        who = Link(known.unit(breach.unit), to_unit(breach.unit)) if breach.unit is not None else ""
        led = [breach.person] if breach.person is not None else []
        return {
            "what": DIFFERS_WORDS[breach.fault], "unit": who, "zone": names.get(breach.zone, breach.zone), "leader": people(led),
            "share": people(breach.people),
        }  # fmt: skip

    columns = [
        Column("what", gettext_lazy("What differs")), Column("unit", gettext_lazy("Unit")), Column("zone", gettext_lazy("Zone")),
        Column("leader", gettext_lazy("Leads the zone")), Column("share", gettext_lazy("By the division of work")),
    ]  # fmt: skip
    rows = [row(breach) for each in judged for breach in each.breaches if breach.fault in DIFFERS]
    return Table(
        columns, rows, id="differing", caption=_("Leaders of zones and the division of work"),
        empty=_("Every zone is led by whoever the division of work names."),
    )  # fmt: skip


def differing_units(judged: Iterable[Judged]) -> dict[int, State]:
    """By unit, that its zone's leaders are not those of the division of work, at which level."""
    levels: dict[int, list[Any]] = {}
    for each in judged:
        for breach in each.breaches:
            if breach.unit is not None and breach.fault in LEVELS_OF_DIFFERING:
                levels.setdefault(breach.unit, []).append(LEVELS_OF_DIFFERING[breach.fault])
    words = _("differs: %(levels)s")
    return {
        unit: State(words % {"levels": listed(map(str, found))}, "warn") for unit, found in levels.items()
    }


LEVELS_OF_DIFFERING = {Fault.OTHER_CHARGE: Level.FIRST.label, Fault.OTHER_SHARE: Level.SECOND.label}


def most_led(judged: Iterable[Judged]) -> int | None:
    """How many second-level zones somebody may lead by the rule in force; None if no rule says so."""
    return next((each.rule.limit for each in judged if each.rule.code == SPAN_RULE), None)


SPAN_RULE = "Z05"

DIFFERS_WORDS = {
    Fault.OTHER_CHARGE: gettext_lazy("first level: somebody else is in charge (分管)"),
    Fault.OTHER_SHARE: gettext_lazy("second level: somebody else assists (协管) or keeps contact"),
    Fault.OTHER_DEPUTY: gettext_lazy("the zone lies under another deputy secretary than the one assisted"),
}


def reaches_table(request: HttpRequest, found: Effects) -> Table:
    """Whose rights change on the first day: over which units they are gained and lost."""
    to = linker(request, "organisation:person")
    columns = [
        Column("name", gettext_lazy("Leader")), Column("gains", gettext_lazy("Will see and decide for")),
        Column("loses", gettext_lazy("No longer sees and decides for")),
    ]  # fmt: skip
    rows = [
        {"name": Link(found.known.person(each.person), to(each.person)), "gains": _units(found.known, each.gains), "loses": _units(found.known, each.loses)}
        for each in found.reaches
    ]  # fmt: skip
    return Table(
        columns, rows, id="reaches", caption=_("Rights of leaders"), empty=_("Nobody's rights change.")
    )


def _units(known: Known, units: Iterable[int]) -> str:
    return listed(known.unit(each) for each in units)


def open_table(request: HttpRequest, found: Effects) -> Table:
    """Open applications of units that move, as far as the reader may see them."""
    to = linker(request, "inbox:approval")
    columns = [
        Column("number", gettext_lazy("Application")), Column("unit", gettext_lazy("Unit")), Column("since", gettext_lazy("Since"), kind="date"),
    ]  # fmt: skip
    rows = [
        {"number": Link(number_of(each), to(each.pk)), "unit": found.known.unit(each.unit or 0), "since": each.submitted_at.date()}
        for each in found.approvals
    ]  # fmt: skip
    return Table(
        columns,
        rows,
        id="open",
        caption=_("Open matters"),
        empty=_("No open matter of a unit that moves is for you to see."),
    )


@dataclass(frozen=True)
class PlanCard:
    """One plan on the page of plans."""

    name: str
    href: str
    state: State
    starts: date
    ends: date | None
    lines: tuple[str, ...]


def plan_cards(
    request: HttpRequest, plans: Iterable[Plan], standings: Mapping[int, PlanStanding], found: Sequence[Reign], sizes: Mapping[int, int]
) -> list[tuple[Words, list[PlanCard]]]:  # fmt: skip
    """The plans as cards: what is drafted, what is ahead, what is in force, what was before, what was given up."""
    ends = {each.plan.pk: each.ends for each in found}
    to = linker(request, "zones:plan")
    groups: dict[PlanStanding, list[PlanCard]] = {}
    for plan in plans:
        group = _GROUP.get(standings[plan.pk], standings[plan.pk])
        until = ends.get(plan.pk)
        groups.setdefault(group, []).append(PlanCard(
            plan.name, to(plan.pk), standing_of_plan(standings[plan.pk]), plan.starts, None if until in (None, OPEN) else until,
            tuple(_card_lines(plan, sizes.get(plan.pk, 0))),
        ))  # fmt: skip
    return [(words, groups[group]) for group, words in _TITLES.items() if group in groups]


_GROUP = {PlanStanding.CONSULTATION: PlanStanding.DRAFT, PlanStanding.REVIEW: PlanStanding.DRAFT}
_TITLES = {
    PlanStanding.DRAFT: pgettext_lazy("plans", "Being drafted and decided"), PlanStanding.AHEAD: pgettext_lazy("plans", "Decided, still ahead"),
    PlanStanding.IN_FORCE: pgettext_lazy("plans", "In force"), PlanStanding.SUPERSEDED: pgettext_lazy("plans", "Superseded"),
    PlanStanding.DROPPED: pgettext_lazy("plans", "Given up"),
}  # fmt: skip


def _card_lines(plan: Plan, asked: int) -> Iterable[str]:
    scheme = plan.content
    levels = [each["level"] for each in scheme["zones"]]
    words = _("%(first)s first-level and %(second)s second-level zones")
    yield words % {"first": levels.count("一级"), "second": levels.count("二级")}
    if plan.asked_document_no:
        yield plan.asked_document_no
    if plan.filed:
        yield _("entered later")
    if asked and plan.stage == PlanStage.CONSULTATION:
        yield _("%(count)s units asked") % {"count": asked}


def plan_lanes(
    request: HttpRequest, plans: Iterable[Plan], standings: Mapping[int, PlanStanding], found: Sequence[Reign]
) -> list[Lane]:
    """The decided plans one after the other; below them each draft from its first day on."""
    to = linker(request, "zones:plan")
    held = [
        Fact(each.plan.name, each.starts, each.ends, each.plan.asked_document_no, to(each.plan.pk), _LANE_TONES[each.standing(clock.today())])
        for each in found
    ]  # fmt: skip
    drafts = [
        Lane(plan.name, [Fact(standings[plan.pk].label, plan.starts, OPEN, href=to(plan.pk), tone="wait")], to(plan.pk))
        for plan in plans
        if plan.stage in (PlanStage.DRAFT, PlanStage.CONSULTATION, PlanStage.REVIEW)
    ]  # fmt: skip
    return [*([Lane(_("Decided"), held)] if held else []), *drafts]


_LANE_TONES = {PlanStanding.IN_FORCE: "good", PlanStanding.AHEAD: "warn", PlanStanding.SUPERSEDED: "quiet"}


def zone_name(scheme: Scheme, code: str) -> str:
    """What a zone of a plan is called; the whole plan for none."""
    zone = scheme.zone(code)
    return (zone.name if zone else code) if code else pgettext("plan", "the whole plan")
