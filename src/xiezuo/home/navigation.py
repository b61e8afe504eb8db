"""The chapters of the left navigation, and what every page is told about where it stands."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.home.queries import commissions
from xiezuo.shared.errors import NotThere
from xiezuo.ui.asof import day_query, keep_day


@dataclass(frozen=True)
class Chapter:
    """One entry of the navigation: its words, its icon, its first page, and the apps whose pages belong to it."""

    title: Any
    icon: str
    route: str
    apps: tuple[str, ...]


CHAPTERS = (
    Chapter(_("Overview"), "layout-dashboard", "home:overview", ("home",)),
    Chapter(pgettext_lazy("chapter", "People"), "users", "organisation:tree", ("organisation",)),
    Chapter(pgettext_lazy("chapter", "Rooms"), "building", "sites:list", ("sites",)),
    Chapter(pgettext_lazy("chapter", "Zones"), "map", "zones:list", ("zones",)),
    Chapter(pgettext_lazy("chapter", "Regulations"), "book", "rules:list", ("rules",)),
    Chapter(pgettext_lazy("chapter", "Directives"), "flag", "directives:plan", ("directives",)),
    Chapter(pgettext_lazy("chapter", "Figures"), "list-numbers", "figures:list", ("figures",)),
    Chapter(pgettext_lazy("chapter", "Reports"), "report", "reports:list", ("reports",)),
    Chapter(pgettext_lazy("chapter", "Ledger book"), "table-import", "book:loads", ("book",)),
)


def context(request: HttpRequest) -> dict[str, Any]:
    """Chapters, commission and account links for the shell; nothing for who has not logged in."""
    words: dict[str, Any] = {"demonstration": settings.DEMONSTRATION}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return words
    active = request.resolver_match.app_name if request.resolver_match else ""
    return words | {
        "navigation": [_entry(chapter, active) for chapter in CHAPTERS],
        "home_url": reverse("home:overview"),
        "search_url": reverse("home:search"),
        "search_words": _("Search units, people, rules"),
        "log_out_url": reverse("accounts:log-out"),
        "commission_name": _commission_name(request),
        "account_choice": _commission_choice(request),
    }


def _entry(chapter: Chapter, active: str) -> dict[str, Any]:
    return {
        "title": chapter.title,
        "icon": chapter.icon,
        "url": reverse(chapter.route),
        "active": active in chapter.apps,
    }


def _commission_choice(request: HttpRequest) -> dict[str, Any] | None:
    """The choice between the commissions of the installation; none while there is no choice."""
    known = commissions()
    if len(known) < 2:
        return None
    here = request.commission.code  # type: ignore[attr-defined]
    return {
        "title": _("Commission"),
        "url": keep_day(reverse("home:commission"), day_query(request)),
        "name": "commission",
        "options": [{"value": code, "title": name, "here": code == here} for code, name in known],
    }


def _commission_name(request: HttpRequest) -> str:
    try:
        return str(request.commission.name)  # type: ignore[attr-defined]
    except (AttributeError, NotThere):
        return ""
