"""What the limits of loans say: of a term, of a person's loans together, of what somebody lent may do. Pure.

Every reason says what was found, what is expected, and the rule with its badge (domain.md T12, R12, R13).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from xiezuo.collaboration.loans.asked import AUXILIARY, DAY, AskedLoan, Cited, Limits, Spell
from xiezuo.collaboration.states import LoanKind
from xiezuo.organisation.states import Status
from xiezuo.rules.api import months_after
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.shared.periods import OPEN, overlap
from xiezuo.ui.absence import period_words

STATUS = {
    LoanKind.MATTER: Status.SECONDED,
    LoanKind.POST: Status.SECONDED,
    LoanKind.TRIAL: Status.SECONDED,
    LoanKind.HOLDING: Status.ATTACHED,
    LoanKind.SHADOWING: Status.SHADOWING,
}
"""How the ledger calls who is lent."""


def against_term(starts: date, ends: date, limits: Limits) -> Iterator[Reason]:
    """Whether a term is longer than one loan may last, or shorter than a training must."""
    if limits.term and (ends == OPEN or ends > months_after(starts, limits.term.months)):
        words = _("Found %(found)s; expected at most %(most)s months: %(rule)s.")
        yield Reason("ends", words % {"found": term_words(starts, ends), "most": limits.term.months, "rule": limits.term.words})  # fmt: skip
    if limits.least and ends < months_after(starts, limits.least.months):
        words = _("Found %(found)s; expected at least %(least)s months: %(rule)s.")
        yield Reason("ends", words % {"found": term_words(starts, ends), "least": limits.least.months, "rule": limits.least.words})  # fmt: skip


def against_acts(asked: AskedLoan, limits: Limits) -> Iterator[Reason]:
    """Whether only auxiliary acts are asked for; a core act is refused whatever its name is."""
    if asked.kind not in AUXILIARY or not limits.acts:
        return
    others = [each for each in asked.acts if each not in limits.acts]
    if not asked.acts or others:
        words = _("Found “%(found)s”; expected auxiliary work only (%(acts)s): %(rule)s.")
        told = {
            "found": listed(others) or "—",
            "acts": listed(limits.acts),
            "rule": limits.acts_words,
        }
        yield Reason("acts", words % told)


def against_person(kind: str, starts: date, ends: date, spells: Sequence[Spell], limits: Limits) -> list[Reason]:  # fmt: skip
    """What stands against lending somebody on `[starts, ends)` who was lent on `spells` before or will be."""
    return [
        *_against_overlap(starts, ends, spells),
        *against_gap(starts, ends, spells, limits.gap),
        *against_total(kind, starts, ends, spells, limits.total),
    ]


def _against_overlap(starts: date, ends: date, spells: Iterable[Spell]) -> Iterator[Reason]:
    for spell in spells:
        if overlap((starts, ends), (spell.starts, spell.ends)):
            words = _("This person is lent (%(status)s) %(found)s already; expected days on which they are with their home unit.")  # fmt: skip
            yield Reason("starts", words % {"status": spell.status, "found": period_words(spell.starts, spell.ends)})  # fmt: skip
            return


def against_gap(starts: date, ends: date, spells: Iterable[Spell], gap: Cited | None) -> Iterator[Reason]:
    """Whether another loan of the person ends or begins too near, whatever it is called."""
    if gap is None:
        return
    near = [each for each in spells if _too_near((starts, ends), each, gap.months)]
    if near:
        words = _("Found a loan %(found)s; expected %(months)s months between two: %(rule)s.")
        told = {
            "found": period_words(near[0].starts, near[0].ends),
            "months": gap.months,
            "rule": gap.words,
        }
        yield Reason("starts", words % told)


def _too_near(days: tuple[date, date], other: Spell, months: int) -> bool:
    before = other.ends <= days[0] < months_after(other.ends, months)
    return before or days[1] <= other.starts < months_after(days[1], months)


def against_total(kind: str, starts: date, ends: date, spells: Iterable[Spell], total: Cited | None) -> Iterator[Reason]:  # fmt: skip
    """Whether all the days on loan together are more than somebody may be lent in all."""
    if total is None or kind not in AUXILIARY:
        return
    counted = [(each.starts, each.ends) for each in spells if each.status == Status.SECONDED]
    used = sum((min(last, ends) - first).days for first, last in counted if first < ends)
    first = min([starts, *(first for first, _last in counted)])
    most = (months_after(first, total.months) - first).days
    if used + (ends - starts).days > most:
        words = _("Found %(used)s days on loan before and %(days)s now; expected at most %(months)s months (%(most)s days) in all: %(rule)s.")  # fmt: skip
        told = {"used": used, "days": (ends - starts).days, "months": total.months, "most": most, "rule": total.words}  # fmt: skip
        yield Reason("ends", words % told)


def days_lent(spells: Iterable[Spell], on: date) -> int:
    """Days on 借调 up to and with a day."""
    spent = (
        (min(each.ends, on + DAY) - each.starts).days for each in spells if each.status == Status.SECONDED
    )
    return sum(days for days in spent if days > 0)


def term_words(starts: date, ends: date) -> str:
    """A term in words: its days, and how many."""
    if ends == OPEN:
        return period_words(starts, ends)
    return _("%(period)s (%(days)s days)") % {
        "period": period_words(starts, ends),
        "days": (ends - starts).days,
    }
