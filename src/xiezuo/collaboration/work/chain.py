"""The chain of hashes over the moves of a request: each names who signed it and what stood, and the one before. Pure.

A move that was changed, taken out or put in between, or a request that was changed past its moves, breaks it (domain.md P13).
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Link(Protocol):
    """One move, as far as the chain goes."""

    version: int
    verb: str
    state: str
    account: int | None
    by: str
    at: datetime
    basis: str
    said: str
    details: Any
    key: UUID | None
    stood: str
    before: str
    digest: str


class Broken(TextChoices):
    """How a link is broken."""

    CHANGED = "changed", _("this move was changed after it was signed")
    FOLLOWS_NOT = "follows_not", _("it does not follow the move before it; one was taken out, put in or changed")  # fmt: skip
    STANDS_OTHERWISE = "stands_otherwise", _("the request does not stand as its last move left it")


@dataclass(frozen=True)
class Break:
    """Where the chain is broken: at which move, counted from 1, and how."""

    number: int
    how: Broken


def verify_chain(moves: Iterable[Link], stands: str) -> list[Break]:
    """Every break in the moves of one request, in their order; `stands` is the digest of the request as it stands now."""
    found, before, last = [], "", None
    for number, link in enumerate(moves, 1):
        if link.digest != digest_of(link):
            found.append(Break(number, Broken.CHANGED))
        if link.before != before:
            found.append(Break(number, Broken.FOLLOWS_NOT))
        before, last = link.digest, (number, link)
    if last is not None and last[1].stood != stands:
        found.append(Break(last[0], Broken.STANDS_OTHERWISE))
    return found


def digest_of(link: Link) -> str:
    """SHA-256 over everything that a move says: who, when, what, the request after it, and the digest before."""
    return digest_in({
        "version": link.version, "verb": str(link.verb), "state": str(link.state), "account": link.account, "by": link.by,
        "at": link.at, "basis": link.basis, "said": link.said, "details": link.details, "key": link.key,
        "stood": link.stood, "before": link.before,
    })  # fmt: skip


def digest_in(fields: Mapping[str, Any]) -> str:
    """SHA-256 of fields as canonical JSON: keys in order, no blanks, instants in UTC, UTF-8."""
    text = json.dumps(fields, cls=_Canonical, sort_keys=True, ensure_ascii=False, separators=(",", ":"))  # fmt: skip
    return hashlib.sha256(text.encode()).hexdigest()


class _Canonical(DjangoJSONEncoder):
    """An instant reads alike in whatever zone it was given."""

    def default(self, o: Any) -> Any:
        """Instants in UTC to the microsecond; everything else as Django writes it."""
        return o.astimezone(UTC).isoformat() if isinstance(o, datetime) else super().default(o)


class Filed(Protocol):
    """One paper of an index, as far as its chain goes."""

    position: int
    name: str
    pages: int
    secrecy_from: str
    kept_at: str
    digest: str
    handed_by: str
    taken_by: str
    handed_on: date | None
    by: str
    at: datetime


def digest_of_index(papers: Iterable[Filed]) -> str:
    """The digest of an index: each paper with the digest of those before it; empty for an empty index."""
    before = ""
    for each in papers:
        before = digest_in({
            "before": before, "position": each.position, "name": each.name, "pages": each.pages,
            "secrecy_from": each.secrecy_from, "kept_at": each.kept_at, "digest": each.digest, "handed_by": each.handed_by,
            "taken_by": each.taken_by, "handed_on": each.handed_on, "by": each.by, "at": each.at,
        })  # fmt: skip
    return before


def is_digest(text: str) -> bool:
    """Whether a text is a SHA-256 as 64 hex digits."""
    return re.fullmatch(r"[0-9a-f]{64}", text) is not None
