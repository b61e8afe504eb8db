"""Questions about the journal. The database answers with entries only to whoever may read them."""

from datetime import datetime

from django.db.models import Q, QuerySet

from xiezuo.audit.acts import SHOWINGS
from xiezuo.audit.models import Chain, Entry, Head


def entries(
    *, chain: str | None = None, actor: str = "", act: str = "", target: str = "", result: str = "",
    since: datetime | None = None, until: datetime | None = None, words: str = "",
) -> QuerySet[Entry]:  # fmt: skip
    """Entries that meet every condition given, the latest first. `since` is in, `until` is out.

    `act` is one act or, ending in a full stop, all of an app; `words` is looked for in actor, target and origin.
    """
    found = Entry.objects.order_by("-id")
    exact = {
        "chain": chain,
        "actor": actor or None,
        "result": result or None,
        "at__gte": since,
        "at__lt": until,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value is not None})
    if act:
        found = found.filter(act__startswith=act) if act.endswith(".") else found.filter(act=act)
    if target:
        found = found.filter(target__startswith=target)
    for word in words.split():
        found = found.filter(Q(actor__icontains=word) | Q(target__icontains=word) | Q(origin__icontains=word))
    return found


def seen(target: str, commission_code: str) -> QuerySet[Entry]:
    """Who was shown the record `target`, or a part of it named `target:…`, the latest first."""
    of_it = Q(target=target) | Q(target__startswith=f"{target}:")
    return Entry.objects.filter(of_it, chain=commission_code, act__in=SHOWINGS).order_by("-id")


def chains() -> QuerySet[Chain]:
    """Every chain with its tip, in the order of their codes."""
    return Chain.objects.order_by("code")


def heads(chain: str | None = None) -> QuerySet[Head]:
    """Signed heads, the latest first; of one chain or of all."""
    return Head.objects.filter(**({} if chain is None else {"chain": chain})).order_by("-number")
