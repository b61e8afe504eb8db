"""总览: the county on a day as bands of figures, what falls short, what changed lately."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.figures.api import Asking, Checked, check, figure_of, values
from xiezuo.home.chips import chip_of
from xiezuo.ui.parts import FigureChip


@dataclass(frozen=True)
class Band:
    """One part of the county: its figures in order, and where it is shown whole."""

    title: Any
    route: str
    keys: tuple[str, ...]


BANDS = (
    Band(
        pgettext_lazy("chapter", "People"),
        "organisation:tree",
        ("stationed.staff", "stationed.leaders", "township.staff", "township.full_time"),
    ),
    Band(
        pgettext_lazy("chapter", "Rooms"),
        "sites:list",
        ("talk_rooms.count", "talk_rooms.fully_equipped", "talk_rooms.being_upgraded", "offices.independent"),
    ),
    Band(
        pgettext_lazy("chapter", "Zones"),
        "zones:list",
        ("zones.first_level", "zones.second_level", "zones.township_zones", "zones.direct_zones"),
    ),
    Band(
        pgettext_lazy("chapter", "Regulations"),
        "rules:list",
        ("regulations.in_force", "regulations.listed"),
    ),
    Band(
        pgettext_lazy("chapter", "Plan and meetings"),
        "directives:plan",
        ("plan.leads", "plan.pushes", "visits.townships_visited", "meetings.promotion_meetings"),
    ),
)


@dataclass(frozen=True)
class Filled:
    """A band with its numbers."""

    title: Any
    route: str
    chips: Sequence[FigureChip]


@dataclass(frozen=True)
class Standing:
    """The county on the day: bands, and the balances that do not hold."""

    bands: Sequence[Filled]
    broken: Sequence[Checked]
    short: Sequence[Checked]


def standing(request: HttpRequest, commission: int, day: date) -> Standing:
    """Every band and every balance; one question a figure."""
    asking = Asking((commission,), day)
    found = values(asking)
    checked = [result for result in check(asking, found)[commission] if result.holds is False and not result.off]
    return Standing(
        [_filled(band, found[commission], request) for band in BANDS],
        [result for result in checked if result.balance.kind == "identity"],
        [result for result in checked if result.balance.kind == "expectation"],
    )


def _filled(band: Band, found: Mapping[str, int | None], request: HttpRequest) -> Filled:
    chips = [chip_of(figure_of(key)[0], found[key], request) for key in band.keys]
    return Filled(band.title, band.route, chips)


def month_ends(day: date, months: int) -> list[date]:
    """The last days of the `months` calendar months before that of `day`, then `day` itself, in order."""
    ends = [day]
    first = day.replace(day=1)
    for _count in range(months):
        last = first - timedelta(days=1)
        ends.append(last)
        first = last.replace(day=1)
    return ends[::-1]


