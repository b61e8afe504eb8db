"""What deserves a second look before somebody is on leave, moves or is lent: what they have open, never in which matter.

The organisation and the loans ask it (`config/wiring.py`); it stands against nothing.
"""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.collaboration.queries.handing import account_of, letters_open_of, open_work_of, team_days_of
from xiezuo.organisation.api import Commission, Warned
from xiezuo.shared import clock
from xiezuo.shared.lists import listed
from xiezuo.ui.absence import period_words
from xiezuo.ui.links import address
from xiezuo.ui.parts import Link


def teams_meanwhile(_request: HttpRequest, _commission: Commission, person: int, starts: date, ends: date) -> Iterator[Warned]:  # fmt: skip
    """Each team in which somebody is on days on which they would be on leave; the team stays as it is and shows the leave."""
    words = _("In a team %(days)s. The leave can be entered all the same: the page of the team then shows it, and whoever put the team together decides whether to exchange them.")  # fmt: skip
    for first, last in team_days_of(person, starts, ends):
        yield Warned(words % {"days": period_words(first, last)})


def work_left_open(request: HttpRequest, commission: Commission, person: int, starts: date, ends: date) -> Iterator[Warned]:  # fmt: skip
    """That somebody has work open which another must take over, with the way to hand it over."""
    account = account_of(person)
    kinds = list(_kinds(commission, person, account, max(starts, clock.today()), ends))
    if kinds:
        words = _("There is open work in the collaboration that must pass to somebody else: %(kinds)s.")
        href = address(request, "collaboration:open-work", account=str(account)) if account else ""
        yield Warned(words % {"kinds": listed(kinds)}, Link(_("Hand over work"), href) if href else None)


def _kinds(
    commission: Commission, person: int, account: int | None, starts: date, ends: date
) -> Iterator[str]:
    """Kinds of open work, never how much of it: whether in a team is known, the rest as far as the reader may see it."""
    if team_days_of(person, starts, ends):
        yield pgettext("open work", "in a team")
    if account is None:
        return
    found = open_work_of(commission, account)
    named = (
        (pgettext("open work", "requests applied for"), found.applied), (pgettext("open work", "tasks"), found.tasks),
        (pgettext("open work", "questions of recusal to decide"), found.decides),
        (pgettext("open work", "letters to verify"), letters_open_of(commission, account)),
    )  # fmt: skip
    yield from (words for words, there in named if there)
