"""What other apps may use of the rules."""

from xiezuo.rules.queries import changes

__all__ = ["changes"]
