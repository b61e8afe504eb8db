"""What other apps may use of the sites."""

from xiezuo.sites.queries import changes

__all__ = ["changes"]
