"""What deserves a second look before somebody is away or gives a post up, as higher apps know it.

The organisation does not know of teams and requests: whoever does says here how to ask. A warning stands against nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.http import HttpRequest

from xiezuo.organisation.models import Commission, Person
from xiezuo.ui.parts import Link, joined
from xiezuo.ui.words import Words


class Occasion(Enum):
    """What is about to be entered of somebody."""

    LEAVE = "leave"
    POST_ENDS = "post ends"


@dataclass(frozen=True)
class Warned:
    """What somebody has open, in words that say nothing of any matter, and where the reader may see to it."""

    words: str
    link: Link | None = None

    @property
    def shown(self) -> Words:
        """The words, and the link after them."""
        return joined([self.words, self.link], " ") if self.link else self.words


Warner = Callable[[HttpRequest, Commission, int, date, date], Iterator[Warned]]
"""Asked with the page, the commission, the number of the person, and the days `[starts, ends)`."""
_warners: dict[Occasion, list[Warner]] = {}


def warn_by(occasion: Occasion, warner: Warner) -> None:
    """Say who knows what deserves a second look on that occasion."""
    _warners[occasion] = [*(each for each in _warners.get(occasion, []) if each != warner), warner]


def warnings_of(
    occasion: Occasion, request: HttpRequest, person: Person, starts: date, ends: date
) -> list[Words]:
    """What deserves a second look before `person` is away, or without the post, over `[starts, ends)`."""
    found: list[Words] = []
    for warner in _warners.get(occasion, []):
        found += [each.shown for each in warner(request, person.commission, person.pk, starts, ends)]
    return found
