"""What every page of the shell is given."""

from typing import Any

from django.http import HttpRequest

from xiezuo.ui.address import Address
from xiezuo.ui.asof import PARAMETER, day_query, day_steps
from xiezuo.ui.words import long_day

DENSITY_COOKIE = "xiezuo_density"
DENSITIES = ("comfortable", "compact")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Day, density and frame of the page.

    `frame` is the template to extend: the whole shell, or only the inside of the drawer when the
    drawer asked for the page.
    """
    density = request.COOKIES.get(DENSITY_COOKIE, "")
    words: dict[str, Any] = {
        "density": density if density in DENSITIES else DENSITIES[0],
        "frame": "ui/in_drawer.html" if in_drawer(request) else "ui/shell.html",
        "day_query": day_query(request),
    }
    day = getattr(request, "day", None)
    if day is not None:
        words |= _day_words(request, day)
    return words


def _day_words(request: HttpRequest, day: Any) -> dict[str, Any]:
    leaving_out = (PARAMETER, "after", "before", "page")
    return {
        "day": day,
        "day_text": long_day(day),
        "day_is_today": request.day_is_today,  # type: ignore[attr-defined]
        "day_steps": day_steps(request, day),
        "day_keeps": Address.of(request).pairs(leaving_out=leaving_out),
    }


def in_drawer(request: HttpRequest) -> bool:
    """Whether the side drawer asked for this page."""
    return request.headers.get("HX-Target") == "drawer"
