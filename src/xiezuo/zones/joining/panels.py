"""What 有合有分 adds to the pages of units, people and zones: who coordinates a support office by authority."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from xiezuo.ui.panels import Panel, Subject, panel
from xiezuo.ui.table import render_table
from xiezuo.zones.joining.shown import authorisations_table
from xiezuo.zones.models import Authorisation
from xiezuo.zones.queries.joining import authorisations_on, leaders_of_zone


@panel("unit", 15)
def authorisations_of_unit(request: HttpRequest, subject: Subject) -> Panel | None:
    """Who coordinates the office by authority, as far as it is for the reader."""
    return _panel(request, authorisations_on(request.commission, request.day, unit=subject.key))  # type: ignore[attr-defined]


@panel("person", 15)
def authorisations_of_person(request: HttpRequest, subject: Subject) -> Panel | None:
    """Which offices the person coordinates by authority."""
    return _panel(request, authorisations_on(request.commission, request.day, people=[subject.key]))  # type: ignore[attr-defined]


@panel("zone", 15)
def authorisations_of_zone(request: HttpRequest, subject: Subject) -> Panel | None:
    """Which offices the leaders of the zone coordinate by authority."""
    people = leaders_of_zone(subject.key, request.day)  # type: ignore[attr-defined]
    return _panel(request, authorisations_on(request.commission, request.day, people=people))  # type: ignore[attr-defined]


def _panel(request: HttpRequest, found: Sequence[Authorisation]) -> Panel | None:
    if not found:
        return None
    table = authorisations_table(request, found, request.day)  # type: ignore[attr-defined]
    return Panel(_("Coordinated by authority"), render_table(table))
