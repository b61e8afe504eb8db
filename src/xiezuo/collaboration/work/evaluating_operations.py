"""The write of an evaluation (F11): each side says once how the other helped. Nothing is averaged or ranked across units."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act
from xiezuo.collaboration.models import Evaluation, Request
from xiezuo.collaboration.queries.work import part_of
from xiezuo.collaboration.requests.moving_operations import held, move
from xiezuo.collaboration.states import EvaluationSide, RequestState, RequestVerb
from xiezuo.collaboration.work import policies
from xiezuo.collaboration.work.asked import Marks
from xiezuo.collaboration.work.holding import written
from xiezuo.collaboration.work.plan_operations import note
from xiezuo.shared.errors import Reason, refuse_if
from xiezuo.shared.pointers import against_words

FIVE = range(1, 6)


@transaction.atomic
def evaluate(
    *, request: Request, side: EvaluationSide, marks: Marks, said: str = "", sure: bool = False, key: UUID, by: Actor,
    now: datetime,
) -> Evaluation:  # fmt: skip
    """Say as one side how the other helped, once. Raises `Refused` for the own side, and for who belongs to both."""
    row = held(request)
    if earlier := written(Evaluation, key, by):
        return earlier
    refuse_if(policies.may_evaluate(by, row, part_of(by, row, timezone.localdate(now)), side))
    refuse_if(_against(row, side, marks, said, sure=sure))
    with as_the_product():
        told = Evaluation.objects.create(
            request=row, side=side, timeliness=marks.timeliness, quality=marks.quality, discipline=marks.discipline,
            cooperation=marks.cooperation, said=said.strip(), account=by.user_id or 0, by=by.name, at=now, key=key,
        )  # fmt: skip
    move(row, RequestVerb.EVALUATE, RequestState.EVALUATING, by=by, now=now, details={"side": side.value})
    note(row, {"side": side.name.lower()}, by, now, Act.REQUEST_EVALUATED)
    return told


def _against(row: Request, side: EvaluationSide, marks: Marks, said: str, *, sure: bool) -> list[Reason]:
    found = against_words(said, field="said", sure=sure)
    if any(mark not in FIVE for mark in marks.all()):
        found.append(Reason("marks", _("A mark is 1 to 5.")))
    with as_the_product():
        if Evaluation.objects.filter(request=row, side=side).exists():
            found.append(Reason("evaluated", _("This side has evaluated already; that is done once.")))
    return found
