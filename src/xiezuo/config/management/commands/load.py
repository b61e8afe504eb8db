"""`xiezuo load BOOK.xlsx`: load a county's ledger book, or say everything that stands in the way."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.accounts.api import Actor
from xiezuo.book.api import load_book
from xiezuo.config.cli import USAGE, LedgerCommand
from xiezuo.shared import clock


class Command(LedgerCommand):
    """Load a ledger book whole, or not at all."""

    help = __doc__
    takes_day = takes_commission = False

    def add_own_arguments(self, parser: CommandParser) -> None:
        """The book, and whether to change anything."""
        parser.add_argument("book", type=Path, metavar="BOOK.xlsx")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The document of docs/commands.md; errors are also written into a marked copy beside the book."""
        book: Path = options["book"]
        if not book.is_file():
            self.fail(_("There is no file %(path)s") % {"path": book}, USAGE)
        result = load_book(
            source=book, by=actor, now=clock.now(), dry_run=options["dry_run"],
            progress=self._show if self.on_terminal else None,
        )  # fmt: skip
        if result.marked_copy is None:
            return result.as_json(), ""
        marked = self._keep_marked_copy(book, result.marked_copy)
        failure = _("%(number)d errors; nothing was loaded") % {"number": len(result.errors)}
        return result.as_json(marked_copy=str(marked)), failure

    def print_words(self, document: dict[str, Any]) -> None:
        """What was or would be changed, then each error and warning on a line."""
        words = {
            "added": pgettext("row of a book", "new"),
            "ended": pgettext("row of a book", "ended"),
            "changed": pgettext("row of a book", "changed"),
            "unchanged": pgettext("row of a book", "unchanged"),
        }
        for what, word in words.items():
            counts = "，".join(
                f"{sheet} {number}" for sheet, number in document.get(what, {}).items() if number
            )
            self.stdout.write(f"{word}: {counts or '—'}")
        for error in document.get("errors", []):
            self.stdout.write(
                _("%(sheet)s row %(row)s, %(column)s: found “%(found)s”, expected %(expected)s") % error
            )
        for warning in document.get("warnings", []):
            self.stdout.write(f"! {warning}")
        if document.get("marked_copy"):
            self.stdout.write(_("The errors are marked in %(path)s") % {"path": document["marked_copy"]})

    def _keep_marked_copy(self, book: Path, content: bytes) -> Path:
        path = book.with_name(f"{book.stem}.marked.xlsx")
        path.write_bytes(content)
        return path

    def _show(self, what: str, done: int, whole: int) -> None:
        sys.stderr.write(f"\r{what} {done}/{whole}".ljust(60))
        sys.stderr.flush()
