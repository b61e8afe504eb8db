"""`xiezuo figures`: every figure and balance of a commission on a day."""

from typing import Any

from xiezuo.accounts.api import Actor
from xiezuo.config.cli import LedgerCommand
from xiezuo.figures.api import figures_document
from xiezuo.organisation.api import must_exist_on


class Command(LedgerCommand):
    """Print the figures and balances of one day."""

    help = __doc__

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The document of docs/commands.md."""
        commission, day = self.commission(options), options["on"]
        must_exist_on(commission, day)
        return figures_document(commission, day), ""

    def print_words(self, document: dict[str, Any]) -> None:
        """One line a figure, then one line a balance that does not hold."""
        for key, value in document.get("figures", {}).items():
            self.stdout.write(f"{'—' if value is None else value:>8}  {key}")
        for balance in document.get("balances", []):
            if balance["holds"] is False:
                self.stdout.write(
                    f"{balance['left']} ≠ {balance['right']}  {balance['rule']} ({balance['kind']})"
                )
