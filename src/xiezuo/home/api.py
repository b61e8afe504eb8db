"""What commands may use of the screens."""

from xiezuo.home.consoles.checks import found as checks_found

__all__ = ["checks_found"]
