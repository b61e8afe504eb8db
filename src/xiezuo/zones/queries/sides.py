"""What plans are begun from and compared with: the ledger of a day, a plan, or one of the proposals that were found."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xiezuo.organisation.api import Commission
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere
from xiezuo.ui.asof import parse_day
from xiezuo.ui.words import long_day
from xiezuo.zones.models import Plan
from xiezuo.zones.queries.plans import plans_of, scheme_of
from xiezuo.zones.queries.schemes import scheme_on
from xiezuo.zones.scheme import Scheme

DAY, PLAN = "day", "plan"
_TOLD = re.compile(r"(day|plan):([0-9-]{1,10})", re.ASCII)


@dataclass(frozen=True)
class Side:
    """One scheme with what it is called, how it is named in an address, and the day whose units and people it speaks of."""

    token: str
    words: str
    scheme: Scheme
    on: date


def side(commission: Commission, token: str) -> Side:
    """What a name in an address means. Raises `BadInput`, and `NotThere` for what is not there or not for the reader."""
    found = _TOLD.fullmatch(token)
    if found is None:
        words = _(
            "“%(found)s” names nothing that can be compared; choose a plan, or a day such as 2022-08-15."
        )
        raise BadInput(words % {"found": token[:20]})
    return of_day(commission, parse_day(found[2])) if found[1] == DAY else _of_plan(commission, found[2])


def of_day(commission: Commission, day: date) -> Side:
    """The ledger of a day."""
    words = _("ledger of %(day)s") % {"day": long_day(day)}
    return Side(f"{DAY}:{day.isoformat()}", words, scheme_on(commission, day), day)


def _of_plan(commission: Commission, number: str) -> Side:
    plan = Plan.objects.filter(commission=commission, pk=int(number)).first() if number.isdigit() else None
    if plan is None:
        raise NotThere(_("There is no such zone plan, or it is not for you."))
    return Side(f"{PLAN}:{plan.pk}", plan.name, scheme_of(plan), plan.starts)


def offered(commission: Commission) -> list[tuple[str, str]]:
    """Today's ledger and the plans that the reader may see, to be chosen from. One query."""
    today = f"{DAY}:{clock.today().isoformat()}"
    return [
        (today, _("today's ledger")),
        *((f"{PLAN}:{each.pk}", f"{each.number} {each.name}") for each in plans_of(commission)),
    ]
