"""Parts of the pages of one unit and one person: tables, numbers, the lanes of their timelines."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiezuo.organisation.entry_links import may_enter_here, post_links, share_links
from xiezuo.organisation.establishment import Line
from xiezuo.organisation.proposals import proposals_of
from xiezuo.organisation.queries import Branch as KindBranch
from xiezuo.organisation.queries import PersonPage, UnitPage
from xiezuo.organisation.queries.person import Post, Share
from xiezuo.organisation.queries.unit import InCharge, PostHeld
from xiezuo.organisation.sight import withheld
from xiezuo.organisation.states import LENT, Engagement, Mode, MoveIn, Sex, Status, UnitKind
from xiezuo.shared.lists import listed
from xiezuo.ui.absence import period_words
from xiezuo.ui.blocks import Branch, Stat
from xiezuo.ui.choices import words_of, words_of_all
from xiezuo.ui.links import address, linker
from xiezuo.ui.parts import Link, State, joined
from xiezuo.ui.table import Column, Table
from xiezuo.ui.timeline import Fact, Lane

LENT_TONE, OWN_TONE = "wait", "quiet"


def tree_of(request: HttpRequest, kinds: list[KindBranch], here: int | None = None) -> list[Branch]:
    """The organisation tree; the kind of the unit of this page is unfolded."""
    to = linker(request, "organisation:unit")
    return [_kind(kind, to, here) for kind in kinds]


def _kind(kind: KindBranch, to: Any, here: int | None) -> Branch:
    leaves = [
        Branch(
            leaf.name,
            to(leaf.unit),
            "" if leaf.people is None else _strength(leaf.people),
            here=leaf.unit == here,
        )
        for leaf in kind.leaves
    ]
    return Branch(kind.label, note=_units_and_people(kind), children=leaves,
                  open=here is None or any(leaf.here for leaf in leaves))  # fmt: skip


def _strength(people: int) -> str:
    return ngettext("%(number)s person", "%(number)s people", people) % {"number": people}


def _units_and_people(kind: KindBranch) -> str:
    number = len(kind.leaves)
    units = ngettext("%(number)s unit", "%(number)s units", number) % {"number": number}
    return units if kind.people is None else f"{units} · {_strength(kind.people)}"


def unit_numbers(request: HttpRequest, page: UnitPage) -> list[Stat]:
    """The strength of a unit; each number opens the list of those it counts, where they are for the reader."""
    if page.strength is None:
        return [Stat(_("People in post"), withheld())]

    def opened(number: int, **filters: Any) -> Link:
        where = address(request, "organisation:people", f_unit_id=str(page.unit), **filters)
        return Link(str(number), where if page.seen else "")

    missing = sum(line.missing for line in page.needed)
    strength = page.strength
    stats = [
        Stat(_("People in post"), opened(strength.people)),
        Stat(_("Full-time"), opened(strength.full_time, f_engagement=Engagement.FULL_TIME.value)),
        Stat(_("Of which lent by others"), opened(strength.lent, f_status=[status.value for status in LENT])),
    ]
    return (
        [*stats, Stat(_("Missing against standard"), Link(str(missing), "#standards"))]
        if page.needed
        else stats
    )


def unit_facts(page: UnitPage) -> list[tuple[Any, Any]]:
    """What the unit is on the day."""
    record = page.record
    if record is None:
        return []
    return [
        (_("Kind"), words_of(UnitKind, record.kind)),
        (_("Code"), page.code),
        (_("Also called"), listed(record.aliases)),
        (_("Place"), record.place),
        (_("Host"), record.host),
        (_("Supervises"), listed(record.supervised)),
        (_("Fields of work"), listed(record.functions)),
        (_("Stands"), period_words(record.starts, record.ends)),
        (_("Basis"), record.basis),
    ]


def in_charge(request: HttpRequest, leaders: Iterable[InCharge]) -> str:
    """The leaders of a unit in the division of work, each linked."""
    to = linker(request, "organisation:person")
    pairs = ((words_of(Mode, leader.mode), Link(leader.name, to(leader.person))) for leader in leaders)
    return joined((joined((f"{mode}：", link), "") for mode, link in pairs), "　")


def roster_table(request: HttpRequest, page: UnitPage) -> Table:
    """Who is in post on the day."""
    to = linker(request, "organisation:person")
    columns = [
        Column("name", gettext_lazy("Name of the person")), Column("post", gettext_lazy("Post")),
        Column("engagement", gettext_lazy("Full-time or part-time")), Column("status", gettext_lazy("Staff status"), kind="state"),
        Column("other_posts", gettext_lazy("Also holds")), Column("starts", gettext_lazy("Since"), kind="date"),
        Column("moves", gettext_lazy("Came by")), Column("basis", gettext_lazy("Basis")),
    ]  # fmt: skip
    rows = [_roster_row(held, to) for held in page.roster]
    return Table(
        columns, rows, id="roster", caption=_("Roster"), empty=_("Nobody is in post here on this day.")
    )


def _roster_row(held: PostHeld, to: Any) -> dict[str, Any]:
    return {
        "name": Link(held.name, to(held.person)), "post": held.post,
        "engagement": words_of(Engagement, held.engagement), "status": status_state(held.status, lent=held.lent),
        "other_posts": held.other_posts, "starts": held.starts,
        "moves": words_of_all(MoveIn, held.moves), "basis": held.basis,
    }  # fmt: skip


def status_state(status: str, *, lent: bool) -> Any:
    """Staff lent by others stand out by shape and words; others are plain words."""
    words = words_of(Status, status)
    return State(_("%(status)s (lent)") % {"status": words}, LENT_TONE) if lent else words


def standards_table(needed: Iterable[Line]) -> Table:
    """Standard and reality of each post of a unit."""
    columns = [
        Column("post", gettext_lazy("Post")), Column("required", gettext_lazy("Standard"), kind="number"),
        Column("actual", gettext_lazy("Actual"), kind="number"),
        Column("required_full_time", gettext_lazy("of which full-time"), kind="number"),
        Column("actual_full_time", gettext_lazy("Actual full-time"), kind="number"),
        Column("state", gettext_lazy("State"), kind="state"), Column("basis", gettext_lazy("Basis")),
    ]  # fmt: skip
    rows = [
        {"post": line.post, "required": line.required, "actual": line.actual, "basis": line.basis,
         "required_full_time": line.required_full_time, "actual_full_time": line.actual_full_time,
         "state": standard_state(line)}
        for line in needed
    ]  # fmt: skip
    return Table(
        columns,
        rows,
        id="standards",
        caption=_("Establishment"),
        empty=_("No standard is set for this unit."),
    )


def standard_state(line: Line) -> State:
    """Met, or how many are missing."""
    if line.missing:
        return State(
            ngettext("%(number)s missing", "%(number)s missing", line.missing) % {"number": line.missing},
            "warn",
        )
    if line.missing_full_time:
        number = line.missing_full_time
        return State(
            ngettext("%(number)s not full-time", "%(number)s not full-time", number) % {"number": number},
            "warn",
        )
    if line.over:
        return State(
            ngettext("%(number)s beyond", "%(number)s beyond", line.over) % {"number": line.over}, "quiet"
        )
    return State(_("met"), "good")


def unit_lanes(request: HttpRequest, page: UnitPage) -> list[Lane]:
    """The history of a unit: what it was called, who was in which post."""
    to = linker(request, "organisation:person")
    own = Lane(
        _("Unit"), [Fact(record.name, record.starts, record.ends, record.basis) for record in page.records]
    )
    people: dict[int, list[PostHeld]] = {}
    for held in page.posts:
        people.setdefault(held.person, []).append(held)
    leaders: dict[int, list[InCharge]] = {}
    for leader in page.past_leaders:
        leaders.setdefault(leader.person, []).append(leader)
    return [
        own,
        *(Lane(rows[0].name, [_led(row) for row in rows], to(person)) for person, rows in leaders.items()),
        *(
            Lane(rows[0].name, [_post_fact(row) for row in rows], to(person))
            for person, rows in people.items()
        ),
    ]


def _led(leader: InCharge) -> Fact:
    return Fact(words_of(Mode, leader.mode), leader.starts, leader.ends, leader.basis, tone="good")


def _post_fact(held: PostHeld | Post) -> Fact:
    words = f"{held.post}（{words_of(Engagement, held.engagement)}）"
    return Fact(words, held.starts, held.ends, held.basis, tone=LENT_TONE if held.lent else OWN_TONE)


def posts_table(request: HttpRequest, page: PersonPage) -> Table:
    """Every post that a person holds or held, the latest first."""
    to = linker(request, "organisation:unit")
    columns = [
        Column("unit", gettext_lazy("Unit")), Column("post", gettext_lazy("Post")),
        Column("engagement", gettext_lazy("Full-time or part-time")), Column("status", gettext_lazy("Staff status"), kind="state"),
        Column("period", gettext_lazy("Period")), Column("moves", gettext_lazy("Came by")),
        Column("came_from", gettext_lazy("Came from")), Column("basis", gettext_lazy("Basis")),
        *_entry_column(request),
    ]  # fmt: skip
    proposed = proposals_of([post.id for post in page.posts]) if may_enter_here(request) else {}
    rows = [
        {**_career_row(post, to), "entry": post_links(request, post, proposed.get(post.id))}
        for post in sorted(page.posts, key=lambda post: post.starts, reverse=True)
    ]
    return Table(columns, rows, id="posts", caption=_("Posts over time"), empty=_("No post is recorded."))


def _entry_column(request: HttpRequest) -> list[Column]:
    return [Column("entry", gettext_lazy("To enter"))] if may_enter_here(request) else []


def _career_row(post: Post, to: Any) -> dict[str, Any]:
    return {
        "unit": Link(post.unit_name, to(post.unit)), "post": post.post,
        "engagement": words_of(Engagement, post.engagement), "status": status_state(post.status, lent=post.lent),
        "period": period_words(post.starts, post.ends), "moves": words_of_all(MoveIn, post.moves),
        "came_from": post.came_from, "basis": post.basis,
    }  # fmt: skip


def shares_table(request: HttpRequest, shares: Iterable[Share]) -> Table:
    """A leader's share in the division of work on the day."""
    to = linker(request, "organisation:unit")
    columns = [
        Column("what", gettext_lazy("Unit or line of work")), Column("mode", gettext_lazy("Mode")),
        Column("starts", gettext_lazy("Since"), kind="date"), Column("basis", gettext_lazy("Basis")),
        *_entry_column(request),
    ]  # fmt: skip
    rows = [
        {"entry": share_links(request, share), "what": Link(share.words, to(share.unit)) if share.unit else share.words, "mode": words_of(Mode, share.mode),
         "starts": share.starts, "basis": share.basis}
        for share in shares
    ]  # fmt: skip
    return Table(columns, rows, id="portfolio", caption=_("Division of work"))


