"""Columns and words of the security administrator's console."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Role, shown_actor
from xiezuo.home.consoles.queries.journal import Conduct
from xiezuo.home.consoles.queries.names import Names
from xiezuo.home.consoles.words import instant_words, minute_words
from xiezuo.shared.lists import listed
from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.ui.asof import day_query, keep_day
from xiezuo.ui.blocks import Tab
from xiezuo.ui.links import linker, row_linker
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table

Row = Mapping[str, Any]


def tabs(request: HttpRequest, here: str) -> list[Tab]:
    """The parts of the security administrator's console."""
    parts = (
        ("security", _("Accounts and roles")), ("grants", _("Grants")), ("persons", _("Persons to confirm")),
        ("review", _("Review")), ("who-can-see", _("Who can see this")), ("behaviour", _("Refusals")),
        ("recoveries", _("Recoveries")), ("door", _("Policy of the door")),
    )  # fmt: skip
    return [
        Tab(words, keep_day(reverse(f"consoles:{name}"), day_query(request)), name == here)
        for name, words in parts
    ]


def role_words(role: str) -> str:
    """What a role is called."""
    return str(Role(role).label)


def last_day(ends: date) -> date:
    """The last day inside a half-open period."""
    return ends if ends == OPEN else ends - timedelta(days=1)


def active_state(*, active: bool) -> State:
    """Whether an account is let in."""
    return State(_("active"), "good") if active else State(_("disabled"), "quiet")


def holder_columns(request: HttpRequest) -> list[Column]:
    """Accounts with their roles of the day."""
    return [
        Column("name", _("Account"), searchable=True, link=row_linker(request, "consoles:holder", "id")),
        Column("full_name", _("Full name"), searchable=True),
        Column("commission", _("Commission"), filterable=True),
        Column("roles", _("Roles of the day"), sortable=False, searchable=True),
        Column("kind", _("Kind"), filterable=True),
        Column("state", _("State"), kind="state", filterable=True),
        Column("last", _("Last log-in"), kind="date"),
    ]  # fmt: skip


def holder_row(user: Any, rights: Sequence[Any], commissions: Mapping[int, str]) -> Row:
    """One account and what it is on the day."""
    roles = list(dict.fromkeys(role_words(right.role) for right in rights))
    return {
        "id": user.pk, "name": user.username, "full_name": user.get_full_name(),
        "commission": commissions.get(user.commission or 0, ""), "roles": listed(roles), "kind": _kind(rights),
        "state": active_state(active=user.is_active), "last": minute_words(user.last_login),
    }  # fmt: skip


def _kind(rights: Sequence[Any]) -> str:
    if not rights:
        return _("without a role")
    offices = ("system", "security", "auditor")
    return _("administrator") if any(right.role in offices for right in rights) else _("business")


def rights_table(
    rights: Iterable[Any], names: Names, *, with_account: bool = False, request: HttpRequest | None = None
) -> Table:
    """Rights with what they are held over, why, and from when to when; what differs by its scope alone is one row."""
    to = linker(request, "consoles:holder") if request else None
    together: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for right in rights:
        key = (right.user_id, right.role, names.because(right.because), right.starts, right.ends)
        together[key].append(right)
    rows = [_right_row(several, why, names, to) for (_u, _r, why, *_days), several in together.items()]
    columns = _right_columns(with_account=with_account)
    return Table(
        columns, rows, id="rights", caption=_("Rights"), empty=_("No right is in force on this day.")
    )


def _right_row(rights: Sequence[Any], why: str, names: Names, to: Callable[[int], str] | None) -> Row:
    first = rights[0]
    return {
        "account": Link(first.user.username, to(first.user_id)) if to else first.user.username,
        "full_name": first.user.get_full_name(), "role": role_words(first.role), "why": why,
        "over": listed(dict.fromkeys(names.scope(right) for right in rights)),
        "starts": first.starts, "last": last_day(first.ends),
    }  # fmt: skip


def _right_columns(*, with_account: bool) -> list[Column]:
    own = [Column("account", _("Account")), Column("full_name", _("Full name"))] if with_account else []
    return [
        *own, Column("role", _("Role")), Column("over", _("Over")), Column("why", _("Because of")),
        Column("starts", _("From"), kind="date"), Column("last", _("Last day"), kind="date"),
    ]  # fmt: skip


