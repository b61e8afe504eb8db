"""Who acts in a transaction. The database shows nothing of the ledger to a transaction without an actor."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils.translation import gettext as _

from xiezuo.accounts.models import User
from xiezuo.shared.errors import NotThere


@dataclass(frozen=True)
class Actor:
    """Who acts: an account, or the local operator of the command line."""

    name: str
    user_id: int | None = None

    def __str__(self) -> str:
        return self.name


PRODUCT = "Xiezuo"
"""Who saved what came with a release of the product."""

OPERATOR = Actor("operator")
"""Whoever may run commands on the server itself; the journal records the acts under this name."""


def shown_actor(name: str) -> str:
    """An actor's name for a reader: accounts by their log-in name, the others in words."""
    words = {OPERATOR.name: _("operator of the server"), PRODUCT: _("came with the product")}
    return words.get(name, name)


def actor_of(user: User | AnonymousUser) -> Actor:
    """The actor that an account is; nobody in particular has no name, and the database shows that actor nothing."""
    return Actor(user.get_username(), user.pk)


def actor_named(username: str) -> Actor:
    """The actor behind an account's name. Raises `NotThere` if there is no such active account."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NotThere(_("There is no active account “%(name)s”") % {"name": username})
    return actor_of(user)


def account_exists(username: str) -> bool:
    """Whether there is an account of this name."""
    return User.objects.filter(username=username).exists()


def set_actor(actor: Actor) -> None:
    """Name the actor of the current transaction to the database; it is forgotten when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('xiezuo.actor', %s, true)", [actor.name])


@contextmanager
def acting_as(actor: Actor) -> Iterator[Actor]:
    """One transaction of one actor: commands and background jobs do all their work inside."""
    with transaction.atomic():
        set_actor(actor)
        yield actor
