"""Who acts in a transaction. The database shows nothing of the ledger to a transaction without an actor."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils.translation import gettext as _

from xiezuo.accounts.holding import Held, held_by
from xiezuo.accounts.models import User
from xiezuo.accounts.roles import Role
from xiezuo.audit.api import journal_scope
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere


@dataclass(frozen=True)
class Actor:
    """Who acts, and from where: an account, or the local operator of the command line."""

    name: str
    user_id: int | None = None
    origin: str = ""
    held: tuple[Held, ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def account(self) -> str:
        """What the database is told: an account's number, or who acts without one; anything else sees nothing."""
        if self.user_id is not None:
            return str(self.user_id)
        return self.name if self.name in (OPERATOR.name, PRODUCT_ITSELF.name) else ""

    @property
    def unit(self) -> str:
        """The units in which its posts are, by their numbers, for the journal; empty for who has none."""
        own = {each.scope_id for each in self.held if each.role in (Role.UNIT_HEAD, Role.STAFF)}
        return ",".join(str(number) for number in sorted(own))

    @property
    def sees_all(self) -> bool:
        """Whether it is the operator or the product itself, from whom the database hides nothing."""
        return self.user_id is None and self.account != ""


PRODUCT = "Xiezuo"
"""Who saved what came with a release of the product."""

OPERATOR = Actor("operator", origin="command")
"""Whoever may run commands on the server itself; the journal records the acts under this name."""

PRODUCT_ITSELF = Actor("product")
"""The product, where it works out from the whole ledger who may see what; never anybody's request."""


def shown_actor(name: str) -> str:
    """An actor's name for a reader: accounts by their log-in name, the others in words."""
    words = {
        OPERATOR.name: _("operator of the server"),
        PRODUCT: _("came with the product"),
        PRODUCT_ITSELF.name: _("the product itself"),
    }
    return words.get(name, name)


def actor_of(user: User | AnonymousUser, origin: str = "") -> Actor:
    """The actor that an account is; nobody in particular has no name, and the database shows that actor nothing."""
    return Actor(user.get_username(), user.pk, origin, held_by(user))


def actor_in_job(name: str) -> Actor:
    """The actor who asked for a background job, with the rights of the day on which it runs."""
    return OPERATOR if name == OPERATOR.name else actor_named(name, "job")


def actor_named(username: str, origin: str = "command") -> Actor:
    """The actor behind an account's name. Raises `NotThere` if there is no such active account."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NotThere(_("There is no active account “%(name)s”") % {"name": username})
    return actor_of(user, origin)


def account_exists(username: str) -> bool:
    """Whether there is an account of this name."""
    return User.objects.filter(username=username).exists()


def set_actor(actor: Actor) -> None:
    """Name the actor and the day to the database for the current transaction; it forgets both when that ends."""
    _tell(actor.name, actor.account)


@contextmanager
def acting_as(actor: Actor) -> Iterator[Actor]:
    """One transaction of one actor: commands and background jobs do all their work inside."""
    with transaction.atomic(), journal_scope():
        set_actor(actor)
        yield actor


@contextmanager
def as_the_product() -> Iterator[None]:
    """Inside the transaction of somebody's act, work out from the whole ledger what follows for everybody's rights."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('xiezuo.actor', true), current_setting('xiezuo.account', true)"
        )
        name, account = cursor.fetchone()
    # Inside the savepoint, so that a failure forgets the product's eyes together with its work.
    with transaction.atomic():
        _tell(PRODUCT_ITSELF.name, PRODUCT_ITSELF.account)
        yield
        _tell(name or "", account or "")


def _tell(name: str, account: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('xiezuo.actor', %s, true), set_config('xiezuo.account', %s, true),"
            " set_config('xiezuo.today', %s, true)",
            [name, account, clock.today().isoformat()],
        )