def grant_state(grant: Any, today: date) -> State:
    """What became of a proposal, as of today."""
    if grant.outcome == "confirmed":
        return _state_in_force(grant, today)
    words = {
        "": State(_("waits for a second person"), "wait"),
        "refused": State(_("refused"), "bad"),
        "withdrawn": State(_("taken back"), "quiet"),
    }
    return words[grant.outcome]


def _state_in_force(grant: Any, today: date) -> State:
    ends = min(grant.ends, grant.ended_on or grant.ends)
    if ends <= today:
        return State(_("over"), "quiet")
    return (
        State(_("in effect"), "good")
        if grant.starts <= today
        else State(_("confirmed, not yet begun"), "wait")
    )


def grant_columns(request: HttpRequest) -> list[Column]:
    """Grants."""
    return [
        Column("number", _("Number"), kind="number", link=row_linker(request, "consoles:grant", "number")),
        Column("account", _("Account"), searchable=True),
        Column("full_name", _("Full name"), searchable=True),
        Column("role", _("Role"), filterable=True),
        Column("over", _("Over"), searchable=True),
        Column("starts", _("From"), kind="date"),
        Column("last", _("Last day"), kind="date"),
        Column("state", _("State"), kind="state", filterable=True),
        Column("proposed", _("Proposed by"), searchable=True),
        Column("decided", _("Decided by"), searchable=True, optional=True),
    ]  # fmt: skip


def grant_row(grant: Any, names: Names, today: date) -> Row:
    """One grant."""
    return {
        "number": grant.pk, "account": grant.user.username, "full_name": grant.user.get_full_name(),
        "role": role_words(grant.role), "over": names.scope(grant), "starts": grant.starts,
        "last": last_day(grant.ended_on or grant.ends), "state": grant_state(grant, today),
        "proposed": shown_actor(grant.proposed_by), "decided": shown_actor(grant.decided_by),
    }  # fmt: skip


def grant_facts(grant: Any, names: Names, today: date) -> list[tuple[str, Any]]:
    """Everything that a second person must know to decide."""
    tied = names.units.get(grant.while_in or 0, "")
    return [
        (_("State"), grant_state(grant, today)),
        (_("Account"), f"{grant.user.username} · {grant.user.get_full_name()}"),
        (_("Role"), role_words(grant.role)),
        (_("Over"), names.scope(grant)),
        (_("From"), grant.starts),
        (_("Last day"), last_day(grant.ends)),
        (_("Reason"), grant.reason),
        (_("Stands in for an administrator"), _("yes") if grant.substitutes else ""),
        (_("Only while in post at"), tied),
        (_("Proposed by"), f"{shown_actor(grant.proposed_by)} · {instant_words(grant.proposed_at)}"),
        (
            _("Decided by"),
            f"{shown_actor(grant.decided_by)} · {instant_words(grant.decided_at)}"
            if grant.decided_by
            else "",
        ),
        (_("Ended from"), grant.ended_on),
        (_("Ended by"), shown_actor(grant.ended_by)),
        (_("Ended because"), grant.ended_because),
    ]


def conduct_columns() -> list[Column]:
    """Refusals of each account on each day."""
    return [
        Column("day", _("Day"), kind="date"),
        Column("actor", _("Account"), searchable=True, filterable=True),
        Column("number", _("Refusals"), kind="number"),
        Column("door", _("of which at the door"), kind="number"),
        Column("last", _("Last at"), kind="date"),
    ]


def conduct_row(told: Conduct) -> Row:
    """One account on one day."""
    return {
        "day": told.day, "actor": shown_actor(told.actor) or _("unknown name"), "number": told.number, "door": told.door,
        "last": instant_words(told.last),
    }  # fmt: skip


def period_words(starts: date, ends: date) -> str:
    """From the first to the last day."""
    first = "" if starts == ALWAYS else starts.isoformat()
    return f"{first} – {'' if ends == OPEN else last_day(ends).isoformat()}"
