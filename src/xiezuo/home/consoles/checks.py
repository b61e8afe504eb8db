"""What is in order in this installation, and what to mend: asked by `xiezuo doctor` and by the system console."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from xiezuo.reports.api import MissingFonts, require_fonts

LEAST_FREE = 1_000_000_000
"""Bytes that the home's disk should have free."""


def _home() -> Path:
    return Path(settings.JOURNAL_HOME)


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
    names = ("secret-key", "app-password", "postgres-password", "door-key")
    secrets = [_home() / name for name in names]
    seen = [path.name for path in secrets if path.exists() and path.stat().st_mode & 0o077]
    return _("others can read %(names)s; chmod 600") % {"names": ", ".join(seen)} if seen else ""


def _fonts() -> str:
    try:
        require_fonts()
    except MissingFonts:
        return _("fonts of documents are missing; run make")
    return ""


def _screens() -> str:
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return ""
    return _("the files of the screens are not collected; run xiezuo collectstatic")


def _disk() -> str:
    return "" if disk_free() >= LEAST_FREE else _("less than 1 GB is free where the home lies")


def disk_free() -> int:
    """Bytes that are free where the home lies."""
    return shutil.disk_usage(_home()).free


CHECKS: dict[str, Callable[[], str]] = {
    "python": _python,
    "database": _database,
    "wall": _wall,
    "keys": _keys,
    "fonts": _fonts,
    "screens": _screens,
    "disk": _disk,
}
"""Name of each check → what to mend; nothing where all is well."""


def found() -> dict[str, str]:
    """Every check with its answer."""
    return {name: check() for name, check in CHECKS.items()}
