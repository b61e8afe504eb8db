"""The evaluation of somebody lent (鉴定): written by the unit that used them, shown to the person, the day kept."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.approvals.api import party_of
from xiezuo.audit.api import Act
from xiezuo.collaboration.loans import policies
from xiezuo.collaboration.loans.operations import held_lent, kept, note
from xiezuo.collaboration.models import Lent
from xiezuo.shared.errors import refuse, refuse_if
from xiezuo.shared.pointers import against_words

LONG = 600


@transaction.atomic
def evaluate(*, lent: Lent, words: str, sure: bool = False, seen: int, by: Actor, now: datetime) -> Lent:
    """Write the evaluation; it can be changed until the person has seen it. Raises `Refused`."""
    row = held_lent(lent, seen=seen)
    refuse_if(policies.may_evaluate(by, row))
    if not words.strip():
        refuse("words", _("The evaluation is blank; expected some words on work, discipline and learning."))
    refuse_if(against_words(words, field="words", sure=sure, most=LONG))
    with as_the_product():
        row.evaluation, row.evaluated_by, row.evaluated_at = words.strip(), by.name, now
        row.save(update_fields=["evaluation", "evaluated_by", "evaluated_at"])
        kept(row.loan)
    note(Act.LOAN_MOVED, row.loan, {"verb": "evaluate", "lent": row.pk}, by=by, now=now)
    return row


@transaction.atomic
def note_shown(*, lent: Lent, on: date, by: Actor, now: datetime) -> Lent:
    """The person has seen the evaluation on a day: they say so themselves, or the unit enters it from paper."""
    row = held_lent(lent)
    person = party_of(by.user_id).person if by.user_id is not None else None
    refuse_if(policies.may_show(by, row, person))
    today, written = timezone.localdate(now), timezone.localdate(row.evaluated_at)
    if not written <= on <= today:
        words = _("Found %(found)s; expected a day from %(first)s to %(last)s.")
        refuse("on", words % {"found": on, "first": written, "last": today})
    with as_the_product():
        row.shown_on = on
        row.save(update_fields=["shown_on"])
        kept(row.loan)
    note(Act.LOAN_MOVED, row.loan, {"verb": "shown", "lent": row.pk}, by=by, now=now)
    return row
