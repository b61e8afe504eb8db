"""Screens of the work rules and the work calendar: lists of each kind, one rule with its editions, one year."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.accounts.api import actor_of, kept_page, list_response
from xiezuo.rules import rule_operations as operations
from xiezuo.rules import rule_queries as queries
from xiezuo.rules.models import WorkRule
from xiezuo.rules.policies import may_edit_rules
from xiezuo.rules.regulation_shown import clauses_under
from xiezuo.rules.rule_forms import DayForm, YearForm
from xiezuo.rules.states import DayKind, RuleKind
from xiezuo.rules.wording import (
    approval_words,
    badge_state,
    decide_words,
    extension_words,
    force_words,
    limit_words,
    method_words,
    shown_values,
)
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, Refused
from xiezuo.shared.lists import clauses
from xiezuo.ui.absence import period_words
from xiezuo.ui.blocks import Tab
from xiezuo.ui.choices import words_of
from xiezuo.ui.links import address, row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table

KINDS = {
    "procedures": RuleKind.PROCEDURE, "deadlines": RuleKind.DEADLINE, "grounds": RuleKind.GROUND,
    "methods": RuleKind.METHOD, "situations": RuleKind.SITUATION, "internal": RuleKind.INTERNAL,
    "zoning": RuleKind.ZONING,
}  # fmt: skip
"""Word of the address → what it shows."""

Names = dict[str, dict[str, str]]
Cells = dict[str, tuple[Any, Callable[[WorkRule, Names], Any]]]
LIMITS: Cells = {
    "limit": (gettext_lazy("Limit"), lambda rule, _names: limit_words(rule)),
    "extension": (gettext_lazy("Extension"), lambda rule, _names: extension_words(rule)),
}
EXPLAINED: Cells = {"rule": (gettext_lazy("Explanation"), lambda rule, _names: rule.rule)}
CELLS: dict[RuleKind, Cells] = {
    RuleKind.PROCEDURE: {
        "methods": (gettext_lazy("Methods"), method_words),
        "approval": (gettext_lazy("Who approves"), lambda rule, _names: approval_words(rule)),
        "decide": (gettext_lazy("Decided within"), lambda rule, _names: decide_words(rule)),
        **LIMITS,
        "rule": (gettext_lazy("Recusal and team"), lambda rule, _names: rule.rule),
    },
    RuleKind.DEADLINE: LIMITS,
    RuleKind.GROUND: {
        **EXPLAINED,
        "approval": (gettext_lazy("Who decides"), lambda rule, _names: approval_words(rule)),
    },
    RuleKind.METHOD: EXPLAINED,
    RuleKind.SITUATION: EXPLAINED,
    RuleKind.INTERNAL: {
        "approval": (gettext_lazy("Who approves"), lambda rule, _names: approval_words(rule)),
        "decide": (gettext_lazy("Decided within"), lambda rule, _names: decide_words(rule)),
        **EXPLAINED,
    },
    RuleKind.ZONING: {
        "force": (pgettext_lazy("rule of zone plans", "Force"), lambda rule, _names: force_words(rule)),
        "limit": (pgettext_lazy("rule of zone plans", "Number"), lambda rule, _names: limit_words(rule)),
        **EXPLAINED,
    },
}


def tabs_of(request: HttpRequest, here: str) -> list[Tab]:
    """The pages of the chapter."""
    kinds = [
        Tab(str(kind.label), address(request, "rules:work-rules", kind=word), word == here)
        for word, kind in KINDS.items()
    ]
    return [
        Tab(_("Regulations"), address(request, "rules:list"), here == "regulations"), *kinds,
        Tab(_("Work calendar"), address(request, "rules:calendar"), here == "calendar"),
    ]  # fmt: skip


def asked_kind(request: HttpRequest) -> tuple[str, RuleKind]:
    """The kind that the address names, else procedures. Raises `BadInput` for an unknown one."""
    word = request.GET.get("kind", "procedures")
    if word not in KINDS:
        words = _("There is no kind of work rule “%(found)s”; expected one of %(known)s.")
        raise BadInput(words % {"found": word[:50], "known": ", ".join(KINDS)})
    return word, KINDS[word]


@require_safe
@kept_page
def work_rules(request: HttpRequest) -> HttpResponse:
    """The work rules of one kind in force on the day, each with what it rests on."""
    word, kind = asked_kind(request)
    rules = queries.rules_on(request.commission, kind, request.day)
    columns, rows = _list_columns(kind), _list_rows(kind, rules, names_on(request))
    listing = Listing(
        request, columns, rows, title=kind.label, extra=("rule_id",),
        row_link=row_linker(request, "rules:work-rule", "rule_id"), peek=True,
        empty=_("No rule of this kind is in force on this day."),
    )  # fmt: skip
    context = {
        "tabs": tabs_of(request, word), "none": not rules, "add_href": address(request, "rules:add-rule", kind=word),
        "lacks_defaults": queries.lacks_defaults(request.commission),
        "may_not_edit": may_edit_rules(actor_of(request.user), request.commission.pk),
    }  # fmt: skip
    return list_response(request, listing, "rules/work_rules.html", context)


def _list_columns(kind: RuleKind) -> list[Column]:
    return [
        Column("code", gettext_lazy("Code")), Column("name", gettext_lazy("Name"), searchable=True),
        *(Column(key, title, searchable=True) for key, (title, _value) in CELLS[kind].items()),
        Column("clause", gettext_lazy("Clause"), searchable=True, optional=kind == RuleKind.PROCEDURE),
        Column("badge", gettext_lazy("Rests on"), kind="state", filterable=True),
    ]  # fmt: skip


def _list_rows(kind: RuleKind, rules: list[WorkRule], names: Names) -> list[dict[str, Any]]:
    return [
        {"rule_id": rule.pk, "code": rule.code, "name": rule.name, "clause": rule.clause, "badge": badge_state(rule),
         **{key: value(rule, names) for key, (_title, value) in CELLS[kind].items()}}
        for rule in rules
    ]  # fmt: skip


@require_POST
def load_defaults(request: HttpRequest) -> HttpResponse:
    """Add the package's rules and published years that the county never had."""
    loaded = operations.load_defaults(
        commission=request.commission, by=actor_of(request.user), now=clock.now()
    )
    words = _("Added: %(rules)s rules, %(years)s years, %(days)s days of the calendar.")
    told = {"rules": loaded.rules, "years": loaded.years, "days": loaded.days}
    messages.success(request, words % told)
    return HttpResponseRedirect(address(request, "rules:work-rules"))


