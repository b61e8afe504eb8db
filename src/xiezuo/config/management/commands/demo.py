"""`xiezuo demo`: fill an empty installation with the fictional county 安澜县, and print its accounts."""

import json
import secrets
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, account_exists, set_account
from xiezuo.book.api import load_book
from xiezuo.book.demonstration import book_bytes
from xiezuo.config import installation
from xiezuo.config.cli import LedgerCommand
from xiezuo.organisation.api import Commission
from xiezuo.shared import clock
from xiezuo.shared.errors import refuse

ACCOUNTS = {"shuji": "县纪委书记（虚构）", "anguanshi": "案件监督管理室（虚构）"}
"""Log-in name → who it stands for."""

CODE = "AL"
"""单位编码 of the fictional county."""


class Command(LedgerCommand):
    """Load the demonstration county once; afterwards only print the accounts."""

    help = __doc__
    takes_day = takes_commission = False

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The accounts with their passwords, made for this home alone."""
        here = installation.this()
        if not _complete():
            _refuse_real_data()
            _fill(actor, _passwords(here))
        return {"accounts": installation.accounts_file(here)}, ""

    def print_words(self, document: dict[str, Any]) -> None:
        """The accounts, one a line."""
        self.stdout.write(_("The demonstration county 安澜县 is fictional. Accounts:"))
        for name, password in document.get("accounts", {}).items():
            self.stdout.write(f"  {name}  {password}")


def _complete() -> bool:
    return Commission.objects.filter(code=CODE).exists() and all(account_exists(name) for name in ACCOUNTS)


def _refuse_real_data() -> None:
    if Commission.objects.exclude(code=CODE).exists():
        refuse(
            "holds_data",
            _("This installation already holds a county; the demonstration needs a home of its own."),
        )


def _passwords(here: installation.Installation) -> dict[str, str]:
    """Kept before the accounts are made, so that an interrupted command leaves no account that nobody can open."""
    path = here.home / "demonstration"
    if not path.exists():
        path.write_text(json.dumps({name: secrets.token_urlsafe(9) for name in ACCOUNTS}))
        path.chmod(0o600)
    return installation.accounts_file(here)


def _fill(actor: Actor, passwords: dict[str, str]) -> None:
    load_book(source=book_bytes(), file_name="anlan.xlsx", by=actor, now=clock.now())
    for name, password in passwords.items():
        set_account(
            name=name, full_name=ACCOUNTS.get(name, name), password=password, by=actor, now=clock.now()
        )
