"""`xiezuo demo`: fill an empty installation with the fictional county 安澜县, and print its accounts."""

from typing import Any

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, account_exists
from xiezuo.config import installation
from xiezuo.config.cli import LedgerCommand
from xiezuo.config.demonstrated.telling import fill
from xiezuo.config.demonstration import ACCOUNTS, CODE, keys_of
from xiezuo.organisation.api import Commission
from xiezuo.shared import clock
from xiezuo.shared.errors import refuse


class Command(LedgerCommand):
    """Load the demonstration county once; afterwards only print the accounts."""

    help = __doc__
    takes_day = takes_commission = False

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The accounts with their passwords, made for this home alone."""
        here = installation.this()
        if not _complete():
            _refuse_real_data()
            keys = keys_of(here)
            fill(keys=keys, by=actor, now=clock.now())
        return {"accounts": installation.accounts_file(here)}, ""

    def print_words(self, document: dict[str, Any]) -> None:
        """The accounts, one a line."""
        self.stdout.write(_("The demonstration county 安澜县 is fictional. Accounts:"))
        who = {shown.name: shown.who for shown in ACCOUNTS}
        for name, password in document.get("accounts", {}).items():
            self.stdout.write(f"  {name:<10}  {password}  {who.get(name, '')}")
        self.stdout.write(
            _("The three administrators also need a code from their card; the door shows the next one.")
        )


def _complete() -> bool:
    """Whether the county is there: it is filled whole or not at all. One that an earlier release filled stays as it is."""
    made = any(account_exists(shown.name) for shown in ACCOUNTS)
    return made and Commission.objects.filter(code=CODE).exists()


def _refuse_real_data() -> None:
    if Commission.objects.exclude(code=CODE).exists():
        refuse(
            "holds_data",
            _("This installation already holds a county; the demonstration needs a home of its own."),
        )
