"""Accounts of an installation that is looked at through its consoles. Everybody is fictional."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.subjects import Browser, give
from xiezuo.accounts.api import ADMINISTRATORS, OPERATOR, Actor, Role, Scope, actor_of, set_actor
from xiezuo.accounts.models import User
from xiezuo.organisation.models import Commission

NAMES = {"xitong": Role.SYSTEM, "anquan": Role.SECURITY, "shenji": Role.AUDITOR}
"""The three administrators."""

AUDITOR = ("auditor", "timeline", "verify", "heads", "code-sheet")
SECURITY = (
    "security",
    "persons",
    "who-can-see",
    "review",
    "behaviour",
    "door",
    "recoveries",
    "grants",
    "propose",
)
SYSTEM = ("system", "open-account", "jobs", "health")
CONSOLES = {"shenji": AUDITOR, "anquan": SECURITY, "xitong": SYSTEM}
"""Who may open which pages."""


class Seat(Browser):
    """A browser of somebody whose rights are what the test gave, and no more."""

    def request(self, **request: Any) -> Any:
        """Ask as the user; what the test does afterwards, it does as the operator."""
        try:
            return Client.request(self, **request)
        finally:
            set_actor(OPERATOR)

    def page(self, name: str, /, *args: int, **asked: str) -> str:
        """What a page of a console says."""
        answer = self.get(reverse(f"consoles:{name}", args=args), asked)
        assert answer.status_code == 200, (name, answer.status_code)
        return words_of(answer)

    def send(self, name: str, /, *args: int, **told: object) -> HttpResponse:
        """Send a form of a console."""
        answer: HttpResponse = self.post(reverse(f"consoles:{name}", args=args), told)
        return answer


def words_of(answer: HttpResponse) -> str:
    """What a reader sees of a page's content, without markup."""
    html = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html[html.index("<main") :]))


@dataclass
class Installation:
    """A county and its accounts by name."""

    county: Commission
    users: dict[str, User] = field(default_factory=dict)

    def user(self, name: str, role: Role | None = None, **more: Any) -> User:
        """An account, with a role over the county or the installation."""
        user = User.objects.create_user(name, **{"last_name": f"虚构{name}", **more})
        self.users[name] = user
        if role in ADMINISTRATORS:
            give(user, role, None, Scope.INSTALLATION, 0)
        elif role is not None:
            give(user, role, self.county.pk, Scope.COMMISSION, self.county.pk)
        return user

    def seat(self, name: str) -> Seat:
        """A browser of this account, which has just proved who it is."""
        return Seat(self.users[name])

    def actor(self, name: str) -> Actor:
        """The account as it acts, for what a test does without a browser."""
        set_actor(OPERATOR)
        return actor_of(User.objects.get(username=name))


def set_status(job: int, status: str) -> None:
    """Let a background job have come so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s", [status, job]
        )
