"""What an account holds today, and whether that is enough for an act: the policy in code."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils.translation import gettext as _

from xiezuo.accounts.models import User
from xiezuo.accounts.roles import DUTIES, Ability, Role, Scope
from xiezuo.shared import clock
from xiezuo.shared.errors import Reason

NOT_YOURS = "not-yours"
"""The code of every refusal because the reader's roles do not reach so far."""


@dataclass(frozen=True)
class Held:
    """One role over one thing, in force on a day."""

    role: Role
    commission: int | None
    scope_kind: Scope
    scope_id: int

    def covers(self, commission: int | None, unit: int | None) -> bool:
        """Whether it is held over this unit of this commission, or over the commission where no unit is named."""
        if self.scope_kind == Scope.INSTALLATION:
            return True
        if self.scope_kind == Scope.UNIT and unit is not None:
            return self.scope_id == unit
        return self.scope_kind == Scope.COMMISSION and commission in (None, self.commission)


class WhoActs(Protocol):
    """An actor, as far as its rights go."""

    @property
    def held(self) -> tuple[Held, ...]: ...

    @property
    def sees_all(self) -> bool: ...


def held_on(user: User, day: date) -> tuple[Held, ...]:
    """What `user` holds on `day`, as the ledger and the grants say now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT role, commission, scope_kind, scope_id FROM xz_held(%s, %s)", [user.pk, day])
        return tuple(Held(Role(role), of, Scope(kind), over) for role, of, kind, over in cursor.fetchall())


def held_by(user: User | AnonymousUser) -> tuple[Held, ...]:
    """What `user` holds today; asked once for each account that a request has read."""
    if not isinstance(user, User):
        return ()
    today = clock.today()
    kept: tuple[date, tuple[Held, ...]] | None = getattr(user, "_held", None)
    if kept is None or kept[0] != today:
        kept = (today, held_on(user, today))
        user._held = kept  # type: ignore[attr-defined]  # noqa: SLF001 - the account's own memory of one request
    return kept[1]


def has(actor: WhoActs, ability: Ability, *, commission: int | None = None, unit: int | None = None) -> bool:
    """Whether `actor` has the ability over this commission or unit; over anything at all if neither is named."""
    if actor.sees_all:
        return True
    reach = DUTIES[ability]
    for held in actor.held:
        if held.role in reach.whole and commission in (None, held.commission):
            return True
        if held.role in reach.scoped and ((commission is unit is None) or held.covers(commission, unit)):
            return True
    return False


def may(
    actor: WhoActs, ability: Ability, *, commission: int | None = None, unit: int | None = None
) -> list[Reason]:
    """The reasons against; an empty list means yes. The button, the operation and the API read the same list."""
    if has(actor, ability, commission=commission, unit=unit):
        return []
    return [Reason(NOT_YOURS, _WORDS[ability]())]


_WORDS = {
    Ability.SEE_STRUCTURE: lambda: _("Your roles do not reach this commission."),
    Ability.SEE_PEOPLE: lambda: _("Your roles do not reach the people of this unit."),
    Ability.SEE_PERSONAL: lambda: _(
        "Personal data are for the head of the unit and the case-management office."
    ),
    Ability.SEE_MATTERS: lambda: _("Your roles do not reach these matters."),
    Ability.SEE_TOTALS: lambda: _(
        "Totals of the commission are for its leaders and the case-management office."
    ),
    Ability.KEEP_LEDGER: lambda: _("The ledger is kept by the case-management office."),
    Ability.KEEP_LEAVE: lambda: _(
        "Days away are entered by the head of the person's unit and the case-management office."
    ),
    Ability.DRAFT_REGULATIONS: lambda: _(
        "A regulation is drafted by the head of its unit or the case-management office."
    ),
    Ability.SPEAK_FOR_UNIT: lambda: _("Only the head of the unit speaks for it."),
    Ability.DRAW_ZONES: lambda: _(
        "Zones are drawn by the deputy secretaries, the secretary and the case-management office."
    ),
    Ability.RUN_ZONE: lambda: _(
        "A zone is run by the heads of its axis or lead units, its leaders, the secretary and the case-management office."
    ),
    Ability.ASK_HELP: lambda: _(
        "Collaboration is asked for by the staff of a unit, its leaders and the case-management office."
    ),
    Ability.FORM_TEAMS: lambda: _(
        "A team is put together by the head of the unit in the lead or the case-management office."
    ),
    Ability.ARRANGE_LOANS: lambda: _(
        "Loans are arranged by heads of units, the leaders and the case-management office."
    ),
    Ability.SEE_INTERFERENCE: lambda: _(
        "The register of interference is read by leaders outside the matter and the auditor."
    ),
    Ability.WRITE_REPORTS: lambda: _("Reports are for report writers and the case-management office."),
    Ability.EXPORT: lambda: _("Your roles do not include taking lists out."),
    Ability.SEE_READERS: lambda: _(
        "Who has seen a record is for the head of its unit and the case-management office."
    ),
    Ability.CONFIRM_GRANTS: lambda: _(
        "A grant is decided by the secretary or another security administrator."
    ),
    Ability.KEEP_ACCOUNTS: lambda: _("Accounts are kept by the system administrator."),
    Ability.GIVE_GRANTS: lambda: _("Rights are given by the security administrator."),
    Ability.READ_JOURNAL: lambda: _("The journal is read by the auditor."),
}
