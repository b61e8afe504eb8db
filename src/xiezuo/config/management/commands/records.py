"""`xiezuo records KEY`: the records that a figure counts."""

from typing import Any

from django.core.management.base import CommandParser

from xiezuo.accounts.api import Actor
from xiezuo.config.cli import LedgerCommand
from xiezuo.figures.api import records_document
from xiezuo.organisation.api import must_exist_on


class Command(LedgerCommand):
    """Print the records behind one figure."""

    help = __doc__

    def add_own_arguments(self, parser: CommandParser) -> None:
        """The figure asked about."""
        parser.add_argument("key", metavar="KEY[@MM]")

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The document of docs/commands.md."""
        commission, day = self.commission(options), options["on"]
        must_exist_on(commission, day)
        return records_document(commission, day, options["key"]), ""
