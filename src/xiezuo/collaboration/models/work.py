"""The work of a team: plan, tasks, log, minutes, rectification letters, evaluation, and the index of its papers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from xiezuo.collaboration.models.requests import Request
from xiezuo.collaboration.models.teams import Member
from xiezuo.collaboration.states import EvaluationSide, LetterOutcome, Measure

_UNIT = "organisation.Unit"


class WorkPlan(models.Model):
    """One row is the working plan of one request (工作方案, F4): pointers and arrangements, no text of a clue.

    `measures` are some of those that the request was approved with, never more; `version` grows with every change.
    """

    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="plan")
    basis = models.TextField(default="", blank=True)
    questions = models.TextField(default="", blank=True)
    steps = models.TextField(default="", blank=True)
    cautions = models.TextField(default="", blank=True)
    secrecy = models.TextField(default="", blank=True)
    emergency = models.TextField(default="", blank=True)
    measures = ArrayField(models.TextField(choices=Measure), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.TextField()
    written_at = models.DateTimeField()


class Task(models.Model):
    """One row is one task of a team: what, who, by when, and the day on which it was done, or dropped for a reason.

    `clears` marks the one that the product itself opened after a result 失实: the clearing of who was wrongly accused (澄清正名).
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="tasks")
    position = models.PositiveIntegerField()
    what = models.TextField()
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)
    dropped_because = models.TextField(default="", blank=True)
    clears = models.BooleanField(default=False)
    by = models.TextField(default="")
    settled_by = models.TextField(default="", blank=True)
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="task_once", fields=["request", "position"]),
            models.CheckConstraint(
                name="task_done_or_dropped", condition=Q(done_on__isnull=True) | Q(dropped_on__isnull=True)
            ),
            models.CheckConstraint(
                name="task_dropped_with_a_reason",
                condition=Q(dropped_on__isnull=True) | ~Q(dropped_because=""),
            ),
        ]


class LogEntry(models.Model):
    """One row is one entry of a team's log: the day, who, how many hours, and a pointer. Rows are added and never changed."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="log")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="log")
    day = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    what = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    key = models.UUIDField(unique=True)


class JointMeeting(models.Model):
    """One row is one joint meeting of a team (联席会议, F5): who came, who left the room, what was resolved, by whom, by when."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="meetings")
    day = models.DateField()
    chair = models.TextField(default="", blank=True)
    present = ArrayField(models.BigIntegerField(), default=list, blank=True)
    stood_out = models.PositiveIntegerField(default=0)
    safety = models.TextField(default="", blank=True)
    resolved = models.TextField()
    owner = models.ForeignKey(_UNIT, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    by = models.TextField()
    at = models.DateTimeField()
    key = models.UUIDField(unique=True)


class Letter(models.Model):
    """One row is one problem in a rectification letter (整改交办函, F9) to a unit, with its deadline and its verification.

    Lines of one letter share `number`. `again` is the line of an earlier letter that was not rectified (二次交办). `due_on`
    was extended at most once, on the words `extended_said`; `first_due_on` never changes. `rule` is the edition of the deadline
    T14 that it began under. `extension_asked` says why the unit asks for more time; the contact leader of the zone decides.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="letters")
    number = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    unit = models.ForeignKey(_UNIT, on_delete=models.PROTECT, related_name="+")
    problem = models.TextField()
    basis = models.TextField(default="", blank=True)
    feedback = models.TextField(default="", blank=True)
    sent_on = models.DateField()
    first_due_on = models.DateField()
    due_on = models.DateField()
    rule = models.BigIntegerField(null=True, blank=True)
    sent_by = models.TextField(default="", blank=True)
    extension_asked = models.TextField(default="", blank=True)
    extended_said = models.TextField(default="", blank=True)
    extended_by = models.TextField(default="", blank=True)
    extended_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answer_no = models.TextField(default="", blank=True)
    answered_by = models.TextField(default="", blank=True)
    outcome = models.TextField(choices=LetterOutcome, default=LetterOutcome.OPEN, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.TextField(default="", blank=True)
    evidence_no = models.TextField(default="", blank=True)
    again = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="repeats")
    key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="letter_line_once", fields=["request", "number", "position"]),
            models.CheckConstraint(name="letter_due_after_sent", condition=Q(sent_on__lt=F("due_on"))),
            models.CheckConstraint(
                name="letter_verified_with_a_day", condition=Q(outcome="") | Q(verified_on__isnull=False)
            ),
        ]
        indexes = [
            models.Index(name="letter_due", fields=["unit", "due_on"], condition=Q(outcome="")),
            models.Index(name="letter_of_key", fields=["key"]),
        ]


class Evaluation(models.Model):
    """One row is what one side says of the other at the end (F11): four marks of 1 to 5, and words. No public ranking."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="evaluations")
    side = models.TextField(choices=EvaluationSide)
    timeliness = models.PositiveSmallIntegerField()
    quality = models.PositiveSmallIntegerField()
    discipline = models.PositiveSmallIntegerField()
    cooperation = models.PositiveSmallIntegerField()
    said = models.TextField(default="", blank=True)
    account = models.BigIntegerField()
    by = models.TextField()
    at = models.DateTimeField()
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="evaluation_once", fields=["request", "side"]),
            models.CheckConstraint(
                name="marks_of_five",
                condition=Q(timeliness__range=(1, 5), quality__range=(1, 5), discipline__range=(1, 5), cooperation__range=(1, 5)),
            ),
        ]  # fmt: skip


class Paper(models.Model):
    """One row is one paper in the index of a request's file (F7): its name, pages, where it lies, who handed it to whom.

    The product keeps no contents; `digest` is the SHA-256 that whoever holds the file reckoned. Rows are added, never changed.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="papers")
    position = models.PositiveIntegerField()
    name = models.TextField()
    pages = models.PositiveIntegerField()
    secrecy_from = models.TextField(default="", blank=True)
    kept_at = models.TextField(default="", blank=True)
    digest = models.TextField(default="", blank=True)
    handed_by = models.TextField(default="", blank=True)
    taken_by = models.TextField(default="", blank=True)
    handed_on = models.DateField(null=True, blank=True)
    by = models.TextField()
    at = models.DateTimeField()
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="paper_once", fields=["request", "position"])]
