"""What other apps may use of the accounts."""

from xiezuo.accounts.actor import OPERATOR, Actor, acting_as, actor_of, set_actor

__all__ = ["OPERATOR", "Actor", "acting_as", "actor_of", "set_actor"]
