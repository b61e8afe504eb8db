"""The lists of requests: what each tab shows, and how a row reads."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.queries.request_lists import (
    IN_TIME,
    LATE,
    MINE,
    NONE,
    OPEN,
    OVER,
    SOON,
    WAITING,
    Named,
    list_of,
    named_on,
    searched,
    with_light,
)
from xiezuo.collaboration.requests.wording import (
    light_shown,
    light_words,
    number_words,
    soon_day,
    state_shown,
)
from xiezuo.collaboration.states import ENDED, RequestState
from xiezuo.organisation.api import Commission
from xiezuo.rules.api import RuleKind, WorkCalendar, calendar_of
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput
from xiezuo.ui.blocks import Tab
from xiezuo.ui.links import address, row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.table import Column

TABS = {
    WAITING: gettext_lazy("Waits for me"), OPEN: pgettext_lazy("requests", "Open"),
    MINE: gettext_lazy("What I asked for"), OVER: pgettext_lazy("requests", "Ended"),
}  # fmt: skip
LETTERS = "letters"
"""The list of rectification letters, which stands beside those of requests."""
EMPTY = {
    WAITING: gettext_lazy("Nothing waits for you. What you are to decide, complete or see through appears here, the most urgent first."),
    OPEN: gettext_lazy("No request that you take part in is open. One begins with “Ask for collaboration”."),
    MINE: gettext_lazy("You have asked for nothing yet. A request begins with “Ask for collaboration”."),
    OVER: gettext_lazy("No request that you may see has ended."),
}  # fmt: skip
EXTRA = {"pk": "pk", "year": "year", "lead": "lead", "submitted_at": "submitted_at"}


def tab_asked(request: HttpRequest) -> str:
    """The list that the address names; what is open, unless it names one. Raises `BadInput`."""
    tab = request.GET.get("tab", OPEN)
    if tab not in TABS:
        words = _("There is no list “%(found)s” here; expected one of %(known)s.")
        raise BadInput(words % {"found": tab[:40], "known": ", ".join(TABS)})
    return tab


def tabs_of(request: HttpRequest, here: str) -> list[Tab]:
    """The lists beside each other."""
    tabs = [Tab(words, _address(request, tab), tab == here) for tab, words in TABS.items()]
    return [*tabs, Tab(_("Rectification letters"), address(request, "collaboration:letters"), here == LETTERS)]  # fmt: skip


def _address(request: HttpRequest, tab: str) -> str:
    route = "collaboration:requests"
    return address(request, route) if tab == OPEN else address(request, route, tab=tab)


def listing_of(request: HttpRequest, commission: Commission, actor: Actor, tab: str) -> Listing:
    """The list of a tab, by the day on which the next step is due; nine queries, however many requests there are."""
    today, calendar = clock.today(), calendar_of(commission)
    rows = with_light(list_of(commission, actor, tab), today, soon_day(today, calendar))
    return Listing(
        request, _columns(named_on(commission, today), calendar, tab), rows, title=_("Requests for collaboration"),
        order=("next_due_on", "pk") if tab in (WAITING, OPEN) else ("-pk",), extra=EXTRA, counts=False, search=searched,
        row_link=row_linker(request, "collaboration:request", "pk"), empty=EMPTY[tab],
    )  # fmt: skip


def _columns(named: Named, calendar: WorkCalendar, tab: str) -> list[Column]:
    """What a row says: number, how much time is left, whose, why and how, where it stands. No column counts anything."""
    today = clock.today()
    states = [(state.value, state.label) for state in RequestState if (state in ENDED) == (tab == OVER) or tab == MINE]  # fmt: skip
    lights = [(light, light_words(light)) for light in (LATE, SOON, IN_TIME, NONE)]
    units = [(str(key), name) for key, name in named.units.items()]
    zones = [(str(key), name) for key, name in named.zones.items()]
    return [
        Column("number", pgettext_lazy("request", "Number"), kind="code", sortable=False, field="number", value=_number),
        Column("unit", pgettext_lazy("request", "Asked by"), sortable=False, filterable=True, choices=units, field="unit",
               value=lambda row: named.unit(row["unit"])),
        Column("situation", pgettext_lazy("request", "Situation"), sortable=False, filterable=True, field="situation",
               choices=named.choices(RuleKind.SITUATION), value=lambda row: named.situation(row["situation"])),
        Column("state", pgettext_lazy("request", "State"), kind="state", sortable=False, filterable=True, choices=states, field="state",
               value=lambda row: state_shown(row["state"])),
        Column("light", pgettext_lazy("request", "Next step"), kind="state", sortable=False, filterable=True, choices=lights, field="light",
               value=lambda row: light_shown(row["next_due_on"], today, calendar)),
        Column("next_due_on", pgettext_lazy("request", "Due on"), kind="date", sortable=False),
        Column("method", pgettext_lazy("request", "Method"), sortable=False, filterable=True, field="method", optional=True,
               choices=named.choices(RuleKind.METHOD), value=lambda row: named.method(row["method"])),
        # Without zones there is nothing to choose, and nothing for which every row would have to be asked.
        Column("zone", pgettext_lazy("request", "Zone"), sortable=False, filterable=bool(zones), choices=zones, field="zone", optional=True,
               value=lambda row: named.zone(row["zone"])),
        Column("lead", gettext_lazy("Unit in the lead"), sortable=False, field="lead", optional=True,
               value=lambda row: named.unit(row["lead"])),
        Column("pointer", gettext_lazy("Pointer"), sortable=False, optional=True),
        Column("applied_on", pgettext_lazy("request", "Asked on"), kind="date", sortable=False, optional=True, field="submitted_at",
               value=_asked_on),
    ]  # fmt: skip


def _number(row: Mapping[str, Any]) -> str:
    return number_words(row["year"], row["number"])


def _asked_on(row: Mapping[str, Any]) -> Any:
    return timezone.localdate(row["submitted_at"]) if row["submitted_at"] else None
