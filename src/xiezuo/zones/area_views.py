"""Screens of the areas: what the county gave, and a file to take."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiezuo.accounts.api import Ability, actor_of, may, origin_of
from xiezuo.shared import clock
from xiezuo.shared.errors import refuse_if
from xiezuo.ui.links import address, linker
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table
from xiezuo.zones.area_operations import drop_areas, load_areas
from xiezuo.zones.areas import MOST_BYTES, AreasRefused, Wrong
from xiezuo.zones.queries.areas import areas_of, county_of, last_edition
from xiezuo.zones.views import tabs_of


class AreasForm(forms.Form):
    """A file of areas."""

    file = forms.FileField(
        label=gettext_lazy("GeoJSON file"),
        help_text=gettext_lazy("A FeatureCollection of polygons in degrees, east before north; each feature names its unit in the property code or name. At most 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json,application/geo+json,application/json"}),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def areas(request: HttpRequest) -> HttpResponse:
    """Which units have an area, and a new file to take; whatever is wrong with it is said with its place."""
    commission = request.commission
    refuse_if(may(actor_of(request.user), Ability.DRAW_ZONES, commission=commission.pk))
    if request.POST.get("act") == "drop":
        drop_areas(commission=commission, by=actor_of(request.user, origin_of(request)), now=clock.now())
        messages.success(request, _("No areas are drawn any more."))
        return HttpResponseRedirect(address(request, "zones:areas"))
    form = AreasForm(request.POST or None, request.FILES or None)
    wrong: tuple[Wrong, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            _take(request, form.cleaned_data["file"])
            messages.success(request, _("The areas have been taken; the map draws them."))
            return HttpResponseRedirect(address(request, "zones:map"))
        except AreasRefused as refused:
            wrong = refused.wrong
            form.add_error(
                "file",
                _("The file was not taken: %(count)s things are wrong, see below.") % {"count": len(wrong)},
            )
    context = {
        "page_title": _("Areas from the county's own file"), "tabs": tabs_of(request, "zones:map"), "form": form,
        "wrong": _wrong_table(wrong) if wrong else None, "edition": last_edition(commission), "table": _units_table(request),
        "back": address(request, "zones:map"),
    }  # fmt: skip
    return render(request, "zones/areas.html", context, status=422 if form.errors else 200)


def _take(request: HttpRequest, file: Any) -> None:
    # One byte more than may be: what is larger is refused for its size, whatever else it is.
    content = file.read(MOST_BYTES + 1)
    load_areas(
        commission=request.commission, content=content, file_name=file.name, by=actor_of(request.user, origin_of(request)),
        now=clock.now(),
    )  # fmt: skip


def _wrong_table(wrong: tuple[Wrong, ...]) -> Table:
    columns = [
        Column("place", gettext_lazy("Where")), Column("found", gettext_lazy("Found")), Column("expected", gettext_lazy("Expected")),
    ]  # fmt: skip
    rows = [{"place": each.place, "found": each.found, "expected": each.expected} for each in wrong]
    return Table(columns, rows, id="wrong", caption=_("What is wrong with the file"))


def _units_table(request: HttpRequest) -> Table:
    """Every unit of the day with whether it has an area, in official order."""
    drawn = {area.unit for area in areas_of(request.commission)}
    to = linker(request, "organisation:unit")
    columns = [
        Column("unit", gettext_lazy("Unit")), Column("code", gettext_lazy("Code"), kind="code"),
        Column("area", gettext_lazy("Area"), kind="state"),
    ]  # fmt: skip
    rows = [
        {"unit": Link(each.name, to(each.unit)), "code": each.code,
         "area": State(_("area drawn"), "good") if each.unit in drawn else State(_("no area"), "quiet")}
        for each in county_of(request.commission, request.day).units
    ]  # fmt: skip
    return Table(
        columns, rows, id="units", caption=_("Units and their areas"), empty=_("No unit stands on this day.")
    )
