"""What other apps may use of the accounts."""

from xiezuo.accounts.actor import OPERATOR, Actor, acting_as, actor_named, actor_of, set_actor
from xiezuo.accounts.operations import set_account

__all__ = ["OPERATOR", "Actor", "acting_as", "actor_named", "actor_of", "set_account", "set_actor"]
