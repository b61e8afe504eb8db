"""`xiezuo export OUT.xlsx`: the ledger of a commission as a book that loads back."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from xiezuo.accounts.api import Actor
from xiezuo.book.api import export_book
from xiezuo.config.cli import LedgerCommand
from xiezuo.shared import clock


class Command(LedgerCommand):
    """Write the ledger as a book."""

    help = __doc__
    takes_day = False

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("out", type=Path, metavar="OUT.xlsx")

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The file's path."""
        commission = self.commission(options)
        options["out"].write_bytes(export_book(commission=commission, by=actor, now=clock.now()))
        return {"commission": commission.code, "file": str(options["out"])}, ""
