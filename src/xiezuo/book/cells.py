"""How one cell of the ledger book is read: what is accepted, and what is said when it is not.

A reader takes what the workbook holds (text, number, day, yes or no) and gives the value of the ledger, or raises
`Unreadable` with what was expected. An empty cell never reaches a reader.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.shared.lists import listed

Reader = Callable[..., Any]

EXACT_DIGITS = 15
"""Excel keeps this many digits of a number; a longer one has lost its tail unless it was typed as text."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_LIST_SIGNS = re.compile(r"[、;；,，]")
_DAY = re.compile(
    r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(?:(\d{1,2})[日号])?)(?:T?00:00(?::00)?)?"
)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_YES_NO = {"是": True, "否": False, "TRUE": True, "FALSE": False}
# Signs that no one typed on purpose: they hide in text, reverse it, or cannot be stored.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


class Unreadable(Exception):
    """A cell that cannot be read; `expected` says in the user's language what would have been accepted."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


def text(value: Any) -> str:
    """Text as it stands, without blanks around it. A number becomes its digits, a day its ISO form."""
    if isinstance(value, str):
        return _seen(value.strip())
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _digits(value)
    if isinstance(value, datetime):
        return (
            value.date().isoformat() if not (value.hour or value.minute) else value.isoformat(" ", "minutes")
        )
    return value.isoformat() if isinstance(value, date) else str(value)


def code(value: Any) -> str:
    """A code: full-width letters and digits become half-width, and blanks inside are dropped."""
    return "".join(narrow(text(value)).split())


def day(value: Any) -> date:
    """A day in any form of the ledger book; a month means its first day."""
    found = _as_day(value)
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise Unreadable(_("a day such as 2022-04-01, 2022/4/1, 2022.4.1, 2022年4月1日 or 2022年4月"))
    return found


def month(value: Any) -> date:
    """A month; the same forms as a day, and 2022-04, 2022.4 or 2022/4. Gives the day that was written, or the first."""
    shortened = (
        re.fullmatch(r"(\d{4})[-/.](\d{1,2})", narrow(value).strip()) if isinstance(value, str) else None
    )
    return day(f"{shortened[1]}-{shortened[2]}-1") if shortened else day(value)


def whole_number(value: Any, *, least: int | None = None) -> int:
    """A whole number, typed as a number or as text."""
    number = _as_number(value)
    whole = number is not None and number == int(number) and abs(number) <= 2_000_000_000
    if number is None or not whole or (least is not None and number < least):
        # Worded only now: a column of a hundred thousand numbers would pay for words that nobody reads.
        raise Unreadable(
            _("a whole number")
            if least is None
            else _("a whole number, %(least)d or more") % {"least": least}
        )
    return int(number)


def degrees(value: Any, *, limit: int) -> float:
    """A longitude or latitude in degrees, at most `limit` either side of zero."""
    number = _as_number(value)
    if number is None or abs(number) > limit:
        raise Unreadable(_("degrees between -%(limit)d and %(limit)d") % {"limit": limit})
    return float(number)


def yes_no(value: Any) -> bool:
    """是 or 否."""
    answer = _YES_NO.get(narrow(text(value)).upper())
    if answer is None:
        raise Unreadable(_("是 or 否"))
    return answer


def choice(value: Any, *, accepted: Collection[str], aliases: dict[str, str] | None = None) -> str:
    """One word of a closed list."""
    word = "".join(narrow(text(value)).split())
    word = (aliases or {}).get(word, word)
    if word not in accepted:
        raise Unreadable(_("one of: %(words)s") % {"words": listed(word for word in accepted if word)})
    return word


def words(value: Any) -> tuple[str, ...]:
    """A list inside a cell, split by 、 ; ； , or ，; each part once, in the order written."""
    parts = (part.strip() for part in _LIST_SIGNS.split(text(value)))
    return tuple(dict.fromkeys(part for part in parts if part))


def codes(value: Any) -> tuple[str, ...]:
    """A list of codes (or names) inside a cell."""
    return tuple(dict.fromkeys(code(part) for part in words(value)))


def one_of(*accepted: str, **aliases: str) -> Reader:
    """A reader of one word of a closed list; `aliases` are read as the word that they stand for."""
    return partial(choice, accepted=accepted, aliases=aliases)


def narrow(value: str) -> str:
    """Full-width letters, digits and signs as half-width ones (NFKC)."""
    return unicodedata.normalize("NFKC", value)


def _seen(value: str) -> str:
    if value.isprintable():
        return value
    kept = value.replace("\r\n", "\n").replace("\u200b", "").replace("\ufeff", "").replace("\u2060", "")
    if any(unicodedata.category(sign) in _UNSEEN and sign not in "\n\t" for sign in kept):
        raise Unreadable(_("text without unseen signs"))
    return kept.strip()


def _digits(value: float) -> str:
    if not math.isfinite(value):
        raise Unreadable(_("text or a number"))
    if value != int(value):
        return repr(value)
    if abs(value) >= 10**EXACT_DIGITS:
        raise Unreadable(_("text: as a number, Excel has rounded what lies past 15 digits; type it as text"))
    return str(int(value))


def _as_number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value if math.isfinite(value) else None
    written = narrow(value).strip().replace(",", "") if isinstance(value, str) else ""
    return float(written) if _NUMBER.fullmatch(written) else None


def _as_day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _DAY.fullmatch("".join(narrow(value).split())) if isinstance(value, str) else None
    if match is None:
        return None
    year, first, second, chinese_month, chinese_day = match.groups()
    try:
        return date(int(year), int(first or chinese_month), int(second or chinese_day or 1))
    except ValueError:
        return None
