"""The journal."""

from django.db import models


class Entry(models.Model):
    """One row is one act: who did what, when, on what, with which result. Appended, never changed.

    It has no foreign keys, so that it outlives whatever it speaks of.
    """

    at = models.DateTimeField()
    actor = models.TextField()
    act = models.TextField()
    commission_code = models.TextField(default="", blank=True)
    target = models.TextField(default="", blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(name="entry_of_commission", fields=["commission_code", "id"])]
