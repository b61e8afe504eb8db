"""The county on the day in one sentence, its numbers as figures that open."""

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from xiezuo.figures.api import Asking, Values, figure_of
from xiezuo.home.chips import chip_of
from xiezuo.reports.api import county_sentence
from xiezuo.ui.parts import FigureChip


def sentence(request: HttpRequest, asking: Asking, found: Values) -> SafeString:
    """What the report engine says of the commission on the day, in the reader's language; `found` are its figures."""
    runs = county_sentence(asking, get_language() or "", found)
    return format_html_join("", "{}", ((_shown(request, run.text, getattr(run, "key", "")),) for run in runs))


def _shown(request: HttpRequest, words: str, key: str) -> str | FigureChip:
    """Plain words, or the figure that the number among them is taken from."""
    return chip_of(figure_of(key)[0], words, request, key, bare=True) if key else words
