"""What accounts, persons and units of a page are called; whatever a page shows is asked for at once."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from xiezuo.accounts.api import User
from xiezuo.approvals.api import Course, Party
from xiezuo.organisation.api import person_names, unit_names


def account_names(accounts: Iterable[int | None]) -> dict[int, str]:
    """The name of each account as its owner reads it on the screen. One query."""
    found = User.objects.filter(pk__in={each for each in accounts if each is not None})
    return {user.pk: user.get_full_name() or user.get_username() for user in found}


class Called:
    """Names that are asked for when they are first needed; `know` asks for many at once."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._accounts: dict[int, str] = {}
        self._persons: dict[int, str] = {}
        self._units: dict[int, str] = {}

    def know(
        self,
        *,
        accounts: Iterable[int | None] = (),
        persons: Iterable[int] = (),
        units: Iterable[int | None] = (),
    ) -> None:
        """Ask for these, one query for each kind."""
        if asked := {each for each in accounts if each is not None} - self._accounts.keys():
            self._accounts |= dict.fromkeys(asked, "") | account_names(asked)
        if people := set(persons) - self._persons.keys():
            self._persons |= dict.fromkeys(people, "") | person_names(people, self._on)
        if parts := {each for each in units if each is not None} - self._units.keys():
            self._units |= dict.fromkeys(parts, "") | unit_names(parts, self._on)

    def know_course(self, course: Course, *accounts: int | None) -> None:
        """Ask for everybody who takes part."""
        sitting = [
            party for _n, _p, seat in course.seats() for party in (seat.party, seat.decided_by) if party
        ]
        papers = [seat.paper for _n, _p, seat in course.seats() if seat.paper]
        hands = [party.account for each in papers for party in (each.entered_by, each.confirmed_by) if party]
        self.know(
            accounts=[course.applicant.account, *accounts, *hands, *(party.account for party in sitting)],
            persons=[party.person for party in sitting if party.account is None and party.person is not None],
        )

    def account(self, account: int | None) -> str:
        """The name of an account; the product itself has none."""
        if account is None:
            return _("Xiezuo")
        self.know(accounts=[account])
        return self._accounts[account] or _("account no. %(number)d") % {"number": account}

    def party(self, party: Party) -> str:
        """Somebody who takes part; who signs paper only is called as the ledger calls them, if the reader may know."""
        if party.account is not None:
            return self.account(party.account)
        self.know(persons=[party.person or 0])
        return self._persons[party.person or 0] or _("somebody without an account")

    def unit(self, unit: int | None) -> str:
        """The name of a unit; nothing for a matter of the whole commission."""
        if unit is None:
            return ""
        self.know(units=[unit])
        return self._units[unit]
