"""Loans of people between units, and units that are paired for a time."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from xiezuo.collaboration.models.requests import Request
from xiezuo.collaboration.states import LoanKind, LoanOutcome, LoanState

_COMMISSION = "organisation.Commission"
_UNIT = "organisation.Unit"


class Loan(models.Model):
    """One row is one application of a unit for people on loan (借调), by profile and never by name, and how it stands.

    `unit` uses them. One for a matter names its `request`; one to a post opens its `criteria` to several candidates.
    `starts` and `ends` are half-open days. `rule` is the edition of the procedure that it began under. `duties` are the
    auxiliary acts, or the plan of a training. One without an `approval` was in the ledger before and was registered.
    """

    commission = models.ForeignKey(_COMMISSION, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.IntegerField()
    number = models.IntegerField()
    kind = models.TextField(choices=LoanKind)
    unit = models.ForeignKey(_UNIT, on_delete=models.PROTECT, related_name="+", db_index=False)
    request = models.ForeignKey(
        Request, null=True, blank=True, on_delete=models.PROTECT, related_name="loans"
    )
    post = models.TextField(default="", blank=True)
    people = models.PositiveIntegerField()
    skills = ArrayField(models.TextField(), default=list, blank=True)
    criteria = models.TextField(default="", blank=True)
    reason = models.TextField()
    basis = models.TextField(default="", blank=True)
    duties = models.TextField(default="", blank=True)
    mentor = models.BigIntegerField(null=True, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    state = models.TextField(choices=LoanState, default=LoanState.DECIDING)
    rule = models.BigIntegerField()
    approval = models.BigIntegerField(null=True, blank=True)
    applicant = models.BigIntegerField()
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="loan_number_once", fields=["commission", "year", "number"]),
            models.CheckConstraint(name="loan_period", condition=Q(starts__lt=F("ends"))),
            models.CheckConstraint(name="loan_of_somebody", condition=Q(people__gte=1)),
            # One loan is for one matter: one for a matter always names it.
            models.CheckConstraint(
                name="loan_for_one_matter", condition=~Q(kind=LoanKind.MATTER) | Q(request__isnull=False)
            ),
        ]
        indexes = [
            models.Index(name="loan_ends", fields=["commission", "ends"]),
            models.Index(name="loan_of_unit", fields=["unit", "-id"]),
            models.Index(name="loan_approval", fields=["approval"]),
        ]


class Lent(models.Model):
    """One row is one person of a loan: a candidate first, then lent on the days `[starts, ends)` with the consent of home.

    Home is a unit of the ledger, or a body outside it (`home_outside`) whose consent is a paper. `declined` are the words
    of a home that does not agree. `ends` is the day on which it truly ended, once `returned_on` says so.
    `evaluation` is the words of the using unit (鉴定), shown to the person on `shown_on`. A trial ends by a collective
    decision (`meeting`) to keep or to return. `assignment` is the row of the ledger that the loan made.
    """

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="lent", db_index=False)
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)  # fmt: skip
    home = models.ForeignKey(
        _UNIT, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    home_outside = models.TextField(default="", blank=True)
    chosen = models.BooleanField(default=False)
    judged = models.TextField(default="", blank=True)
    declined = models.TextField(default="", blank=True)
    consent_no = models.TextField(default="", blank=True)
    consent_on = models.DateField(null=True, blank=True)
    consent_by = models.BigIntegerField(null=True, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    extended = models.PositiveIntegerField(default=0)
    returned_on = models.DateField(null=True, blank=True)
    evaluation = models.TextField(default="", blank=True)
    evaluated_by = models.TextField(default="", blank=True)
    evaluated_at = models.DateTimeField(null=True, blank=True)
    shown_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(choices=LoanOutcome, default=LoanOutcome.OPEN, blank=True)
    meeting = models.TextField(default="", blank=True)
    assignment = models.BigIntegerField(null=True, blank=True)
    told = ArrayField(models.TextField(), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="lent_once", fields=["loan", "person"]),
            models.CheckConstraint(
                name="lent_period", condition=Q(starts__isnull=True) | Q(starts__lt=F("ends"))
            ),
            models.CheckConstraint(
                name="lent_with_consent", condition=Q(starts__isnull=True) | Q(consent_on__isnull=False)
            ),
            models.CheckConstraint(
                name="kept_by_a_meeting", condition=~Q(outcome=LoanOutcome.KEPT) | ~Q(meeting="")
            ),
            models.CheckConstraint(
                name="lent_from_one_home", condition=Q(home__isnull=False) ^ ~Q(home_outside="")
            ),
            # Nobody is lent to two at once, whatever two people do at the same moment.
            ExclusionConstraint(
                name="lent_to_one",
                expressions=[
                    (
                        Func(F("person"), F("person"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (Func(F("starts"), F("ends"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(starts__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="lent_days", fields=["person", "ends"]),
            models.Index(
                name="lent_running",
                fields=["ends"],
                condition=Q(starts__isnull=False, returned_on__isnull=True),
            ),
        ]


class Pairing(models.Model):
    """One row pairs a strong unit with a weak one for a time (帮扶), with aims, visits and an end review. It gives no file access."""

    commission = models.ForeignKey(_COMMISSION, on_delete=models.PROTECT, related_name="+", db_index=False)
    strong = models.ForeignKey(_UNIT, on_delete=models.PROTECT, related_name="+")
    weak = models.ForeignKey(_UNIT, on_delete=models.PROTECT, related_name="+")
    aims = models.TextField()
    starts = models.DateField()
    ends = models.DateField()
    basis = models.TextField(default="", blank=True)
    agreed_by = models.TextField()
    agreed_at = models.DateTimeField()
    review = models.TextField(default="", blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="pairing_period", condition=Q(starts__lt=F("ends"))),
            models.CheckConstraint(name="pairing_of_two", condition=~Q(strong=F("weak"))),
        ]
        indexes = [models.Index(name="pairing_day", fields=["commission", "ends", "starts"])]


class PairingVisit(models.Model):
    """One row is one visit or act within a pairing: the day, what was done, for how many hours."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="visits")
    day = models.DateField()
    what = models.TextField()
    hours = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    by = models.TextField()
    at = models.DateTimeField()
    key = models.UUIDField(unique=True)
