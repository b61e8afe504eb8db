"""The installation of these tests."""

from typing import TYPE_CHECKING

import pytest

from tests.once import fresh, once

if TYPE_CHECKING:
    # The tables are known only once Django is set up, which may be after this file is read.
    from tests.home.consoles.offices import Installation


@once
def built() -> "Installation":
    """A county with its three administrators, its secretary and somebody without a role."""
    from tests import factories as make
    from tests.accounts.deciding import keep_rules
    from tests.home.consoles.offices import NAMES, Installation
    from xiezuo.accounts.api import Role
    from xiezuo.shared import clock

    made = Installation(make.commission(code="AAA", name="虚构甲县纪委监委", region="虚构甲县"))
    keep_rules(made.county, clock.today().year, clock.today().year + 1, now=clock.now())
    for name, role in NAMES.items():
        made.user(name, role)
    made.user("shuji", Role.SECRETARY)
    made.user("nobody")
    return made


@pytest.fixture
def here(built: "Installation", actor: None, settings, tmp_path) -> "Installation":  # type: ignore[no-untyped-def]
    """The installation for one test, outside of the demonstration, with pages that are made anew."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.DEMONSTRATION, settings.DEMONSTRATION_FILE = False, tmp_path / "demonstration"
    return fresh(built)
