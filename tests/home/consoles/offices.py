"""An installation with its three administrators, a secretary and somebody without a role. Everybody is fictional."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from tests import factories as make
from tests.subjects import Browser, give
from xiezuo.accounts.api import ADMINISTRATORS, OPERATOR, Role, Scope, set_actor
from xiezuo.accounts.models import User
from xiezuo.organisation.models import Commission

NAMES = {"xitong": Role.SYSTEM, "anquan": Role.SECURITY, "shenji": Role.AUDITOR}


class Seat(Browser):
    """A browser of somebody whose rights are what the test gave, and no more."""

    def request(self, **request: Any) -> Any:
        """Ask as the user; what the test does afterwards, it does as the operator."""
        try:
            return Client.request(self, **request)
        finally:
            set_actor(OPERATOR)


@dataclass
class Installation:
    """A county and its accounts by name."""

    county: Commission
    users: dict[str, User] = field(default_factory=dict)

    def user(self, name: str, role: Role | None = None, **more: object) -> User:
        """An account, with a role over the county or the installation."""
        user = User.objects.create_user(name, last_name=f"虚构{name}", **more)
        self.users[name] = user
        if role in ADMINISTRATORS:
            give(user, role, None, Scope.INSTALLATION, 0)
        elif role is not None:
            give(user, role, self.county.pk, Scope.COMMISSION, self.county.pk)
        return user

    def browser(self, name: str) -> Seat:
        """Logged in, and just proved to be who it says."""
        return Seat(self.users[name])


@pytest.fixture
def installation(actor: None, settings) -> Installation:  # type: ignore[no-untyped-def]
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    made = Installation(make.commission(code="AAA", name="虚构甲县纪委监委", region="虚构甲县"))
    for name, role in NAMES.items():
        made.user(name, role)
    made.user("shuji", Role.SECRETARY)
    made.user("nobody")
    return made
