"""The county on a day in one sentence, written as a report is: by a template, each number a figure."""

from functools import lru_cache
from importlib.resources import files

from xiezuo.figures.api import Asking, Values, values
from xiezuo.papers.model import Paragraph, Run
from xiezuo.reports.queries.state import counties_of
from xiezuo.reports.rendering import Given, compiled_template, keys_needed, render


def county_sentence(asking: Asking, language: str, known: Values | None = None) -> tuple[Run, ...]:
    """The sentence about the one commission asked about, in Chinese or, for `en`, in English. Empty when it says nothing.

    A `Figure` among the runs has the key of the figure that its number is taken from. `known` may hold all figures,
    so that they are not asked again. Of the state, the sentence knows the county alone.
    """
    template = compiled_template(_template("en" if language == "en" else "zh"))
    (commission,) = asking.commissions
    found = known or values(asking, keys_needed(template, asking.on))
    given = Given(asking.on, found[commission], counties_of(asking)[commission], {})
    blocks = render(template, given).blocks
    return next((block.runs for block in blocks if isinstance(block, Paragraph)), ())


@lru_cache(maxsize=2)
def _template(language: str) -> str:
    return (files("xiezuo.reports") / "templates_data" / f"sentence.{language}.txt").read_text(
        encoding="utf-8"
    )
