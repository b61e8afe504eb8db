"""Candidates of a loan: named by their home or the office, held against the criteria, chosen, agreed to by their home."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act
from xiezuo.collaboration.loans import policies
from xiezuo.collaboration.loans.limits import against_person
from xiezuo.collaboration.loans.operations import held, held_lent, kept, note
from xiezuo.collaboration.models import Lent, Loan
from xiezuo.collaboration.queries import loans as queries
from xiezuo.shared.errors import refuse, refuse_if
from xiezuo.shared.pointers import against_pointer, against_words


@transaction.atomic
def offer_candidate(*, loan: Loan, person: int, home_outside: str = "", by: Actor, now: datetime) -> Lent:
    """Name a candidate of an approved loan. Home is the person's unit by the ledger, else the body outside that is given.

    The same person named again is the same candidate. Raises `Refused`: whoever asked names nobody, a limit is broken.
    """
    row = held(loan)
    today = timezone.localdate(now)
    with as_the_product():
        who = queries.person_known(row.commission, person)
        post = queries.home_of(who.pk, max(row.starts, today))
        refuse_if(policies.may_offer(by, row, post.unit_id if post else None))
        if earlier := row.lent.filter(person=who).first():
            return earlier
        _must_come_from(row, post.unit_id if post else None, home_outside)
        rule = queries.rule_of(row)
        limits = queries.limits_of(row.commission, row.kind, rule, today)
        refuse_if(
            against_person(
                row.kind, max(row.starts, today), row.ends, queries.spells_of([who.pk])[who.pk], limits
            )
        )
        made = Lent.objects.create(
            loan=row, person=who, home_id=post.unit_id if post else None, home_outside="" if post else home_outside.strip(),
        )  # fmt: skip
        kept(row)
    note(Act.LOAN_MOVED, row, {"verb": "offer", "lent": made.pk}, by=by, now=now)
    return made


def _must_come_from(loan: Loan, home: int | None, home_outside: str) -> None:
    if home == loan.unit_id:
        refuse("person", _("This person is of the unit itself already; a loan is from another unit."))
    if home is None and not home_outside.strip():
        refuse("home_outside", _("The ledger has no post of this person; say from which body outside they come."))  # fmt: skip


@transaction.atomic
def judge_candidate(
    *, lent: Lent, words: str, sure: bool = False, seen: int, by: Actor, now: datetime
) -> Lent:
    """Hold a candidate against the criteria, in words and without a mark: candidates are compared, not ranked."""
    row = held_lent(lent, seen=seen)
    refuse_if(policies.may_judge(by, row))
    refuse_if(against_words(words, field="judged", sure=sure))
    with as_the_product():
        row.judged = words.strip()
        row.save(update_fields=["judged"])
        kept(row.loan)
    note(Act.LOAN_MOVED, row.loan, {"verb": "judge", "lent": row.pk}, by=by, now=now)
    return row


@transaction.atomic
def choose_candidate(*, lent: Lent, chosen: bool = True, seen: int, by: Actor, now: datetime) -> Lent:
    """Choose a candidate, or leave one out again; never more than people were asked for."""
    row = held_lent(lent, seen=seen)
    refuse_if(policies.may_choose(by, row))
    with as_the_product():
        others = row.loan.lent.filter(chosen=True, declined="").exclude(pk=row.pk).count()
        if chosen and others >= row.loan.people:
            words = _("%(found)s are chosen already; expected at most %(most)s, as was approved.")
            refuse("people", words % {"found": others, "most": row.loan.people})
        row.chosen = chosen
        row.save(update_fields=["chosen"])
        kept(row.loan)
    note(Act.LOAN_MOVED, row.loan, {"verb": "choose", "lent": row.pk, "chosen": chosen}, by=by, now=now)
    return row


@transaction.atomic
def consent(*, lent: Lent, no: str, on: date, by: Actor, now: datetime) -> Lent:
    """The home unit agrees: number and day of its paper. Its head says so; for a body outside the office enters it."""
    row = held_lent(lent)
    refuse_if(policies.may_consent(by, row))
    refuse_if(against_pointer(no, field="no", sure=True))
    today = timezone.localdate(now)
    if on > today:
        words = _("Found %(found)s; expected a day up to today, %(today)s.")
        refuse("on", words % {"found": on, "today": today})
    with as_the_product():
        row.consent_no, row.consent_on, row.consent_by = no.strip(), on, by.user_id
        row.save(update_fields=["consent_no", "consent_on", "consent_by"])
        kept(row.loan)
    note(Act.LOAN_MOVED, row.loan, {"verb": "consent", "lent": row.pk}, by=by, now=now)
    return row


@transaction.atomic
def decline(*, lent: Lent, said: str, sure: bool = False, by: Actor, now: datetime) -> Lent:
    """The home unit does not agree, and says why."""
    row = held_lent(lent)
    refuse_if(policies.may_consent(by, row))
    if not said.strip():
        refuse("said", _("Say why the home unit does not agree."))
    refuse_if(against_words(said, field="said", sure=sure))
    with as_the_product():
        row.declined, row.chosen = said.strip(), False
        row.save(update_fields=["declined", "chosen"])
        kept(row.loan)
    note(Act.LOAN_MOVED, row.loan, {"verb": "decline", "lent": row.pk}, by=by, now=now)
    return row
