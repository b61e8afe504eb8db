"""The chapters of the left navigation, and what every page is told about where it stands."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.accounts.api import ADMINISTRATORS, Ability, Actor, Role, actor_of, fresh_counts, has
from xiezuo.home.queries import commissions
from xiezuo.organisation.api import Commission
from xiezuo.shared.errors import NotThere
from xiezuo.ui.asof import day_query, keep_day


@dataclass(frozen=True)
class Chapter:
    """One entry of the navigation: its words, its icon, its first page, the apps whose pages belong to it, and the
    abilities without which a reader does not meet it."""

    title: Any
    icon: str
    route: str
    apps: tuple[str, ...]
    needs: tuple[Ability, ...] = (Ability.SEE_STRUCTURE,)
    pages: tuple[str, ...] = ()
    not_for: tuple[Role, ...] = ()
    count: str = ""
    """Which number of what waits stands beside it."""
    for_any_role: bool = False
    """Whether it is for whoever holds any role at all."""

    def is_for(self, actor: Actor) -> bool:
        """Whether the chapter is among those of the reader; one whose every role is in `not_for` does not need it."""
        if actor.held and all(held.role in self.not_for for held in actor.held):
            return False
        if self.for_any_role and not actor.held and not actor.sees_all:
            return False
        return all(has(actor, ability) for ability in self.needs)

    def holds(self, page: str) -> bool:
        """Whether a page (`app:name`) belongs to the chapter."""
        return page in (self.route, *self.pages) or page.partition(":")[0] in self.apps


CHAPTERS = (
    Chapter(_("My work"), "home", "home:work", (), not_for=(Role.READER,)),
    Chapter(
        pgettext_lazy("chapter", "To do"),
        "inbox",
        "inbox:list",
        ("inbox",),
        (),
        not_for=(Role.SYSTEM, Role.AUDITOR),
        count="inbox",
        for_any_role=True,
    ),
    Chapter(_("Overview"), "layout-dashboard", "home:overview", (), (Ability.SEE_TOTALS,), ("home:changes",)),
    Chapter(
        pgettext_lazy("chapter", "People"),
        "users",
        "organisation:tree",
        ("organisation",),
        (Ability.SEE_PEOPLE,),
    ),
    Chapter(pgettext_lazy("chapter", "Rooms"), "building", "sites:list", ("sites",)),
    Chapter(
        pgettext_lazy("chapter", "Collaboration"),
        "arrows-exchange",
        "collaboration:requests",
        ("collaboration",),
        (Ability.ASK_HELP,),
    ),
    Chapter(pgettext_lazy("chapter", "Zones"), "map", "zones:list", ("zones",)),
    Chapter(pgettext_lazy("chapter", "Regulations"), "book", "rules:list", ("rules",)),
    Chapter(
        pgettext_lazy("chapter", "Directives"),
        "flag",
        "directives:plan",
        ("directives",),
        (Ability.SEE_MATTERS, Ability.SEE_TOTALS),
    ),
    Chapter(
        pgettext_lazy("chapter", "Figures"),
        "list-numbers",
        "figures:list",
        ("figures",),
        (Ability.SEE_TOTALS,),
    ),
    Chapter(
        pgettext_lazy("chapter", "Reports"), "report", "reports:list", ("reports",), (Ability.SEE_TOTALS,)
    ),
    Chapter(
        pgettext_lazy("chapter", "Ledger book"),
        "table-import",
        "book:loads",
        ("book",),
        (Ability.KEEP_LEDGER,),
    ),
    Chapter(
        _("Decide on roles"),
        "checklist",
        "consoles:grants",
        (),
        (Ability.CONFIRM_GRANTS,),
        not_for=ADMINISTRATORS,
    ),
    Chapter(
        _("Accounts and machine"), "settings", "consoles:system", ("consoles",), (Ability.KEEP_ACCOUNTS,)
    ),
    Chapter(_("Roles and review"), "users-group", "consoles:security", ("consoles",), (Ability.GIVE_GRANTS,)),
    Chapter(_("Journal"), "history", "consoles:auditor", ("consoles",), (Ability.READ_JOURNAL,)),
)


def context(request: HttpRequest) -> dict[str, Any]:
    """Chapters, commission and account links for the shell; nothing for who has not logged in."""
    words: dict[str, Any] = {"demonstration": settings.DEMONSTRATION}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return words
    page = request.resolver_match.view_name if request.resolver_match else ""
    actor = _here(request, actor_of(user))
    business = has(actor, Ability.SEE_STRUCTURE)
    chapters = [chapter for chapter in CHAPTERS if chapter.is_for(actor)]
    return words | {
        "navigation": [_entry(chapter, page) for chapter in chapters],
        "counts": fresh_counts(),
        "inbox_url": reverse("inbox:list") if any(each.count == "inbox" for each in chapters) else "",
        "notices_url": reverse("notices:list"),
        "home_url": reverse("home:overview"),
        "search_url": reverse("home:search") if business else "",
        "search_words": _("Search units, people, rules"),
        "log_out_url": reverse("accounts:log-out"),
        "printed_url": reverse("accounts:printed"),
        "account_links": [{"url": reverse("accounts:mine"), "title": _("My account")}],
        "commission_name": _commission_name(request),
        "account_choice": _commission_choice(request) if business else None,
    }


def _here(request: HttpRequest, actor: Actor) -> Actor:
    """The reader with what is held over the commission of the page alone."""
    commission = _commission(request)
    return replace(
        actor,
        held=tuple(held for held in actor.held if held.commission in (None, commission and commission.pk)),
    )


def _entry(chapter: Chapter, page: str) -> dict[str, Any]:
    return {
        "title": chapter.title,
        "icon": chapter.icon,
        "url": reverse(chapter.route),
        "active": chapter.holds(page),
        "count": chapter.count,
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
    commission = _commission(request)
    return str(commission.name) if commission else ""


def _commission(request: HttpRequest) -> Commission | None:
    try:
        request.commission.pk  # type: ignore[attr-defined]  # noqa: B018 - the lazy object is asked for here
    except (AttributeError, NotThere):
        return None
    found: Commission = request.commission  # type: ignore[attr-defined]
    return found
