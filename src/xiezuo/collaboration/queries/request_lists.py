"""Lists of requests at one price, whether there are a hundred or a million of them (decision 0017).

What a reader may see is said by the database. A reader who sees few of many names them here once more, so that they are
found by their indexes instead of looking through all of them.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from xiezuo.accounts.api import Ability, Actor, Role, Scope, has
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.states import AT_WORK, ENDED, RequestState
from xiezuo.organisation.api import Commission, units_offered
from xiezuo.rules.api import RuleKind
from xiezuo.rules.models import WorkRule
from xiezuo.zones.models import ZoneRecord
from xiezuo.zones.states import Level

WAITING, OPEN, MINE, OVER = "waiting", "open", "mine", "ended"
LATE, SOON, IN_TIME, NONE = "late", "soon", "in time", "none"
"""How much time is left for the next step."""
LED = (RequestState.APPROVED, *AT_WORK)
"""Where the unit in the lead has the next step."""
# Written as the policies write it: an array that the owner's function gives is looked up in the index.
_NAMED_IN = "collaboration_request.{column} = ANY((SELECT {function}())::bigint[])"


def _named_in(column: str, function: str) -> Q:
    return Q(RawSQL(_NAMED_IN.format(column=column, function=function), [], output_field=BooleanField()))  # noqa: S611 - our own words


def _read_by_name() -> Q:
    return _named_in("id", "xz_matters")


def _asked_of_reader() -> Q:
    return _named_in("approval", "xz_asked")


def headed(actor: Actor, commission: int) -> list[int]:
    """The units whose head the actor is."""
    return sorted(
        held.scope_id for held in actor.held
        if held.role == Role.UNIT_HEAD and held.scope_kind == Scope.UNIT and held.commission == commission
    )  # fmt: skip


def list_of(commission: Commission, actor: Actor, tab: str) -> QuerySet[Request]:
    """The requests of one list, without an order."""
    rows = Request.objects.filter(commission=commission)
    if tab == MINE:
        return rows.filter(applicant=actor.user_id or 0)
    if tab == WAITING:
        return rows.filter(_waits_for(actor, commission.pk)).exclude(state__in=ENDED)
    rows = rows.filter(_reach(actor, commission.pk))
    return rows.filter(state__in=ENDED) if tab == OVER else rows.exclude(state__in=ENDED)


def _reach(actor: Actor, commission: int) -> Q:
    """What a reader who keeps no files of the whole commission can see at all, by its indexes."""
    if actor.sees_all or has(actor, Ability.KEEP_LEDGER, commission=commission):
        return Q()
    units = headed(actor, commission)
    by_name = _read_by_name() | _asked_of_reader()
    return by_name | Q(unit__in=units) | Q(lead__in=units) if units else by_name


def _waits_for(actor: Actor, commission: int) -> Q:
    """What somebody has the next step of: asked to decide, to complete or write what they asked for, or to lead."""
    mine = Q(applicant=actor.user_id or 0)
    to_complete = mine & Q(state__in=(RequestState.DRAFT, RequestState.RETURNED))
    to_write = mine & Q(urgent=True, written_at=None)
    units = headed(actor, commission)
    found = _asked_of_reader() | to_complete | to_write
    return found | Q(lead__in=units, state__in=LED) if units else found


def with_light(rows: QuerySet[Request], today: date, soon: date) -> QuerySet[Request]:
    """The same with `light`: late, due by the day `soon`, in time, or nothing due."""
    return rows.annotate(
        light=Case(
            When(next_due_on=None, then=Value(NONE)), When(next_due_on__lt=today, then=Value(LATE)),
            When(next_due_on__lte=soon, then=Value(SOON)), default=Value(IN_TIME),
        )
    )  # fmt: skip


@dataclass(frozen=True)
class Named:
    """What the units, zones, situations and methods of a commission are called on a day, each in official order."""

    units: Mapping[int, str]
    zones: Mapping[int, str]
    rules: Mapping[tuple[str, str], str]

    def unit(self, key: int | None) -> str:
        """A unit; one that is not of the commission has no name here."""
        return self.units.get(key or 0, "")

    def zone(self, key: int | None) -> str:
        """A zone."""
        return self.zones.get(key or 0, "")

    def situation(self, code: str) -> str:
        """A situation by its code."""
        return self.rules.get((RuleKind.SITUATION, code), code)

    def method(self, code: str) -> str:
        """A method by its code."""
        return self.rules.get((RuleKind.METHOD, code), code)

    def choices(self, kind: RuleKind) -> list[tuple[str, str]]:
        """Every situation, or every method, for a menu."""
        return [(code, name) for (of, code), name in self.rules.items() if of == kind]


def named_on(commission: Commission, on: date) -> Named:
    """What everything that a request points at is called. Three queries, however many requests there are."""
    units = {each.unit: each.record.name for each in units_offered(commission)}
    return Named(units, zone_names(commission, on), rule_names(commission, on))


def zone_names(commission: Commission, on: date) -> dict[int, str]:
    """Second-level zones as they are called on a day, or were when they last stood; in official order. One query."""
    rows = ZoneRecord.objects.current().filter(commission=commission, level=Level.SECOND)
    found: dict[int, str] = {}
    for row in rows.order_by("position", "starts", "pk"):
        if row.zone_id not in found or row.starts <= on:
            found[row.zone_id] = row.name
    return found


def rule_names(commission: Commission, on: date) -> dict[tuple[str, str], str]:
    """(kind, code) → name of every situation and method in force on a day, in the order of the rules. One query."""
    rows = WorkRule.objects.on(on).filter(
        commission=commission, kind__in=(RuleKind.SITUATION, RuleKind.METHOD)
    )
    named = rows.order_by("position", "code", "id").values_list("kind", "code", "name")
    return {(kind, code): name for kind, code, name in named}


def searched(rows: QuerySet[Request], words: str) -> QuerySet[Request]:
    """Those of a number, or whose pointer begins with these words: both are found by an index."""
    text = unicodedata.normalize("NFKC", words).strip()
    numbered = _NUMBER.fullmatch(text)
    by_pointer = Q(pointer__gte=words.strip(), pointer__lt=words.strip() + LAST)
    if not numbered:
        return rows.filter(by_pointer)
    of_year = Q(year=int(numbered["year"])) if numbered["year"] else Q()
    return rows.filter(by_pointer | Q(number=int(numbered["number"])) & of_year)


_NUMBER = re.compile(r"(?:协作)?\D?(?:(?P<year>20\d\d)\D)?(?P<number>\d{1,7})号?")
LAST = "\U0010ffff"
"""After every text that begins with the same words, in the order of code points."""
