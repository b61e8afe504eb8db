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
from xiezuo.zones.models import Plan, Proposals
from xiezuo.zones.queries.plans import plans_of, scheme_of
from xiezuo.zones.queries.proposals import proposals_shown
from xiezuo.zones.queries.schemes import scheme_on
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.states import ProposalState

DAY, PLAN, PROPOSAL = "day", "plan", "proposal"
MOST_QUESTIONS = 5
_TOLD = re.compile(r"(day|plan|proposal):([0-9-]{1,14})", re.ASCII)


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
    reads = {DAY: _of_day, PLAN: _of_plan, PROPOSAL: _of_proposal}
    return reads[found[1]](commission, found[2])


def _of_day(commission: Commission, day: str) -> Side:
    return of_day(commission, parse_day(day))


def of_day(commission: Commission, day: date) -> Side:
    """The ledger of a day."""
    words = _("ledger of %(day)s") % {"day": long_day(day)}
    return Side(f"{DAY}:{day.isoformat()}", words, scheme_on(commission, day), day)


def _of_plan(commission: Commission, number: str) -> Side:
    plan = Plan.objects.filter(commission=commission, pk=int(number)).first() if number.isdigit() else None
    if plan is None:
        raise NotThere(_("There is no such zone plan, or it is not for you."))
    return Side(f"{PLAN}:{plan.pk}", plan.name, scheme_of(plan), plan.starts)


def _of_proposal(commission: Commission, told: str) -> Side:
    """One proposal of a question, written as the number of the question and that of the proposal: 12-1."""
    question, _sign, place = told.partition("-")
    asked = proposals_shown(commission, int(question)) if question.isdigit() else None
    found = (asked.result or {}).get("proposals", []) if asked else []
    if asked is None or not place.isdigit() or not 1 <= int(place) <= len(found):
        raise NotThere(_("There is no such proposal, or it is not for you."))
    words = _("proposal %(place)s of %(day)s") % {"place": place, "day": long_day(asked.day)}
    return Side(
        f"{PROPOSAL}:{asked.pk}-{int(place)}",
        words,
        Scheme.from_json(found[int(place) - 1]["scheme"]),
        asked.day,
    )


def _proposals(commission: Commission) -> list[tuple[str, str]]:
    """The proposals of the last questions that were answered."""
    rows = Proposals.objects.filter(commission=commission, state=ProposalState.DONE).order_by("-id")[
        :MOST_QUESTIONS
    ]
    words = _("proposal %(place)s of %(day)s")
    return [
        (f"{PROPOSAL}:{each.pk}-{place}", words % {"place": place, "day": long_day(each.day)})
        for each in rows
        for place in range(1, len((each.result or {}).get("proposals", [])) + 1)
    ]


def offered(commission: Commission) -> list[tuple[str, str]]:
    """Today's ledger, and the plans and proposals that the reader may see, to be chosen from. Two queries."""
    today = f"{DAY}:{clock.today().isoformat()}"
    return [
        (today, _("today's ledger")),
        *((f"{PLAN}:{each.pk}", f"{each.number} {each.name}") for each in plans_of(commission)),
        *_proposals(commission),
    ]
