"""Open requests of a zone as lines for its meeting: number and state, nothing else, and only those the reader may see."""

from datetime import date

from django.urls import reverse

from xiezuo.collaboration.queries.requests import requests_of
from xiezuo.collaboration.queries.telling import number_of_request
from xiezuo.collaboration.states import ENDED
from xiezuo.organisation.api import Commission
from xiezuo.zones.api import Suggested

MOST = 20


def open_matters(commission: Commission, zone: int, _on: date) -> list[Suggested]:
    """At most twenty open requests of a zone by their numbers; sealed ones and those kept from their unit never. One query."""
    rows = requests_of(commission).filter(zone=zone, number__isnull=False, sealed=False, blocked=False)
    first = rows.exclude(state__in=ENDED).order_by("year", "number")[:MOST]
    # An agenda is kept as it is written, so it speaks the language of the office.
    return [
        Suggested(f"{number_of_request(row)}（{row.state}）", reverse("collaboration:request", args=[row.pk]))
        for row in first
    ]
