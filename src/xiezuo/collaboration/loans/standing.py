"""Loans that the ledger has on a day, held against the limits in force on that day: what breaks one is a shortfall."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.collaboration.loans.asked import DAY, Limits, Spell
from xiezuo.collaboration.loans.limits import against_gap, against_term, against_total
from xiezuo.collaboration.loans.operations import kinds_of
from xiezuo.collaboration.queries import loans as queries
from xiezuo.organisation.api import Commission
from xiezuo.organisation.states import Status
from xiezuo.shared.errors import NotThere
from xiezuo.shared.periods import OPEN

if TYPE_CHECKING:
    from xiezuo.organisation.models import Assignment


@dataclass(frozen=True)
class Standing:
    """One loan of the ledger: its row, its term, the limit of its kind, what it breaks, whether it is registered."""

    row: "Assignment"
    term: str
    limit: str
    breaks: tuple[str, ...]
    registered: bool


def standing_loans(commission: Commission, day: date) -> list[Standing]:
    """Every loan of a day, in the order of the book. A fixed number of queries."""
    held = held_against_limits([commission.pk], day)
    known = queries.registered([row for row, _limits, _breaks in held])
    return [
        Standing(row, _term(row), _limit_words(limits), breaks, (row.person_id, row.unit_id, row.starts) in known)
        for row, limits, breaks in held
    ]  # fmt: skip


def held_against_limits(
    commissions: Collection[int], day: date, known: datetime | None = None
) -> list[tuple["Assignment", Limits, tuple[str, ...]]]:
    """Every loan of a day with its limits and what it breaks, as the ledger knew it at `known`.

    Two queries, and those of the limits of each commission that has somebody on loan.
    """
    rows = queries.ledger_loans(commissions, day, known)
    spells = queries.spells_of({row.person_id for row in rows}, known=known)
    bound = {(row.commission_id, row.status): row.commission for row in rows}
    limits = {key: _limits(commission, key[1], day) for key, commission in bound.items()}
    held = ((row, limits[row.commission_id, row.status]) for row in rows)
    return [(row, limit, breaks_of(row, spells[row.person_id], limit, day)) for row, limit in held]


def _limits(commission: Commission, status: str, day: date) -> Limits:
    kind = kinds_of(status)[0]
    try:
        return queries.limits_of(commission, kind, queries.procedure_of(commission, kind, day), day)
    except NotThere:
        return Limits()


def _limit_words(limits: Limits) -> str:
    if limits.term is None:
        return _("no limit in force")
    return _("%(months)s months") % {"months": limits.term.months}


def _term(row: "Assignment") -> str:
    if row.ends == OPEN:
        return _("no end agreed")
    days = (row.ends - row.starts).days
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}


def breaks_of(row: "Assignment", spells: Sequence[Spell], limits: Limits, day: date) -> tuple[str, ...]:
    """What of a loan breaks a limit, in words with found, expected and the rule; one without an end is counted to the day."""
    before = [each for each in spells if each.starts < row.starts]
    ends = day + DAY if row.ends == OPEN else row.ends
    found = [*against_term(row.starts, row.ends, limits), *against_gap(row.starts, ends, before, limits.gap)]
    if row.status == Status.SECONDED:
        kind = kinds_of(row.status)[0]
        found += against_total(kind, row.starts, ends, before, limits.total)
    return tuple(each.text for each in found)
