"""`xiezuo report --on DAY --out DIR`: the report of a day as Word and PDF, its evidence, and what it rests on."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from xiezuo.accounts.api import Actor
from xiezuo.config.cli import LedgerCommand
from xiezuo.reports.api import write_files, write_report
from xiezuo.shared import clock


class Command(LedgerCommand):
    """Write the report of one day."""

    help = __doc__

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Where to, and by which template."""
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        parser.add_argument("--template", metavar="NAME", help="default: the standard template")

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The contents of run.json."""
        run = write_report(
            commission=self.commission(options), on=options["on"], template=options["template"],
            by=actor, now=clock.now(),
        )  # fmt: skip
        return write_files(run, options["out"]), ""

    def print_words(self, document: dict[str, Any]) -> None:
        """The files, and every broken balance."""
        for name in document.get("sha256", {}):
            self.stdout.write(name)
        for balance in document.get("balances", []):
            if balance["holds"] is False:
                self.stdout.write(
                    f"{balance['left']} ≠ {balance['right']}  {balance['rule']} ({balance['kind']})"
                )
