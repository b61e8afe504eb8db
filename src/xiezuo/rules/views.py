"""Screens of the regulations: the list with the one status of each, and one regulation."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import kept_page, list_response
from xiezuo.figures.api import figure_band
from xiezuo.rules import queries
from xiezuo.rules.queries import RegulationPage, RegulationRow
from xiezuo.rules.rule_views import tabs_of
from xiezuo.rules.states import RegulationStatus
from xiezuo.ui.absence import period_words, stays
from xiezuo.ui.links import row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import State
from xiezuo.ui.table import Column, Table
from xiezuo.ui.timeline import Fact, Lane

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
        Column("edition", gettext_lazy("Edition")),
        Column("document_no", gettext_lazy("Document number"), searchable=True),
        Column("revised_on", gettext_lazy("Revised"), kind="date"),
        Column("code", gettext_lazy("Code"), optional=True),
    ]  # fmt: skip
    rows = [_row(row) for row in queries.regulations(request.commission, request.day)]
    listing = Listing(request, columns, rows, title=_("Regulations"), extra=("regulation",),
                      row_link=row_linker(request, "rules:regulation", "regulation"), peek=True,
                      empty=_("No regulation had been begun by this day."))  # fmt: skip
    return list_response(
        request,
        listing,
        "rules/list.html",
        {
            "tabs": tabs_of(request, "regulations"),
            "stats": figure_band(request, "regulations.in_force", "regulations.listed"),
        },
    )


def _row(row: RegulationRow) -> dict[str, Any]:
    return {
        "regulation": row.regulation, "name": row.name, "status": status_state(row.status), "since": row.since,
        "edition": row.edition, "document_no": row.document_no, "revised_on": row.revised_on, "code": row.code,
    }  # fmt: skip


@require_safe
@kept_page
def regulation(request: HttpRequest, pk: int) -> HttpResponse:
    """One regulation: its one status on the day and the stages of its life."""
    page = queries.regulation_page(request.commission, pk, request.day)
    context = {
        "page_title": page.named,
        "page": page,
        "stays": stays(request, page.records),
        "status": status_state(page.status) if page.status else None,
        "facts": _facts(page),
        "stages": _stages(page),
        "lanes": _lanes(page),
    }
    return render(request, "rules/regulation.html", context)


def _facts(page: RegulationPage) -> list[tuple[Any, Any]]:
    record = page.record
    if record is None:
        return []
    return [
        (_("Status since"), page.since),
        (_("Code"), page.code),
        (_("Edition"), record.edition),
        (_("Document number"), record.document_no),
        (_("Recorded"), period_words(record.starts, record.ends)),
    ]


def _stages(page: RegulationPage) -> Table:
    columns = [
        Column("status", gettext_lazy("Stage")), Column("day", gettext_lazy("Day"), kind="date"),
        Column("state", gettext_lazy("State"), kind="state"),
    ]  # fmt: skip
    rows = [
        {"status": stage.status, "day": stage.day,
         "state": State(_("still ahead"), "wait") if stage.ahead else State(_("reached"), "good")}
        for stage in page.stages
    ]  # fmt: skip
    return Table(columns, rows, id="stages", caption=_("Stages"), empty=_("No stage is recorded."))


def _lanes(page: RegulationPage) -> list[Lane]:
    """Each stage as a bar that lasts until the next."""
    stages = page.stages
    following = [stage.day for stage in stages[1:]]
    end = page.records[-1].ends if page.records else page.on
    facts = [
        Fact(stage.status, stage.day, until, tone="wait" if stage.ahead else "quiet")
        for stage, until in zip(stages, [*following, end], strict=True) if stage.day < until
    ]  # fmt: skip
    return [Lane(_("Stages"), facts)]
