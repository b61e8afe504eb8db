"""Who may propose, decide and end a grant, and which grants there can be. Each answer lists the reasons against."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.holding import WhoActs, has, may
from xiezuo.accounts.roles import ADMINISTRATORS, Ability, Role, Scope
from xiezuo.shared.errors import Reason
from xiezuo.shared.periods import shown

if TYPE_CHECKING:
    from xiezuo.accounts.actor import Actor
    from xiezuo.accounts.models import Grant, User

LONGEST = timedelta(days=366)
"""A business role is given for a year at most, then looked at again. [D]"""
LONGEST_OFFICE = timedelta(days=3 * 366)
"""An administrator's office is given for three years at most. [D]"""
LONGEST_SUBSTITUTION = timedelta(days=30)
"""Somebody stands in for an administrator for thirty days at most. [D]"""
APART = timedelta(days=365)
"""Nobody audits what they administered within this time, nor the other way round. [D], after 三员分立."""

SCOPES_OF: dict[Role, tuple[Scope, ...]] = {
    Role.UNIT_HEAD: (Scope.UNIT, Scope.MATTER),
    Role.STAFF: (Scope.UNIT, Scope.MATTER),
    Role.CONTACT_LEADER: (Scope.ZONE,),
    Role.DEPUTY_SECRETARY: (Scope.ZONE,),
    Role.SITE_KEEPER: (Scope.COMMISSION, Scope.UNIT),
    **dict.fromkeys(ADMINISTRATORS, (Scope.INSTALLATION,)),
}
"""What a role can be held over; the roles not named here over a commission."""


def scopes_of(role: Role) -> tuple[Scope, ...]:
    """What `role` can be held over."""
    return SCOPES_OF.get(role, (Scope.COMMISSION,))


def may_propose_grant(actor: WhoActs) -> list[Reason]:
    """Whether `actor` may propose grants at all."""
    return may(actor, Ability.GIVE_GRANTS)


def against_grant(grant: "Grant", by: "Actor", today: date) -> list[Reason]:
    """What is wrong with a proposal, whoever makes it."""
    checks = (_against_itself(grant, by), _against_scope(grant), _against_days(grant, today))
    told = [reason for reasons in checks for reason in reasons]
    if not grant.reason.strip():
        told.append(Reason("no-reason", _("A grant says why it is needed.")))
    if not grant.user.is_active:
        told.append(
            Reason("disabled", _("The account “%(name)s” is disabled.") % {"name": grant.user.username})
        )
    return told


def may_decide_grant(actor: "Actor", grant: "Grant") -> list[Reason]:
    """Whether `actor` may be the second person of this grant."""
    told = [*against_deciding(grant), *_in_steps(grant)]
    if actor.name == grant.proposed_by:
        told.append(Reason("own-proposal", _("Whoever proposed a grant cannot decide it.")))
    if actor.user_id == grant.user_id:
        told.append(Reason("own-gain", _("Nobody decides a grant to themselves.")))
    # Administrators are of the whole installation: the secretary of any of its commissions may decide.
    if not has(actor, Ability.CONFIRM_GRANTS, commission=grant.commission):
        told += may(actor, Ability.CONFIRM_GRANTS, commission=grant.commission)
    return told


def against_deciding(grant: "Grant") -> list[Reason]:
    """Whether anything is left to decide."""
    return [Reason("decided", _("This grant was already decided."))] if grant.outcome else []


def against_deciders(grant: "Grant", deciders: Sequence["User"]) -> list[Reason]:
    """Whether these accounts may be, together, the second person of a grant: not who proposed it, not who gains by it."""
    told = []
    if not deciders:
        told.append(Reason("no-decider", _("A grant needs a second person with an account of their own.")))
    if any(user.username == grant.proposed_by for user in deciders):
        told.append(Reason("own-proposal", _("Whoever proposed a grant cannot decide it.")))
    if any(user.pk == grant.user_id for user in deciders):
        told.append(Reason("own-gain", _("Nobody decides a grant to themselves.")))
    return told


def _in_steps(grant: "Grant") -> list[Reason]:
    if grant.approval is None:
        return []
    return [Reason("in-steps", _("This grant is decided as an application; open it there."))]


