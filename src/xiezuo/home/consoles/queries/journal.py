"""What the consoles ask of the journal: entries by group, how many of each group when, who was refused how often."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Max, Q, QuerySet, TextField, Value, When
from django.db.models.functions import TruncDay, TruncHour
from django.utils import timezone

from xiezuo.audit.api import REFUSED, Act, chains, entries
from xiezuo.home.consoles.words import INSTALLATION, day_over, day_starts
from xiezuo.organisation.api import Commission

REFUSALS, LOG_INS, TAKEN_OUT, RIGHTS, OTHERS = "refusals", "log-ins", "taken-out", "rights", "others"
GROUPS = (LOG_INS, REFUSALS, TAKEN_OUT, RIGHTS)
"""Groups of acts in the order in which a picture shows them."""

_IS_REFUSAL = Q(result=REFUSED) | Q(act__endswith="_refused") | Q(act="account.locked_out")
_IS_TAKEN_OUT = Q(act__endswith="exported") | Q(act__endswith="printed")
_IS_LOG_IN = Q(act=Act.LOGGED_IN)
_IS_RIGHT = Q(act__startswith="rights.")

_GROUP = Case(
    When(_IS_REFUSAL, then=Value(REFUSALS)),
    When(_IS_LOG_IN, then=Value(LOG_INS)),
    When(_IS_TAKEN_OUT, then=Value(TAKEN_OUT)),
    When(_IS_RIGHT, then=Value(RIGHTS)),
    default=Value(OTHERS),
    output_field=TextField(),
)
_CHAIN = Case(When(chain="", then=Value(INSTALLATION)), default="chain", output_field=TextField())


def journal_rows(*, since: date | None, until: date | None) -> QuerySet[Any]:
    """Entries of the days from `since` to `until`, the latest first, each with its group and its chain's name."""
    found = entries(since=day_starts(since) if since else None, until=day_over(until) if until else None)
    return found.annotate(group=_GROUP, of=_CHAIN)


def counted(*, first: date, last: date, hourly: bool) -> dict[tuple[datetime, str], int]:
    """How many entries of each group began in each day or hour, in the time zone of the installation."""
    bucket = TruncHour("at") if hourly else TruncDay("at")
    found = entries(since=day_starts(first), until=day_over(last)).order_by()
    rows = found.annotate(bucket=bucket, group=_GROUP).values_list("bucket", "group").annotate(Count("id"))
    return {(timezone.localtime(at), group): number for at, group, number in rows}


def commission_names() -> dict[str, str]:
    """Code and name of each commission of the installation."""
    return dict(Commission.objects.order_by("code").values_list("code", "name"))


def entries_in_all() -> int:
    """How many entries the chains hold by their own count."""
    return sum(tip.sequence for tip in chains())


def verifications() -> QuerySet[Any]:
    """When the journal was verified, by whom and with which result; the latest first."""
    return entries(act=Act.JOURNAL_VERIFIED)


def reviews() -> QuerySet[Any]:
    """When rights were reviewed, and what was decided; the latest first."""
    return entries(act=Act.RIGHTS_REVIEWED)


@dataclass(frozen=True)
class Conduct:
    """What one account, or one name at the door, was refused on one day."""

    day: date
    actor: str
    number: int
    door: int
    last: datetime


def refusals(*, first: date, last: date) -> Iterator[Conduct]:
    """Refusals and failed log-ins of each account on each day, the latest day first; no word of what was asked for."""
    found = entries(since=day_starts(first), until=day_over(last)).filter(_IS_REFUSAL).order_by()
    # A refused log-in is told under the name that was typed.
    who = Case(When(actor="anonymous", then="target"), default="actor", output_field=TextField())
    door = Count("id", filter=Q(act__startswith="account."))
    by_day = found.annotate(day=TruncDay("at"), who=who).values_list("day", "who")
    rows = by_day.annotate(number=Count("id"), door=door, last=Max("at")).order_by("-day", "who")
    for day, actor, *told in rows:
        yield Conduct(timezone.localtime(day).date(), actor, *told)
