"""One installation: its home folder, its keys, and how to reach its database as owner and as application."""

import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from xiezuo.config.embedded import EmbeddedPostgres, kept_secret

CHECKOUT = Path(__file__).resolve().parents[3]
OWNER = "xiezuo_owner"


@dataclass(frozen=True)
class Installation:
    """The folder `XIEZUO_HOME`: everything that one installation keeps outside its database."""

    home: Path

    @cached_property
    def secret_key(self) -> str:
        """Django's secret key, made on first use."""
        return kept_secret(self.home / "secret-key")

    @cached_property
    def app_password(self) -> str:
        """The password of the role that the application runs as, made on first use."""
        return kept_secret(self.home / "app-password")

    @cached_property
    def door_key(self) -> str:
        """What codes and secrets of the second factor are sealed with, made on first use; a backup needs it."""
        return kept_secret(self.home / "door-key")

    @property
    def demonstration(self) -> bool:
        """Whether this home was filled with the fictional county."""
        return (self.home / "demonstration").exists()

    @property
    def embedded(self) -> EmbeddedPostgres | None:
        """The embedded server, or None where `DATABASE_URL` names another."""
        return None if os.environ.get("DATABASE_URL") else EmbeddedPostgres(self.home)

    def owner_database(self) -> dict[str, Any]:
        """Django settings of the owner's connection: migrations and clean-up only."""
        url = os.environ.get("DATABASE_URL")
        return _from_url(url) if url else self._embedded_database()

    def app_database(self) -> dict[str, Any]:
        """Django settings of the connection that everything else uses."""
        database = self.owner_database()
        # Roles belong to a whole server: two installations on one server must not share theirs.
        return {**database, "USER": f"{database['NAME']}_app", "PASSWORD": self.app_password}

    def _embedded_database(self) -> dict[str, Any]:
        server = EmbeddedPostgres(self.home)
        address = {"HOST": str(server.socket_folder()), "PORT": ""}
        return {"NAME": "xiezuo", "USER": OWNER, "PASSWORD": server.password(), **address}


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ValueError("DATABASE_URL: expected postgresql://user:password@host:port/name")
    query = dict(parse_qsl(parts.query))
    return {
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
    }


def this() -> Installation:
    """The installation that the environment names."""
    return Installation(Path(os.environ.get("XIEZUO_HOME") or CHECKOUT / "var").resolve())


def accounts_file(installation: Installation) -> dict[str, str]:
    """Log-in names and passwords of the demonstration accounts, kept in the home so that they can be printed again."""
    return {name: str(kept["password"]) for name, kept in _demonstration(installation).items()}


def cards_file(installation: Installation) -> dict[str, list[str]]:
    """The codes on the cards of those demonstration accounts that need one, from the same file."""
    return {name: list(kept["card"]) for name, kept in _demonstration(installation).items() if "card" in kept}


def _demonstration(installation: Installation) -> dict[str, dict[str, Any]]:
    """Name → `{"password": …, "card": […]}`; a password alone may stand in its place."""
    path = installation.home / "demonstration"
    if not path.exists():
        return {}
    read = json.loads(path.read_text())
    return {name: kept if isinstance(kept, dict) else {"password": kept} for name, kept in read.items()}