def names_on(request: HttpRequest) -> dict[str, dict[str, str]]:
    """Codes and names of the situations and methods in force on the day."""
    return {
        kind.value: {rule.code: rule.name for rule in queries.rules_on(request.commission, kind, request.day)}
        for kind in (RuleKind.SITUATION, RuleKind.METHOD)
    }


@require_safe
@kept_page
def work_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """One rule: what it says on the day, on what it rests, and every edition of it.

    With `kept` in the address: what the very edition said that a matter began under, whatever was changed since.
    """
    asked = queries.edition_begun_under(request.commission, pk)
    rows = queries.editions(request.commission, asked.kind, asked.code)
    held = queries.in_force(rows, request.day)
    kept = "kept" in request.GET
    shown = asked if kept else held or asked
    words = next(word for word, kind in KINDS.items() if kind == asked.kind)
    context = {
        "page_title": f"{shown.code} {shown.name}", "tabs": tabs_of(request, words), "badge": badge_state(shown),
        "held": held, "kept": kept, "facts": list(shown_values(shown, names_on(request)).items()),
        "editions": _editions(rows, request), "may_not_edit": may_edit_rules(actor_of(request.user), request.commission.pk),
        "change_href": address(request, "rules:change-rule", shown.pk),
        "end_href": address(request, "rules:end-rule", shown.pk), "clauses": clauses_under(request, shown),
        "of_matters": shown.kind != RuleKind.ZONING,
    }  # fmt: skip
    return render(request, "rules/work_rule.html", context)


