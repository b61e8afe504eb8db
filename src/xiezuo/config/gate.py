"""The gate: who may knock at which address at all, as `routes.csv` says.

The table is written by hand from the duty list, one row for each address and method; what has no row is shut. Which
things open behind an address is not the gate's business: that is for the policies in code and in the database.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.contrib.auth.models import AnonymousUser
from django.core import checks
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext as _

from xiezuo.accounts.api import NOT_YOURS, Actor, Role
from xiezuo.shared.errors import Reason, Refused

TABLE = Path(__file__).with_name("routes.csv")
ANONYMOUS, NO_ROLE = "anonymous", "none"
SUBJECTS = (ANONYMOUS, NO_ROLE, *Role.values)
REACHES = ("", "self", "own", "all")
"""Nothing; what is one's own account's; what one's units and zones hold; the whole commission or installation."""
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

Table = Mapping[tuple[str, str], Mapping[str, str]]
"""(address, method) → subject → reach."""


@dataclass(frozen=True)
class Knock:
    """One request as the gate sees it."""

    route: str
    method: str

    @property
    def row(self) -> tuple[str, str]:
        """Where it stands in the table: HEAD is answered as GET (RFC 9110 §9.3.2)."""
        return self.route, "GET" if self.method == "HEAD" else self.method


class NotForYou(Refused):
    """The gate is shut for the reader's roles."""

    status = 403


class NoSuchMethod(Refused):
    """The address exists, and nobody may ask it in this way."""

    status = 405


def knock_of(request: HttpRequest) -> Knock:
    """What is asked, and how."""
    found = request.resolver_match
    return Knock(found.view_name if found else "", request.method or "")


@cache
def table() -> Table:
    """The table as it was released. Raises `ValueError` where it cannot be read."""
    return read_table(TABLE.read_text(encoding="utf-8"))


def read_table(text: str) -> Table:
    """A table out of its text. Raises `ValueError` that names the row and what is wrong with it."""
    lines = csv.DictReader(text.splitlines())
    if lines.fieldnames != ["route", "method", *SUBJECTS, "why"]:
        raise ValueError(f"routes.csv: columns {lines.fieldnames}, expected route, method, {SUBJECTS}, why")
    rows: dict[tuple[str, str], Mapping[str, str]] = {}
    for line in lines:
        key = (line["route"], line["method"])
        cells = {subject: line[subject] for subject in SUBJECTS}
        if key in rows or key[1] not in METHODS or not set(cells.values()) <= set(REACHES):
            raise ValueError(
                f"routes.csv, row {lines.line_num}: {key} stands twice, or holds an unknown word"
            )
        rows[key] = MappingProxyType(cells)
    return MappingProxyType(rows)


def subjects_of(actor: Actor, *, anonymous: bool) -> set[str]:
    """The columns of the table that speak of `actor` today."""
    if anonymous:
        return {ANONYMOUS}
    return {held.role.value for held in actor.held} or {NO_ROLE}


def opens(knock: Knock, subjects: Iterable[str]) -> bool:
    """Whether one of the subjects may knock."""
    cells = table().get(knock.row, {})
    return any(cells.get(subject) for subject in subjects)


def pass_gate(request: HttpRequest, actor: Actor) -> None:
    """Raise `NotForYou` or `NoSuchMethod` unless the table opens for what the reader holds today."""
    knock = knock_of(request)
    if knock.row not in table():
        if methods_of(knock.route):
            raise NoSuchMethod([Reason("no-such-method", _("This address is not asked in this way."))])
    elif opens(knock, subjects_of(actor, anonymous=isinstance(request.user, AnonymousUser))):
        return
    raise NotForYou([_reason(actor)])


def _reason(actor: Actor) -> Reason:
    if actor.held:
        return Reason(NOT_YOURS, _("This page is not part of the duties of your roles."))
    return Reason(
        NOT_YOURS, _("Your account holds no role today. Roles are given by the security administrator.")
    )


def methods_of(route: str) -> list[str]:
    """The methods in which somebody may ask `route`."""
    listed = [method for method in METHODS if (route, method) in table()]
    return ["GET", "HEAD", *listed[1:]] if "GET" in listed else listed


def routes_of(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """The name of every address of the URL configuration, with its namespaces; one without a name ends in None."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from routes_of(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def check_table(**_more: object) -> list[checks.CheckMessage]:
    """Every address has a row and every row an address; otherwise nothing starts."""
    try:
        told = {route for route, _method in table()}
    except (OSError, ValueError) as error:
        return [checks.Error(str(error), id="xiezuo.E001")]
    there = set(routes_of())
    return [
        *(checks.Error(f"the address {route} has no row in routes.csv", id="xiezuo.E002") for route in sorted(there - told)),
        *(checks.Error(f"routes.csv names {route}, which is no address", id="xiezuo.E003") for route in sorted(told - there)),
    ]  # fmt: skip
