"""What commands may use of the screens."""

from xiezuo.home.consoles.checks import found as checks_found
from xiezuo.home.consoles.grant_operations import apply_for_grant, settle_grant_applied_for
from xiezuo.home.notices import api as notices

__all__ = ["apply_for_grant", "checks_found", "notices", "settle_grant_applied_for"]
