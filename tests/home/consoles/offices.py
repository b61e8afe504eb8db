"""Accounts of an installation that is looked at through its consoles. Everybody is fictional."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.subjects import Browser, give
from xiezuo.accounts.api import ADMINISTRATORS, OPERATOR, Actor, Role, Scope, actor_of, set_actor
from xiezuo.accounts.models import Grant, User
from xiezuo.approvals.api import Approval
from xiezuo.organisation.models import Commission
from xiezuo.organisation.states import UnitKind
from xiezuo.shared import clock
from xiezuo.zones.api import renew_rights

LONG_AGO = date(2010, 1, 1)
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

    def rule(self, approval: int | None, verb: str, said: str = "") -> HttpResponse:
        """Decide an application, or withdraw it, by the form that its page holds now."""
        route = "apply" if verb == "withdraw" else "decide-proved"
        seen = Approval.objects.get(pk=approval).edition
        told = {"verb": verb, "said": said, "to": "-1", "seen": seen, "key": uuid4()}
        answer: HttpResponse = self.post(reverse(f"inbox:{route}", args=[approval]), told)
        return answer

    def send(self, name: str, /, *args: int, **told: object) -> HttpResponse:
        """Send a form of a console."""
        answer: HttpResponse = self.post(reverse(f"consoles:{name}", args=args), told)
        return answer


def words_of(answer: HttpResponse) -> str:
    """What a reader sees of a page's content, without markup."""
    html = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html[html.index("<main") :]))


def proposed() -> Grant:
    """The one grant that was proposed on screen."""
    return Grant.objects.get()


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
        elif role == Role.SECRETARY:
            self._in_post(user)
        elif role is not None:
            give(user, role, self.county.pk, Scope.COMMISSION, self.county.pk)
        return user

    def _in_post(self, user: User) -> None:
        """The secretary by the post, so that the role outlasts every renewal of rights."""
        leadership = make.unit(self.county, UnitKind.LEADERSHIP, starts=LONG_AGO)
        person = make.person(self.county)
        make.assignment(person, leadership, "书记", starts=LONG_AGO)
        user.commission, user.person = self.county.pk, person.pk
        user.person_named_by, user.person_confirmed_by = "xitong", "anquan"
        user.save()
        renew_rights(accounts=[user.pk], now=clock.now())
        user.refresh_from_db()

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
