"""A request as a matter that is decided in steps: what a signer sees of it on one page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from xiezuo.accounts.api import Ability, Actor, may
from xiezuo.approvals.api import Approval, Kind, Matter, register
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.queries.requests import rule_words
from xiezuo.collaboration.requests.applying_operations import KIND
from xiezuo.collaboration.states import Duty, Measure, RequestLevel, TeamRole
from xiezuo.organisation.api import unit_names
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import clauses, listed
from xiezuo.ui.choices import words_of
from xiezuo.ui.words import long_day


def register_kind() -> None:
    """Declare the kind; called once, when the app is ready."""
    register(Kind(KIND, "协", gettext_lazy("Request for collaboration"), _may_apply, matter_of))


def _may_apply(actor: Actor, _commission: int) -> list[Reason]:
    return may(actor, Ability.ASK_HELP)


def matter_of(approval: Approval) -> Matter:
    """What a signer sees: who asks why by which rule, what is needed from when to when, who leads; pointers only."""
    row = Request.objects.select_related("commission").filter(pk=approval.subject_id).first()
    if row is None:
        return Matter([(_("Request for collaboration"), approval.title)])
    on = row.starts or row.begun_at.date()
    named = unit_names({row.unit_id, row.lead_id or 0, *row.about_units, *row.wanted_units}, on)
    facts: list[tuple[str, Any]] = [
        (pgettext("request", "Asked by"), named.get(row.unit_id, "")),
        *rule_words(row),
        (pgettext("request", "Level"), words_of(RequestLevel, row.level)),
        (_("Unit in the lead"), named.get(row.lead_id or 0, "")),
        (_("Why this unit leads"), row.lead_reason),
        (pgettext("request", "Reason"), row.reason),
        (_("Pointer"), row.pointer),
        (_("No. of the letter"), row.letter_no),
        (_("Work"), words_of(Duty, row.duty)),
        (_("Measures"), listed(str(words_of(Measure, each)) for each in row.measures)),
        (_("Units concerned"), listed(named[each] for each in row.about_units if each in named)),
        (_("Units wanted"), listed(named[each] for each in row.wanted_units if each in named)),
        (_("People"), _profile(row)),
        (_("Days"), _days(row)),
        (pgettext("request", "Place"), row.site_words),
    ]
    return Matter([(str(words), str(value)) for words, value in facts if value], href=reverse("collaboration:request", args=[row.pk]))  # fmt: skip


def _profile(row: Request) -> str:
    if not row.people:
        return ""
    roles = listed(f"{words_of(TeamRole, role)} {least}" for role, least in row.roles.items())
    words = _("%(people)s, of them at least %(women)s women and %(own)s own staff")
    told = words % {"people": row.people, "women": row.women, "own": row.own}
    return clauses(each for each in (told, roles, listed(row.skills)) if each)


def _days(row: Request) -> str:
    if row.starts is None or row.ends is None:
        return ""
    last = row.ends - row.ends.resolution
    return _("%(first)s to %(last)s") % {"first": long_day(row.starts), "last": long_day(last)}
