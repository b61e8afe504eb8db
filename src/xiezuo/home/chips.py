"""A figure on a screen: its value, opening to the records."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from xiezuo.figures.api import Figure
from xiezuo.ui.asof import PARAMETER, day_query, keep_day
from xiezuo.ui.parts import FigureChip


def chip_of(
    figure: Figure, value: int | str | None, request: HttpRequest, key: str = "", *, bare: bool = False
) -> FigureChip:
    """The chip of `figure` on the day of the page; `key` names a month of it. `bare`: inside a text that says the unit."""
    address = keep_day(reverse("figures:records", args=[key or figure.key]), day_query(request))
    day: date = request.day  # type: ignore[attr-defined]
    return FigureChip(
        "—" if value is None else value,
        href=address, unit="" if bare else figure.unit, title=figure.title, definition=figure.definition, day=day,
    )  # fmt: skip


def on(address: str, day: Any) -> str:
    """`address` on another day than the page's."""
    return keep_day(address, f"{PARAMETER}={day.isoformat()}")
