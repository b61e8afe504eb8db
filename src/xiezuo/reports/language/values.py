"""Values that a template handles: numbers that know their figure, facts that show only their fields."""

from datetime import date
from typing import Any, Self

from django.utils.translation import gettext as _
from jinja2 import Undefined

from xiezuo.reports.errors import Unsuitable
from xiezuo.reports.language.marks import figure_mark, literal, without_marks


class Traced(int):
    """A number of the ledger. It counts and compares as a number; where it is printed it keeps its figure's key."""

    key: str
    shown: str

    def __new__(cls, value: int, key: str, shown: str = "") -> Self:
        """`shown` is the wording in the text when it is not the plain number."""
        number = super().__new__(cls, value)
        number.key, number.shown = key, shown or str(int(value))
        return number

    def __str__(self) -> str:
        return figure_mark(self.shown, self.key)


class NoValue:
    """A figure without a value on the day (nothing is the same everywhere): false, equal to nothing, not printable."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        problem = _("the figure “%(key)s” has no value on this day; ask first with “is known”")
        raise Unsuitable(problem % {"key": self.key})


class Fact:
    """Base of the records that templates see; only declared fields can be read."""

    __slots__ = ()


def printed(value: Any) -> str:
    """What a value looks like in the text. Raises `Unsuitable` for what has no wording."""
    if isinstance(value, str):
        return literal(value)
    if isinstance(value, Traced | NoValue):
        return str(value)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _without_wording(value)


def _without_wording(value: Any) -> str:
    if isinstance(value, Undefined):
        return str(value)  # raises, naming what is not known
    if value is None:
        raise Unsuitable(_("nothing is recorded here; ask first with “{% if … %}”"))
    if isinstance(value, bool):
        raise Unsuitable(_("a yes or no has no wording of its own; use “{% if … %}”"))
    raise Unsuitable(_("a list or a record cannot be printed whole; loop over it, or use “|names”"))


def own_words(value: Any) -> Any:
    """`value` with private marks taken out of its text."""
    return without_marks(value) if isinstance(value, str) else value
