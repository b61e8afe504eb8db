"""Answers as the screens show them: proposals beside today as columns, each with its moves and its proof; reasons for a unit."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from xiezuo.shared.lists import clauses, listed
from xiezuo.ui.links import address
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table
from xiezuo.zones.models import Proposals
from xiezuo.zones.proposals.policies import is_lost
from xiezuo.zones.proposals.words import (
    load_words,
    part_words,
    proof_words,
    rule_words,
    stress_words,
    zone_words,
)
from xiezuo.zones.queries.proposals import Words
from xiezuo.zones.scheme import SECOND, Scheme, difference
from xiezuo.zones.states import ProposalState

_TONES = {
    ProposalState.WAITING: "wait", ProposalState.RUNNING: "wait", ProposalState.DONE: "good",
    ProposalState.IMPOSSIBLE: "warn", ProposalState.CANCELLED: "quiet", ProposalState.FAILED: "bad",
}  # fmt: skip


def state_of(asked: Proposals, now: Any) -> State:
    """How far a question is; one that nobody reckons any more is told so."""
    if is_lost(asked, now):
        return State(_("interrupted"), "bad")
    return State(ProposalState(asked.state).label, _TONES[ProposalState(asked.state)])


@dataclass(frozen=True)
class Answer:
    """An answer with the names for its numbers."""

    result: Mapping[str, Any]
    words: Words

    @property
    def today(self) -> Scheme:
        """The scheme of the day."""
        return Scheme.from_json(self.result["today"]["scheme"])

    @property
    def schemes(self) -> list[Scheme]:
        """The schemes of the proposals, in their order."""
        return [Scheme.from_json(each["scheme"]) for each in self.result["proposals"]]

    @property
    def sides(self) -> list[tuple[str, Any, Mapping[str, Any]]]:
        """Key, title and terms of each column: today first."""
        today = ("today", pgettext_lazy("proposals", "Today"), self.result["today"]["terms"])
        return [
            today,
            *(
                (f"p{at}", proposal_words(at), each["terms"])
                for at, each in enumerate(self.result["proposals"], 1)
            ),
        ]


def proposal_words(number: int) -> str:
    """What the proposal of a number is called, counted from 1."""
    return _("Proposal %(number)s") % {"number": number}


def amount(value: float | None) -> str:
    """A number as people read it; a dash for what is not known."""
    if value is None:
        return "—"
    rounded = round(float(value), 1)
    return f"{rounded:.0f}" if rounded == int(rounded) else f"{rounded:.1f}"


Reading = Callable[[Mapping[str, Any]], float | None]


def terms_table(answer: Answer) -> Table:
    """Term by term: today and each proposal as columns; less is better in every line."""
    columns = [
        Column("part", gettext_lazy("Part")), Column("term", gettext_lazy("Term")),
        *(Column(key, title, kind="number") for key, title, _terms in answer.sides),
        Column("unit", pgettext_lazy("of a term", "In")),
    ]  # fmt: skip
    rows = [
        {
            "part": part,
            "term": term,
            "unit": unit,
            **{key: amount(read(terms)) for key, _title, terms in answer.sides},
        }
        for part, term, unit, read in _terms_read(answer)
    ]
    return Table(columns, rows, id="terms", caption=_("Term by term; less is better"))


def _terms_read(answer: Answer) -> Iterable[tuple[str, str, str, Reading]]:
    minutes, points = _("minutes"), _("points")
    units, zones = pgettext("unit of count", "units"), pgettext("unit of count", "zones")
    yield _("All"), _("Cost of all terms"), points, lambda terms: terms["cost"]
    yield from _part("乡镇", "township", answer, [
        (_("Ways to the axes, added up"), minutes, "travel"), (_("Longest way to an axis"), minutes, "longest"),
        (_("Units in another zone than today"), units, "changes"),
    ])  # fmt: skip
    yield from _part("县直", "direct", answer, [
        (_("Ties given up"), points, "ties_lost"), (_("Units that would belong more closely elsewhere"), units, "astray"),
        (_("Units in another zone than today"), units, "changes"),
    ])  # fmt: skip
    yield from _part("leaders", "leaders", answer, [
        (_("Work away from the leaders whose it is"), points, "ties_lost"),
        (_("Zones whose leader assists another deputy secretary"), zones, "outside"),
        (_("Times that a zone changes hands"), pgettext("unit of count", "times"), "changes"),
    ])  # fmt: skip


def _part(
    part: str, key: str, answer: Answer, terms: Sequence[tuple[str, str, str]]
) -> Iterable[tuple[str, str, str, Reading]]:
    named = part_words(part)
    for words, unit, name in terms:
        yield named, words, unit, lambda told, name=name: told[key][name]  # type: ignore[misc]
    for load in answer.result["today"]["terms"][key]["uneven"]:
        words = _("Uneven %(load)s") % {"load": load_words(load)}
        yield named, words, _("% beyond the band"), lambda told, load=load: told[key]["uneven"].get(load)  # type: ignore[misc]
    yield named, _("Cost of this part"), _("points"), lambda told: told[key]["cost"]


def balance_table(answer: Answer) -> Table:
    """Units and staff of each second-level zone, today and in each proposal."""
    schemes = [answer.today, *answer.schemes]
    codes = list(dict.fromkeys(zone.code for scheme in schemes for zone in scheme.at_level(SECOND)))
    columns = [
        Column("zone", gettext_lazy("Zone")), *(Column(key, title, kind="number") for key, title, _terms in answer.sides),
    ]  # fmt: skip
    held = {key: {each["code"]: each for each in terms["zones"]} for key, _title, terms in answer.sides}
    rows = [
        {"zone": _zone_of(code, schemes), **{key: _held(zones.get(code)) for key, zones in held.items()}}
        for code in codes
    ]
    return Table(columns, rows, id="balance", caption=_("Units and staff of each zone"))


def _zone_of(code: str, schemes: Sequence[Scheme]) -> str:
    return next((zone.name for scheme in schemes if (zone := scheme.zone(code))), code)


def _held(zone: Mapping[str, Any] | None) -> str:
    if zone is None:
        return "—"
    return _("%(units)s units, %(staff)s people") % {"units": zone["units"], "staff": amount(zone["staff"])}


def places_table(request: HttpRequest, asked: Proposals, answer: Answer) -> Table:
    """Every unit that is drawn, in official order, with its zone today and in each proposal; the row opens its reasons."""
    drawn = {int(unit) for each in answer.result["proposals"] for unit in each["why"]}
    columns = [
        Column("unit", gettext_lazy("Unit")), *(Column(key, title) for key, title, _terms in answer.sides),
    ]  # fmt: skip
    schemes = dict(
        zip([key for key, _title, _terms in answer.sides], [answer.today, *answer.schemes], strict=True)
    )
    rows = []
    for unit in (each for each in answer.words.order if each in drawn):
        places = {key: _place(scheme, unit) for key, scheme in schemes.items()}
        shown = {
            key: State(name, "warn") if name != places["today"] else name for key, name in places.items()
        }
        rows.append(
            {
                "unit": Link(answer.words.unit(unit), address(request, "zones:proposal-why", asked.pk, unit)),
                **shown,
            }
        )
    return Table(columns, rows, id="places", caption=_("Where each unit is; a unit opens why"))


def _place(scheme: Scheme, unit: int) -> str:
    place = scheme.place(unit)
    return zone_words(place.zone, scheme) if place else "—"


@dataclass(frozen=True)
class Card:
    """One proposal: what it sets store by, how sure it is, who moves, which zones change hands."""

    number: int
    title: str
    stress: str
    cost: str
    beside: State
    proofs: list[tuple[str, str]]
    moves: list[str]
    hands: list[str]
    href: str


def cards(request: HttpRequest, asked: Proposals, answer: Answer) -> list[Card]:
    """The proposals, in the order in which they were found."""
    found = zip(answer.result["proposals"], answer.schemes, strict=True)
    return [_card(request, asked, answer, at, told, scheme) for at, (told, scheme) in enumerate(found, 1)]


def _card(  # noqa: PLR0917 - what a card is made of
    request: HttpRequest,
    asked: Proposals,
    answer: Answer,
    number: int,
    told: Mapping[str, Any],
    scheme: Scheme,
) -> Card:
    cost, today = told["terms"]["cost"], answer.result["today"]["terms"]["cost"]
    proofs = [(part_words(part), _proof(proof)) for part, proof in told["proofs"].items()]
    stresses = dict.fromkeys(
        stress_words(each["stress"]) for each in told["proofs"].values() if "stress" in each
    )
    return Card(
        number, proposal_words(number), clauses(stresses), amount(cost), _beside(cost, today), proofs,
        _moves(answer, scheme), _hands(answer, scheme), address(request, "zones:take-proposal", asked.pk, number),
    )  # fmt: skip


def _proof(proof: Mapping[str, Any]) -> str:
    if proof.get("again"):
        return _("as in the proposal before: the rules leave no other that differs in two units")
    return proof_words(proof)


def _beside(cost: float, today: float) -> State:
    gap = round(cost - today, 1)
    if not gap:
        return State(_("as today"), "quiet")
    if gap < 0:
        return State(_("%(points)s points less than today") % {"points": amount(-gap)}, "good")
    return State(_("%(points)s points more than today") % {"points": amount(gap)}, "warn")


def _moves(answer: Answer, scheme: Scheme) -> list[str]:
    """Who is in another zone than today, in official order."""
    changed = set(difference(answer.today, scheme).changed_zone)
    words = _("%(unit)s: %(before)s → %(after)s")
    return [
        words
        % {
            "unit": answer.words.unit(unit),
            "before": _place(answer.today, unit),
            "after": _place(scheme, unit),
        }
        for unit in answer.words.order
        if unit in changed
    ]


def _hands(answer: Answer, scheme: Scheme) -> list[str]:
    """Zones whose leader, or whose first-level zone, is another than today."""
    today, found = answer.today, difference(answer.today, scheme)
    led = [
        _("%(zone)s: led by %(after)s, today by %(before)s") % {
            "zone": zone_words(each.zone, scheme), "after": _people(answer, each.after), "before": _people(answer, each.before),
        }
        for each in found.handed
    ]  # fmt: skip
    moved = [(was, now) for was, now in found.described if was.parent != now.parent]
    return led + [
        _("%(zone)s: under %(after)s, today under %(before)s") % {
            "zone": now.name, "after": zone_words(now.parent, scheme), "before": zone_words(was.parent, today),
        }
        for was, now in moved
    ]  # fmt: skip


def _people(answer: Answer, people: Iterable[int]) -> str:
    return listed(answer.words.person(each) for each in people) or _("nobody")


@dataclass(frozen=True)
class Reasons:
    """Why a unit is where it is in one proposal, and what having it elsewhere would cost."""

    title: str
    zone: str
    adds: list[str]
    table: Table


def reasons(answer: Answer, unit: int) -> list[Reasons]:
    """For each proposal, why the unit is where it is; nothing for a unit that was not drawn."""
    found = zip(answer.result["proposals"], answer.schemes, strict=True)
    return [
        _reasons(answer, number, each["why"][str(unit)], scheme)
        for number, (each, scheme) in enumerate(found, 1)
        if str(unit) in each["why"]
    ]


def _reasons(answer: Answer, number: int, told: Mapping[str, Any], scheme: Scheme) -> Reasons:
    columns = [
        Column("zone", gettext_lazy("Elsewhere")), Column("alone", gettext_lazy("If it alone moves"), kind="number"),
        Column("at_best", gettext_lazy("If others may move as well"), kind="number"),
        Column("broken", gettext_lazy("Rules that the move alone breaks")),
    ]  # fmt: skip
    rows = [_elsewhere(answer, each, scheme) for each in told["elsewhere"]]
    caption = _("What it would cost elsewhere, in points")
    return Reasons(
        proposal_words(number), zone_words(told["zone"], scheme), list(_adds(told)),
        Table(columns, rows, id=f"elsewhere-{number}", caption=caption, empty=_("There is no other zone.")),
    )  # fmt: skip


def _adds(told: Mapping[str, Any]) -> Iterable[str]:
    if told["travel"]:
        yield _("Its way to the axis is %(minutes)s minutes.") % {"minutes": amount(told["travel"])}
    if told["tie_lost"]:
        words = _(
            "By functions and the division of work it would belong elsewhere by %(points)s points more."
        )
        yield words % {"points": amount(told["tie_lost"])}
    yield _("It moves here from another zone.") if told["changed"] else _("It is here today.")


def _elsewhere(answer: Answer, told: Mapping[str, Any], scheme: Scheme) -> dict[str, Any]:
    named = answer.result["rules"]
    broken = clauses(rule_words(each, named, answer.words, scheme) for each in told["broken"])
    name = _zone_of(told["zone"], [scheme, answer.today, *answer.schemes])
    return {"zone": name, "alone": _more(told["alone"]), "at_best": _at_best(told), "broken": broken}


def _at_best(told: Mapping[str, Any]) -> str:
    if told["never"]:
        return _("never: the rules exclude it")
    return _("not reckoned in time") if told["at_best"] is None else _more(told["at_best"])


def _more(points: float | None) -> str:
    if points is None:
        return "—"
    rounded = round(points, 1)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{amount(abs(rounded))}"
