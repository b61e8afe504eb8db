"""Who else may read a request: asked for with a reason and a last day, decided by the head of the unit in the lead.

Source: 保密法 21 (knowledge down to persons, widened with the head's approval); domain.md §2A P10.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, User, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.collaboration.models import Recusal, Request, Widening
from xiezuo.collaboration.requests import policies
from xiezuo.collaboration.requests.access_operations import let_read
from xiezuo.collaboration.requests.moving_operations import held
from xiezuo.collaboration.states import RecusalDecision
from xiezuo.shared.errors import NotThere, Reason, refuse, refuse_if
from xiezuo.shared.pointers import against_words

OUT = (RecusalDecision.OPEN, RecusalDecision.RECUSED)
"""While a question of recusal is open, and after it was granted, nobody is let in."""


@transaction.atomic
def ask_widening(
    *, request: Request, account: int, last: date, reason: str, key: UUID, by: Actor, now: datetime
) -> Widening:
    """Ask for an account to read a request up to and with `last`. Whoever reads it may ask. Raises `Refused`, `NotThere`."""
    row = held(request)
    if by.user_id is None:
        refuse("no-account", _("This is asked for by an account, never by the server itself."))
    with as_the_product():
        if earlier := Widening.objects.filter(key=key, asked_by=by.user_id).first():
            return earlier
        refuse_if(_against(row, account, last, reason, timezone.localdate(now)))
        made = Widening.objects.create(
            request=row, account=account, until=last + date.resolution, reason=reason.strip(), asked_by=by.user_id,
            asked_at=now, key=key,
        )  # fmt: skip
    _note(row, by, now, {"asked": made.pk, "account": account})
    return made


def _against(row: Request, account: int, last: date, reason: str, today: date) -> list[Reason]:
    found = list(against_words(reason, field="reason"))
    if not reason.strip():
        found.append(Reason("reason", _("Say why this person must know of it.")))
    if last < today:
        found.append(Reason("last", _("The last day %(found)s has passed.") % {"found": last}))
    active = User.objects.filter(pk=account, commission=row.commission_id, is_active=True).first()
    if active is None:
        return [*found, Reason("account", _("There is no such active account."))]
    out = Recusal.objects.filter(request=row, decision__in=OUT, person=active.person or 0).exists()
    # The words are those of any refusal: who must stand out of what is nobody's to learn here.
    return [*found, Reason("account", _("This person cannot be let in."))] if out else found


@transaction.atomic
def decide_widening(*, widening: Widening, agreed: bool, by: Actor, now: datetime) -> Widening:
    """Agree or refuse; nobody decides what they asked for. Agreed, the account reads from today to the last day asked for."""
    if not Widening.objects.filter(pk=widening.pk).exists():
        raise NotThere(_("There is no such application, or it is not for you."))
    row = held(Request(pk=widening.request_id))
    refuse_if(policies.may_widen(by, row))
    with as_the_product():
        asked = Widening.objects.select_for_update().get(pk=widening.pk)
        if asked.decided_at is not None:
            refuse("decided", _("It was decided already."))
        if asked.asked_by == by.user_id:
            refuse("own-request", _("Nobody decides what they asked for themselves."))
        asked.agreed, asked.decided_by, asked.decided_at = agreed, by.user_id, now
        asked.save(update_fields=["agreed", "decided_by", "decided_at"])
    today = timezone.localdate(now)
    if agreed and asked.until > today:
        let_read(row, [asked.account], "widened", today, asked.until)
    _note(row, by, now, {"decided": asked.pk, "agreed": agreed})
    return asked


def _note(row: Request, by: Actor, now: datetime, told: dict[str, object]) -> None:
    record(Act.REQUEST_WIDENED, by=by, at=now, commission_code=row.commission.code, target=f"request:{row.pk}", details=told)  # fmt: skip
