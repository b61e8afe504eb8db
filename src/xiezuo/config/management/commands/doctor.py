"""`xiezuo doctor`: what is in order in this installation, and what to mend."""

from typing import Any

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.config import installation
from xiezuo.config.cli import LedgerCommand
from xiezuo.config.start_up import against_start
from xiezuo.home.api import checks_found


class Command(LedgerCommand):
    """Look at the installation without changing it; exit 1 if something is to be mended."""

    help = __doc__
    takes_day = takes_commission = False

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """Each check by name, with what to mend where it fails."""
        found = {**checks_found(), "start": "; ".join(reason.text for reason in against_start())}
        wrong = [name for name, mend in found.items() if mend]
        document = {"home": str(installation.this().home), "checks": found}
        return document, _("To be mended: %(names)s") % {"names": ", ".join(wrong)} if wrong else ""

    def print_words(self, document: dict[str, Any]) -> None:
        """One line a check."""
        for name, mend in document["checks"].items():
            self.stdout.write(f"{'✗' if mend else '✓'} {name}{': ' + mend if mend else ''}")
