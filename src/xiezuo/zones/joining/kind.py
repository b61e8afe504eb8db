"""Zones that are to act as one, and authorisations, as matters that are decided in steps: what a signer sees of them."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from xiezuo.approvals.api import Approval, Kind, Matter, register
from xiezuo.organisation.api import person_names, unit_names
from xiezuo.shared.lists import clauses, listed
from xiezuo.ui.choices import words_of
from xiezuo.ui.words import long_day
from xiezuo.zones.joining.operations import AUTHORISATION, JOINING
from xiezuo.zones.joining.policies import may_arrange, may_ask
from xiezuo.zones.joining.wording import printed_number
from xiezuo.zones.models import Authorisation, Joining
from xiezuo.zones.models.joining import Arranged
from xiezuo.zones.queries.joining import acting_as_one, standing_on
from xiezuo.zones.queries.zone import zone_names
from xiezuo.zones.states import JoiningFor, Level


def register_kinds() -> None:
    """Declare the kinds; called once, when the app is ready."""
    register(
        Kind(JOINING, "合", gettext_lazy("Zones acting as one"), may_ask, matter_of_joining),
        Kind(AUTHORISATION, "授", gettext_lazy("Authorisation for a support office"), may_arrange, matter_of_authorisation),
    )  # fmt: skip


def matter_of_joining(approval: Approval) -> Matter:
    """What a signer sees: which zones, which leads, for what, from when to when, and what they take part in already."""
    row = Joining.objects.select_related("commission").filter(pk=approval.subject_id).first()
    if row is None:
        return Matter([(_("Zones acting as one"), approval.title)])
    names = zone_names(set(row.zones), row.starts)
    facts = [
        (_("Zones"), listed(names.get(zone, "") for zone in row.zones)),
        (_("Leads"), names.get(row.zones[0], "")),
        (_("Level"), words_of(Level, row.level)),
        (_("For"), words_of(JoiningFor, row.purpose)),
        (_("Pointer"), row.title),
        (_("Coordinator"), person_names([row.coordinator_id], row.starts).get(row.coordinator_id, "")),
        *_days(row),
        (_("Units"), _units(row)),
        (_("Besides"), _besides(row)),
        (_("Basis"), row.basis),
    ]
    return Matter(_said(facts), href=reverse("zones:joining", args=[row.pk]))


def _units(row: Joining) -> str:
    units = standing_on(row.commission, row.starts).inside(row.zones)
    return listed(unit_names(units, row.starts).values())


def _besides(row: Joining) -> str:
    """Other joinings of the same zones on the first day: a signer must know of them."""
    others = acting_as_one(row.commission, row.starts)
    return clauses(
        f"合-{each.number} {each.title}"
        for each in others
        if each.joining != row.pk and each.holds(row.zones)
    )


def matter_of_authorisation(approval: Approval) -> Matter:
    """What a signer sees: who is to coordinate which office, for what, from when to when."""
    row = Authorisation.objects.filter(pk=approval.subject_id).first()
    if row is None:
        return Matter([(_("Authorisation for a support office"), approval.title)])
    facts = [
        (_("Deputy secretary"), person_names([row.person_id], row.starts).get(row.person_id, "")),
        (_("Support office"), unit_names([row.unit_id], row.starts).get(row.unit_id, "")),
        (_("Pointer"), row.matter),
        *_days(row),
        (_("Basis"), row.basis),
    ]
    return Matter(_said(facts), href=reverse("zones:authorisation", args=[row.pk]))


def _days(row: Arranged) -> list[tuple[str, Any]]:
    last = row.ends - date.resolution
    return [
        (pgettext("arrangement", "Number"), printed_number(row)),
        (pgettext("arrangement", "First day"), long_day(row.starts)),
        (pgettext("arrangement", "Last day"), long_day(last)),
        (_("Number of days"), str((row.ends - row.starts).days)),
    ]


def _said(facts: list[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(words, str(value)) for words, value in facts if value]
