"""The county of these tests: people who apply and decide, each with a browser of their own."""

from typing import TYPE_CHECKING

import pytest

from tests.once import fresh, once

if TYPE_CHECKING:
    # The tables are known only once Django is set up, which may be after this file is read.
    from tests.approvals.office import Office


@once
def built() -> "Office":
    """The office of the engine's tests, with its work calendar."""
    from tests.approvals.office import office
    from tests.home.inbox.desks import calendar_of_these_years

    made = office()
    calendar_of_these_years(made.county)
    return made


@pytest.fixture
def here(built: "Office", actor: None, settings) -> "Office":  # type: ignore[no-untyped-def]
    """The office for one test, at a door that these tests may knock at."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    return fresh(built)
