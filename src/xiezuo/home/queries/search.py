"""Questions that span apps."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from xiezuo.approvals.api import all_kinds, numbered
from xiezuo.organisation.models import Commission, PersonRecord, UnitRecord
from xiezuo.rules.models import RegulationRecord
from xiezuo.sites.models import SiteRecord
from xiezuo.zones.api import name_variants
from xiezuo.zones.models import Plan, ZoneMeeting, ZoneRecord

APPROVAL_NUMBER = re.compile(r"^(?P<mark>\S+?)-(?P<year>\d{4})-(?P<code>\S+)-(?P<number>\d{1,9})$")
"""Mark, year, code of the commission, place in the sequence."""

FOUND_AT_MOST = 50
"""Results of one kind; a search that finds more asks for more words."""


@dataclass(frozen=True)
class Found:
    """One thing that a search found: the kind of its page, its key, its code and its name on the day."""

    kind: str
    key: int
    code: str
    name: str


def commissions() -> list[tuple[str, str]]:
    """Code and name of every commission that the reader may see, by code."""
    return list(Commission.objects.order_by("code").values_list("code", "name"))


def search(commission: Commission, on: date, text: str) -> list[Found]:
    """Units, people, zones, sites and regulations of `on` whose code, name or alias holds `text`; 市直 finds what is called 县直.

    Zone plans by name or document number and meetings of zones by minutes number or zone are found whatever the day, as far
    as they are for the reader. Official order inside each kind; seven questions whatever is found, and one more for what
    reads like the number of an application. An empty text finds nothing.
    """
    words = text.strip()
    if not words:
        return []
    return [
        *_approvals(words),
        *_units(commission, on, words),
        *_named(PersonRecord, "person", commission, on, words),
        *_named(ZoneRecord, "zone", commission, on, words, name_variants(words)),
        *_named(SiteRecord, "site", commission, on, words),
        *_named(RegulationRecord, "regulation", commission, on, words),
        *_plans(commission, words),
        *_meetings(commission, on, words),
    ]


def _approvals(words: str) -> list[Found]:
    """The application with this number, if it is the reader's to see."""
    read = APPROVAL_NUMBER.match(unicodedata.normalize("NFKC", words))
    if read is None:
        return []
    kinds = [kind.code for kind in all_kinds() if kind.mark == read["mark"]]
    rows = numbered(kinds, int(read["year"]), read["code"], int(read["number"]))
    return [Found("approval", pk, words, title) for pk, title in rows.values_list("pk", "title")]


def _plans(commission: Commission, words: str) -> list[Found]:
    rows = Plan.objects.filter(commission=commission)
    named = rows.filter(Q(name__icontains=words) | Q(asked_document_no__icontains=words)).order_by(
        "-starts", "-id"
    )
    found = named.values_list("pk", "asked_document_no", "name")[:FOUND_AT_MOST]
    return [Found("zone_plan", *row) for row in found]


def _meetings(commission: Commission, on: date, words: str) -> list[Found]:
    """Named by zone and day; with the zone's name as it is on the day of the page."""
    zones = ZoneRecord.objects.on(on).filter(commission=commission)
    ways = reduce(or_, (Q(name__icontains=each) for each in name_variants(words) or [words]))
    of_zones = Q(zone__in=zones.filter(ways).values("zone"))
    called = Subquery(zones.filter(zone=OuterRef("zone")).values("name")[:1])
    rows = ZoneMeeting.objects.filter(of_zones | Q(minutes_no__icontains=words), commission=commission)
    found = (
        rows.annotate(called=called).order_by("-day", "-id").values_list("pk", "minutes_no", "called", "day")
    )
    return [
        Found("zone_meeting", pk, number, f"{zone or ''} {day.isoformat()}".strip())
        for pk, number, zone, day in found[:FOUND_AT_MOST]
    ]


def _units(commission: Commission, on: date, words: str) -> list[Found]:
    def matching(rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(
            Q(name__icontains=words)
            | Q(unit__code__iexact=words)
            | Q(aliases__icontains=words)
            | Q(place__icontains=words)
        )

    return _read(matching(UnitRecord.objects.on(on).filter(commission=commission)), "unit")


def _named(  # noqa: PLR0917 - one more way of saying the words
    model: Any, kind: str, commission: Commission, on: date, words: str, ways: Sequence[str] = ()
) -> list[Found]:
    rows = model.objects.on(on).filter(commission=commission)
    named = reduce(or_, (Q(name__icontains=each) for each in ways or [words]))
    return _read(rows.filter(named | Q(**{f"{kind}__code__iexact": words})), kind)


def _read(rows: QuerySet[Any], kind: str) -> list[Found]:
    ordered = rows.order_by("position", "id").values_list(f"{kind}_id", f"{kind}__code", "name")
    return [Found(kind, *row) for row in ordered[:FOUND_AT_MOST]]
