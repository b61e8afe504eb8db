"""The ledger of the zones: which zone stands, which units belong to it, who leads it, from when to when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiezuo.shared.ledger import LedgerRow, asked_by_day, never_twice, one_at_a_time, period_is_sound
from xiezuo.zones.states import Level, Role, ZoneKind


class Zone(models.Model):
    """One row is one collaboration zone (协作区) of a commission, whatever it is called on a day."""

    commission = models.ForeignKey("organisation.Commission", on_delete=models.PROTECT, related_name="zones")
    code = models.TextField(_("code"))

    class Meta:
        constraints = [models.UniqueConstraint(name="zone_code_once", fields=["commission", "code"])]

    def __str__(self) -> str:
        return self.code


class ZoneRecord(LedgerRow):
    """One row says what a zone is over a period; a zone stands on the days that its rows cover."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="records")
    name = models.TextField(_("name"))
    level = models.TextField(_("level"), choices=Level)
    kind = models.TextField(_("kind"), choices=ZoneKind, default=ZoneKind.NONE, blank=True)
    parent = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            period_is_sound("zone_record_period"),
            never_twice("zone_record_once", "zone_id"),
            models.CheckConstraint(
                name="zone_kind_and_parent_of_second_level",
                condition=Q(level=Level.SECOND) | Q(kind=ZoneKind.NONE, parent__isnull=True),
            ),
        ]
        indexes = [asked_by_day("zone_record_day", "zone", "level", "kind")]


class ZoneMember(LedgerRow):
    """One row is one unit in one zone in one role. `level` repeats the zone's, which never changes while it stands."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="members")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="memberships")
    role = models.TextField(_("role"), choices=Role)
    level = models.TextField(choices=Level)

    class Meta:
        constraints = [
            period_is_sound("zone_member_period"),
            never_twice("zone_member_role_once", "zone_id", "unit_id", texts=("role",)),
            one_at_a_time(
                "unit_in_one_zone",
                "unit_id",
                "zone_id",
                condition=~Q(role=Role.HELPER) & Q(level=Level.SECOND),
            ),
        ]
        indexes = [asked_by_day("zone_member_day", "zone", "unit", "role")]


class ZoneLeader(LedgerRow):
    """One row is one person leading or keeping contact with a zone."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="leaders")
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="led_zones")

    class Meta:
        constraints = [
            period_is_sound("zone_leader_period"),
            never_twice("zone_leader_once", "zone_id", "person_id"),
        ]
        indexes = [asked_by_day("zone_leader_day", "zone", "person")]
