"""Browsers of the people of an office, and what they post."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories as make
from tests.approvals.office import Office, now_of
from tests.subjects import _uncounted
from xiezuo.accounts.api import OPERATOR, set_actor
from xiezuo.accounts.models import User
from xiezuo.accounts.sessions import DOOR
from xiezuo.approvals.api import Approval
from xiezuo.organisation.models import Commission
from xiezuo.rules.models import CalendarYear
from xiezuo.shared import clock


def calendar_of_these_years(county: Commission) -> None:
    """The years around today, without days off: Monday to Friday."""
    this = clock.today().year
    for year in (this - 1, this, this + 1):
        CalendarYear.objects.create(
            commission=county,
            starts=date(year, 1, 1),
            ends=date(year + 1, 1, 1),
            basis="虚构",
            known_from=make.KNOWN,
        )


class Desk(Client):
    """A browser without scripts, logged in as somebody of the office."""

    def __init__(self, here: Office, name: str, **options: Any) -> None:
        super().__init__(**options)
        self.user = User.objects.get(pk=here.at(name))
        self.force_login(self.user)
        self.prove(True)

    def prove(self, proved: bool) -> None:
        """Whether whoever sits there has just proved who they are."""
        session = self.session
        session[DOOR] = {**session[DOOR], "fresh": timezone.now().isoformat() if proved else ""}
        session.save()

    def request(self, **request: Any) -> Any:
        """Ask as the account; what the test does afterwards, it does as the operator again."""
        try:
            return super().request(**request)
        finally:
            with _uncounted():
                set_actor(OPERATOR)

    def opens(self, approval: Approval, **expected: Any) -> str:
        """The page of an application, as it answers."""
        response = self.get(reverse("inbox:approval", args=[approval.pk]))
        assert response.status_code == expected.get("status", 200)
        return str(response.content.decode())

    def does(self, route: str, approval: Approval, **sent: Any) -> Any:
        """Post a form of the page of an application as it stands now, unless `seen` or `key` say otherwise."""
        form = {"key": str(uuid4()), "seen": now_of(approval).edition} | sent
        return self.post(reverse(f"inbox:{route}", args=[approval.pk]), form)


def text_of(page: str) -> str:
    """What a reader reads, without tags, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
