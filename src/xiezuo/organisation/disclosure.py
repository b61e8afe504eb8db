"""Showing personal data: allowed on request, and each time an act in the journal."""

from datetime import date, datetime

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import Act, record
from xiezuo.organisation.models import Commission
from xiezuo.organisation.queries import PersonPage, person_page


def show_personal_data(
    *, commission: Commission, person: int, on: date, by: Actor, now: datetime
) -> PersonPage:
    """The page of a person with birth month, origin and telephone unmasked. Raises `NotThere` for an unknown person."""
    page = person_page(commission, person, on, masked=False)
    details = {"on": on, "shown": ["born", "origin", "telephone"]}
    record(
        Act.PERSONAL_DATA_SHOWN, by=by, at=now, commission_code=commission.code, target=page.code, details=details
    )  # fmt: skip
    return page
