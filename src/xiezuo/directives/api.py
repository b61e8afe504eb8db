"""What other apps may use of the directives."""

from xiezuo.directives.queries import changes

__all__ = ["changes"]
