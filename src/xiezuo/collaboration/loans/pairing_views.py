"""Screens of paired units (帮扶): the list, one pairing with its visits, and their forms."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import list_response
from xiezuo.collaboration.loans import pairing_operations as operations
from xiezuo.collaboration.loans import policies, shown
from xiezuo.collaboration.loans.asked import DAY
from xiezuo.collaboration.loans.forms import PairingForm, ReviewForm, VisitForm
from xiezuo.collaboration.loans.views import Page, answered, by, tabs_of, take_part
from xiezuo.collaboration.models import Pairing, PairingVisit
from xiezuo.collaboration.queries import loans as queries
from xiezuo.organisation.api import unit_names, units_offered
from xiezuo.rules.api import months_after
from xiezuo.shared import clock
from xiezuo.shared.errors import refuse_if
from xiezuo.ui.links import address, linker, row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import Link, State, text_of
from xiezuo.ui.table import Column, Table
from xiezuo.ui.timeline import Fact, Lane
from xiezuo.ui.words import long_day


def state_of(row: Pairing, day: Any) -> State:
    """How a pairing stands on a day."""
    if row.reviewed_on is not None and row.reviewed_on <= day:
        return State(_("reviewed"), "quiet")
    if day >= row.ends:
        return State(_("over, to be reviewed"), "warn")
    return State(_("running"), "good") if day >= row.starts else State(_("not begun"), "wait")


@require_safe
@never_cache
def pairings(request: HttpRequest) -> HttpResponse:
    """Units that are or were paired, the latest first."""
    commission, day = request.commission, request.day
    found = list(queries.pairings_of(commission).filter(starts__lte=max(day, clock.today())))
    units = unit_names({each.strong_id for each in found} | {each.weak_id for each in found}, day)
    visits: dict[int, list[PairingVisit]] = {}
    for each in queries.visits_of(found):
        visits.setdefault(each.pairing_id, []).append(each)
    rows = [
        {"pk": each.pk, "strong": units.get(each.strong_id, ""), "weak": units.get(each.weak_id, ""), "starts": each.starts,
         "last": each.ends - DAY, "visits": len(visits.get(each.pk, [])), "hours": sum(v.hours for v in visits.get(each.pk, [])),
         "state": state_of(each, day), "basis": each.basis}
        for each in found
    ]  # fmt: skip
    listing = Listing(request, _columns(), rows, title=_("Paired units"), extra=("pk",), peek=True,
                      row_link=row_linker(request, "collaboration:pairing", "pk"), empty=_("No units are paired yet."))  # fmt: skip
    ask = "" if policies.may_pair(by(request), commission.pk) else address(request, "collaboration:make-pairing")  # fmt: skip
    context = {"tabs": tabs_of(request, "collaboration:pairings"), "pair_href": ask}
    return list_response(request, listing, "collaboration/loans/list.html", context)


def _columns() -> list[Column]:
    return [
        Column("strong", gettext_lazy("Unit that helps"), searchable=True, sortable=False),
        Column("weak", gettext_lazy("Unit that is helped"), searchable=True, sortable=False),
        Column("starts", pgettext_lazy("loan", "First day"), kind="date"), Column("last", pgettext_lazy("loan", "Last day"), kind="date"),
        Column("visits", gettext_lazy("Visits"), numeric=True, sortable=False), Column("hours", pgettext_lazy("pairing", "Hours"), numeric=True, sortable=False),
        Column("state", gettext_lazy("State"), kind="state", sortable=False), Column("basis", gettext_lazy("Basis"), optional=True, sortable=False),
    ]  # fmt: skip


@require_safe
@never_cache
def pairing(request: HttpRequest, pk: int) -> HttpResponse:
    """One pairing: aims, visits with hours, its review."""
    row, actor, day = queries.pairing_shown(request.commission, pk), by(request), request.day
    units, to = unit_names([row.strong_id, row.weak_id], day), linker(request, "organisation:unit")
    facts = [
        (_("Unit that helps"), Link(units.get(row.strong_id, ""), to(row.strong_id))),
        (_("Unit that is helped"), Link(units.get(row.weak_id, ""), to(row.weak_id))), (_("Aims"), row.aims), (_("Basis"), row.basis),
        (_("Agreed by"), row.agreed_by), (pgettext_lazy("loan", "First day"), long_day(row.starts)),
        (pgettext_lazy("loan", "Last day"), long_day(row.ends - DAY)), (_("What was reached"), row.review),
        (_("Reviewed on"), long_day(row.reviewed_on) if row.reviewed_on else ""),
    ]  # fmt: skip
    reviewed = [] if row.reviewed_on is None else [_over()]
    steps = [
        shown.Step(_("Enter a visit"), address(request, "collaboration:add-visit", pk), [*policies.may_visit(actor, row), *reviewed], "visit"),
        shown.Step(_("Review and end"), address(request, "collaboration:review-pairing", pk), [*policies.may_pair(actor, row.commission_id), *reviewed], "review"),
    ]  # fmt: skip
    context = {
        "page_title": _("%(strong)s helps %(weak)s") % {"strong": units.get(row.strong_id, ""), "weak": units.get(row.weak_id, "")},
        "state": state_of(row, day), "facts": facts, "steps": steps, "visits": _visits(list(queries.visits_of([row]))),
        "tabs": tabs_of(request, ""), "back": address(request, "collaboration:pairings"),
        "lanes": [Lane(_("Paired"), [Fact(_("Paired"), row.starts, row.ended_on or row.ends, row.basis, tone="good")])],
    }  # fmt: skip
    return render(request, "collaboration/loans/pairing.html", context)


def _over() -> Any:
    from xiezuo.shared.errors import Reason  # noqa: PLC0415

    return Reason("reviewed", _("This pairing was reviewed already."))


def _visits(found: list[PairingVisit]) -> Table:
    heads = [
        Column("day", pgettext_lazy("pairing", "Day"), kind="date", sortable=False), Column("what", pgettext_lazy("pairing", "What was done"), sortable=False),
        Column("hours", pgettext_lazy("pairing", "Hours"), numeric=True, sortable=False), Column("by", gettext_lazy("Entered by"), sortable=False),
    ]  # fmt: skip
    cells = [{"day": each.day, "what": each.what, "hours": text_of(each.hours), "by": each.by} for each in found]  # fmt: skip
    return Table(heads, cells, id="visits", caption=_("Visits"), empty=_("No visit yet."))


@take_part
@never_cache
def make(request: HttpRequest) -> HttpResponse:
    """Pair two units."""
    refuse_if(policies.may_pair(by(request), request.commission.pk))
    today = clock.today()
    form = PairingForm(request.POST or None, initial={"starts": today, "ends": months_after(today, 12) - DAY})
    units = [(each.unit, each.record.name) for each in units_offered(request.commission)]
    for field in ("strong", "weak"):
        form.offer(field, [("", "—"), *units])

    def act() -> str:
        made = operations.make_pairing(commission=request.commission, **form.given(), key=form.cleaned_data["key"], by=by(request), now=clock.now())  # fmt: skip
        return address(request, "collaboration:pairing", made.pk)

    page = Page(
        _("Pair two units"), _("Pair them"), address(request, "collaboration:pairings"),
        lead=_("A lasting form of help for a period, with aims, visits and a review at the end. It opens no file of a matter."),
    )  # fmt: skip
    return answered(request, form, page, act, _("The units are paired."))


@take_part
@never_cache
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a visit."""
    row = queries.pairing_shown(request.commission, pk)
    refuse_if(policies.may_visit(by(request), row))
    form = VisitForm(request.POST or None, initial={"day": clock.today()})
    here = address(request, "collaboration:pairing", pk)

    def act() -> str:
        operations.add_visit(pairing=row, **form.given(), key=form.cleaned_data["key"], by=by(request), now=clock.now())  # fmt: skip
        return here

    return answered(request, form, Page(_("Enter a visit"), _("Enter the visit"), here), act, _("The visit is on record."))  # fmt: skip


@take_part
@never_cache
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Review a pairing at its end."""
    row = queries.pairing_shown(request.commission, pk)
    refuse_if(policies.may_pair(by(request), row.commission_id))
    form = ReviewForm(request.POST or None, initial={"on": clock.today(), "seen": row.version})
    here = address(request, "collaboration:pairing", pk)

    def act() -> str:
        operations.review_pairing(pairing=row, **form.given(), seen=form.cleaned_data["seen"] or 0, by=by(request), now=clock.now())  # fmt: skip
        return here

    page = Page(_("Review the pairing"), _("Review and end"), here, facts=[(_("Aims"), row.aims)])
    return answered(request, form, page, act, _("The pairing is reviewed."))
