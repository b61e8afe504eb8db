"""How far a verification in the background has come: told by the worker, read by the page.

A file of the home, because what a transaction writes is seen by others only when it is over.
"""

import json
from pathlib import Path

from django.conf import settings

from xiezuo.ui.blocks import Progress


def tell(done: int, of: int) -> None:
    """Say how many of the entries have been read."""
    path = _told()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".next")
    fresh.write_text(json.dumps([done, of]))
    fresh.replace(path)


def told(words: str, poll: str) -> Progress:
    """The progress as a page shows it."""
    try:
        done, of = json.loads(_told().read_text())
    except (OSError, ValueError):
        done, of = 0, 0
    return Progress(words, int(done), int(of), poll=poll)


def forget() -> None:
    """The verification is over."""
    _told().unlink(missing_ok=True)


def _told() -> Path:
    return Path(settings.MEDIA_ROOT) / "journal" / "verification.json"