def person_lanes(request: HttpRequest, page: PersonPage) -> list[Lane]:
    """Posts and shares in the division of work over time, one lane a unit."""
    to = linker(request, "organisation:unit")
    units: dict[int, list[Post]] = {}
    for post in page.posts:
        units.setdefault(post.unit, []).append(post)
    lanes = [
        Lane(rows[0].unit_name, [_post_fact(row) for row in rows], to(unit)) for unit, rows in units.items()
    ]
    return [*lanes, *_share_lanes(page.shares)]


def _share_lanes(shares: Iterable[Share]) -> list[Lane]:
    facts = [
        Fact(
            f"{words_of(Mode, share.mode)} {share.words}", share.starts, share.ends, share.basis, tone="good"
        )
        for share in shares
    ]
    return [Lane(_("Division of work"), facts)] if facts else []


def personal_facts(page: PersonPage) -> list[tuple[Any, Any]]:
    """Personal data as far as it may be shown."""
    personal = page.personal
    if personal is None:
        return []
    hidden = _("hidden")
    return [
        (_("Code"), page.code),
        (_("Sex"), words_of(Sex, personal.sex)),
        (_("Year of birth") if personal.masked else _("Month of birth"), personal.born),
        (_("Origin"), hidden if personal.masked else personal.origin),
        (_("Telephone"), personal.telephone),
        (_("Skills"), listed(personal.skills)),
    ]
