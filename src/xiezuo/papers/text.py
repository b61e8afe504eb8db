"""Words as official documents write them: numbers of headings, dates, widths, and a plain text of the whole."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from xiezuo.papers.model import Block, Cell, Document, Heading, List, Paragraph, Run, Table

# Control characters, zero-width and direction marks, line separators, non-characters: XML forbids some, none can be
# seen on paper, and direction marks can make a sentence read otherwise than it is stored.
INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
DIGITS = "零一二三四五六七八九"


def clean(text: str) -> str:
    """`text` without characters that nobody can see; a tab becomes a space, a line break stays."""
    return INVISIBLE.sub("", text.replace("\t", " "))


def heading_label(level: int, ordinal: int) -> str:
    """The number before heading `ordinal` (from 1) of `level` (1–4): 一、 （一） 1. （1）."""
    if level not in (1, 2, 3, 4):
        raise ValueError(f"heading level {level}: expected 1 to 4")
    chinese = chinese_number(ordinal)
    return (f"{chinese}、", f"（{chinese}）", f"{ordinal}.", f"（{ordinal}）")[level - 1]


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese numerals, as headings need them."""
    if not 1 <= number <= 99:
        raise ValueError(f"heading number {number}: expected 1 to 99")
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")


def chinese_date(day: date) -> str:
    """The day as 成文日期: Arabic digits, nothing padded with zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def characters_wide(text: str) -> float:
    """Width of `text` in full characters; ASCII takes half of one."""
    return sum(0.5 if character.isascii() else 1 for character in text)


class SignOff(NamedTuple):
    """Where signer and date start, in characters from the right edge."""

    signer: float
    date: float


def sign_off(signer: str, day: str) -> SignOff:
    """Without a seal the signer ends two characters from the right and the date starts two characters after the
    signer's start; a date that is too long for that ends two characters from the right and moves the signer."""
    signer_start = max(characters_wide(signer), characters_wide(day) + 2) + 2
    return SignOff(signer_start, signer_start - 2)


def joined(runs: Iterable[Run]) -> str:
    """The words of `runs`."""
    return "".join(run.text for run in runs)


def cell_text(cell: Cell) -> str:
    """The words of one table cell."""
    return cell if isinstance(cell, str) else joined(cell)


def list_label(block: List, ordinal: int) -> str:
    """What stands before item `ordinal` (from 1)."""
    return heading_label(3, ordinal) if block.ordered else "· "


def plain_text(document: Document) -> str:
    """The document as lines of text: what it says, table cells separated by tabs."""
    before = (*document.notices, document.letterhead, document.number, document.title, document.recipient)
    after = (document.signer, chinese_date(document.date) if document.date else "")
    body = [line for block in document.blocks for line in block_lines(block)]
    return "\n".join(clean_lines(line for line in (*before, *body, *after) if line)) + "\n"


def clean_lines(lines: Iterable[str]) -> Iterator[str]:
    """Each line cleaned cell by cell, so that the tabs between cells stay."""
    return ("\t".join(clean(part) for part in line.split("\t")) for line in lines)


def block_lines(block: Block) -> list[str]:
    """The lines of one block."""
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs):
            return [joined(runs)]
        case List(items=items):
            return [list_label(block, number) + joined(item) for number, item in enumerate(items, 1)]
        case Table():
            rows = [
                [column.title for column in block.columns],
                *([cell_text(cell) for cell in row] for row in block.rows),
            ]
            return [block.caption, *("\t".join(row) for row in rows)]
