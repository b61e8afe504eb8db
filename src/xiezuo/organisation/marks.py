"""What stands on a marked record: who looks at it now, and who has seen it."""

from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.accounts.api import shown_actor
from xiezuo.audit.api import Act, seen
from xiezuo.organisation.models import Commission
from xiezuo.shared import clock
from xiezuo.ui.table import Column, Table

MOST_READERS = 50
"""So many of the last showings are listed; the auditor reads them all."""


def watermark(request: HttpRequest) -> str:
    """Who looks and when, for the mark across a page and its print."""
    return f"{request.user.get_username()} {localtime(clock.now()):%Y-%m-%d %H:%M}"


def readers_table(commission: Commission, code: str) -> Table:
    """Who was shown the personal data of a person, the latest first. One query."""
    columns = [
        Column("who", gettext_lazy("Who")), Column("when", gettext_lazy("Time")),
        Column("what", gettext_lazy("What was shown")),
    ]  # fmt: skip
    rows = [
        {
            "who": shown_actor(entry.actor),
            "when": f"{localtime(entry.at):%Y-%m-%d %H:%M}",
            "what": _shown(entry),
        }
        for entry in seen(code, commission.code)[:MOST_READERS]
    ]
    return Table(
        columns, rows, id="readers", caption=_("Who has seen this"), empty=_("Nobody has been shown it yet.")
    )


def _shown(entry: Any) -> str:
    return _("personal data") if entry.act == Act.PERSONAL_DATA_SHOWN else entry.act
