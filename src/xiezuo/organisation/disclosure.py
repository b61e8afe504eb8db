"""Showing personal data: allowed on request, and each time an act in the journal."""

from datetime import date, datetime

from django.utils.timezone import localdate

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import Act, record
from xiezuo.organisation.models import Commission
from xiezuo.organisation.policies import may_show_personal_data
from xiezuo.organisation.queries import PersonPage, person_page
from xiezuo.shared.errors import refuse_if


def show_personal_data(
    *, commission: Commission, person: int, on: date, by: Actor, now: datetime
) -> PersonPage:
    """The page of a person with birth month, origin and telephone unmasked. Raises `NotThere` for an unknown person,
    `Refused` where the reader's roles do not reach the person's units."""
    page = person_page(commission, person, on, masked=False)
    # Whose person it is is asked of today: a page of an earlier day gives nobody back what has ended.
    refuse_if(may_show_personal_data(by, commission.pk, page.units_on(localdate(now))))
    details = {"on": on, "shown": ["born", "origin", "telephone"]}
    record(
        Act.PERSONAL_DATA_SHOWN, by=by, at=now, commission_code=commission.code, target=page.code, details=details
    )  # fmt: skip
    return page
