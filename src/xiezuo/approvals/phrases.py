"""Which standard phrases somebody is offered: their own, those of their office, and a few that the product knows."""

from collections.abc import Iterable, Iterator

from django.db.models import F, Q
from django.utils.translation import gettext as _

from xiezuo.approvals.models import Phrase
from xiezuo.approvals.states import Verb

SPOKEN = (Verb.APPROVE, Verb.RETURN, Verb.REFUSE, Verb.RESUBMIT)
"""What is done with words of which some return again and again."""

LONGEST = 200
"""Characters of a phrase; what is longer is no phrase."""


def phrases_kept(account: int, units: Iterable[int]) -> list[Phrase]:
    """The phrases of an account and of these units: its own first, each in the order in which they were kept."""
    theirs = Phrase.objects.filter(Q(account=account) | Q(unit__in=list(units)))
    return list(theirs.order_by(F("account").asc(nulls_last=True), "pk"))


def phrases_for(verb: Verb, account: int, units: Iterable[int]) -> list[str]:
    """What is offered to somebody who does `verb`: kept phrases, then those of the product, each once. One query."""
    kept = (phrase.words for phrase in phrases_kept(account, units) if phrase.verb == verb)
    return list(dict.fromkeys([*kept, *_offered(verb)]))


def _offered(verb: Verb) -> Iterator[str]:
    """Phrases of the product, in the reader's language; they are in no table."""
    if verb == Verb.APPROVE:
        yield from (_("Agreed."), _("Agreed; to be handled according to the rules."))
    elif verb == Verb.RETURN:
        yield from (_("Please complete the basis and submit it again."), _("Please check the facts again."))
    elif verb == Verb.REFUSE:
        yield _("It does not meet the rules and cannot be approved.")
    elif verb == Verb.RESUBMIT:
        yield _("Completed as asked; please decide.")
