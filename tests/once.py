"""What all tests of a module begin with, built once for the module instead of anew for each of them."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, TypeVar

import pytest

Built = TypeVar("Built")


def once(build: Callable[[], Built]) -> Any:
    """A fixture of a module: what `build` makes as the operator, in a transaction that is undone after its last test.

    Each test is a savepoint inside, so it finds what was built and nothing of the other tests. It asks for `fresh` of it.
    Not for modules whose tests commit (`transactional_db`): their other connections would not see it.
    """

    @pytest.fixture(scope="module")
    def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Built]:
        from django.db import transaction

        from xiezuo.accounts.api import OPERATOR, Actor, set_actor

        with django_db_blocker.unblock(), transaction.atomic():
            set_actor(OPERATOR)
            made = build()
            # A test that names nobody is nobody.
            set_actor(Actor(""))
            yield made
            transaction.set_rollback(True)

    return built


def fresh(built: Built) -> Built:
    """A copy for one test, whose changes to it no other test sees; nor does any page that was kept for another one."""
    from django.core.cache import cache

    cache.clear()
    return deepcopy(built)
