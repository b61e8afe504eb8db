"""What the commands share: whom they act for, which commission and day they ask about, how they fail."""

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from xiezuo.accounts.api import OPERATOR, Actor, acting_as, actor_named
from xiezuo.organisation.api import Commission, SeveralCommissions, named_commission
from xiezuo.shared import clock
from xiezuo.shared.errors import XiezuoError
from xiezuo.ui.asof import parse_day

USAGE = 2


class LedgerCommand(BaseCommand):
    """A command that asks the ledger. Exit 0: done; 1: refused or failed, with the reason; 2: wrong usage."""

    requires_system_checks: list[str] = []
    takes_day = True
    takes_commission = True

    def add_arguments(self, parser: CommandParser) -> None:
        """The options that every such command knows."""
        parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
        parser.add_argument("--as", dest="account", metavar="USER", help="act as this account")
        if self.takes_day:
            parser.add_argument("--on", metavar="DAY", help="the day asked about, YYYY-MM-DD; default today")
        if self.takes_commission:
            parser.add_argument(
                "--commission", metavar="CODE", help="may be left out while there is only one"
            )
        self.add_own_arguments(parser)

    def add_own_arguments(self, parser: CommandParser) -> None:
        """The options of one command."""

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Run as the actor; say a failure in words, and with --json as a document that carries `reason`."""
        if self.takes_day:
            options["on"] = self._day(options["on"])
        try:
            with self._acting(options) as actor:
                document, failure = self.run(actor, options)
        except SeveralCommissions as error:
            self.fail(str(error), USAGE)
        except XiezuoError as error:
            document, failure = {"reason": str(error)}, str(error)
        if options["json"]:
            document = document | ({"reason": failure} if failure else {})
            self.stdout.write(json.dumps(document, ensure_ascii=False, default=str))
        elif set(document) != {"reason"}:
            self.print_words(document)
        if failure:
            self.fail(failure)

    def asks_ledger(self, options: dict[str, Any]) -> bool:
        """Whether the command needs the database; `needs_database` of the dispatch must agree."""
        return True

    def fail(self, reason: str, code: int = 1) -> NoReturn:
        """End with the reason on standard error."""
        self.stderr.write(reason)
        sys.exit(code)

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """Do the work; returns the JSON document and, if the result is not clean, why."""
        raise NotImplementedError

    def print_words(self, document: dict[str, Any]) -> None:
        """Show the document to a person; commands with words of their own override this."""
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=str))

    def commission(self, options: dict[str, Any]) -> Commission:
        """The commission that the options name."""
        return named_commission(options["commission"])

    def _acting(self, options: dict[str, Any]) -> AbstractContextManager[Actor]:
        if self.asks_ledger(options):
            return acting_as(self._actor(options["account"]))
        return nullcontext(OPERATOR)

    def _day(self, text: str | None) -> date:
        if not text:
            return clock.today()
        try:
            return parse_day(text)
        except XiezuoError as error:
            self.fail(_("--on: %(words)s") % {"words": error}, USAGE)

    def _actor(self, account: str | None) -> Actor:
        return actor_named(account) if account else OPERATOR

    @property
    def on_terminal(self) -> bool:
        """Whether progress may be shown."""
        return sys.stderr.isatty()
