"""What other apps may use of the zones."""

from xiezuo.zones.queries import changes

__all__ = ["changes"]
