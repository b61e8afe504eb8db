"""Reads the pages of a PDF back as lines with their places."""

import io
from collections import defaultdict
from dataclasses import dataclass

from pypdf import PdfReader


@dataclass(frozen=True)
class Line:
    """One line of a page: its words, and where it starts and stands, in points from the left and the bottom."""

    text: str
    left: float
    height: float


def page_lines(pdf: bytes) -> list[list[Line]]:
    """The lines of each page, top to bottom."""
    return [lines_of(page) for page in PdfReader(io.BytesIO(pdf)).pages]


def lines_of(page) -> list[Line]:
    pieces: dict[float, list[tuple[float, str]]] = defaultdict(list)

    def take(words: str, transform, matrix, *_: object) -> None:
        if words.strip():
            left = matrix[4] * transform[0] + transform[4]
            height = matrix[5] * transform[3] + transform[5]
            pieces[round(height)].append((left, words.strip("\n")))

    page.extract_text(visitor_text=take)
    ordered = sorted(pieces.items(), reverse=True)
    return [
        Line("".join(words for _, words in sorted(found)), min(found)[0], height) for height, found in ordered
    ]
