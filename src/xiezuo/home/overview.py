"""总览: the county on a day as bands of figures, what falls short, what changed lately."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, pgettext_lazy

from xiezuo.accounts.api import Ability, actor_of, has
from xiezuo.figures.api import Asking, Balance, Checked, Values, check, figure_of
from xiezuo.home.chips import chip_of
from xiezuo.home.standards import rule_words
from xiezuo.ui.links import address
from xiezuo.ui.parts import FigureChip


@dataclass(frozen=True)
class Band:
    """One part of the county: its figures in order, each with the words that fit a band; where it is shown whole."""

    title: Any
    route: str
    figures: tuple[tuple[str, Any], ...]
    more: tuple[tuple[Any, str], ...] = ()


BANDS = (
    Band(
        pgettext_lazy("chapter", "People"), "organisation:tree",
        (
            ("stationed.staff", pgettext_lazy("band", "Stationed staff")),
            ("stationed.leaders", pgettext_lazy("band", "Group heads")),
            ("township.staff", pgettext_lazy("band", "Township staff")),
            ("township.full_time", pgettext_lazy("band", "full-time")),
        ),
        ((pgettext_lazy("band", "Moves"), "organisation:moves"),),
    ),
    Band(
        pgettext_lazy("chapter", "Rooms"), "sites:list",
        (
            ("talk_rooms.count", pgettext_lazy("band", "Talk rooms")),
            ("talk_rooms.fully_equipped", pgettext_lazy("band", "fully equipped")),
            ("talk_rooms.being_upgraded", pgettext_lazy("band", "upgrading")),
            ("offices.independent", pgettext_lazy("band", "Own offices")),
        ),
        ((pgettext_lazy("band", "Works"), "sites:works"),),
    ),
    Band(
        pgettext_lazy("chapter", "Zones"), "zones:list",
        (
            ("zones.first_level", pgettext_lazy("band", "First level")),
            ("zones.second_level", pgettext_lazy("band", "Second level")),
            ("zones.township_zones", pgettext_lazy("band", "Township")),
            ("zones.direct_zones", pgettext_lazy("band", "Direct")),
        ),
        ((pgettext_lazy("band", "Matrix"), "zones:matrix"),),
    ),
    Band(
        pgettext_lazy("chapter", "Regulations"), "rules:list",
        (
            ("regulations.in_force", pgettext_lazy("band", "In effect")),
            ("regulations.listed", pgettext_lazy("band", "With drafts")),
        ),
    ),
    Band(
        pgettext_lazy("band", "Plan, meetings"), "directives:plan",
        (
            ("plan.leads", pgettext_lazy("band", "Leading item")),
            ("plan.pushes", pgettext_lazy("band", "Four pushes")),
            ("visits.townships_visited", pgettext_lazy("band", "Towns visited")),
            ("meetings.promotion_meetings", pgettext_lazy("band", "Meetings")),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Filled:
    """A band with its numbers."""

    band: Band
    chips: Sequence[tuple[Any, FigureChip]]


@dataclass(frozen=True)
class Standing:
    """The county on the day: bands, and the balances that do not hold, each with its rule in words."""

    bands: Sequence[Filled]
    broken: Sequence[tuple[str, Checked]]
    short: Sequence[tuple[str, Checked, str]]
    """Rule, what was found, and where what falls short is shown; empty where that is not for the reader."""


def standing(request: HttpRequest, asking: Asking, found: Values) -> Standing:
    """Every band and every balance of the one commission asked about; `found` are its figures, all of them."""
    (commission,) = asking.commissions
    checked = [
        result for result in check(asking, found)[commission] if result.holds is False and not result.off
    ]
    return Standing(
        [_filled(band, found[commission], request) for band in BANDS],
        [(rule_words(result.balance), result) for result in checked if result.balance.kind == "identity"],
        [
            (rule_words(result.balance), result, _opens(request, result.balance, commission))
            for result in checked
            if result.balance.kind == "expectation"
        ],
    )


def _opens(request: HttpRequest, balance: Balance, commission: int) -> str:
    """The page of what falls short, for who may open it."""
    if not balance.opens or not has(
        actor_of(request.user), Ability(balance.opens_for), commission=commission
    ):
        return ""
    return address(request, balance.opens)


def _filled(band: Band, found: Mapping[str, int | None], request: HttpRequest) -> Filled:
    # A counting word belongs to a Chinese number; in English the words above it say what is counted.
    bare = not (get_language() or "").startswith("zh")
    chips = [
        (words, chip_of(figure_of(key)[0], found[key], request, bare=bare)) for key, words in band.figures
    ]
    return Filled(band, chips)
