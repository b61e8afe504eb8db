"""Sessions of browsers, in a table of our own, so that they can be listed and ended.

The database keeps a hash of a session's key: whoever reads the table can open no session.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone

from xiezuo.accounts.models import Session
from xiezuo.shared import clock

AGENT_LENGTH = 200
DOOR = "door"
"""Where a session keeps what the door knows of it: started, address, agent, factor, fresh, rights."""


class SessionStore(DatabaseStore):
    """Django's sessions, found by the hash of the key; `row` is what the table says of the session that was read."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our own table."""
        return Session

    def exists(self, session_key: str) -> bool:
        """Whether there is a session of this key."""
        return Session.objects.filter(pk=hashed(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        """End the session of this key, or this one."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(pk=hashed(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row: what is kept, and beside it what a list of sessions shows."""
        door, account = data.get(DOOR, {}), data.get(SESSION_KEY)
        return Session(
            session_key=hashed(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data), expire_date=self.get_expiry_date(),
            account=int(account) if account else None, address=door.get("address", ""), agent=door.get("agent", ""),
            factor=door.get("factor", ""), started=instant(door.get("started")), seen=clock.now(),
        )  # fmt: skip

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key
        self.row = (
            Session.objects.filter(pk=hashed(key), expire_date__gt=timezone.now()).first() if key else None
        )
        if self.row is None:
            self._session_key = None
        return self.row


def row_key_of(request: HttpRequest) -> str:
    """What the table knows this session by; nothing for one that was never kept."""
    return hashed(request.session.session_key) if request.session.session_key else ""


def hashed(key: str) -> str:
    """What the table knows a session by."""
    return sha256(key.encode()).hexdigest()


def instant(text: str | None) -> datetime | None:
    """The instant that a session keeps as text."""
    return datetime.fromisoformat(text) if text else None
