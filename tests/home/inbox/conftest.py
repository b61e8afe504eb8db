"""The county of these tests: people who apply and decide, each with a browser of their own."""

import pytest


@pytest.fixture
def here(actor: None, settings):  # type: ignore[no-untyped-def]
    """The office of the engine's tests, with its work calendar, at a door that these tests may knock at."""
    from tests.approvals.office import office
    from tests.home.inbox.desks import calendar_of_these_years

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    built = office()
    calendar_of_these_years(built.county)
    return built
