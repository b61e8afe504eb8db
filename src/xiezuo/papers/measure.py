"""How wide words are and where their lines break, never less than any font makes of them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

# Words of Latin letters and digits stay whole; closing marks stay with what they close, opening ones with what follows.
PIECE = re.compile(r"[（《“‘【〔「]*(?:[!-~]+ ?|.)[，。、；：？！）》”’】〕」…]*", re.DOTALL)
NARROW = 0.65
SHORT = 8
"""Characters of pieces that come again and again, and whose widths are remembered."""
BROAD = frozenset("mwMW@%&—…")


@lru_cache(maxsize=8192)
def character_width(character: str) -> float:
    """Width in characters of the font's size, at its most: Chinese takes one, narrow letters less."""
    if not character.isascii() or character in BROAD:
        return 1.0
    return 0.8 if character.isupper() else NARROW


def width(text: str) -> float:
    """Width of `text` on one line, in characters of the font's size."""
    return _short_width(text) if len(text) <= SHORT else sum(map(character_width, text))


@lru_cache(maxsize=8192)
def _short_width(text: str) -> float:
    return sum(map(character_width, text))


def broken_lines(text: str, most: float, enough: int | None = None) -> list[str]:
    """`text` as lines of at most `most` characters' width (or one character, where that is wider).

    Of a text with more than `enough` lines the first so many.
    """
    lines = (line for part in text.split("\n") for line in _lines_of(part, most))
    return list(islice(lines, enough))


def _lines_of(text: str, most: float) -> Iterator[str]:
    line, filled = "", 0.0
    for piece in _pieces(text, most):
        wide = width(piece)
        bare = width(piece.rstrip()) if piece[-1] == " " else wide
        if line and filled + bare > most:
            yield line
            line, filled = "", 0.0
        line, filled = line + piece, filled + wide
    yield line


def _pieces(text: str, most: float) -> Iterator[str]:
    """What is not parted at the end of a line; what alone is longer than a line is parted between characters."""
    for found in PIECE.finditer(text):
        piece = found[0]
        yield from [piece] if width(piece) <= most else piece


def shortened(text: str, most: float, lines: int, mark: str) -> str:
    """`text`, or as much of it as fits on so many lines with `mark` at its end; the mark goes where there is no room."""
    # Nothing is narrower than a narrow letter, so the end of a very long text need not be looked at.
    high = min(len(text), int(most * lines / NARROW) + lines)
    if high == len(text) and len(broken_lines(text, most, lines + 1)) <= lines:
        return text
    if len(broken_lines(mark, most)) > lines:
        mark = "…"
    low = 0
    while low < high:
        middle = (low + high + 1) // 2
        fits = len(broken_lines(text[:middle].rstrip() + mark, most, lines + 1)) <= lines
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + mark
