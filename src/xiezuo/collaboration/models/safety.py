"""Safety of talks: talks with the stretches that their recorder ran, and incidents with every step. Never contents, never a name."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from xiezuo.collaboration.models.requests import Request
from xiezuo.collaboration.models.teams import Member
from xiezuo.collaboration.states import IncidentKind, IncidentState, IncidentVerb

_COMMISSION = "organisation.Commission"


class Talk(models.Model):
    """One row is one recorded talk of a request's team: when it began and ended, who talked, who keeps the recording.

    With whom is never kept, nor what was said. `talkers` are members, `room` says in words which room it was. A row is never
    changed: a mistake is put right by a further row that `replaces` it, with the reason in `because`.
    Source: 监督执纪工作规则 48, 49; domain.md §2A P3.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="talks", db_index=False)
    position = models.PositiveIntegerField()
    started = models.DateTimeField()
    ended = models.DateTimeField()
    talkers = ArrayField(models.BigIntegerField(), default=list)
    custodian = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    room = models.TextField()
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")  # fmt: skip
    because = models.TextField(default="", blank=True)
    by = models.TextField()
    at = models.DateTimeField()
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="talk_once", fields=["request", "position"]),
            models.CheckConstraint(name="talk_ends_after_it_began", condition=Q(started__lt=F("ended"))),
            models.CheckConstraint(name="talk_told_after_its_end", condition=Q(ended__lte=F("at"))),
            models.CheckConstraint(
                name="talk_replaced_with_a_reason", condition=Q(replaces__isnull=True) | ~Q(because="")
            ),
        ]


class Recording(models.Model):
    """One row is one stretch that the recorder of a talk ran: from when to when, on which device, and the digest of its file.

    `digest` is the SHA-256 that the custodian reckoned. Rows are added with their talk and never changed.
    """

    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="recordings", db_index=False)
    position = models.PositiveIntegerField()
    started = models.DateTimeField()
    stopped = models.DateTimeField()
    digest = models.TextField()
    device = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="recording_once", fields=["talk", "position"]),
            models.UniqueConstraint(name="recording_file_once", fields=["talk", "digest"]),
            models.CheckConstraint(name="recording_stops_after_start", condition=Q(started__lt=F("stopped"))),
            models.CheckConstraint(
                name="recording_has_a_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
        ]


class Incident(models.Model):
    """One row is one safety incident of a request (安全事故): its kind, when it happened and was known, and who is responsible.

    It is reported upward by `due_at`; `rule` is the edition of the deadline T11 that it began under, empty where the county
    had none and the 24 hours of the work rule itself run. First responsible are the `head` of the unit in the lead and the
    `leader` of the team; `officer` is the safety officer named in the team then. `talk` is the talk whose recording has a gap.
    `state` and `escalated_at` follow the steps; nothing else ever changes. Source: 监督执纪工作规则 70; domain.md §2A P12.
    """

    commission = models.ForeignKey(_COMMISSION, on_delete=models.PROTECT, related_name="+", db_index=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="incidents", db_index=False)
    position = models.PositiveIntegerField()
    kind = models.TextField(choices=IncidentKind)
    talk = models.OneToOneField(Talk, null=True, blank=True, on_delete=models.PROTECT, related_name="incident")  # fmt: skip
    said = models.TextField(default="", blank=True)
    occurred_at = models.DateTimeField()
    known_at = models.DateTimeField()
    due_at = models.DateTimeField()
    rule = models.BigIntegerField(null=True, blank=True)
    head = models.ForeignKey("organisation.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # fmt: skip
    leader = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    state = models.TextField(choices=IncidentState, default=IncidentState.OPEN)
    escalated_at = models.DateTimeField(null=True, blank=True)
    by = models.TextField()
    at = models.DateTimeField()
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="incident_once", fields=["request", "position"]),
            models.CheckConstraint(
                name="incident_known_after_it_happened", condition=Q(occurred_at__lte=F("known_at"))
            ),
            models.CheckConstraint(
                name="incident_clock_runs", condition=Q(known_at__lte=F("at")) & Q(known_at__lt=F("due_at"))
            ),
            models.CheckConstraint(
                name="incident_escalated_at_an_instant",
                condition=~Q(state=IncidentState.ESCALATED) | Q(escalated_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="incident_open", fields=["commission", "due_at", "id"], condition=~Q(state=IncidentState.CLOSED)
            ),
        ]  # fmt: skip


class IncidentStep(models.Model):
    """One row is one step of an incident: reported to `office` under `paper_no`, escalated by the clock, closed with measures.

    `happened_at` is when it was done, `at` when it was entered. Rows are added and never changed, each verb once.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="steps", db_index=False)
    verb = models.TextField(choices=IncidentVerb)
    state = models.TextField(choices=IncidentState)
    happened_at = models.DateTimeField()
    office = models.TextField(default="", blank=True)
    paper_no = models.TextField(default="", blank=True)
    said = models.TextField(default="", blank=True)
    by = models.TextField()
    at = models.DateTimeField()
    key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="incident_step_once", fields=["incident", "verb"])]
