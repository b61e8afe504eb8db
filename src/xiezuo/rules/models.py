"""Tables of the rules: regulations and the days of their life."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xiezuo.shared.ledger import LedgerRow, asked_by_day, never_twice, period_is_sound


class Regulation(models.Model):
    """One row is one regulation (制度) of a commission."""

    commission = models.ForeignKey(
        "organisation.Commission", on_delete=models.PROTECT, related_name="regulations"
    )
    code = models.TextField(_("code"))

    class Meta:
        constraints = [models.UniqueConstraint(name="regulation_code_once", fields=["commission", "code"])]

    def __str__(self) -> str:
        return self.code


class RegulationRecord(LedgerRow):
    """One row says what a regulation is called over a period, and the days on which it reached each stage.

    Its period runs from its first day (or always) to its repeal.
    """

    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="records")
    name = models.TextField(_("name"))
    edition = models.TextField(default="", blank=True)
    document_no = models.TextField(default="", blank=True)
    drafted_on = models.DateField(null=True, blank=True)
    consulted_on = models.DateField(null=True, blank=True)
    trial_on = models.DateField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    revised_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            period_is_sound("regulation_record_period"),
            never_twice("regulation_record_once", "regulation_id"),
        ]
        indexes = [asked_by_day("regulation_record_day", "regulation")]
