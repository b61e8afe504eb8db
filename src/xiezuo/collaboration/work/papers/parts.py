"""What every form of a request shares: who prints what, signatures, the foot, and the code that leads back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.requests.wording import number_words
from xiezuo.papers import Column, Entry, Fields, Form, Grid, Line, chinese_date

Block = Fields | Grid
WIDE = 18
"""Characters beyond which a value takes a row of its own."""


@dataclass(frozen=True)
class Printing:
    """What a form is printed from: the request, the row of it that is meant (0 for none), who prints, and when."""

    row: Request
    of: int
    by: Actor
    now: datetime

    @property
    def today(self) -> date:
        """The day of printing."""
        return timezone.localdate(self.now)


@dataclass(frozen=True)
class Content:
    """What a form says of its record; `number` where it is another than that of the request."""

    blocks: Sequence[Block]
    number: str = ""
    mark: str = ""
    dated: date | None = None


@dataclass(frozen=True)
class FormKind:
    """One form of §2B: its code, its title, the rows of the request that it is printed of, and what it says of one.

    `rows` gives (row, words) for each that can be printed now, with the eyes of the reader; 0 is the request itself.
    """

    code: str
    title: Any
    rows: Callable[[Request, Actor, date], Sequence[tuple[int, str]]]
    content: Callable[[Printing], Content]


def form_of(title: str, told: Content, row: Request, *, code: str, now: datetime) -> Form:
    """The page: office, title, number, what is said, and the foot."""
    number = told.number or number_words(row.year, row.number)
    at = f"{timezone.localtime(now):%Y-%m-%d %H:%M}"
    foot = (
        _("%(number)s · version %(version)s · printed on %(at)s. The code leads back to the record.")
        % {"number": number_words(row.year, row.number), "version": row.version, "at": at},
        _("It points to matters by number and kind only and names no person concerned."),
    )
    return Form(
        title=title, blocks=tuple(told.blocks), code=code or number, number=_("No. %(number)s") % {"number": number},
        office=row.commission.name, mark=told.mark, foot=foot, date=told.dated,
    )  # fmt: skip


def facts(*pairs: tuple[Any, Any]) -> Fields:
    """Labels with values; long values take a row of their own, empty ones none."""
    told = [(str(label), str(value)) for label, value in pairs if value not in ("", None)]
    return Fields(tuple(Entry(label, value, wide=len(value) > WIDE or "\n" in value) for label, value in told))  # fmt: skip


def by_hand(*labels: Any, wide: bool = True) -> Fields:
    """Labels with room to write."""
    return Fields(tuple(Entry(str(label), wide=wide, by_hand=True) for label in labels))


def signed(*labels: Any) -> Fields:
    """Room for signatures with their day."""
    day = pgettext("on the form", "Signed:                  Year    month    day")
    return Fields(tuple(Entry(str(label), day, wide=True, by_hand=True) for label in labels))


def table(heads: Iterable[tuple[Any, float]], lines: Iterable[Sequence[Any]], caption: Any = "", *, hand: bool = False) -> Grid:  # fmt: skip
    """A table of words; `hand` makes its lines high enough to be signed."""
    columns = tuple(Column(str(title), width) for title, width in heads)
    return Grid(columns, tuple(Line(tuple(str(cell) for cell in line), hand) for line in lines), str(caption))


def day(value: date | None) -> str:
    """A day as it stands on paper; nothing for none."""
    return chinese_date(value) if value else ""


def short_day(value: date | None) -> str:
    """A day for a narrow column."""
    return f"{value.year}.{value.month}.{value.day}" if value else ""


def days(starts: date | None, ends: date | None) -> str:
    """Half-open days as first and last."""
    if starts is None or ends is None:
        return ""
    return f"{chinese_date(starts)}至{chinese_date(ends - ends.resolution)}"


def listed(words: Iterable[Any]) -> str:
    """Words in a row, as Chinese enumerates them."""
    return "、".join(str(each) for each in words if each)
