"""Accounts of tests, with the roles that they need and no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from xiezuo.accounts.api import OPERATOR, Role, Scope, set_actor
from xiezuo.accounts.models import Right, User
from xiezuo.accounts.sessions import DOOR
from xiezuo.organisation.models import Commission
from xiezuo.shared.periods import ALWAYS, OPEN


def give(user: User, role: Role, commission: int | None, kind: Scope, scope: int, **more: Any) -> Right:
    """Let `user` hold a role over something, always unless `starts` or `ends` say otherwise."""
    days = {"starts": ALWAYS, "ends": OPEN} | more
    return Right.objects.create(
        user=user, role=role, commission=commission, scope_kind=kind, scope_id=scope, known_from=timezone.now(), **days
    )  # fmt: skip


def give_everywhere(user: User, role: Role) -> None:
    """Let `user` hold a business role over every commission there is, including those made since."""
    covered = Right.objects.filter(user=user, role=role).values("commission")
    for commission in Commission.objects.exclude(pk__in=covered):
        give(user, role, commission.pk, Scope.COMMISSION, commission.pk)


class Browser(Client):
    """A browser without scripts, logged in as `user`, who holds `role` over every commission."""

    def __init__(self, user: User, role: Role = Role.CASE_MANAGEMENT, **options: Any) -> None:
        super().__init__(**options)
        self.user, self.role = user, role
        self.force_login(user)
        self.prove()

    def prove(self) -> None:
        """Acts that need a fresh proof of who sits there have one."""
        session = self.session
        session[DOOR] = {**session[DOOR], "fresh": timezone.now().isoformat()}
        session.save()

    def request(self, **request: Any) -> Any:
        """Ask as the user; what the test does before and after, it does as the operator."""
        with _uncounted():
            set_actor(OPERATOR)
            give_everywhere(self.user, self.role)
        try:
            return super().request(**request)
        finally:
            with _uncounted():
                set_actor(OPERATOR)


class Visitor(Client):
    """A browser without scripts, logged in as an account that holds what the test gives it and nothing else."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(**options)
        self.user = User.objects.create_user(name)
        self.force_login(self.user)
        session = self.session
        session[DOOR] = {**session[DOOR], "fresh": timezone.now().isoformat()}
        session.save()

    def holds(self, role: Role, commission: Commission, unit: int | None = None, **more: Any) -> "Visitor":
        """Give a role over the commission, or over one of its units."""
        kind, scope = (Scope.COMMISSION, commission.pk) if unit is None else (Scope.UNIT, unit)
        give(self.user, role, commission.pk, kind, scope, **more)
        return self

    def request(self, **request: Any) -> Any:
        """Ask as the account; what the test does afterwards, it does as the operator again."""
        try:
            return super().request(**request)
        finally:
            with _uncounted():
                set_actor(OPERATOR)


@contextmanager
def _uncounted() -> Iterator[None]:
    """What a test sets up is not among the questions that a page asks."""
    counted, connection.force_debug_cursor = connection.force_debug_cursor, False
    yield
    connection.force_debug_cursor = counted
