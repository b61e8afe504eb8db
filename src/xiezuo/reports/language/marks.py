"""Marks inside rendered text: where a figure stands, and which characters are data rather than markup.

Both are characters of a private plane of Unicode. Data that arrives loses them first, so a mark in the text is ours.
"""

import re
from collections.abc import Iterator

from xiezuo.papers.model import Figure, Run, Text

OPEN, MIDDLE, CLOSE = "\U000f0001", "\U000f0002", "\U000f0003"
_SHIFT = 0xF0100
_MARKUP = {ord(character): chr(_SHIFT + ord(character)) for character in "#|@-^*."} | {
    10: " ",
    13: " ",
    9: " ",
}
_PLAIN = {_SHIFT + ord(character): character for character in "#|@-^*."}
_PRIVATE = re.compile("[\U000f0000-\U000fffff]")
_PIECE = re.compile(f"{OPEN}([^{MIDDLE}]*){MIDDLE}([^{CLOSE}]*){CLOSE}|\\*\\*(.+?)\\*\\*")


def without_marks(text: str) -> str:
    """`text` without the characters that mean something here; every text from outside passes through."""
    return _PRIVATE.sub("", text) if _PRIVATE.search(text) else text


def figure_mark(text: str, key: str) -> str:
    """`text` marked as the figure `key`."""
    return f"{OPEN}{key}{MIDDLE}{text}{CLOSE}"


def literal(text: str) -> str:
    """`text` with its markup characters disguised, so that data can never start a heading, a list or a table."""
    # Letters and digits, which most data is made of, are no markup; asking that costs a tenth of translating.
    return text if text.isalnum() else text.translate(_MARKUP)


def plain(text: str) -> str:
    """The words of rendered text, without marks."""
    return "".join(run.text for run in runs(text))


def runs(text: str) -> tuple[Run, ...]:
    """Rendered text as runs: plain words, **bold** words, figures with their keys.

    A figure's anchor is empty here; the parser numbers figures over the whole document.
    """
    return tuple(_runs(text))


def _runs(text: str) -> Iterator[Run]:
    end = 0
    for piece in _PIECE.finditer(text):
        if piece.start() > end:
            yield Text(_undisguised(text[end : piece.start()]))
        end = piece.end()
        key, shown, bold = piece.groups()
        if bold is not None:
            yield Text("".join(run.text for run in _runs(bold)), bold=True)
        else:
            yield Figure(_undisguised(shown), _undisguised(key), "")
    if end < len(text):
        yield Text(_undisguised(text[end:]))


def _undisguised(text: str) -> str:
    # Python calls no character of a private plane printable.
    return text if text.isprintable() else text.translate(_PLAIN)
