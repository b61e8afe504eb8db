"""What the collaboration adds to the pages of units and people."""

from xiezuo.collaboration.loans import panels as panels_of_loans  # noqa: F401 - they register themselves
from xiezuo.collaboration.requests import panels as panels_of_requests  # noqa: F401 - the same
