"""What the screens ask of the accounts."""

from collections.abc import Sequence

from xiezuo.accounts.models import SavedView, User


def saved_views(user: User, path: str) -> list[SavedView]:
    """The views that `user` saved of the list at `path`, oldest first."""
    return list(SavedView.objects.filter(user=user, path=path).order_by("pk"))


def persons_of(
    *, commission: int | None = None, accounts: Sequence[int] | None = None
) -> dict[int, int | None]:
    """The person behind each account, as far as the security administrator has confirmed it: account → person."""
    users = User.objects.all() if accounts is None else User.objects.filter(pk__in=accounts)
    if commission is not None:
        users = users.filter(commission=commission)
    known = users.order_by("pk").values_list("pk", "person", "person_confirmed_by")
    return {account: person if confirmed else None for account, person, confirmed in known}
