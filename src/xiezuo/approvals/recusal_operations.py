"""Somebody drops out of an approval because it was decided elsewhere that they must stand out of its matter."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.approvals import engine
from xiezuo.approvals.course import Party
from xiezuo.approvals.models import Approval
from xiezuo.approvals.operations import After, Form, move
from xiezuo.approvals.states import Verb


@transaction.atomic
def recuse_by_decision(
    *, approval: Approval, whom: Party, after: After, by: Actor, now: datetime
) -> Approval:
    """Take `whom` out of an approval; what they had agreed to counts no more. No ground is kept.

    `by` decided the recusal and need not see the approval: who may decide is the policy of the caller.
    """
    with as_the_product():
        form = Form(uuid4(), Approval.objects.get(pk=approval.pk).edition)
        return move(
            approval, Verb.RECUSE, lambda course, _me, day, _absent: engine.recuse(course, whom, day), form=form, after=after,
            by=by, now=now,
        )  # fmt: skip
