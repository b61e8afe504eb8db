"""What one rendering may use: turns of loops, size of texts and numbers, time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.reports.errors import Unsuitable

MOST_TURNS = 20_000
MOST_CHARACTERS = 200_000
"""Of one rendered report; the seed report has 2,000."""
MOST_SOURCE = 60_000
"""Characters of a template."""
LARGEST_NUMBER = 10**15
LONGEST_RANGE = 1_000
MOST_SECONDS = 5.0


def tool(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a function that templates may call."""
    function.for_templates = True  # type: ignore[attr-defined]
    return function


@dataclass
class Budget:
    """Counts what a rendering uses; raises `Unsuitable` when it is too much."""

    clock: Callable[[], float] = monotonic
    turns: int = 0
    until: float = field(init=False)

    def __post_init__(self) -> None:
        self.until = self.clock() + MOST_SECONDS

    @tool
    def loop(self, items: Any) -> Iterator[Any]:
        """`items` one by one, each a counted turn."""
        if not isinstance(items, list | tuple | range):
            raise Unsuitable(_("only a list can be looped over"))
        return self._counted(items)

    def _counted(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self.turns += 1
            if self.turns > MOST_TURNS:
                raise Unsuitable(_("the loops take more than %(most)d turns") % {"most": MOST_TURNS})
            self._check_time()
            yield item

    def _check_time(self) -> None:
        if self.turns % 256 == 0 and self.clock() > self.until:
            raise Unsuitable(_("rendering takes longer than %(most)d seconds") % {"most": MOST_SECONDS})

    def spent(self, parts: Iterable[str]) -> Iterator[str]:
        """`parts` one by one, their characters counted."""
        characters = 0
        for part in parts:
            characters += len(part)
            if characters > MOST_CHARACTERS:
                raise Unsuitable(_("the text grows beyond %(most)d characters") % {"most": MOST_CHARACTERS})
            yield part


def small(value: Any) -> Any:
    """`value` if it is a number or text of reasonable size. Raises `Unsuitable`."""
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise Unsuitable(_("a number grows beyond %(most)d") % {"most": LARGEST_NUMBER})
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        raise Unsuitable(_("the text grows beyond %(most)d characters") % {"most": MOST_CHARACTERS})
    return value


@tool
def bounded_range(*bounds: int) -> range:
    """Python's range, at most `LONGEST_RANGE` long."""
    numbers = range(*bounds)
    if len(numbers) > LONGEST_RANGE:
        raise Unsuitable(_("a range has more than %(most)d numbers") % {"most": LONGEST_RANGE})
    return numbers
