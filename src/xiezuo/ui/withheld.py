"""A value that is not for the reader: a dash that says why."""

from dataclasses import dataclass

from django.utils.html import format_html

from xiezuo.ui.parts import Drawn
from xiezuo.ui.words import Words

DASH = "—"


@dataclass(frozen=True)
class Withheld(Drawn):
    """A dash in the place of a number that the reader may not know; `why` is the same text as the refusal."""

    why: Words

    @property
    def plain(self) -> str:
        """The dash alone, as an export writes it."""
        return DASH

    def __html__(self) -> str:
        return format_html(
            '<span class="xz-withheld" title="{}"><span aria-hidden="true">{}</span>'
            '<span class="visually-hidden">{}</span></span>',
            self.why, DASH, self.why,
        )  # fmt: skip
