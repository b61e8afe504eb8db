"""The `xiezuo` command: Django's management commands behind one name. Its contract is docs/commands.md."""

import difflib
import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import django
from django.core.management import ManagementUtility, call_command, get_commands
from django.utils import translation
from django.utils.translation import gettext

from xiezuo.config import installation

WITHOUT_DATABASE = {
    "help",
    "stop",
    "collectstatic",
    "makemigrations",
    "teams",
    "test",
    "--version",
    "version",
}

WALL = (
    "config/wall.py", "config/journal_wall.py", "config/need_to_know.py", "config/need_of_collaboration.py",
    "config/policy_words.py", "accounts/roles.py",
)  # fmt: skip
"""What the wall in the database is made from: a change of it raises the wall anew."""


def main() -> None:
    """Set up the installation if it is new, then run the command that the arguments name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiezuo.config.settings")
    django.setup()
    _speak_the_language_of_the_shell()
    name = sys.argv[1] if len(sys.argv) > 1 else "help"
    if name not in {*get_commands(), *WITHOUT_DATABASE}:
        sys.exit(_unknown(name))
    if needs_database(name, sys.argv[2:]):
        prepare(always_migrate=name == "migrate")
    if name != "migrate":
        try:
            ManagementUtility([*sys.argv]).execute()
        except BrokenPipeError:
            # Whoever read the output has seen enough; Python must not complain about it at its end either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def needs_database(name: str, arguments: Sequence[str]) -> bool:
    """Whether a command asks the database; zones and teams of a question in a file are found without one."""
    from_file = name == "zones" and any(each.partition("=")[0] == "--instance" for each in arguments)
    return not (name in WITHOUT_DATABASE or from_file or "--help" in arguments)


def prepare(*, always_migrate: bool = False) -> None:
    """Start the embedded database, make the database if it is missing, bring its tables up to this release."""
    here = installation.this()
    if here.embedded is not None:
        here.embedded.ensure_running()
    stamp = here.home / "schema"
    release = _release_of_tables(here.owner_database()["NAME"])
    if always_migrate or not stamp.exists() or stamp.read_text() != release:
        _bring_up_to_date(here.app_password)
        stamp.write_text(release)


def _bring_up_to_date(app_password: str) -> None:
    # The wall names the tables, which are known once Django is set up.
    from xiezuo.accounts.api import OPERATOR, acting_as  # noqa: PLC0415
    from xiezuo.config.journal_wall import note_wall  # noqa: PLC0415
    from xiezuo.config.wall import make_database, raise_wall  # noqa: PLC0415
    from xiezuo.shared import clock  # noqa: PLC0415

    make_database()
    call_command("migrate", database="owner", verbosity=0)
    raise_wall(app_password)
    with acting_as(OPERATOR):
        note_wall(clock.now())


def _release_of_tables(database: str) -> str:
    """A fingerprint of every migration of the product and of the database it was applied to."""
    package = Path(__file__).resolve().parents[1]
    # An app may stand inside another, as those of the screens do.
    files = sorted([*package.glob("*/migrations/*.py"), *package.glob("*/*/migrations/*.py")])
    names = "\n".join(f"{file.parent.parent.name}/{file.name}" for file in files)
    wall = "".join((package / name).read_text() for name in WALL)
    return hashlib.sha256(f"{database}\n{django.__version__}\n{names}\n{wall}".encode()).hexdigest()


def _unknown(name: str) -> int:
    near = difflib.get_close_matches(name, get_commands(), n=3)
    sys.stderr.write(
        gettext("There is no command “%(name)s”. %(near)s\n") % {"name": name, "near": " ".join(near)}
    )
    return 2


def _speak_the_language_of_the_shell() -> None:
    english = os.environ.get("LC_ALL", os.environ.get("LANG", "")).lower().startswith("en")
    translation.activate("en" if english else "zh-hans")


if __name__ == "__main__":
    main()
