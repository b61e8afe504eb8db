"""The lists of the inbox: what each tab shows, and how a row reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.accounts.api import Ability, Actor, has
from xiezuo.approvals.api import (
    Approval,
    all_kinds,
    applied_by,
    asked_of_reader,
    coordinated_by_reader,
    done_by,
    kind_of,
    under_way,
    with_light,
)
from xiezuo.approvals.states import ApprovalState, Verb
from xiezuo.home.inbox.names import Called
from xiezuo.home.inbox.page import work_calendar
from xiezuo.home.inbox.rail import local_day
from xiezuo.home.inbox.wording import done_words, due_state, light_words, state_of, step_words
from xiezuo.shared import clock
from xiezuo.ui.blocks import Tab
from xiezuo.ui.links import address, row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.table import Column, Row

WAITING, MINE, TOLD, DONE, ALL = "waiting", "mine", "told", "done", "all"
LIGHTS = ("red", "amber", "green")
FIELDS = {
    "pk": "pk", "number": "number", "year": "year", "code": "commission__code", "unit": "unit", "applicant": "applicant",
    "step": "now__title", "due_on": "due_on", "edition": "edition", "submitted_at": "submitted_at",
}  # fmt: skip


@dataclass(frozen=True)
class Names:
    """What the rows of one page are called; asked for once they are known."""

    called: Called
    calendar: Any

    @classmethod
    def of(cls, request: HttpRequest) -> "Names":
        """For a page of the commission of the request."""
        return cls(Called(clock.today()), work_calendar(request.commission))  # type: ignore[attr-defined]

    def know(self, rows: Sequence[Row]) -> None:
        """Ask for everything that these rows name, one query for each kind of name."""
        self.called.know(accounts=[row["applicant"] for row in rows], units=[row["unit"] for row in rows])


def tabs_of(request: HttpRequest, actor: Actor, here: str) -> list[Tab]:
    """The lists that the reader has, and the pages beside them."""
    keeps = has(actor, Ability.KEEP_LEDGER, commission=request.commission.pk)  # type: ignore[attr-defined]
    lists = [
        (WAITING, _("To be decided by me")),
        (MINE, _("I applied")),
        (TOLD, _("For my information")),
        (DONE, _("I dealt with")),
    ]
    if keeps:
        lists.append((ALL, _("All under way")))
    tabs = [Tab(words, _list_address(request, name), name == here) for name, words in lists]
    tabs += [
        Tab(_("Stand-ins"), address(request, "inbox:delegations"), here == "delegations"),
        Tab(_("Standard phrases"), address(request, "inbox:phrases"), here == "phrases"),
    ]
    if keeps:
        tabs.append(Tab(_("Numbers"), address(request, "inbox:numbers"), here == "numbers"))
        tabs.append(Tab(_("Hand over"), address(request, "inbox:open-work"), here == "open-work"))
    return tabs


def _list_address(request: HttpRequest, name: str) -> str:
    return address(request, "inbox:list") if name == WAITING else address(request, "inbox:list", tab=name)


def listing_of(request: HttpRequest, actor: Actor, tab: str) -> Listing:
    """The list of a tab."""
    if tab == DONE:
        return _deeds(request, actor)
    rows = with_light(_rows(request, actor, tab), clock.today())
    names = Names.of(request)
    order = ("-pk",) if tab == MINE else ("due_on", "pk")
    listing = Listing(
        request, columns(names, tab), rows, title=_("To do"), order=order, extra=FIELDS,
        row_link=row_linker(request, "inbox:approval", "pk"), empty=EMPTY[tab],
        select=_batched if tab == WAITING and _has_batches() else None, select_form="batch",
    )  # fmt: skip
    if not listing.exporting:
        names.know(listing.page.rows)
    return listing


EMPTY = {
    WAITING: gettext_lazy(
        "Nothing waits for you. What is sent to you for decision appears here, the most urgent first."
    ),
    MINE: gettext_lazy("You have applied for nothing yet. An application begins on the page of its matter."),
    TOLD: gettext_lazy("Nothing is under way in the units that you keep contact with."),
    DONE: gettext_lazy("You have decided nothing yet."),
    ALL: gettext_lazy("Nothing is under way."),
}


def _rows(request: HttpRequest, actor: Actor, tab: str) -> QuerySet[Approval]:
    if tab == WAITING:
        return asked_of_reader()
    if tab == MINE:
        return applied_by(actor.user_id or 0)
    return coordinated_by_reader() if tab == TOLD else under_way(request.commission.pk)  # type: ignore[attr-defined]


def _has_batches() -> bool:
    return any(kind.batch for kind in all_kinds())


def _batched(row: Row) -> str:
    """What a ticked row sends: which application, and the edition that was seen. Nothing where each needs a look."""
    return f"{row['pk']}:{row['edition']}" if kind_of(row["kind"]).batch else ""


def number_words(row: Mapping[str, Any]) -> str:
    """The number of a row as it is printed."""
    return f"{kind_of(row['kind']).mark}-{row['year']}-{row['code']}-{row['number']}"


def columns(names: Names, tab: str) -> list[Column]:
    """What a row says: title and number, how much time is left, what kind, whose, where it stands."""
    kinds = [(kind.code, kind.title) for kind in all_kinds()]
    states = [(state.value, state.label) for state in ApprovalState]
    lights = [(light, light_words(light)) for light in LIGHTS]
    today, called = clock.today(), names.called
    return [
        Column("title", gettext_lazy("Matter"), sortable=False, searchable=True),
        Column("light", gettext_lazy("Time left"), kind="state", sortable=False, filterable=True, choices=lights, field="light",
               value=lambda row: due_state(row["light"], row["due_on"], today, names.calendar)),
        Column("number_shown", gettext_lazy("Application no."), kind="code", sortable=False, value=number_words),
        Column("kind", gettext_lazy("Kind"), sortable=False, filterable=True, choices=kinds, field="kind",
               value=lambda row: kind_of(row["kind"]).title),
        Column("unit_name", gettext_lazy("Unit"), sortable=False, value=lambda row: called.unit(row["unit"])),
        Column("applicant_name", gettext_lazy("Applicant"), sortable=False, optional=tab == MINE,
               value=lambda row: called.account(row["applicant"])),
        Column("step_shown", gettext_lazy("Step"), sortable=False, value=lambda row: step_words(row["step"] or "")),
        Column("state", gettext_lazy("State"), kind="state", sortable=False, filterable=tab in (MINE, ALL), choices=states,
               field="state", optional=tab == WAITING, value=lambda row: state_of(row["state"])),
        Column("applied_on", gettext_lazy("Applied on"), kind="date", sortable=False, optional=True,
               value=lambda row: local_day(row["submitted_at"])),
    ]  # fmt: skip


DEED_FIELDS = {
    "pk": "approval_id", "year": "approval__year", "number": "approval__number", "code": "approval__commission__code",
    "kind": "approval__kind",
}  # fmt: skip


def _deeds(request: HttpRequest, actor: Actor) -> Listing:
    """What the reader did, the newest first: one row for each act, so that it costs the same however many there are."""
    verbs = [
        (verb.value, done_words(verb)) for verb in (Verb.APPROVE, Verb.RETURN, Verb.REFUSE, Verb.ADD_SIGNER)
    ]
    shown = [
        Column("title", gettext_lazy("Matter"), sortable=False, field="approval__title", searchable=True),
        Column("verb", gettext_lazy("What I did"), sortable=False, filterable=True, choices=verbs, field="verb",
               value=lambda row: done_words(row["verb"])),
        Column("done_on", gettext_lazy("On"), kind="date", sortable=False, field="at",
               value=lambda row: local_day(row["done_on"])),
        Column("number_shown", gettext_lazy("Application no."), kind="code", sortable=False, value=number_words),
        Column("kind_shown", gettext_lazy("Kind"), sortable=False, value=lambda row: kind_of(row["kind"]).title),
        Column("said", gettext_lazy("What I said"), sortable=False),
        Column("state", gettext_lazy("State now"), kind="state", sortable=False, field="approval__state",
               value=lambda row: state_of(row["state"])),
    ]  # fmt: skip
    own = done_by(actor.user_id or 0)
    return Listing(
        request, shown, own, title=_("To do"), order=("-pk",), extra=DEED_FIELDS, alone=own,
        row_link=row_linker(request, "inbox:approval", "pk"), empty=EMPTY[DONE],
    )  # fmt: skip
