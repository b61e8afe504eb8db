"""One world for each worker, committed to a database of its own; each test asks it in a transaction that is undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections, transaction
from django.test import override_settings

if TYPE_CHECKING:
    # The tables are known only once Django is set up, which is after this file is read.
    from tests.matrix.walk import Walker
    from tests.matrix.world import World

DUMMY = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
BEGUN = datetime.now(tz=UTC)
"""When the days were written down that addresses are asked with: the world is built on that day, however late it is by then."""
A_LITTLE_LATER = timedelta(seconds=20)


@dataclass
class Standing:
    """The world as it was built, who walks through it, and the way in."""

    connection: Any
    settings: dict[str, Any]
    now: datetime
    world: "World"
    walker: "Walker"

    @contextmanager
    def entered(self) -> Iterator[None]:
        """As the operator, at one instant for however long it takes: no proof and no session grows old meanwhile."""
        from xiezuo.accounts.api import OPERATOR, set_actor

        with _inside(self.connection, self.settings, self.now), transaction.atomic():
            set_actor(OPERATOR)
            self.walker.written = {}
            yield
            transaction.set_rollback(True)


@contextmanager
def _inside(connection: Any, settings: dict[str, Any], now: datetime) -> Iterator[None]:
    """Everything that asks the database asks this one, and the clock stands."""
    from django.utils import timezone

    from xiezuo.shared import clock

    plain = connections["default"]
    with override_settings(**settings), pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: now)
        patch.setattr(clock, "today", lambda: timezone.localdate(now))
        connections["default"] = connection
        try:
            yield
        finally:
            connections["default"] = plain


@pytest.fixture(scope="session")
def standing(
    untouched: str, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> "Iterator[Standing]":
    """The commissions, their things and their subjects with their browsers, built once and committed."""
    from tests.matrix.walk import Walker
    from tests.matrix.world import build

    home, now = tmp_path_factory.mktemp("files"), BEGUN
    settings = {"ALLOWED_HOSTS": ["testserver"], "MEDIA_ROOT": home, "JOURNAL_HOME": home, "CACHES": DUMMY}
    connection = connections["default"].copy()
    connection.settings_dict["NAME"] = untouched
    with django_db_blocker.unblock():
        with _inside(connection, settings, now), transaction.atomic():
            world = build()
            walker = Walker(world)
        yield Standing(connection, settings, now + A_LITTLE_LATER, world, walker)
        connection.close()


@pytest.fixture
def world(standing: Standing) -> "Iterator[World]":
    """The world as it was built, whatever other tests did in it."""
    with standing.entered():
        yield standing.world


@pytest.fixture
def walker(standing: Standing, world: "World") -> "Walker":
    """Who asks, with a browser for each subject."""
    return standing.walker
