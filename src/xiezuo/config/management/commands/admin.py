"""`xiezuo admin`: what is done at the server itself, before anybody can log in or when nobody can any more."""

import getpass
import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from xiezuo.accounts.api import ADMINISTRATORS, Actor, Role, User, appoint_first, set_account, unlock
from xiezuo.config.cli import LedgerCommand
from xiezuo.organisation.api import named_commission, set_up_commission
from xiezuo.rules.api import load_defaults
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput

ROLES = [role.value for role in Role]


class Command(LedgerCommand):
    """`create NAME`: an account, or a new password for it, with a first role if a witness is named.

    `commission CODE`: a commission without a ledger yet. `unlock NAME`: an account that was locked out at the door.
    The password is asked for, or read from standard input.
    """

    help = __doc__
    takes_day = False

    def add_own_arguments(self, parser: CommandParser) -> None:
        """What to do and for whom."""
        parser.add_argument("act", choices=["create", "commission", "unlock"])
        parser.add_argument("name", metavar="NAME", help="log-in name, or the commission's 单位编码")
        parser.add_argument("--full-name", default="", help="of the person, or of the commission")
        parser.add_argument("--region", default="", help="of the commission")
        parser.add_argument("--role", choices=ROLES, help="first holder of this role; needs --witness")
        parser.add_argument(
            "--witness", default="", help="who was there when it was given, and signed for it"
        )

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """What was made or done."""
        return getattr(self, options["act"])(actor, options), ""

    def create(self, actor: Actor, options: dict[str, Any]) -> dict[str, Any]:
        """The account's name, and the role that it was given."""
        user = set_account(
            name=options["name"],
            full_name=options["full_name"],
            password=_password(),
            by=actor,
            now=clock.now(),
        )
        if options["role"]:
            self._appoint(user, Role(options["role"]), actor, options)
        return {"account": user.get_username(), "role": options["role"]}

    def commission(self, actor: Actor, options: dict[str, Any]) -> dict[str, Any]:  # type: ignore[override]
        """The commission's code and name."""
        if not options["full_name"] or not options["region"]:
            raise BadInput(_("A commission has a name and a region: --full-name NAME --region REGION."))
        particulars = {"name": options["full_name"], "region": options["region"]}
        made = set_up_commission(code=options["name"], particulars=particulars, by=actor, now=clock.now())
        load_defaults(commission=made, by=actor, now=clock.now())
        return {"commission": made.code, "name": made.name}

    def unlock(self, actor: Actor, options: dict[str, Any]) -> dict[str, Any]:
        """How many lock-outs ended."""
        return {"account": options["name"], "ended": unlock(name=options["name"], by=actor, now=clock.now())}

    def _appoint(self, user: User, role: Role, actor: Actor, options: dict[str, Any]) -> None:
        over = None if role in ADMINISTRATORS else named_commission(options["commission"]).pk
        appoint_first(
            user=user, role=role, commission=over, witness=options["witness"], by=actor, now=clock.now()
        )


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass(_("Password: "))
    if password != getpass.getpass(_("Once more: ")):
        raise BadInput(_("The two passwords differ."))
    return password
