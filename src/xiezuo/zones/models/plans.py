"""Zone plans: what both levels of zones shall be from a day on, and what the units concerned said of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from xiezuo.rules.states import Outcome
from xiezuo.zones.states import PlanKind, PlanStage

_COMMISSION = "organisation.Commission"


class Plan(models.Model):
    """One row is one plan of both levels of zones, drafted to hold from a day on, and how far it has come.

    `content` is a `Scheme` (scheme.py) as JSON: all zones, members and leaders as they shall be; `wishes` are what
    proposals for it must keep (fixed, barred, together). `version` grows with every change of the content.
    `starts` and the fields that begin with `asked_` are those of the application, `approval`; the plan `waits` until that
    is settled, and its content is `frozen` while signers read it. `decided_on` is the day on which the ledger took it over;
    a plan that was decided before the product was there is `filed`, and changed nothing. Whether a decided plan is ahead, in force or
    superseded follows from its day and the plans after it.
    """

    commission = models.ForeignKey(_COMMISSION, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    name = models.TextField()
    kind = models.TextField(choices=PlanKind.choices, default=PlanKind.WHOLE)
    why = models.TextField(default="", blank=True)
    stage = models.TextField(choices=PlanStage.choices, default=PlanStage.DRAFT)
    content = models.JSONField()
    wishes = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    unit = models.ForeignKey(
        "organisation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invited = ArrayField(models.BigIntegerField(), default=list, blank=True)
    starts = models.DateField()
    asked_meeting = models.TextField(default="", blank=True)
    asked_document_no = models.TextField(default="", blank=True)
    asked_basis = models.TextField(default="", blank=True)
    asked_key = models.UUIDField(null=True, blank=True)
    approval = models.BigIntegerField(null=True, blank=True)
    waits = models.BooleanField(default=False)
    frozen = models.BooleanField(default=False)
    consulted_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    filed = models.BooleanField(default=False)
    dropped_because = models.TextField(default="", blank=True)
    begun_by = models.TextField()
    begun_at = models.DateTimeField()
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_number_once", fields=["commission", "number"]),
            # Two plans cannot both be the one that holds from a day on.
            models.UniqueConstraint(
                name="plan_decided_once_a_day",
                fields=["commission", "starts"],
                condition=Q(stage=PlanStage.DECIDED.value),
            ),
            models.CheckConstraint(
                name="plan_decided_on_a_day",
                condition=~Q(stage=PlanStage.DECIDED.value) | Q(decided_on__isnull=False),
            ),
        ]
        indexes = [models.Index(name="plan_of_commission", fields=["commission", "stage", "starts"])]

    def __str__(self) -> str:
        return self.name


class PlanConsultation(models.Model):
    """One row says that a unit was asked for its opinion on a plan, until its last day, and when it answered."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="consultations", db_index=False)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    last_day = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.BigIntegerField(null=True, blank=True)
    on_paper = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_consultation_once", fields=["plan", "unit"]),
            models.CheckConstraint(
                name="plan_consultation_lasts", condition=Q(last_day__gte=models.F("opened_on"))
            ),
        ]


class PlanOpinion(models.Model):
    """One row is one opinion of a unit on a plan, on the zone with the code `zone` or on the whole, and what became of it.

    `paper_no` marks one that was given on paper and entered later (补录). An outcome other than adopted has its reason.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="opinions")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    zone = models.TextField(default="", blank=True)
    text = models.TextField()
    entered_by = models.BigIntegerField()
    entered_at = models.DateTimeField()
    paper_no = models.TextField(default="", blank=True)
    paper_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(default="", blank=True, choices=Outcome.choices)
    reason = models.TextField(default="", blank=True)
    settled_by = models.BigIntegerField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plan_opinion_refused_with_reason",
                condition=Q(outcome__in=[Outcome.OPEN.value, Outcome.ADOPTED.value]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="plan_opinion_paper_has_its_day", condition=Q(paper_no="") | Q(paper_on__isnull=False)
            ),
        ]


class PlanVersion(models.Model):
    """One row is what a plan said in one of its versions, so that of two who save the second is told what changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions", db_index=False)
    version = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="plan_version_once", fields=["plan", "version"])]
