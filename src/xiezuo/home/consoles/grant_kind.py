"""A grant of a role as a matter that is decided in steps: who may apply for it, and what a signer sees of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.accounts.api import Ability, Actor, Role, may
from xiezuo.approvals.api import Approval, Kind, Matter, register
from xiezuo.home.consoles.queries.holders import grant_seen
from xiezuo.home.consoles.queries.names import Names, names_of
from xiezuo.shared import clock
from xiezuo.shared.errors import Reason
from xiezuo.shared.periods import shown

KIND, MARK, RULE, SUBJECT = "grant", "授权", "N03", "accounts.grant"


def register_grants() -> None:
    """Declare the kind; called once, when the app is ready."""
    register(Kind(KIND, MARK, gettext_lazy("Grant of a role"), may_propose, matter_of, proof=True))


def may_propose(by: Actor, _commission: int) -> list[Reason]:
    """Whether `by` may apply for roles: they are given by the security administrator of the installation."""
    return may(by, Ability.GIVE_GRANTS)


def title_of(grant: Any) -> str:
    """One line: which role, for whom."""
    name = grant.user.get_full_name() or grant.user.username
    return _("%(role)s for %(name)s") % {"role": Role(grant.role).label, "name": name}


def matter_of(approval: Approval) -> Matter:
    """What a signer sees of a grant; no more than the title for who may not see grants."""
    grant = grant_seen(approval.subject_id)
    if grant is None:
        return Matter([(_("Matter"), approval.title)])
    facts = [(words, value) for words, value in _facts(grant, names_of([grant], clock.today())) if value]
    return Matter(facts, (), reverse("consoles:grant", args=[grant.pk]))


def _facts(grant: Any, names: Names) -> Iterator[tuple[str, str]]:
    yield _("Account"), f"{grant.user.username} · {grant.user.get_full_name()}"
    yield _("Role"), str(Role(grant.role).label)
    yield _("Over"), names.scope(grant)
    yield _("From"), shown(grant.starts)
    yield _("Last day"), shown(grant.ends - timedelta(days=1))
    yield _("Only while in post at"), names.units.get(grant.while_in or 0, "")
    yield _("Reason"), grant.reason
