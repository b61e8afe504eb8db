"""Tables of the rules: regulations and the days of their life, the work rules, and the work calendar."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiezuo.rules.states import Approver, Badge, DayKind, LimitUnit, RuleKind
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


class WorkRule(LedgerRow):
    """One row is one edition of one work rule of a commission, in force over its period.

    A change ends one edition and states the next; a running matter keeps the row that it began under, whose words
    never change. `decide_days` are working days, at each level if `each_level`; `limit` is counted in `limit_unit`.
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
