"""Tables of the reports: editions of templates, and runs that are frozen when they are written."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TemplateEdition(models.Model):
    """One row is one edition of a report template, in force from `saved_at` until the next of the same name.

    Without a commission it came with the product, for every county. Editions are added, never changed. `layout` names what differs from the
    standard page (GB/T 9704-2012).
    """

    commission = models.ForeignKey(
        "organisation.Commission",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="report_templates",
    )
    name = models.TextField(_("name"))
    number = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    layout = models.JSONField(_("page layout"), default=dict, blank=True)
    note = models.TextField(_("what has changed"), default="", blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.TextField()

    class Meta:
        ordering = ["name", "number"]
        constraints = [
            models.UniqueConstraint(
                name="template_edition_once", fields=["commission", "name", "number"], nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class Run(models.Model):
    """One row is one report as it was written: what it said, the figures with their records, the checks, the files.

    All but the columns of its issue never change. `reason` answers the broken identities with which it was issued.
    """

    commission = models.ForeignKey(
        "organisation.Commission", on_delete=models.PROTECT, related_name="report_runs"
    )
    on = models.DateField(_("day"))
    template = models.ForeignKey(TemplateEdition, on_delete=models.PROTECT, related_name="runs")
    written_at = models.DateTimeField()
    written_by = models.TextField()
    document = models.JSONField()
    figures = models.JSONField()
    balances = models.JSONField()
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.TextField(default="", blank=True)
    reason = models.TextField(_("reason"), default="", blank=True)

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [models.Index(name="run_of_commission", fields=["commission", "-written_at"])]
        constraints = [
            models.CheckConstraint(
                name="run_issued_by_someone",
                condition=Q(issued_at__isnull=True, issued_by="", reason="")
                | Q(issued_at__isnull=False) & ~Q(issued_by=""),
            )
        ]


class RunFile(models.Model):
    """One row is one file of a run, as a draft or as issued, kept byte for byte with its SHA-256."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="files")
    name = models.TextField()
    issued = models.BooleanField(default=False)
    sha256 = models.TextField()
    content = models.BinaryField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(name="run_file_once", fields=["run", "name", "issued"])]
