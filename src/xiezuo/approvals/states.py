"""States of an approval and the moves between them, as data: the guard, the buttons and the diagram read this page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApprovalState(models.TextChoices):
    """How an approval stands as a whole."""

    PENDING = "审批中", _("being decided")
    RETURNED = "退回补正", _("returned to the applicant")
    CONFIRMING = "补录待确认", _("decided; paper entries wait to be confirmed")
    APPROVED = "已批准", pgettext_lazy("approval", "approved")
    REFUSED = "不予批准", pgettext_lazy("approval", "refused")
    WITHDRAWN = "已撤回", pgettext_lazy("approval", "withdrawn")


class Mode(models.TextChoices):
    """How the signers of one step come to its decision."""

    IN_TURN = "依次审批", _("one after another")
    ALL_OF = "会签", _("all of them")
    ANY_OF = "或签", _("any of them")


class SeatState(models.TextChoices):
    """How one signer's part in a step stands."""

    LATER = "未到", _("not yet asked")
    WAITING = "待审批", _("asked")
    APPROVED = "同意", _("agrees")
    DROPPED = "退出", _("dropped out")


class SeatKind(models.TextChoices):
    """Why a signer sits in a step."""

    ASKED = "应批", _("named by the rule")
    ADDED = "加签", _("added by a signer")
    SUPERIOR = "上级", _("one level up")


class Dropped(models.TextChoices):
    """Why a signer takes no part any more. What lies behind a recusal is kept elsewhere, for the decider alone."""

    OWN = "本人申请", _("it is their own application")
    RECUSED = "回避", _("recused")
    GONE = "不再分管", _("no longer in this office")
    HANDED_OVER = "移交", _("handed over to somebody else")


class Verb(models.TextChoices):
    """What can be done with an approval."""

    SUBMIT = "submit", pgettext_lazy("approval verb", "Submit")
    APPROVE = "approve", pgettext_lazy("approval verb", "Approve")
    RETURN = "return", pgettext_lazy("approval verb", "Return")
    REFUSE = "refuse", pgettext_lazy("approval verb", "Refuse")
    ADD_SIGNER = "add_signer", _("Add a signer")
    RECUSE = "recuse", _("Recuse")
    WITHDRAW = "withdraw", pgettext_lazy("approval verb", "Withdraw")
    URGE = "urge", _("Urge")
    RESUBMIT = "resubmit", _("Submit again")
    ENTER_PAPER = "enter_paper", _("Enter a decision given on paper")
    CONFIRM_PAPER = "confirm_paper", _("Confirm a paper entry")
    STRIKE_PAPER = "strike_paper", _("Strike a paper entry")
    READ = "read", pgettext_lazy("approval verb", "Read")
    ATTEND = "attend", _("Bring up to the day")
    HAND_OVER = "hand_over", _("Hand over")


_P, _R, _C = ApprovalState.PENDING, ApprovalState.RETURNED, ApprovalState.CONFIRMING
_DECIDED = (_P, _C, ApprovalState.APPROVED)

MOVES: dict[tuple[Verb, ApprovalState | None], tuple[ApprovalState, ...]] = {
    (Verb.SUBMIT, None): (_P,),
    (Verb.READ, _P): (_P,),
    (Verb.APPROVE, _P): _DECIDED,
    (Verb.ENTER_PAPER, _P): (_P, _C),
    (Verb.RETURN, _P): (_P, _R),
    (Verb.REFUSE, _P): (ApprovalState.REFUSED,),
    (Verb.ADD_SIGNER, _P): (_P,),
    (Verb.RECUSE, _P): _DECIDED,
    (Verb.RECUSE, _C): (_P, _C),
    (Verb.URGE, _P): (_P,),
    (Verb.ATTEND, _P): _DECIDED,
    (Verb.HAND_OVER, _P): (_P,),
    (Verb.HAND_OVER, _R): (_R,),
    (Verb.WITHDRAW, _P): (ApprovalState.WITHDRAWN,),
    (Verb.WITHDRAW, _R): (ApprovalState.WITHDRAWN,),
    (Verb.RESUBMIT, _R): (_P,),
    (Verb.CONFIRM_PAPER, _P): (_P,),
    (Verb.CONFIRM_PAPER, _C): (_C, ApprovalState.APPROVED),
    (Verb.STRIKE_PAPER, _P): (_P,),
    (Verb.STRIKE_PAPER, _C): (_P,),
}
"""(verb, state before) → the states after it. What is not here cannot be done."""

SETTLED = tuple(state for state in ApprovalState if all(before != state for _verb, before in MOVES))
"""States from which nothing leads on."""


def verbs_in(state: ApprovalState) -> list[Verb]:
    """What can be done in a state, by whoever may."""
    return [verb for verb, before in MOVES if before == state]


def diagram() -> str:
    """The moves as a Mermaid state diagram, in the words of the code."""
    lines = ["stateDiagram-v2"]
    for (verb, before), afters in MOVES.items():
        lines += [
            f"    {before.name if before else '[*]'} --> {after.name}: {verb.value}" for after in afters
        ]
    return "\n".join([*lines, *(f"    {state.name} --> [*]" for state in SETTLED)])
