"""Screens of what zones are drawn on: giving a workbook, its faults, the editions, workbooks out."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere
from xiezuo.shared.lists import listed
from xiezuo.ui.links import address
from xiezuo.ui.parts import Link
from xiezuo.ui.table import Column, Table
from xiezuo.zones.models import GroundEdition
from xiezuo.zones.proposals.forms import GroundForm
from xiezuo.zones.proposals.ground_operations import FaultyGround, load_ground
from xiezuo.zones.proposals.ground_reading import Problem
from xiezuo.zones.proposals.ground_writing import edition_book, ground_book
from xiezuo.zones.proposals.views import by, take_part
from xiezuo.zones.queries.grounds import content_that_counts, points_told, units_to_name
from xiezuo.zones.queries.proposals import edition_shown, editions_of
from xiezuo.zones.states import GroundKind
from xiezuo.zones.views import tabs_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@take_part
@never_cache
def grounds(request: HttpRequest) -> HttpResponse:
    """Give a workbook; every edition; what is wrong with coordinates of the ledger."""
    actor, form = by(request), GroundForm(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        book = form.cleaned_data["book"]
        try:
            made = load_ground(
                commission=request.commission,
                book=book.read(),
                file_name=book.name,
                by=actor,
                now=clock.now(),
            )
        except FaultyGround as faulty:
            problems = faulty.problems
        except BadInput as wrong:
            form.add_error("book", str(wrong))
        else:
            messages.success(request, _taken(made))
            return redirect(address(request, "zones:grounds"))
    return _page(request, form, problems)


def _taken(made: list[GroundEdition]) -> str:
    if not made:
        return _("The workbook says what counts already; nothing was changed.")
    return _("Taken: %(sheets)s.") % {"sheets": listed(str(GroundKind(each.kind).label) for each in made)}


def _page(request: HttpRequest, form: GroundForm, problems: tuple[Problem, ...]) -> HttpResponse:
    points = points_told(request.commission, request.day)
    context: dict[str, Any] = {
        "page_title": _("What zones are drawn on"), "tabs": tabs_of(request, "zones:plans"), "form": form,
        "problems": _problems(problems) if problems else None, "number_of_problems": len(problems),
        "points": _points(points) if points else None, "editions": _editions(request, editions_of(request.commission)),
        "template_href": address(request, "zones:ground-template"), "export_href": address(request, "zones:ground-export"),
    }  # fmt: skip
    return render(
        request, "zones/proposals/grounds.html", context, status=422 if form.errors or problems else 200
    )


def _problems(problems: Iterable[Problem]) -> Table:
    columns = [
        Column("sheet", gettext_lazy("Sheet")), Column("row", gettext_lazy("Row"), kind="number"),
        Column("column", gettext_lazy("Column")), Column("found", gettext_lazy("Found")),
        Column("expected", gettext_lazy("Expected")),
    ]  # fmt: skip
    rows = [(each.sheet, each.row, each.column, each.found, each.expected) for each in problems]
    return Table(columns, rows, id="problems", caption=_("Problems"))


def _points(points: Iterable[tuple[str, str]]) -> Table:
    columns = [Column("unit", gettext_lazy("Unit")), Column("wrong", gettext_lazy("What is wrong"))]
    return Table(columns, list(points), id="points", caption=_("Coordinates"))


def _editions(request: HttpRequest, found: list[GroundEdition]) -> Table:
    columns = [
        Column("kind", gettext_lazy("Sheet")), Column("file", gettext_lazy("File")), Column("by", gettext_lazy("Given by")),
        Column("at", gettext_lazy("Given at")), Column("counts", pgettext_lazy("edition", "Counts")),
        Column("sha", gettext_lazy("SHA-256"), kind="code"),
    ]  # fmt: skip
    last = {each.kind: each.pk for each in reversed(found)}
    rows = [
        {
            "kind": Link(GroundKind(each.kind).label, address(request, "zones:ground-edition", each.pk)), "file": each.file_name,
            "by": each.by, "at": date_format(localtime(each.at), "Y-m-d H:i"), "counts": last[each.kind] == each.pk,
            "sha": each.sha256[:12],
        }
        for each in found
    ]  # fmt: skip
    return Table(
        columns, rows, id="editions", caption=_("Editions"), empty=_("The county has given nothing yet.")
    )


@require_safe
@never_cache
def template(request: HttpRequest) -> HttpResponse:
    """The workbook with the county's units and nothing else."""
    by(request)
    content = ground_book(units_to_name(request.commission, request.day), {})
    return _workbook(content, _("What zones are drawn on (empty)"))


@require_safe
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """The workbook of what counts now; given again, it changes nothing."""
    by(request)
    content = ground_book(
        units_to_name(request.commission, request.day), content_that_counts(request.commission)
    )
    return _workbook(content, _("What zones are drawn on"))


@require_safe
@never_cache
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition, as a workbook of its sheet."""
    by(request)
    if (found := edition_shown(request.commission, pk)) is None:
        raise NotThere(_("There is no such edition."))
    kind = GroundKind(found.kind)
    return _workbook(edition_book(kind, found.content), f"{kind.label} {found.pk}")


def _workbook(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=WORKBOOK)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return answer
