"""Keeping and dropping standard phrases: everybody their own, the head of a unit those of the unit."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, as_the_product, may
from xiezuo.approvals.models import Phrase
from xiezuo.approvals.phrases import LONGEST, SPOKEN
from xiezuo.approvals.states import Verb
from xiezuo.audit.api import Act, record
from xiezuo.shared.errors import BadInput, NotThere, Reason, refuse, refuse_if


@transaction.atomic
def keep_phrase(
    *, commission: int, verb: Verb, words: str, unit: int | None = None, by: Actor, now: datetime
) -> Phrase:
    """Keep a phrase for oneself, or for everybody of a unit as its head. One that is kept already stays as it is.

    Raises `BadInput` for words that are none, or for what is done without words.
    """
    refuse_if(_against(by, commission, unit))
    said = _must_be_words(verb, words)
    owner: dict[str, Any] = (
        {"account": by.user_id, "unit": None} if unit is None else {"account": None, "unit": unit}
    )
    with as_the_product():
        phrase, new = Phrase.objects.get_or_create(commission_id=commission, verb=verb, words=said, **owner)
    if new:
        _note(Act.PHRASE_KEPT, phrase, by, now)
    return phrase


@transaction.atomic
def drop_phrase(*, phrase: int, by: Actor, now: datetime) -> None:
    """Drop a phrase of one's own, or of a unit as its head. Raises `NotThere` for one that is not for them to see."""
    found = Phrase.objects.filter(pk=phrase).first()
    if found is None:
        raise NotThere(_("There is no such phrase."))
    refuse_if(_against(by, found.commission_id, found.unit))
    if found.unit is None and found.account != by.user_id:
        raise NotThere(_("There is no such phrase."))
    _note(Act.PHRASE_DROPPED, found, by, now)
    with as_the_product():
        found.delete()


def against_phrases_of(by: Actor, commission: int, unit: int) -> list[Reason]:
    """Whether `by` may keep and drop the phrases of a unit: its head may."""
    return may(by, Ability.SPEAK_FOR_UNIT, commission=commission, unit=unit)


def _against(by: Actor, commission: int, unit: int | None) -> list[Reason]:
    if by.user_id is None:
        refuse("no-account", _("Phrases are kept by accounts, never by the server itself."))
    if unit is None:
        return may(by, Ability.SEE_STRUCTURE, commission=commission)
    return against_phrases_of(by, commission, unit)


def _must_be_words(verb: Verb, words: str) -> str:
    said = words.strip()
    if verb not in SPOKEN:
        raise BadInput(_("“%(verb)s” needs no phrase.") % {"verb": verb.label})
    if not said or len(said) > LONGEST:
        told = _("A phrase has %(found)d characters; expected from 1 to %(most)d.")
        raise BadInput(told % {"found": len(said), "most": LONGEST})
    return said


def _note(act: Act, phrase: Phrase, by: Actor, now: datetime) -> None:
    details = {"verb": phrase.verb, "unit": phrase.unit}
    record(act, by=by, at=now, target=f"phrase:{phrase.pk}", details=details)
