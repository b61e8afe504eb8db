"""Questions that span apps: search, and what is one's own."""

from xiezuo.home.queries.search import FOUND_AT_MOST, Found, commissions, search
from xiezuo.home.queries.work import Work, work_of

__all__ = ["FOUND_AT_MOST", "Found", "Work", "commissions", "search", "work_of"]
