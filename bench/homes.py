"""Installations of the measurements' own: each set of data in a home under var/bench with an embedded server."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import django

from bench.lines import say

CHECKOUT = Path(__file__).resolve().parents[1]
HOMES = CHECKOUT / "var" / "bench"
GENERATORS = ("province.py", "county.py", "rooms.py", "people.py", "copying.py", "counties.py", "workbook.py")


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a process that works in `home`."""
    found = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    path = os.pathsep.join([str(CHECKOUT), str(CHECKOUT / "src")])
    settings = "xiezuo.config.settings"
    return {**found, "XIEZUO_HOME": str(home), "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": settings, **more}


def xiezuo(home: Path, *arguments: str) -> None:
    """Run the product's own command in `home`. Raises `CalledProcessError` if it fails."""
    command = [sys.executable, "-m", "xiezuo.config.command", *arguments]
    subprocess.run(command, env=environment(home), check=True, stdout=sys.stderr)


def bench(home: Path, module: str, *arguments: str) -> str:
    """Run one module of `bench` in `home`; what it printed."""
    command = [sys.executable, "-m", f"bench.{module}", *arguments]
    done = subprocess.run(command, env=environment(home), check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def filled(name: str, contents: str, fill: Callable[[Path], object]) -> Path:
    """The home `name`, holding `contents`; filled anew if the tables or the generator have changed since."""
    home, edition = HOMES / name, f"{contents} {_edition()}"
    stamp = home / "contents"
    if stamp.exists() and stamp.read_text() == edition:
        xiezuo(home, "migrate")
        return home
    if home.exists():
        stop(home)
        shutil.rmtree(home)
    say(f"filling {home.relative_to(CHECKOUT)} with {contents} …")
    home.mkdir(parents=True)
    xiezuo(home, "migrate")
    fill(home)
    stamp.write_text(edition)
    return home


def stop(home: Path) -> None:
    """Shut the home's server down."""
    xiezuo(home, "stop")


def _edition() -> str:
    files = [
        *sorted(CHECKOUT.glob("src/xiezuo/*/migrations/*.py")),
        *(CHECKOUT / "bench" / g for g in GENERATORS),
    ]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files if file.exists()))
    return digest.hexdigest()[:16]


def django_ready() -> None:
    """Make this process one of the product."""
    django.setup()
