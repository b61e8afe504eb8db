"""The accounts of a commission, for whoever chooses one: a signer to add, a stand-in, an heir of open work."""

from django.db.models import Q, QuerySet

from xiezuo.accounts.api import ADMINISTRATORS, User, as_the_product, rights_in_force
from xiezuo.shared import clock

FOUND_AT_MOST = 8


def accounts_of(commission: int) -> QuerySet[User]:
    """The active accounts that belong to a commission or hold a role over it, by name."""
    with as_the_product():
        held = rights_in_force(clock.today()).filter(commission=commission).exclude(role__in=ADMINISTRATORS)
        holders = set(held.values_list("user_id", flat=True))
    mine = Q(commission=commission) | Q(pk__in=holders)
    return User.objects.filter(mine, is_active=True).order_by("first_name", "last_name", "username")


def named_like(commission: int, text: str) -> list[User]:
    """The accounts whose name or log-in name holds `text`; nobody for no text."""
    words = text.strip()
    if not words:
        return []
    like = Q(username__icontains=words) | Q(first_name__icontains=words) | Q(last_name__icontains=words)
    return list(accounts_of(commission).filter(like)[:FOUND_AT_MOST])


def choices_of(commission: int, *, but: int | None = None) -> list[tuple[int, str]]:
    """Every account of a commission as choices of a form."""
    return [
        (
            user.pk,
            f"{user.get_full_name()}（{user.get_username()}）"
            if user.get_full_name()
            else user.get_username(),
        )
        for user in accounts_of(commission)
        if user.pk != but
    ]
