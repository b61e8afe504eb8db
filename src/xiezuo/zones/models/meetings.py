"""Meetings of zones: what was on the agenda, who came, what was decided, who does it by when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from xiezuo.zones.states import MeetingState, Presence


class ZoneMeeting(models.Model):
    """One row is one meeting of a zone (例会 or 调度会), planned or held. `units` are those that are invited.

    `version` grows with every change, so that of two who write the minutes the second is told. `corrections` say when
    the minutes of a meeting that was held were corrected, by which account and why: [{"on": day, "by": name, "why": words}].
    """

    commission = models.ForeignKey(
        "organisation.Commission", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    zone = models.ForeignKey("zones.Zone", on_delete=models.PROTECT, related_name="meetings", db_index=False)
    units = ArrayField(models.BigIntegerField(), default=list, blank=True)
    day = models.DateField()
    place = models.TextField(default="", blank=True)
    chair = models.ForeignKey(
        "organisation.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.TextField(choices=MeetingState.choices, default=MeetingState.PLANNED)
    minutes_no = models.TextField(default="", blank=True)
    cancelled_because = models.TextField(default="", blank=True)
    corrections = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    begun_by = models.TextField()
    begun_at = models.DateTimeField()
    key = models.UUIDField(unique=True)

    class Meta:
        indexes = [
            models.Index(name="zone_meeting_of_zone", fields=["zone", "-day"]),
            models.Index(name="zone_meeting_day", fields=["commission", "day", "state"]),
        ]


class AgendaItem(models.Model):
    """One row is one item on the agenda of a zone meeting, what was decided on it, and who does it by when.

    `carried_from` is the item of an earlier meeting that was not done then and is taken up again.
    """

    meeting = models.ForeignKey(ZoneMeeting, on_delete=models.CASCADE, related_name="items", db_index=False)
    position = models.PositiveIntegerField()
    topic = models.TextField()
    href = models.TextField(default="", blank=True)
    decision = models.TextField(default="", blank=True)
    unit = models.ForeignKey(
        "organisation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="agenda_item_once", fields=["meeting", "position"]),
            models.CheckConstraint(
                name="agenda_item_done_after_decision", condition=Q(done_on__isnull=True) | ~Q(decision="")
            ),
        ]


class Attendance(models.Model):
    """One row says whether a unit that was invited came to a zone meeting, and who spoke for it (职务, not a name)."""

    meeting = models.ForeignKey(
        ZoneMeeting, on_delete=models.CASCADE, related_name="attendances", db_index=False
    )
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    presence = models.TextField(choices=Presence.choices)
    spoke = models.TextField(default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="attendance_once", fields=["meeting", "unit"])]