def _editions(rows: list[WorkRule], request: HttpRequest) -> Table:
    columns = [
        Column("period", gettext_lazy("In force")), Column("said", gettext_lazy("What it says")),
        Column("basis", gettext_lazy("Basis")), Column("by", gettext_lazy("Entered by")),
        Column("at", gettext_lazy("Entered on"), kind="date"),
    ]  # fmt: skip
    names = names_on(request)
    cells = [
        {"period": period_words(row.starts, row.ends), "said": clauses(list(shown_values(row, names).values())[1:7]),
         "basis": row.basis, "by": row.entered_by, "at": row.known_from.date()}
        for row in rows
    ]  # fmt: skip
    return Table(columns, cells, id="editions", caption=_("Editions"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def calendar(request: HttpRequest) -> HttpResponse:
    """One year of the work calendar; whoever keeps the ledger adds days and years below it."""
    year = _asked_year(request)
    act = request.POST.get("act", "")
    day_form = DayForm(request.POST if act == "day" else None)
    year_form = YearForm(request.POST if act == "year" else None, initial={"year": year})
    form = {"day": day_form, "year": year_form}.get(act)
    if form is not None and form.is_valid():
        try:
            return _entered(request, form)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(reason.code if reason.code in form.fields else None, reason.text)
    context = _calendar_page(request, year) | {"day_form": day_form, "year_form": year_form}
    failed = form is not None and bool(form.errors)
    return render(request, "rules/calendar.html", context, status=422 if failed else 200)


def _asked_year(request: HttpRequest) -> int:
    asked = request.GET.get("year", str(request.day.year))
    if not (asked.isascii() and asked.isdigit() and 2000 <= int(asked[:5]) < 2200):
        raise BadInput(_("“%(found)s” is no year; expected one from 2000 to 2199.") % {"found": asked[:20]})
    return int(asked)


def _entered(request: HttpRequest, form: Form) -> HttpResponse:
    given = {
        **form.cleaned_data,
        "commission": request.commission,
        "by": actor_of(request.user),
        "now": clock.now(),
    }
    if isinstance(form, DayForm):
        operations.add_day(**given)
        year = given["day"].year
    else:
        operations.add_year(**given)
        year = given["year"]
    messages.success(request, _("The work calendar has been changed."))
    return HttpResponseRedirect(address(request, "rules:calendar", year=str(year)))


def _calendar_page(request: HttpRequest, year: int) -> dict[str, Any]:
    page = queries.year_page(request.commission, year)
    refused = may_edit_rules(actor_of(request.user), request.commission.pk)
    years = sorted({*page.years, year})
    state = State(_("not entered"), "bad")
    if page.held is not None:
        state = State(_("provisional: weekends only"), "warn") if page.held.provisional else State(_("published"), "good")  # fmt: skip
    return {
        "page_title": _("Work calendar %(year)s") % {"year": year}, "tabs": tabs_of(request, "calendar"),
        "years": [Tab(str(each), address(request, "rules:calendar", year=str(each)), each == year) for each in years],
        "gap": queries.calendar_gap(request.commission, clock.today()),
        "state": state, "held": page.held, "may_not_edit": refused, "table": _days(request, page, editable=not refused),
    }  # fmt: skip


def _days(request: HttpRequest, page: queries.YearPage, *, editable: bool) -> Table:
    columns = [
        Column("month", gettext_lazy("Month")), Column("day", gettext_lazy("Day"), kind="date"),
        Column("kind", gettext_lazy("How it differs"), kind="state"), Column("name", gettext_lazy("Name of the holiday")),
        Column("basis", gettext_lazy("Basis")), Column("by", gettext_lazy("Entered by")),
        *([Column("remove", gettext_lazy("Remove"))] if editable else []),
    ]  # fmt: skip
    rows = [
        {"month": f"{row.starts:%Y-%m}", "day": row.starts,
         "kind": State(words_of(DayKind, row.kind), "good" if row.kind == DayKind.HOLIDAY else "wait"), "name": row.name,
         "basis": row.basis, "by": row.entered_by,
         "remove": Link(_("Remove"), address(request, "rules:remove-day", row.pk))}
        for row in page.days
    ]  # fmt: skip
    return Table(columns, rows, id="days", caption=_("Days that differ from Monday to Friday"),
                 empty=_("No day of this year is entered: Monday to Friday are worked."))  # fmt: skip
