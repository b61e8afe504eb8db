"""Background jobs of the zones, where the worker looks for them."""

from xiezuo.zones.proposals.tasks import propose

__all__ = ["propose"]