def may_withdraw_grant(actor: "Actor", grant: "Grant") -> list[Reason]:
    """Whether `actor` may take a proposal back before it is decided."""
    if against := [*against_deciding(grant), *_in_steps(grant)]:
        return against
    if actor.name != grant.proposed_by:
        return [Reason("not-proposer", _("Only %(name)s, who proposed it, can take it back.") % {"name": grant.proposed_by})]  # fmt: skip
    return []


def may_end_grant(actor: "Actor", grant: "Grant") -> list[Reason]:
    """Whether `actor` may end a grant early; taking a right away needs no second person."""
    told = may(actor, Ability.GIVE_GRANTS)
    if grant.outcome != "confirmed":
        told.append(Reason("not-in-force", _("Only a confirmed grant can be ended.")))
    if grant.ended_on is not None:
        told.append(
            Reason("ended", _("This grant already ends on %(day)s.") % {"day": shown(grant.ended_on)})
        )
    if actor.user_id == grant.user_id:
        told.append(Reason("own-gain", _("Nobody changes a grant to themselves.")))
    return told


def against_office(grant: "Grant", offices: list[tuple[Role, date, date]]) -> list[Reason]:
    """Why the account cannot hold this administrator's office beside those that it holds or held."""
    if grant.role not in ADMINISTRATORS:
        return []
    for role, starts, ends in offices:
        if starts < grant.ends and grant.starts < ends:
            return [Reason("another-office", _("On some of these days the account is already %(role)s.") % {"role": role.label})]  # fmt: skip
        apart = Role.AUDITOR in (role, grant.role) and role != grant.role
        if apart and grant.starts < ends + APART and starts < grant.ends + APART:
            return [Reason("own-work", _("The account was %(role)s within a year: nobody audits their own work.") % {"role": role.label})]  # fmt: skip
    return []


def _against_itself(grant: "Grant", by: "Actor") -> list[Reason]:
    if by.user_id == grant.user_id:
        return [Reason("own-gain", _("Nobody proposes a grant to themselves."))]
    return []


def _against_scope(grant: "Grant") -> list[Reason]:
    if grant.scope_kind in scopes_of(Role(grant.role)):
        return []
    words = _("The role “%(role)s” is not held over this kind of thing.")
    return [Reason("scope", words % {"role": Role(grant.role).label})]


def _against_days(grant: "Grant", today: date) -> list[Reason]:
    told = []
    if grant.starts < today:
        told.append(Reason("past", _("A grant begins today at the earliest; found %(day)s.") % {"day": grant.starts.isoformat()}))  # fmt: skip
    if grant.ends <= grant.starts:
        told.append(Reason("no-days", _("A grant ends after it begins.")))
    longest = _longest(grant)
    if grant.ends - grant.starts > longest:
        told.append(Reason("too-long", _("A grant of this kind lasts %(days)d days at most.") % {"days": longest.days}))  # fmt: skip
    return told


def _longest(grant: "Grant") -> timedelta:
    if grant.role not in ADMINISTRATORS:
        return LONGEST
    return LONGEST_SUBSTITUTION if grant.substitutes else LONGEST_OFFICE


def may_keep_accounts(actor: WhoActs) -> list[Reason]:
    """Whether `actor` may open, disable and name accounts."""
    return may(actor, Ability.KEEP_ACCOUNTS)


def may_confirm_person(actor: "Actor", user: "User") -> list[Reason]:
    """Whether `actor` may confirm that `user` is the person the system administrator named."""
    told = may(actor, Ability.GIVE_GRANTS)
    if user.person is None or user.person_confirmed_by:
        told.append(Reason("nothing-to-confirm", _("No person waits to be confirmed for this account.")))
    if actor.name == user.person_named_by:
        told.append(Reason("own-proposal", _("Whoever named the person cannot confirm it.")))
    if actor.user_id == user.pk:
        told.append(Reason("own-gain", _("Nobody confirms themselves.")))
    return told


def may_set_active(actor: "Actor", user: "User", *, active: bool, last_of: Role | None) -> list[Reason]:
    """Whether `actor` may disable or enable `user`; `last_of` is the office of which it is the last holder."""
    told = may(actor, Ability.KEEP_ACCOUNTS)
    if actor.user_id == user.pk:
        told.append(Reason("oneself", _("Nobody disables or enables their own account.")))
    if not active and last_of is not None:
        told.append(Reason("last-administrator", _("This is the last active account of the %(role)s.") % {"role": last_of.label}))  # fmt: skip
    return told
