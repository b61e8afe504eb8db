"""The installation of these tests."""

import pytest


@pytest.fixture
def here(actor: None, settings, tmp_path):  # type: ignore[no-untyped-def]
    """A county with its three administrators, its secretary and somebody without a role."""
    from tests import factories as make
    from tests.accounts.deciding import keep_rules
    from tests.home.consoles.offices import NAMES, Installation
    from xiezuo.accounts.api import Role
    from xiezuo.shared import clock

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.DEMONSTRATION, settings.DEMONSTRATION_FILE = False, tmp_path / "demonstration"
    made = Installation(make.commission(code="AAA", name="虚构甲县纪委监委", region="虚构甲县"))
    keep_rules(made.county, clock.today().year, clock.today().year + 1, now=clock.now())
    for name, role in NAMES.items():
        made.user(name, role)
    made.user("shuji", Role.SECRETARY)
    made.user("nobody")
    return made
