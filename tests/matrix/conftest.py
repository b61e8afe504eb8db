"""One world for each module: built once inside a transaction that is never committed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.test import override_settings

if TYPE_CHECKING:
    # The tables are known only once Django is set up, which is after this file is read.
    from tests.matrix.walk import Walker
    from tests.matrix.world import World

DUMMY = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> "Iterator[World]":
    """The commissions, their things and their subjects; built anew for each number that a test may give."""
    from tests.matrix.world import build

    home = tmp_path_factory.mktemp("files")
    with (
        django_db_blocker.unblock(),
        override_settings(ALLOWED_HOSTS=["testserver"], MEDIA_ROOT=home, JOURNAL_HOME=home, CACHES=DUMMY),
        transaction.atomic(),
    ):
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def proved(request: pytest.FixtureRequest) -> None:
    """Whoever walks has just shown who it is."""
    if "walker" in request.fixturenames:
        request.getfixturevalue("walker").prove_again()


@pytest.fixture(scope="module")
def walker(world: "World") -> "Walker":
    """Who asks, with a browser for each subject."""
    from tests.matrix.walk import Walker

    return Walker(world)
