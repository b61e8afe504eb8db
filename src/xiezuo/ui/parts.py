"""Small parts that draw themselves: state words, figure chips, links.

Each has `__html__` (Jinja2 prints that as it is), `str()` that gives the same markup (a Django template prints
that), and `plain`, the value an export writes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xiezuo.shared.lists import comma
from xiezuo.shared.periods import shown
from xiezuo.ui.markup import drawn
from xiezuo.ui.words import Words, long_day

Plain = str | int | float | Decimal | date | bool | None

TONES = ("good", "warn", "bad", "wait", "quiet")
"""Each tone has a colour *and* a shape: disc, triangle, diamond, ring, dash."""


class Drawn:
    """A part that draws itself."""

    def __html__(self) -> str:
        raise NotImplementedError

    def __str__(self) -> str:
        return drawn(self.__html__())


@dataclass(frozen=True)
class State(Drawn):
    """A state in words, with a shape and a colour beside them."""

    words: Words
    tone: str = "quiet"

    @property
    def plain(self) -> str:
        """The words alone."""
        return str(self.words)

    def __html__(self) -> str:
        tone = self.tone if self.tone in TONES else "quiet"
        return f'<span class="xz-state xz-state-{tone}">{escape(str(self.words))}</span>'


@dataclass(frozen=True)
class Link(Drawn):
    """Words that lead somewhere."""

    words: Words
    href: str

    @property
    def plain(self) -> str:
        """The words alone."""
        return str(self.words)

    def __html__(self) -> str:
        return (
            format_html('<a href="{}">{}</a>', self.href, self.words)
            if self.href
            else format_html("{}", self.words)
        )


@dataclass(frozen=True)
class FigureChip(Drawn):
    """A number that opens to the records it counts, in the side drawer.

    `was` is the value that was issued, given only when the value has changed since.
    """

    value: Plain
    href: str = ""
    unit: Words = ""
    title: Words = ""
    definition: Words = ""
    day: date | None = None
    was: Plain = None

    @property
    def plain(self) -> Plain:
        """The number alone."""
        return self.value

    def _explained(self) -> str:
        lines = [
            str(self.title),
            str(self.definition),
            long_day(self.day) if self.day else "",
        ]
        return "\n".join(line for line in lines if line)

    def _drift(self) -> SafeString:
        if self.was is None:
            return drawn("")
        words = _("issued %(was)s, now %(value)s") % {
            "was": text_of(self.was),
            "value": text_of(self.value),
        }
        return format_html(
            '<span class="xz-drift" title="{}"><s>{}</s><span aria-hidden="true">→</span>'
            '<span class="visually-hidden">{}</span></span>',
            words,
            text_of(self.was),
            words,
        )

    def __html__(self) -> str:
        unit = (
            format_html('<span class="xz-figure-unit">{}</span>', _apart(self.unit))
            if self.unit
            else drawn("")
        )
        number = format_html('<span class="xz-figure-number">{}</span>', text_of(self.value))
        explained = self._explained()
        if not self.href:
            return format_html(
                '<span class="xz-figure" title="{}">{}{}{}</span>',
                explained,
                self._drift(),
                number,
                unit,
            )
        label = _("%(title)s: %(value)s %(unit)s; open the records") % {
            "title": self.title,
            "value": text_of(self.value),
            "unit": self.unit,
        }
        return format_html(
            '<a class="xz-figure" href="{}" hx-get="{}" hx-target="#drawer" hx-swap="innerHTML"'
            ' title="{}" aria-label="{}">{}{}{}</a>',
            self.href,
            self.href,
            explained,
            " ".join(label.split()).replace(" ;", ";"),
            self._drift(),
            number,
            unit,
        )


def count_mark(name: str, count: int) -> SafeString:
    """How many of something wait for the reader; out of sight while there is none. `name` tells the marks apart."""
    hidden = "" if count else drawn(" hidden")
    return format_html('<b class="xz-count-mark" data-count-of="{}"{}>{}</b>', name, hidden, count)


def _apart(unit: Words) -> str:
    """A unit as it stands behind its number: words of letters need a space, a Chinese counting word does not."""
    words = str(unit)
    return f" {words}" if words.isascii() else words


def text_of(value: object) -> str:
    """What a reader sees for a plain value: no open ends, no None, no trailing zeros."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return shown(value)
    if isinstance(value, Decimal | float):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return str(value)


def plain_of(value: object) -> Plain:
    """What an export writes for a cell that the screen shows as `text_of(value)`."""
    plain = getattr(value, "plain", value)
    if isinstance(plain, date):
        return plain if shown(plain) else None
    if isinstance(plain, Promise):
        return str(plain)
    if plain is None or isinstance(plain, str | int | float | Decimal):
        return plain
    return str(plain)


def joined(values: Iterable[Any], separator: str | None = None) -> SafeString:
    """Several parts in a row, each escaped unless it draws itself; without a separator as a list of the reader's language."""
    return format_html_join(
        comma() if separator is None else separator, "{}", ((conditional_escape(value),) for value in values)
    )
