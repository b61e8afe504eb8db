"""What changed between two days, from every part of the ledger."""

from datetime import date

from xiezuo.directives import api as directives
from xiezuo.organisation import api as organisation
from xiezuo.organisation.api import Commission
from xiezuo.rules import api as rules
from xiezuo.shared.changes import Change, in_order
from xiezuo.sites import api as sites
from xiezuo.zones import api as zones

PARTS = (organisation, zones, sites, rules, directives)


def changes_between(commission: Commission, first: date, last: date) -> list[Change]:
    """Every fact that began or ended after `first` and up to `last`, by day. The number of questions is fixed."""
    return in_order(change for part in PARTS for change in part.changes(commission, first, last))
