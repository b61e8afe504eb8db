"""Figures of the day as a band of numbers, each opening to the records it counts."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from xiezuo.figures.answers import values
from xiezuo.figures.asking import Asking
from xiezuo.figures.counting import total_is_known
from xiezuo.figures.registry import figure_of
from xiezuo.ui.asof import day_query, keep_day
from xiezuo.ui.blocks import Stat
from xiezuo.ui.parts import FigureChip
from xiezuo.ui.withheld import Withheld


def figure_band(request: HttpRequest, *keys: str) -> list[Stat]:
    """The figures `keys` of the commission and the day of the page. One query a figure, and three.

    A number opens for whoever may know totals; one that is not for the reader is a dash that says so.
    """
    commission, day = request.commission, request.day  # type: ignore[attr-defined]
    found = values(Asking((commission.pk,), day), keys)[commission.pk]
    opens = total_is_known(commission.pk)
    return [_stat(request, key, found[key], opens=opens) for key in keys]


def _stat(request: HttpRequest, key: str, value: Any, *, opens: bool) -> Stat:
    figure, _month = figure_of(key)
    if not opens and not figure.structural:
        return Stat(figure.title, Withheld(_("This total is not part of your duties.")))
    href = keep_day(reverse("figures:records", args=[key]), day_query(request)) if opens else ""
    shown = "—" if value is None else value
    day = request.day  # type: ignore[attr-defined]
    return Stat(figure.title, FigureChip(shown, href, figure.unit, figure.title, figure.definition, day))
