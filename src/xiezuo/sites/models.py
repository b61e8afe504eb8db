"""Tables of the sites: rooms and places, what stands in them, what is being built."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiezuo.shared.ledger import LedgerRow, asked_by_day, never_twice, period_is_sound
from xiezuo.sites.states import Grade, SiteKind


class Site(models.Model):
    """One row is one room or place of a commission, whatever it is called on a day."""

    commission = models.ForeignKey("organisation.Commission", on_delete=models.PROTECT, related_name="sites")
    code = models.TextField(_("code"))

    class Meta:
        constraints = [models.UniqueConstraint(name="site_code_once", fields=["commission", "code"])]

    def __str__(self) -> str:
        return self.code


class SiteRecord(LedgerRow):
    """One row says what a site is over a period. It stands from the earlier of `planned_on` and `opened_on`
    (both unknown: always) and ends on `closed_on`; it is in use from `opened_on`."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="records")
    name = models.TextField(_("name"))
    kind = models.TextField(_("kind"), choices=SiteKind)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="sites")
    parent = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    zone = models.ForeignKey("zones.Zone", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    users = ArrayField(models.BigIntegerField(), default=list, blank=True)
    grade = models.TextField(_("grade"), choices=Grade, default=Grade.NONE, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    padded = models.BooleanField(null=True, blank=True)
    separate = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [period_is_sound("site_record_period"), never_twice("site_record_once", "site_id")]
        indexes = [asked_by_day("site_record_day", "site", "kind", "unit")]


class Equipment(LedgerRow):
    """One row is one item in one site, from the day it was put there to the day it was taken away.

    It does not work in `[faulty_from, repaired_on)`; `valid_until` is the last day on which it may be used.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="equipment")
    item = models.TextField(_("item"))
    condition = models.TextField(default="", blank=True)
    faulty_from = models.DateField(null=True, blank=True)
    repaired_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            period_is_sound("equipment_period"),
            models.CheckConstraint(
                name="equipment_repaired_after_fault",
                condition=Q(repaired_on__isnull=True)
                | Q(faulty_from__isnull=True)
                | Q(repaired_on__gte=F("faulty_from")),
            ),
            models.UniqueConstraint(
                name="equipment_once",
                fields=["site", "item", "starts"],
                condition=Q(known_until__isnull=True),
            ),
        ]
        indexes = [asked_by_day("equipment_day", "site", "item")]


class Works(LedgerRow):
    """One row is one piece of works (改造) on a site: begun on `starts`, finished on `ends`, due on `due_on`.

    Works never end the use of a site.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="works")
    contents = ArrayField(models.TextField())
    due_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="works_period", condition=Q(starts__lte=F("ends"))),
            models.UniqueConstraint(
                name="works_once", fields=["site", "starts"], condition=Q(known_until__isnull=True)
            ),
        ]
        indexes = [asked_by_day("works_day", "site")]
