"""Figures of the day as a band of numbers, each opening to the records it counts."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from xiezuo.figures.answers import values
from xiezuo.figures.asking import Asking
from xiezuo.figures.registry import figure_of
from xiezuo.ui.asof import day_query, keep_day
from xiezuo.ui.blocks import Stat
from xiezuo.ui.parts import FigureChip


def figure_band(request: HttpRequest, *keys: str) -> list[Stat]:
    """The figures `keys` of the commission and the day of the page. One query a figure."""
    commission, day = request.commission, request.day  # type: ignore[attr-defined]
    found = values(Asking((commission.pk,), day), keys)[commission.pk]
    return [_stat(request, key, found[key]) for key in keys]


def _stat(request: HttpRequest, key: str, value: Any) -> Stat:
    figure, _month = figure_of(key)
    href = keep_day(reverse("figures:records", args=[key]), day_query(request))
    shown = "—" if value is None else value
    day = request.day  # type: ignore[attr-defined]
    return Stat(figure.title, FigureChip(shown, href, figure.unit, figure.title, figure.definition, day))
