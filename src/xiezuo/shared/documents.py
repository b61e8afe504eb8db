"""The documents that dated facts rest on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Based(Protocol):
    """A dated fact that may name what it rests on."""

    @property
    def starts(self) -> date: ...

    @property
    def basis(self) -> str: ...


@dataclass(frozen=True)
class Document:
    """One basis with the number of facts that rest on it and the first of their days."""

    words: str
    facts: int
    first: date


def documents_of(rows: Iterable[Based]) -> tuple[Document, ...]:
    """Each basis named by `rows` once, the earliest fact first. No query."""
    days: dict[str, list[date]] = {}
    for row in rows:
        # A fact may rest on several: the one that began it and the one that ended it.
        for words in filter(None, map(str.strip, row.basis.split("；"))):
            days.setdefault(words, []).append(row.starts)
    found = [Document(words, len(starts), min(starts)) for words, starts in days.items()]
    return tuple(sorted(found, key=lambda document: (document.first, document.words)))
