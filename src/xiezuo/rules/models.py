"""Tables of the rules: regulations with their editions and clauses, the work rules, and the work calendar."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiezuo.rules.regulation_states import UNDER_DRAFT, EditionStage, LeaningKind, Purpose
from xiezuo.rules.states import Approver, Badge, DayKind, LimitUnit, Outcome, RuleKind
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
    review_on = models.DateField(null=True, blank=True)
    trial_on = models.DateField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    revised_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            period_is_sound("regulation_record_period"),
            never_twice("regulation_record_once", "regulation_id"),
        ]
        indexes = [asked_by_day("regulation_record_day", "regulation")]


class Edition(models.Model):
    """One row is one edition (版次) of a regulation with the days of its own life; its clauses are its text.

    `unit` drafts it; it is for `scope_units`, or for everybody if they are none; `invited` are the units asked for their
    opinion. `purpose` and the fields that begin with `asked_` are those of the last application, `approval`; it
    `waits` until that is settled, and its text is `frozen` while signers read it. `version` grows with every change of the text.
    """

    commission = models.ForeignKey(
        "organisation.Commission", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    name = models.TextField(_("name"))
    scope = models.TextField(default="", blank=True)
    scope_units = ArrayField(models.BigIntegerField(), default=list, blank=True)
    unit = models.ForeignKey(
        "organisation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invited = ArrayField(models.BigIntegerField(), default=list, blank=True)
    stage = models.TextField(choices=EditionStage.choices)
    drafted_on = models.DateField(null=True, blank=True)
    consulted_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    trial_on = models.DateField(null=True, blank=True)
    trial_until = models.DateField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    document_no = models.TextField(default="", blank=True)
    purpose = models.TextField(default="", blank=True, choices=[("", ""), *Purpose.choices])
    asked_from = models.DateField(null=True, blank=True)
    asked_until = models.DateField(null=True, blank=True)
    asked_document_no = models.TextField(default="", blank=True)
    asked_basis = models.TextField(default="", blank=True)
    asked_key = models.UUIDField(null=True, blank=True)
    approval = models.BigIntegerField(null=True, blank=True)
    waits = models.BooleanField(default=False)
    frozen = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    trial_told_on = models.DateField(null=True, blank=True)
    begun_by = models.TextField()
    begun_at = models.DateTimeField()
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="edition_number_once", fields=["regulation", "number"]),
            # Two drafts of one regulation would each be compared with a text that the other replaces.
            models.UniqueConstraint(
                name="edition_one_under_draft",
                fields=["regulation"],
                condition=Q(stage__in=[stage.value for stage in UNDER_DRAFT]),
            ),
            models.CheckConstraint(
                name="edition_trial_ends_later",
                condition=Q(trial_until__isnull=True) | Q(trial_until__gt=F("trial_on")),
            ),
        ]
        indexes = [models.Index(name="edition_of_commission", fields=["commission", "stage"])]


class Clause(models.Model):
    """One row is one clause of an edition, or a part that stands between clauses (without a label, or a chapter's).

    `anchor` is the same for the same clause in every edition of the regulation, whatever its number there; `text` holds
    the label and every blank, so that the parts joined are the text. `version` grows with every change.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="clauses", db_index=False)
    position = models.PositiveIntegerField()
    anchor = models.PositiveIntegerField()
    label = models.TextField(default="", blank=True)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(name="clause_once", fields=["edition", "anchor"])]


class Consultation(models.Model):
    """One row says that a unit was asked for its opinion on an edition, until its last day, and when it answered."""

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="consultations", db_index=False
    )
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    last_day = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.BigIntegerField(null=True, blank=True)
    on_paper = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="consultation_once", fields=["edition", "unit"]),
            models.CheckConstraint(name="consultation_lasts", condition=Q(last_day__gte=F("opened_on"))),
        ]


