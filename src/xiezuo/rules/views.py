"""The list of the regulations, with the one status of each."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import actor_of, kept_page, list_response
from xiezuo.figures.api import figure_band
from xiezuo.rules import queries
from xiezuo.rules.queries import RegulationRow
from xiezuo.rules.regulation_policies import may_apply
from xiezuo.rules.regulation_waits import Waits, waits_of
from xiezuo.rules.rule_views import tabs_of
from xiezuo.rules.states import RegulationStatus
from xiezuo.ui.links import row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import State
from xiezuo.ui.table import Column

TONES = {
    RegulationStatus.IN_FORCE: "good",
    RegulationStatus.TRIAL: "good",
    RegulationStatus.REVIEW: "wait",
    RegulationStatus.CONSULTATION: "wait",
    RegulationStatus.DRAFT: "wait",
    RegulationStatus.PLANNED: "quiet",
    RegulationStatus.REPEALED: "quiet",
}


def status_state(status: RegulationStatus) -> State:
    """The one status in words and shape."""
    return State(status.label, TONES[status])


@require_safe
@kept_page
def regulations(request: HttpRequest) -> HttpResponse:
    """Regulations begun by the day, each with its one status."""
    columns = [
        Column("name", gettext_lazy("Regulation"), searchable=True),
        Column("status", pgettext_lazy("regulation", "Status"), kind="state", filterable=True),
        Column("since", gettext_lazy("Since"), kind="date"),
        Column("until", gettext_lazy("Trial until"), kind="date"),
        Column("waits", gettext_lazy("What waits")),
        Column("edition", gettext_lazy("Edition")),
        Column("document_no", gettext_lazy("Document number"), searchable=True),
        Column("revised_on", gettext_lazy("Revised"), kind="date"),
        Column("code", gettext_lazy("Code"), optional=True),
    ]  # fmt: skip
    waiting = waits_of(request.commission, request.day)
    rows = [_row(row, waiting) for row in queries.regulations(request.commission, request.day)]
    listing = Listing(request, columns, rows, title=_("Regulations"), extra=("regulation",),
                      row_link=row_linker(request, "rules:regulation", "regulation"), peek=True,
                      empty=_("No regulation had been begun by this day."))  # fmt: skip
    return list_response(
        request,
        listing,
        "rules/list.html",
        {
            "tabs": tabs_of(request, "regulations"),
            "may_begin": not may_apply(actor_of(request.user), request.commission.pk),
            "stats": figure_band(request, "regulations.in_force", "regulations.listed"),
        },
    )


def _row(row: RegulationRow, waiting: Mapping[int, Waits]) -> dict[str, Any]:
    waits = waiting.get(row.regulation, Waits())
    return {
        "until": waits.until, "waits": waits.words,
        "regulation": row.regulation, "name": row.name, "status": status_state(row.status), "since": row.since,
        "edition": row.edition, "document_no": row.document_no, "revised_on": row.revised_on, "code": row.code,
    }  # fmt: skip
