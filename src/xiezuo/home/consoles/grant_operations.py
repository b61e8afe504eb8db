"""Grants over a commission on the step engine: applied for when they are proposed, given when the application is approved.

An administrator's office is of the whole installation and of no commission, so that no rule of a commission can say who
decides it; a second person decides it on its own page (decision 0016).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.accounts.api import (
    PRODUCT_ITSELF,
    Actor,
    User,
    as_the_product,
    settle_grant,
    tie_to_approval,
)
from xiezuo.approvals.api import Approval, Party, course_of, number_of, party_of
from xiezuo.approvals.states import ApprovalState, Verb
from xiezuo.home.consoles.grant_kind import KIND, RULE, SUBJECT, title_of
from xiezuo.organisation.api import Commission
from xiezuo.rules.api import apply_for
from xiezuo.shared.errors import BadInput, NotThere, Refused, refuse

NOBODY = "nobody-asked"


@transaction.atomic
def apply_for_grant(*, grant: Any, key: UUID, by: Actor, now: datetime) -> None:
    """Have a proposed grant decided in steps. Who gains by it takes no part.

    Where the rule names nobody but who gains, or nobody yet, a second security administrator decides as with an
    office of the installation. Raises `Refused` without a rule that says by whom.
    """
    try:
        approval = _applied(grant, key, by, now)
    except (NotThere, BadInput) as lacking:
        refuse("cannot-be-decided", str(lacking))
    except Refused as refused:
        if [reason.code for reason in refused.reasons] != [NOBODY]:
            raise
        return
    if approval.subject_id != grant.pk:
        refuse("sent-already", _("This proposal was sent already; it is proposed once."))
    tie_to_approval(grant=grant, approval=approval.pk)


@transaction.atomic
def settle_grant_applied_for(*, approval: Approval, now: datetime) -> None:
    """What becomes of a grant with its application; one that cannot be given any more refuses the decision itself."""
    if approval.kind != KIND:
        return
    with as_the_product():
        settle_grant(
            grant=approval.subject_id, outcome=_OUTCOMES[ApprovalState(approval.state)], deciders=_deciders(approval),
            said=_last_said(approval), number=number_of(approval), by=PRODUCT_ITSELF, now=now,
        )  # fmt: skip


_OUTCOMES = {
    ApprovalState.APPROVED: "confirmed", ApprovalState.REFUSED: "refused", ApprovalState.WITHDRAWN: "withdrawn",
}  # fmt: skip


def _applied(grant: Any, key: UUID, by: Actor, now: datetime) -> Approval:
    commission = Commission.objects.get(pk=grant.commission)
    with as_the_product():
        gains = party_of(grant.user_id)
    with transaction.atomic():
        # Inside a savepoint: what is refused takes no number.
        return apply_for(
            kind=KIND, rule=RULE, subject=(SUBJECT, grant.pk), title=title_of(grant), commission=commission,
            recused=[gains], key=key, by=by, now=now,
        )  # fmt: skip


def _deciders(approval: Approval) -> list[User]:
    """Who has agreed; or who has refused it. Nobody decides what is withdrawn."""
    if approval.state == ApprovalState.APPROVED:
        seats = [seat.decided_by for _number, _place, seat in course_of(approval).seats()]
        accounts = [party.account for party in seats if isinstance(party, Party)]
    elif approval.state == ApprovalState.REFUSED:
        accounts = [
            approval.moves.filter(verb=Verb.REFUSE).order_by("-edition").values_list("account", flat=True)[0]
        ]
    else:
        accounts = []
    return list(User.objects.filter(pk__in=[each for each in accounts if each]).order_by("pk"))


def _last_said(approval: Approval) -> str:
    last = approval.moves.order_by("-edition").first()
    return last.said if last else ""
