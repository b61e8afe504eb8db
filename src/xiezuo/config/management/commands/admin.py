"""`xiezuo admin create NAME`: the first account without a demonstration, and a forgotten password."""

import getpass
import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, set_account
from xiezuo.config.cli import LedgerCommand
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput


class Command(LedgerCommand):
    """Create an account, or set a new password for it. The password is asked for, or read from standard input."""

    help = __doc__
    takes_day = takes_commission = False

    def add_own_arguments(self, parser: CommandParser) -> None:
        """What to do and for whom."""
        parser.add_argument("act", choices=["create"])
        parser.add_argument("name")
        parser.add_argument("--full-name", default="")

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The account's name."""
        user = set_account(
            name=options["name"],
            full_name=options["full_name"],
            password=_password(),
            by=actor,
            now=clock.now(),
        )
        return {"account": user.get_username()}, ""


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass(_("Password: "))
    if password != getpass.getpass(_("Once more: ")):
        raise BadInput(_("The two passwords differ."))
    return password
