"""Canaries: every text of the matrix's world carries a mark of its own, and each mark says whose eyes it is for.

Who may see what is written here a second time, from the duty list in words and not from the code under test.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

MARK = re.compile(r"QX\d{4}")
UNIT_ROLES = {"unit_head", "staff"}
ZONE_ROLES = {"contact_leader", "deputy_secretary"}
COUNTY_ROLES = {"secretary", "case_management", "report_writer"}
DRAWS_ZONES = {"secretary", "deputy_secretary", "case_management"}
BUSINESS = {*UNIT_ROLES, *ZONE_ROLES, *COUNTY_ROLES, "site_keeper", "reader"}
ADMINISTRATORS = {"system", "security", "auditor"}


class Kind(StrEnum):
    """What a marked thing is."""

    NAMES = "names of units and zones"
    STRUCTURE = "how a commission is built"
    PEOPLE = "who is in which post"
    LEADERS = "who leads"
    PERSONAL = "personal data"
    MATTERS = "directives, meetings, plan"
    DRAFTS = "drafts of regulations and opinions on them"
    ZONE_PLANS = "drafts of zone plans and opinions on them"
    REPORTS = "drafts of reports and their templates"
    KEEPERS = "loads and words of the ledger"
    ACCOUNT = "what an account keeps for itself"
    GRANTS = "reasons of grants"
    APPLICATIONS = "what is applied for, said and entered"
    REQUESTS = "requests for collaboration, for who takes part and the case-management office"
    SEALED = "of requests, for who is named alone"
    LOANS = "loans of people"


@dataclass(frozen=True)
class Seen:
    """Whose eyes a mark is for: of a commission, of units of it, or of one account."""

    kind: Kind
    commission: str = ""
    units: frozenset[str] = frozenset()
    account: str = ""
    readers: frozenset[str] = frozenset()
    """Subjects who read it by name."""


@dataclass
class Subject:
    """Somebody who asks: the roles held today, over which commission and units; `away` is a unit not held over."""

    name: str
    roles: frozenset[str] = frozenset()
    commission: str = "A"
    units: frozenset[str] = frozenset()
    here: str = "U1"
    away: str = "U3"
    logged_in: bool = True
    account: Any = None

    @property
    def columns(self) -> set[str]:
        """The columns of the table that speak of the subject."""
        if not self.logged_in:
            return {"anonymous"}
        return set(self.roles) or {"none"}


@dataclass
class Marks:
    """The marks given out, and what each is for."""

    given: dict[str, Seen] = field(default_factory=dict)
    published: dict[str, set[str]] = field(default_factory=dict)

    def mark(self, seen: Seen) -> str:
        """A new mark."""
        made = f"QX{len(self.given) + 1:04d}"
        self.given[made] = seen
        return made

    def foreign(self, subject: Subject, found: Iterable[str], *, unmasked: bool = False, issued: bool = False) -> set[str]:  # fmt: skip
        """Those of the marks found that are not for the subject's eyes."""
        published = self.published.get(subject.commission, set()) if issued else set()
        return {
            mark for mark in found
            if mark not in published and not may_see(subject, self.given[mark], unmasked=unmasked)
        }  # fmt: skip


def may_see(subject: Subject, seen: Seen, *, unmasked: bool = False) -> bool:
    """The duty list in words: `unmasked` where personal data were asked for, which is an act of its own."""
    roles, at_home = subject.roles, seen.commission == subject.commission
    if seen.kind == Kind.ACCOUNT:
        return seen.account == subject.name
    if seen.kind == Kind.APPLICATIONS:
        return seen.account == subject.name or ("case_management" in roles and at_home)
    if seen.kind in (Kind.REQUESTS, Kind.SEALED, Kind.LOANS):
        return _of_request(subject, seen)
    if seen.kind == Kind.GRANTS:
        return bool(roles & {"security", "auditor"}) or ("secretary" in roles and at_home)
    if seen.kind == Kind.NAMES and roles & ADMINISTRATORS:
        return True
    return at_home and bool(roles & BUSINESS) and _at_home(subject, seen, unmasked=unmasked)


def _of_request(subject: Subject, seen: Seen) -> bool:
    """By name, as head of a unit that takes part, or as the office that keeps it; never by rank."""
    offices = {
        Kind.REQUESTS: {"case_management"}, Kind.SEALED: set(), Kind.LOANS: {"secretary", "deputy_secretary", "case_management"},
    }[seen.kind]  # fmt: skip
    at_home = seen.commission == subject.commission
    heads = "unit_head" in subject.roles and bool(seen.units & subject.units)
    return subject.name in seen.readers or (at_home and (heads or bool(subject.roles & offices)))


def _at_home(subject: Subject, seen: Seen, *, unmasked: bool) -> bool:
    roles = subject.roles
    over_all, over_unit = bool(roles & COUNTY_ROLES), bool(seen.units & subject.units)
    of_all_or_some = bool(roles & {"secretary", "case_management"}) or (over_unit and bool(roles - {"staff"}))
    return {
        Kind.NAMES: True, Kind.STRUCTURE: True, Kind.LEADERS: True, Kind.PEOPLE: over_all or over_unit,
        Kind.MATTERS: over_all or over_unit, Kind.PERSONAL: unmasked and of_all_or_some, Kind.REPORTS: over_all,
        Kind.DRAFTS: over_unit or "case_management" in roles, Kind.ZONE_PLANS: over_unit or bool(roles & DRAWS_ZONES),
        Kind.KEEPERS: "case_management" in roles,
    }[seen.kind]  # fmt: skip


def marks_in(response: Any) -> set[str]:
    """The marks in body, headers and file names of an answer; inside the parts of a packed file too."""
    text = "\n".join(unquote(f"{name}: {value}") for name, value in response.items())
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return set(MARK.findall(text + "\n".join(_texts(body))))


def _texts(body: bytes) -> Iterable[str]:
    if body[:2] != b"PK":
        yield body.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            yield name
            yield from _texts(archive.read(name))
