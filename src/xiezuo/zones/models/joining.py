"""有合有分: zones that act as one for a time and part again by themselves; support offices coordinated by authority."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from xiezuo.zones.states import JoiningFor, Level

_COMMISSION = "organisation.Commission"


class Arranged(models.Model):
    """Abstract. One row is something arranged over the days `[starts, ends)`, once `approval` has said yes (`decided_on`).

    `ended_on` is the first day on which it no longer holds if it was ended early. `told` are those of its stages
    (begun, parting, parted) that whoever it concerns was told of.
    """

    commission = models.ForeignKey(_COMMISSION, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    starts = models.DateField()
    ends = models.DateField()
    basis = models.TextField(default="", blank=True)
    approval = models.BigIntegerField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    refused = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.TextField(default="", blank=True)
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    key = models.UUIDField(unique=True)
    told = ArrayField(models.TextField(), default=list, blank=True)

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True


def _sound(name: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(name=f"{name}_number_once", fields=["commission", "number"]),
        models.CheckConstraint(name=f"{name}_period", condition=Q(starts__lt=F("ends"))),
        models.CheckConstraint(
            name=f"{name}_ended_within",
            condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts"), ended_on__lte=F("ends")),
        ),
        models.CheckConstraint(
            name=f"{name}_decided_or_refused", condition=Q(refused=False) | Q(decided_on__isnull=True)
        ),
    ]


class Joining(Arranged):
    """One row says that zones of one level act as one (合) for a matter, a special task or a period, and then part again.

    `zones` are numbers of zones, the first of which receives, dispatches and reports; `coordinator` is the leader of
    one of them, who coordinates meanwhile. `title` is a pointer such as a number, never what a matter is about.
    """

    level = models.TextField(choices=Level.choices)
    zones = ArrayField(models.BigIntegerField())
    purpose = models.TextField(choices=JoiningFor.choices)
    title = models.TextField()
    coordinator = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = _sound("joining")
        indexes = [models.Index(name="joining_day", fields=["commission", "ends", "starts"])]


class Authorisation(Arranged):
    """One row authorises a deputy secretary to coordinate a support office that is not in their charge, for one matter.

    Source: domain.md §0 (必要时授权协调非分管的综合科室). `matter` is a pointer such as a number, never its contents.
    """

    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    matter = models.TextField()

    class Meta:
        constraints = _sound("authorisation")
        indexes = [models.Index(name="authorisation_day", fields=["commission", "ends", "starts"])]
