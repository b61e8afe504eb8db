"""What can be done with somebody of a loan, as data: words, form, operation, and who may. Pages and forms both read it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.accounts.api import Actor
from xiezuo.approvals.api import party_of
from xiezuo.collaboration.loans import candidate_operations as candidates
from xiezuo.collaboration.loans import evaluating_operations as evaluating
from xiezuo.collaboration.loans import forms, policies
from xiezuo.collaboration.loans import lending_operations as lending
from xiezuo.collaboration.models import Lent
from xiezuo.shared import clock
from xiezuo.shared.errors import Reason


@dataclass(frozen=True)
class LentAct:
    """One act: what its button says, what its form is, what it does, whether it needs the version seen or `sure`."""

    verb: str
    words: Any
    form: type[forms.LoanForm]
    do: Callable[..., Lent]
    may: Callable[[Actor, Lent], list[Reason]]
    done: Any
    seen: bool = True
    sure: bool = False
    lead: Any = ""


def _may_show(actor: Actor, lent: Lent) -> list[Reason]:
    person = party_of(actor.user_id).person if actor.user_id is not None else None
    return policies.may_show(actor, lent, person)


def _may_extend(actor: Actor, lent: Lent) -> list[Reason]:
    return lending.against_extension(lent, actor, clock.today())


def _choose(**given: Any) -> Lent:
    return candidates.choose_candidate(chosen=True, **given)


def _leave_out(**given: Any) -> Lent:
    return candidates.choose_candidate(chosen=False, **given)


JUDGE = LentAct("judge", _("Hold against the criteria"), forms.JudgeForm, candidates.judge_candidate, policies.may_judge, _("It has been written down."), sure=True)  # fmt: skip
CHOOSE = LentAct("choose", pgettext_lazy("candidate", "Choose"), forms.LoanForm, _choose, policies.may_choose, _("The candidate is chosen; the home unit is asked."))  # fmt: skip
LEAVE_OUT = LentAct("leave-out", _("Leave out again"), forms.LoanForm, _leave_out, policies.may_choose, _("The candidate is not chosen any more."))  # fmt: skip
CONSENT = LentAct("consent", _("The home unit agrees"), forms.ConsentForm, candidates.consent, policies.may_consent, _("The consent is on record."), seen=False, lead=_("Nobody asks the home unit to give up the person's post: posts at home stay as they are."))  # fmt: skip
DECLINE = LentAct("decline", _("The home unit does not agree"), forms.SaidForm, candidates.decline, policies.may_consent, _("It is on record that the home unit does not agree."), seen=False, sure=True)  # fmt: skip
LEND = LentAct("lend", _("Begin the loan"), forms.LendForm, lending.lend, policies.may_lend, _("The ledger has the loan now; rights end with it by themselves."))  # fmt: skip
EXTEND = LentAct("extend", pgettext_lazy("loan", "Extend"), forms.ExtendForm, lending.extend, _may_extend, _("The loan is extended."))  # fmt: skip
RETURN = LentAct("return", _("End early"), forms.ReturnForm, lending.return_early, policies.may_return, _("The loan has been ended."))  # fmt: skip
EVALUATE = LentAct("evaluate", _("Write the evaluation"), forms.EvaluateForm, evaluating.evaluate, policies.may_evaluate, _("The evaluation is written; the person can see it."), sure=True)  # fmt: skip
SHOWN = LentAct("shown", _("The person has seen the evaluation"), forms.ShownForm, evaluating.note_shown, _may_show, _("The day is on record."), seen=False)  # fmt: skip
DECIDE = LentAct("decide", _("Enter the decision of the meeting"), forms.DecideForm, lending.decide_trial, policies.may_decide, _("The decision has taken effect in the ledger."))  # fmt: skip

ACTS = {each.verb: each for each in (JUDGE, CHOOSE, LEAVE_OUT, CONSENT, DECLINE, LEND, EXTEND, RETURN, EVALUATE, SHOWN, DECIDE)}  # fmt: skip


def acts_for(lent: Lent, *, to_a_post: bool) -> Sequence[LentAct]:
    """The acts that belong to where somebody stands: a candidate, on loan, or gone."""
    if lent.declined:
        return ()
    if lent.starts is None:
        chosen = (LEAVE_OUT, CONSENT, DECLINE, LEND) if lent.chosen else (CHOOSE,)
        return (JUDGE, *chosen) if to_a_post else chosen
    here = () if lent.returned_on else (EXTEND, RETURN)
    end = (DECIDE,) if to_a_post and not lent.outcome else ()
    shown = () if lent.shown_on else (EVALUATE, SHOWN)
    return (*here, *shown, *end)
