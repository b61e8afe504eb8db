"""What the screens ask of the accounts."""

from xiezuo.accounts.models import SavedView, User


def saved_views(user: User, path: str) -> list[SavedView]:
    """The views that `user` saved of the list at `path`, oldest first."""
    return list(SavedView.objects.filter(user=user, path=path).order_by("pk"))
