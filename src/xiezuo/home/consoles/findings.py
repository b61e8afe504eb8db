"""What a review found, as sections of its page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Role
from xiezuo.home.consoles.queries.holders import Finding
from xiezuo.home.consoles.queries.names import Names, names_of
from xiezuo.home.consoles.security_tables import last_day, role_words
from xiezuo.home.consoles.words import minute_words
from xiezuo.shared import clock
from xiezuo.shared.lists import clauses, listed
from xiezuo.ui.parts import Link
from xiezuo.ui.table import Column, Table


@dataclass(frozen=True)
class Part:
    """One kind of finding with its words and its table."""

    name: str
    title: str
    why: str
    table: Table


def reviewed_parts(found: Iterable[Finding]) -> list[Part]:
    """The findings by kind; a kind without a finding says so."""
    found = list(found)
    rights = [right for each in found for right in each.told.get("rights", ())]
    names = names_of(
        [*rights, *(each.told["grant"] for each in found if "grant" in each.told)], clock.today()
    )
    return [Part(name, title, why, _table(name, found, names)) for name, title, why in _kinds()]


def _kinds() -> list[tuple[str, str, str]]:
    return [
        (
            "stale",
            _("No log-in for 90 days"),
            _("An account that nobody uses is to be disabled by the system administrator."),
        ),
        (
            "no-post",
            _("Rights without a post"),
            _("The person behind the account holds no post that gives a role: everything rests on grants."),
        ),
        ("wide", _("Granted over a whole commission"), _("Is a zone or a unit enough?")),
        ("several", _("Several roles at once"), _("Is each of them still needed?")),
        ("ending", _("Grants that end within 30 days"), _("Propose anew in time, or let them end.")),
        ("same-name", _("Accounts with the same full name"), _("Two people, or one with two accounts?")),
    ]


def _table(kind: str, found: list[Finding], names: Names) -> Table:
    rows = [
        {
            "account": Link(each.user.username, reverse("consoles:holder", args=[each.user.pk])),
            "full_name": each.user.get_full_name(), "told": _told(kind)(each.told, names),
        }
        for each in found if each.kind == kind
    ]  # fmt: skip
    columns = [
        Column("account", _("Account")),
        Column("full_name", _("Full name")),
        Column("told", _("What was found")),
    ]
    return Table(
        columns,
        rows,
        id=f"found-{kind}",
        caption={name: title for name, title, _why in _kinds()}[kind],
    )


def _told(kind: str) -> Callable[[dict[str, Any], Names], str]:
    return {
        "stale": lambda told, _names: minute_words(told["last"]) or _("never logged in"),
        "no-post": _rights, "wide": _rights,
        "several": lambda told, _names: listed(str(Role(role).label) for role in told["roles"]),
        "ending": lambda told, names: _ending(told["grant"], names),
        "same-name": lambda told, _names: told["name"],
    }[kind]  # fmt: skip


def _rights(told: dict[str, Any], names: Names) -> str:
    return clauses(f"{role_words(right.role)} · {names.scope(right)}" for right in told["rights"])


def _ending(grant: Any, names: Names) -> str:
    told = {
        "role": role_words(grant.role),
        "over": names.scope(grant),
        "day": last_day(grant.ends).isoformat(),
    }
    return _("%(role)s · %(over)s, last day %(day)s") % told
