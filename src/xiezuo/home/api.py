"""What commands may use of the screens."""

from xiezuo.home.consoles.checks import found as checks_found
from xiezuo.home.notices import api as notices

__all__ = ["checks_found", "notices"]
