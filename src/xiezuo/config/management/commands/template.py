"""`xiezuo template OUT.xlsx`: the empty ledger book with its drop-downs."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from xiezuo.accounts.api import Actor
from xiezuo.book.api import template_book
from xiezuo.config.cli import LedgerCommand


class Command(LedgerCommand):
    """Write the empty book."""

    help = __doc__
    takes_day = takes_commission = False

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("out", type=Path, metavar="OUT.xlsx")

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The file's path."""
        options["out"].write_bytes(template_book())
        return {"file": str(options["out"])}, ""
