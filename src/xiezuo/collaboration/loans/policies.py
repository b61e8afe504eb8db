"""Who may do what with a loan, its people and a pairing: each answer lists the reasons against, an empty list means yes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, has, may
from xiezuo.collaboration.loans.asked import TO_A_POST
from xiezuo.collaboration.states import LoanOutcome, LoanState
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Lent, Loan, Pairing


def may_ask(actor: Actor, commission: int, unit: int | None = None) -> list[Reason]:
    """Whether `actor` may ask for people on loan for a unit; for any at all without one."""
    return may(actor, Ability.ARRANGE_LOANS, commission=commission if unit else None, unit=unit)


def may_keep(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` arranges loans for everybody: the case-management office, which keeps the ledger."""
    return may(actor, Ability.KEEP_LEDGER, commission=commission)


def may_use(actor: Actor, loan: "Loan") -> list[Reason]:
    """Whether `actor` speaks for the unit that uses the people, or keeps the ledger."""
    if has(actor, Ability.SPEAK_FOR_UNIT, unit=loan.unit_id):
        return []
    return may_keep(actor, loan.commission_id)


def against_state(loan: "Loan", *allowed: LoanState) -> list[Reason]:
    """Whether the loan is in one of the states."""
    if loan.state in allowed:
        return []
    words = _("The loan is “%(state)s”; expected: %(allowed)s.")
    told = {
        "state": LoanState(loan.state).label,
        "allowed": listed(str(each.label) for each in allowed),
    }
    return [Reason("wrong-state", words % told)]


OPEN = (LoanState.APPROVED, LoanState.RUNNING)


def may_offer(actor: Actor, loan: "Loan", home: int | None) -> list[Reason]:
    """Whether `actor` may name a candidate of a home unit: the office, or the head of that home; never who asked.

    Source: domain.md §6.2, the unit that asks gives a profile and must not propose names.
    """
    found = against_state(loan, *OPEN)
    if actor.user_id is not None and actor.user_id == loan.applicant:
        return [
            *found,
            Reason("own-loan", _("Whoever asked gives a profile and does not propose names.")),
        ]
    if home is not None and has(actor, Ability.SPEAK_FOR_UNIT, unit=home):
        return found
    return [*found, *may_keep(actor, loan.commission_id)]


def may_judge(actor: Actor, lent: "Lent") -> list[Reason]:
    """Whether `actor` may hold a candidate against the criteria."""
    return [*against_state(lent.loan, *OPEN), *may_use(actor, lent.loan), *_not_come(lent)]


def may_choose(actor: Actor, lent: "Lent") -> list[Reason]:
    """Whether `actor` may choose among the candidates, or leave one out again."""
    return [*against_state(lent.loan, *OPEN), *may_keep(actor, lent.loan.commission_id), *_not_come(lent)]


def may_consent(actor: Actor, lent: "Lent") -> list[Reason]:
    """Whether `actor` may agree for the home unit: its head. For a body outside, the office enters the paper."""
    found = [*against_state(lent.loan, *OPEN), *_not_come(lent)]
    if lent.consent_on is not None:
        found.append(Reason("consented", _("The home unit has agreed already.")))
    if lent.home_id is None:
        return [*found, *may_keep(actor, lent.loan.commission_id)]
    return [*found, *may(actor, Ability.SPEAK_FOR_UNIT, unit=lent.home_id)]


def may_lend(actor: Actor, lent: "Lent") -> list[Reason]:
    """Whether the person can begin: chosen, with the consent of home, by whoever uses them or keeps the ledger."""
    found = [*against_state(lent.loan, *OPEN), *may_use(actor, lent.loan), *_not_come(lent)]
    if not lent.chosen:
        found.append(Reason("not-chosen", _("This candidate is not chosen.")))
    if lent.consent_on is None:
        found.append(
            Reason("no-consent", _("The home unit has not agreed; nobody is lent without its consent."))
        )
    return found


def against_extending(lent: "Lent") -> list[Reason]:
    """Whether there is anything to extend; which office may is said by the rule."""
    return [*against_state(lent.loan, LoanState.RUNNING), *_here(lent)]


def may_return(actor: Actor, lent: "Lent") -> list[Reason]:
    """Whether `actor` may end it early: the unit that uses the person, the home unit, or the office."""
    found = _here(lent)
    if lent.home_id is not None and has(actor, Ability.SPEAK_FOR_UNIT, unit=lent.home_id):
        return found
    return [*found, *may_use(actor, lent.loan)]


def may_decide(actor: Actor, lent: "Lent") -> list[Reason]:
    """Whether `actor` may enter what a meeting decided of somebody in a trial: the office."""
    found = may_keep(actor, lent.loan.commission_id)
    if lent.loan.kind not in TO_A_POST:
        found.append(Reason("no-vacancy", _("Only a loan to a post ends by a decision to keep or return.")))
    if lent.starts is None:
        found.append(Reason("not-here", _("Nobody has come yet.")))
    if lent.outcome != LoanOutcome.OPEN:
        found.append(Reason("decided", _("This was decided already.")))
    if lent.starts is not None and not lent.evaluation:
        found.append(
            Reason("not-evaluated", _("The evaluation comes first; the meeting decides with it before them."))
        )
    return found


def may_evaluate(actor: Actor, lent: "Lent") -> list[Reason]:
    """Whether `actor` may write the evaluation: the unit that uses the person, until they have seen it."""
    found = may_use(actor, lent.loan)
    if lent.starts is None:
        found.append(Reason("not-here", _("Nobody has come yet.")))
    if lent.shown_on is not None:
        found.append(Reason("shown", _("The person has seen the evaluation; it does not change any more.")))
    return found


def may_show(actor: Actor, lent: "Lent", person: int | None) -> list[Reason]:
    """Whether `actor` may say that the person has seen the evaluation: the person, or on paper the unit or the office."""
    found = []
    if not lent.evaluation:
        found.append(Reason("not-evaluated", _("There is no evaluation yet.")))
    if lent.shown_on is not None:
        found.append(Reason("shown", _("The person has seen it already.")))
    if person is not None and person == lent.person_id:
        return found
    return [*found, *may_use(actor, lent.loan)]


def may_close(actor: Actor, loan: "Loan") -> list[Reason]:
    """Whether `actor` may end an approved loan to which nobody came, or comes any more."""
    return [*against_state(loan, *OPEN), *may_keep(actor, loan.commission_id)]


def may_pair(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may pair units and review a pairing: the deputy secretaries, the secretary, the office."""
    return may(actor, Ability.ARRANGE_LOANS, commission=commission)


def may_visit(actor: Actor, pairing: "Pairing", units: Sequence[int] = ()) -> list[Reason]:
    """Whether `actor` may enter a visit: a head of one of the two units, or who may pair."""
    if any(has(actor, Ability.SPEAK_FOR_UNIT, unit=unit) for unit in units or (pairing.strong_id, pairing.weak_id)):  # fmt: skip
        return []
    return may_pair(actor, pairing.commission_id)


def _not_come(lent: "Lent") -> list[Reason]:
    if lent.declined:
        return [Reason("declined", _("The home unit did not agree."))]
    if lent.starts is not None:
        return [Reason("came", _("The person is on loan already."))]
    return []


def _here(lent: "Lent") -> list[Reason]:
    if lent.starts is None:
        return [Reason("not-here", _("Nobody has come yet."))]
    if lent.returned_on is not None:
        return [Reason("over", _("This loan has ended."))]
    return []
