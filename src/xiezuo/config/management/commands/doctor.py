"""`xiezuo doctor`: what is in order in this installation, and what to mend."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.config import installation
from xiezuo.config.cli import LedgerCommand
from xiezuo.reports.api import MissingFonts, require_fonts

LEAST_FREE = 1_000_000_000
"""Bytes that the home's disk should have free."""


class Command(LedgerCommand):
    """Look at the installation without changing it; exit 1 if something is to be mended."""

    help = __doc__
    takes_day = takes_commission = False

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """Each check by name, with what to mend where it fails."""
        found = {name: check() for name, check in CHECKS.items()}
        wrong = [name for name, mend in found.items() if mend]
        document = {"home": str(installation.this().home), "checks": found}
        return document, _("To be mended: %(names)s") % {"names": ", ".join(wrong)} if wrong else ""

    def print_words(self, document: dict[str, Any]) -> None:
        """One line a check."""
        for name, mend in document["checks"].items():
            self.stdout.write(f"{'✗' if mend else '✓'} {name}{': ' + mend if mend else ''}")


def _python() -> str:
    return "" if sys.version_info >= (3, 11) else _("Python 3.11 or newer is needed")


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        version = cursor.fetchone()[0]
    return "" if version >= 150_000 else _("PostgreSQL 15 or newer is needed")


def _wall() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_tables WHERE tableowner = current_user)"
            " FROM pg_roles WHERE rolname = current_user"
        )
        too_strong = cursor.fetchone()[0]
    return _("the application's role owns or passes too much; run xiezuo migrate") if too_strong else ""


def _keys() -> str:
    home = installation.this().home
    secrets = [home / name for name in ("secret-key", "app-password", "postgres-password")]
    open_to_others = [path.name for path in secrets if path.exists() and path.stat().st_mode & 0o077]
    return (
        _("others can read %(names)s; chmod 600") % {"names": ", ".join(open_to_others)}
        if open_to_others
        else ""
    )


def _fonts() -> str:
    try:
        require_fonts()
    except MissingFonts:
        return _("fonts of documents are missing; run make")
    return ""


def _screens() -> str:
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return (
        ""
        if collected.exists()
        else _("the files of the screens are not collected; run xiezuo collectstatic")
    )


def _disk() -> str:
    free = shutil.disk_usage(installation.this().home).free
    return "" if free >= LEAST_FREE else _("less than 1 GB is free where the home lies")


CHECKS: dict[str, Callable[[], str]] = {
    "python": _python,
    "database": _database,
    "wall": _wall,
    "keys": _keys,
    "fonts": _fonts,
    "screens": _screens,
    "disk": _disk,
}
