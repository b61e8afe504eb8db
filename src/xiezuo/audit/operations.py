"""The only writer of the journal."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from xiezuo.audit.acts import Act

# Written without RETURNING: the application may add to the journal and may not read it.
_APPEND = """
INSERT INTO audit_entry (at, actor, act, commission_code, target, details) VALUES (%s, %s, %s, %s, %s, %s::jsonb)
"""


class NamedActor(Protocol):
    """Whoever acts; the journal keeps the name."""

    @property
    def name(self) -> str: ...


def record(
    act: Act,
    *,
    by: NamedActor,
    at: datetime,
    commission_code: str = "",
    target: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Append one act in the transaction of the change; if it cannot be written, the change fails with it."""
    more = json.dumps(dict(details or {}), cls=DjangoJSONEncoder, ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, [at, by.name, act, commission_code, target, more])
