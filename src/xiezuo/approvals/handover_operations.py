"""Open work of one account passes to another: an application to its new applicant, an added signer's part to somebody else.

Nobody comes to decide their own application by it, and whoever made an application never decides it afterwards.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, User, actor_of, as_the_product, may
from xiezuo.approvals import engine, policies
from xiezuo.approvals.course import Course, Day, Party
from xiezuo.approvals.events import handed_over
from xiezuo.approvals.kinds import kind_of
from xiezuo.approvals.models import Approval, StepRow
from xiezuo.approvals.operations import After, Form, move
from xiezuo.approvals.queries import party_of
from xiezuo.approvals.states import Verb
from xiezuo.shared.errors import BadInput, NotThere, refuse, refuse_if


@transaction.atomic
def hand_over(
    *, approval: Approval, from_account: int, to_account: int, said: str, form: Form, after: After, by: Actor, now: datetime
) -> Approval:  # fmt: skip
    """Pass what `from_account` has open in an approval to `to_account`: the application itself, or a signer's part.

    By the person themself or the case-management office. A part that follows from an office passes with the office
    and cannot be handed over. Raises `Refused` if `to_account` would decide their own application or may not apply,
    `NotThere` without such an active account, `BadInput` without a reason.
    """
    if not said.strip():
        raise BadInput(_("Say why it is handed over."))
    whom, to = _party(from_account), _must_be_active(to_account)
    numbers = _named_by_account(approval, from_account)

    def change(course: Course, me: Party, day: Day, _absent: Sequence[Party]) -> Course:
        _refuse_foreign_hands(approval, course, me, whom, to, by)
        if whom.same_as(course.applicant):
            _refuse_unless_may_apply(approval, to_account)
        return engine.hand_over(course, whom, to, numbers, day)

    details = {"from": from_account, "to": to_account}
    moved = move(
        approval, Verb.HAND_OVER, change, said=said, details=details, form=form, after=after, by=by, now=now
    )
    _rename(moved, from_account, to_account, numbers)
    handed_over.publish(approval=moved, from_account=from_account, to_account=to_account, by=by, now=now)
    return moved


def _party(account: int) -> Party:
    with as_the_product():
        return party_of(account)


def _must_be_active(account: int) -> Party:
    if not User.objects.filter(pk=account, is_active=True).exists():
        raise NotThere(_("There is no such active account."))
    return _party(account)


def _refuse_foreign_hands(  # noqa: PLR0917 - each of the parties to a hand-over
    approval: Approval, course: Course, me: Party, whom: Party, to: Party, by: Actor
) -> None:
    """One hands over what is one's own; for others the office does, not to itself and not in its own matter."""
    if me.same_as(whom):
        return
    refuse_if(may(by, Ability.KEEP_LEDGER, commission=approval.commission_id))
    refuse_if(policies.against_own_hands(course, me))
    if me.same_as(to):
        refuse("own-gain", _("Whoever hands over for another cannot take it over."))


def _refuse_unless_may_apply(approval: Approval, account: int) -> None:
    heir = actor_of(User.objects.get(pk=account))
    refuse_if(kind_of(approval.kind).may_apply(heir, approval.commission_id))


def _named_by_account(approval: Approval, account: int) -> frozenset[int]:
    """The steps whose rule names the account itself, not an office that it holds."""
    with as_the_product():
        rows = StepRow.objects.filter(approval=approval.pk).values_list("position", "asks")
        return frozenset(place for place, asks in rows if any(ask.get("account") == account for ask in asks))


def _rename(approval: Approval, old: int, new: int, numbers: frozenset[int]) -> None:
    """From now on the rule of these steps names the new account; otherwise the next day would ask the old one again."""
    with as_the_product():
        for row in StepRow.objects.filter(approval=approval.pk, position__in=numbers):
            row.asks = [_renamed(ask, old, new) for ask in row.asks]
            row.save(update_fields=["asks"])


def _renamed(ask: dict[str, Any], old: int, new: int) -> dict[str, Any]:
    return {**ask, "account": new} if ask.get("account") == old else ask