class Opinion(models.Model):
    """One row is one opinion of a unit on a clause, or on the whole text if `anchor` is empty, and what became of it.

    `clause_label` is the number that the clause had then. `paper_no` marks one that was given on paper and entered
    later (补录) by `entered_by`. An outcome other than adopted has its reason.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="opinions")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    anchor = models.PositiveIntegerField(null=True, blank=True)
    clause_label = models.TextField(default="", blank=True)
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
                name="opinion_refused_with_reason",
                condition=Q(outcome__in=[Outcome.OPEN.value, Outcome.ADOPTED.value]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="opinion_paper_has_its_day", condition=Q(paper_no="") | Q(paper_on__isnull=False)
            ),
        ]


class ReadReceipt(models.Model):
    """One row says that an account has read an edition, for which unit, and when."""

    commission = models.ForeignKey(
        "organisation.Commission", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="receipts", db_index=False)
    unit = models.BigIntegerField(null=True, blank=True)
    account = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="receipt_once", fields=["edition", "account"])]


class Leaning(models.Model):
    """One row says that something rests on a clause of a regulation, known by its anchor: a work rule, a form, a table.

    A work rule is named by its kind and code, a form by its code such as F1.
    """

    commission = models.ForeignKey(
        "organisation.Commission", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="leanings")
    anchor = models.PositiveIntegerField()
    kind = models.TextField(choices=LeaningKind.choices)
    rule_kind = models.TextField(default="", blank=True, choices=[("", ""), *RuleKind.choices])
    code = models.TextField()
    name = models.TextField(default="", blank=True)
    made_by = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="leaning_once", fields=["regulation", "anchor", "kind", "rule_kind", "code"]
            ),
        ]
        indexes = [models.Index(name="leaning_of_rule", fields=["commission", "kind", "rule_kind", "code"])]


class WorkRule(LedgerRow):
    """One row is one edition of one work rule of a commission, in force over its period.

    A change ends one edition and states the next; a running matter keeps the row that it began under, whose words
    never change. `decide_days` are working days, at each level if `each_level`; `limit` is counted in `limit_unit`.
    A rule of zone plans is `binding` if a plan that breaks it cannot be decided on; its number is `limit`.
    A situation and a method have a name and an explanation (`rule`) only; a procedure names its situation and its
    methods by their codes.
    """

    kind = models.TextField(_("kind"), choices=RuleKind.choices)
    code = models.TextField(_("code"))
    name = models.TextField(_("name"))
    situation = models.TextField(default="", blank=True)
    methods = ArrayField(models.TextField(), default=list, blank=True)
    approvers = ArrayField(models.TextField(choices=Approver.choices), default=list, blank=True)
    approval_note = models.TextField(default="", blank=True)
    decide_days = models.PositiveSmallIntegerField(null=True, blank=True)
    each_level = models.BooleanField(default=False)
    decide_words = models.TextField(default="", blank=True)
    limit = models.PositiveSmallIntegerField(null=True, blank=True)
    limit_unit = models.TextField(default="", blank=True, choices=LimitUnit.choices)
    limit_words = models.TextField(default="", blank=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    extended_by = ArrayField(models.TextField(choices=Approver.choices), default=list, blank=True)
    rule = models.TextField(default="", blank=True)
    records = models.TextField(default="", blank=True)
    binding = models.BooleanField(default=False)
    clause = models.TextField(default="", blank=True)
    badge = models.TextField(choices=Badge.choices)
    source = models.TextField(default="", blank=True)
    entered_by = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            period_is_sound("work_rule_period"),
            never_twice("work_rule_once", "commission_id", texts=("kind", "code")),
            models.CheckConstraint(
                name="work_rule_limit_has_a_unit", condition=Q(limit__isnull=True) | ~Q(limit_unit="")
            ),
        ]
        indexes = [asked_by_day("work_rule_day", "kind", "code")]


class CalendarYear(LedgerRow):
    """One row says that the work calendar of a commission holds a year: without it nothing is counted into that year.

    `provisional` until the State Council has published the holidays; the year then has weekends only.
    """

    provisional = models.BooleanField(default=False)
    entered_by = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            period_is_sound("calendar_year_period"),
            never_twice("calendar_year_once", "commission_id"),
        ]
        indexes = [asked_by_day("calendar_year_day", "provisional")]


class CalendarDay(LedgerRow):
    """One row is one day that differs from Monday-to-Friday: a day off, or a make-up day that is worked."""

    kind = models.TextField(_("kind"), choices=DayKind.choices)
    name = models.TextField(_("name"), default="", blank=True)
    entered_by = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            period_is_sound("calendar_day_period"),
            never_twice("calendar_day_once", "commission_id"),
            models.CheckConstraint(name="calendar_day_is_one", condition=Q(ends=F("starts") + 1)),
        ]
        indexes = [asked_by_day("calendar_day_day", "kind")]
