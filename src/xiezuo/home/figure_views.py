"""指标: every figure with its definition and value, the records behind a number, the balances with their two sides."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import Ability, actor_of, may, may_take_out
from xiezuo.audit.api import Act, record
from xiezuo.figures.api import Answer, Asking, Checked, all_figures, answer, check, values
from xiezuo.home.chips import chip_of
from xiezuo.home.history import history_of
from xiezuo.home.places import address_of
from xiezuo.home.standards import rule_words, switch_of
from xiezuo.home.wording import worded
from xiezuo.shared import clock
from xiezuo.shared.errors import Reason, refuse_if
from xiezuo.shared.lists import listed
from xiezuo.ui.asof import day_query, keep_day
from xiezuo.ui.exporters import workbook_response
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every figure on the day, and every balance."""
    asking = Asking((request.commission.id,), request.day)
    figures = all_figures()
    found = values(asking, [figure.key for figure in figures])[request.commission.id]
    rows = [
        {"title": figure.title, "key": figure.key, "value": chip_of(figure, found[figure.key], request),
         "unit": figure.unit, "definition": figure.definition}
        for figure in figures
    ]  # fmt: skip
    columns = [
        Column("title", _("Figure")),
        Column("value", _("Value"), numeric=True),
        Column("definition", _("Definition")),
        Column("key", _("Name in templates")),
    ]
    context = {
        "table": Table(columns, rows, id="figures", caption=_("Figures")),
        "balances": _balances(request, check(asking, {request.commission.id: found})[request.commission.id]),
        "page_title": _("Figures and balances"),
    }
    return render(request, "home/figures.html", context)


def _balances(request: HttpRequest, checked: list[Checked]) -> Table:
    columns = [
        Column("rule", _("Balance")),
        Column("kind", _("Kind")),
        Column("left", _("Left side"), numeric=True),
        Column("right", _("Right side"), numeric=True),
        Column("state", _("State")),
        Column("short", _("What falls short")),
        Column("standard", _("Our standard")),
    ]
    rows = [
        {"kind": _("identity") if result.balance.kind == "identity" else _("expectation"), "rule": rule_words(result.balance),
         "left": result.left, "right": result.right, "state": _state(result), "short": listed(result.shortfall), "standard": switch_of(request, result)}
        for result in checked
    ]  # fmt: skip
    return Table(columns, rows, id="balances", caption=_("Balances"))


def _state(result: Checked) -> State:
    if result.off:
        return State(_("not this county's standard"), "quiet")
    if result.holds is None:
        return State(_("cannot be said"), "quiet")
    if result.holds:
        return State(_("holds"), "good")
    return (
        State(_("wrong number"), "bad")
        if result.balance.kind == "identity"
        else State(_("shortfall"), "warn")
    )


@require_safe
def records_of(request: HttpRequest, key: str) -> HttpResponse:
    """The records that a figure counts on the day: in the drawer, as a page, or as a workbook."""
    found = answer(key, Asking((request.commission.id,), request.day))
    columns = [_column(found, column.name, column.title) for column in found.figure.columns]
    rows = [_linked(request, row.cells, row.links) for row in found.rows]
    if request.GET.get("format") == "xlsx":
        return _workbook(request, found, columns)
    context = {
        "answer": found,
        "page_title": found.figure.title,
        "table": Table(columns, rows, id="records", caption=_("Records counted"), empty=_nothing(found)),
        "history": history_of(request.commission, found, request.day) if found.known else None,
        "export": keep_day(f"{request.path}?format=xlsx", day_query(request)),
        "may_not_take_out": may_take_out(actor_of(request.user), request.commission.pk),
        "why_unknown": [] if found.known else _why_unknown(request),
    }
    return render(request, "home/records.html", context)


def _nothing(found: Answer) -> str:
    if found.withheld or not found.known:
        return _("None of the records is part of your duties.")
    return _("Nothing is counted.")


def _why_unknown(request: HttpRequest) -> list[Reason]:
    return may(actor_of(request.user), Ability.SEE_TOTALS, commission=request.commission.pk)


def _column(found: Answer, name: str, title: Any) -> Column:
    days = any(isinstance(row.cells.get(name), date) for row in found.rows)
    return Column(name, title, kind="date") if days else Column(name, title)


def _linked(request: HttpRequest, cells: dict[str, Any], links: dict[str, tuple[str, int]]) -> dict[str, Any]:
    linked = {name: keep_day(address_of(*target), day_query(request)) for name, target in links.items()}
    return {
        name: Link(str(value), linked[name]) if linked.get(name) else worded(name, value)
        for name, value in cells.items()
    }


def _workbook(request: HttpRequest, found: Answer, columns: list[Column]) -> HttpResponse:
    by = actor_of(request.user)
    refuse_if(may_take_out(by, request.commission.pk))
    details = {"key": found.key, "on": request.day, "rows": len(found.rows)}
    record(Act.LIST_EXPORTED, by=by, at=clock.now(), commission_code=request.commission.code,
           target=found.key, details=details)  # fmt: skip
    rows = [tuple(worded(name, value) for name, value in row.cells.items()) for row in found.rows]
    return workbook_response(str(found.figure.title), [str(column.title) for column in columns], rows)
