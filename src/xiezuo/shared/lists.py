"""Words one after another, as the reader's language sets them apart: `甲、乙；丙` or `A, B; C`.

For what somebody reads now. What is stored, parsed again or printed on a Chinese paper keeps its own marks.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language


def _chinese() -> bool:
    """Whether the reader's language is Chinese."""
    return (get_language() or "").startswith("zh")


def comma() -> str:
    """What stands between the words of a list."""
    return "、" if _chinese() else ", "


def semicolon() -> str:
    """What stands between parts of a sentence that may be lists."""
    return "；" if _chinese() else "; "


def listed(words: Iterable[Any]) -> str:
    """Words in a row, the lazy ones in the reader's language; blank ones are left out."""
    return comma().join(told for each in words if (told := str(each)))


def clauses(words: Iterable[Any]) -> str:
    """Parts of a sentence in a row, each of which may be a list; blank ones are left out."""
    return semicolon().join(told for each in words if (told := str(each)))
