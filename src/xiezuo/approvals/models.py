"""Tables of the approvals: how each stands, its steps and signers, and every move that was ever made."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from xiezuo.approvals.states import ApprovalState, Dropped, Mode, SeatKind, SeatState, Verb

_COMMISSION = "organisation.Commission"


class Numbering(models.Model):
    """One row is the last number that a commission gave to approvals of one kind in one year."""

    commission = models.ForeignKey(_COMMISSION, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField()
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="numbering_once", fields=["commission", "kind", "year"]),
        ]


class Approval(models.Model):
    """One row is one application to be decided in steps, whatever its matter, and how it stands now.

    The matter is a pointer (`subject_app`, `subject_id`), of `unit` if it is one unit's; `title` holds no secret content.
    `waiting_for`, `parties` and `informed` are accounts: who is asked now, who has taken part, and which contact leaders
    coordinate without deciding. `edition` grows with every move.
    """

    commission = models.ForeignKey(_COMMISSION, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField()
    year = models.IntegerField()
    number = models.IntegerField()
    subject_app = models.TextField()
    subject_id = models.BigIntegerField()
    unit = models.BigIntegerField(null=True, blank=True)
    title = models.TextField()
    rule_edition = models.TextField(default="", blank=True)
    applicant = models.BigIntegerField()
    applicant_person = models.BigIntegerField(null=True, blank=True)
    state = models.TextField(choices=ApprovalState)
    current = models.IntegerField(default=0)
    edition = models.IntegerField(default=1)
    read = models.BooleanField(default=False)
    waiting_for = ArrayField(models.BigIntegerField(), default=list, blank=True)
    parties = ArrayField(models.BigIntegerField(), default=list, blank=True)
    informed = ArrayField(models.BigIntegerField(), default=list, blank=True)
    recused = models.JSONField(default=list, blank=True)
    due_on = models.DateField(null=True, blank=True)
    submitted_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="approval_number_once", fields=["commission", "kind", "year", "number"]
            ),
            # Of one matter only one application is under way: what was settled may be applied for again.
            models.UniqueConstraint(
                name="approval_of_matter_once",
                fields=["subject_app", "subject_id", "kind"],
                condition=Q(settled_at__isnull=True),
            ),
        ]
        indexes = [
            GinIndex(name="approval_waits", fields=["waiting_for"], condition=Q(settled_at__isnull=True)),
            models.Index(
                name="approval_due", fields=["commission", "due_on"], condition=Q(settled_at__isnull=True)
            ),
            models.Index(name="approval_settled", fields=["commission", "settled_at"]),
            models.Index(name="approval_by_rule", fields=["commission", "rule_edition", "-submitted_at"]),
            models.Index(name="approval_applied", fields=["applicant", "-id"]),
        ]


class StepRow(models.Model):
    """One row is one step of an approval: whom its rule names, how they decide, and its clock in working days."""

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="steps", db_index=False)
    position = models.IntegerField()
    title = models.TextField()
    mode = models.TextField(choices=Mode)
    asks = models.JSONField()
    working_days = models.PositiveIntegerField()
    opened_on = models.DateField(null=True, blank=True)
    amber_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    first_due_on = models.DateField(null=True, blank=True)
    timed_out_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="step_once", fields=["approval", "position"]),
            models.CheckConstraint(name="step_has_a_limit", condition=Q(working_days__gte=1)),
        ]


class SignerRow(models.Model):
    """One row is one signer of a step: by account or, for who signs paper only, by person; and what became of it.

    `paper_no` marks a decision given on paper; it stays marked until `confirmed_by` is somebody else than
    `entered_by`.
    """

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="+", db_index=False)
    step = models.ForeignKey(StepRow, on_delete=models.PROTECT, related_name="signers", db_index=False)
    position = models.IntegerField()
    account = models.BigIntegerField(null=True, blank=True)
    person = models.BigIntegerField(null=True, blank=True)
    kind = models.TextField(choices=SeatKind)
    state = models.TextField(choices=SeatState)
    why = models.TextField(choices=[("", ""), *Dropped.choices], default="", blank=True)
    decided_by = models.BigIntegerField(null=True, blank=True)
    decided_person = models.BigIntegerField(null=True, blank=True)
    paper_no = models.TextField(default="", blank=True)
    paper_on = models.DateField(null=True, blank=True)
    entered_by = models.BigIntegerField(null=True, blank=True)
    confirmed_by = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signer_is_somebody", condition=Q(account__isnull=False) | Q(person__isnull=False)
            ),
            models.CheckConstraint(
                name="paper_entered_by_somebody", condition=Q(paper_no="") | Q(entered_by__isnull=False)
            ),
            models.CheckConstraint(
                name="paper_confirmed_by_a_second_person",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
            ),
        ]
        indexes = [models.Index(name="signers_of_step", fields=["step", "position"])]


class Move(models.Model):
    """One row is one thing that somebody did with an approval. Rows are added and never changed.

    `account` is empty where the product itself acted. `key` is that of the form: the same form sent again does nothing.
    """

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="moves", db_index=False)
    edition = models.IntegerField()
    verb = models.TextField(choices=Verb)
    account = models.BigIntegerField(null=True, blank=True)
    by = models.TextField()
    at = models.DateTimeField()
    step = models.IntegerField()
    state = models.TextField(choices=ApprovalState)
    said = models.TextField(default="", blank=True)
    details = models.JSONField(default=dict, blank=True)
    key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="move_once", fields=["approval", "edition"])]
        indexes = [
            models.Index(name="move_by", fields=["account", "-id"]),
            models.Index(
                name="moves_of_kind", fields=["verb", "at"], condition=Q(verb__in=["return", "enter_paper"])
            ),
        ]


class Delegation(models.Model):
    """One row says that an account decides for another that is absent on the days `[starts, ends)`."""

    commission = models.ForeignKey(_COMMISSION, on_delete=models.PROTECT, related_name="+", db_index=False)
    absent = models.BigIntegerField()
    stand_in = models.BigIntegerField()
    starts = models.DateField()
    ends = models.DateField()
    reason = models.TextField()
    made_by = models.TextField()
    made_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="delegation_period", condition=Q(starts__lt=F("ends"))),
            models.CheckConstraint(name="delegation_to_another", condition=~Q(absent=F("stand_in"))),
        ]
        indexes = [models.Index(name="delegation_to", fields=["stand_in", "ends"])]


class Phrase(models.Model):
    """One row is one standard phrase that a person, or everybody of an office, says when deciding."""

    commission = models.ForeignKey(_COMMISSION, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.BigIntegerField(null=True, blank=True)
    unit = models.BigIntegerField(null=True, blank=True)
    verb = models.TextField(choices=Verb)
    words = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="phrase_of_one_owner", condition=Q(account__isnull=True) ^ Q(unit__isnull=True)
            ),
            models.UniqueConstraint(
                name="phrase_once",
                fields=["commission", "account", "unit", "verb", "words"],
                nulls_distinct=False,
            ),
        ]
