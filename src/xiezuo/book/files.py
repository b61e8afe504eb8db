"""Uploaded books and their marked copies on disk: readable by the installation alone, gone after seven days."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings

KEPT_FOR = timedelta(days=7)


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "books"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep(content: bytes) -> str:
    """Store an uploaded book under a name of our own; gives that name."""
    name = uuid4().hex
    _write(_folder() / f"{name}.xlsx", content)
    return name


def book_of(name: str) -> Path:
    """Where an uploaded book is kept."""
    return _folder() / f"{name}.xlsx"


def keep_marked(name: str, content: bytes) -> None:
    """Store the marked copy of a book."""
    _write(_folder() / f"{name}.marked.xlsx", content)


def marked_of(name: str) -> Path:
    """Where the marked copy of a book is kept, if there is one."""
    return _folder() / f"{name}.marked.xlsx"


def tell_progress(name: str, words: str, done: int, of: int) -> None:
    """Say how far the work on a book has come; outside the transaction, so that others see it at once."""
    told = _folder() / f"{name}.progress"
    fresh = told.with_suffix(".next")
    _write(fresh, json.dumps([words, done, of]).encode())
    fresh.replace(told)


def progress_of(name: str) -> tuple[str, int, int]:
    """How far the work on a book has come."""
    try:
        words, done, of = json.loads((_folder() / f"{name}.progress").read_text())
    except (OSError, ValueError):
        return "", 0, 0
    return str(words), int(done), int(of)


def forget(name: str) -> None:
    """Delete everything kept of one upload."""
    for path in _folder().glob(f"{name}.*"):
        path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
