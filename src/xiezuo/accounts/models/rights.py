"""What an account may see and do: decisions of two persons, and what follows from them and from the ledger."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields.ranges import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When

from xiezuo.accounts.models.account import User
from xiezuo.accounts.roles import ADMINISTRATORS, Role, Scope

SCOPES = [(scope.value, scope.value) for scope in Scope]
OUTCOMES = [("", ""), ("confirmed", "confirmed"), ("refused", "refused"), ("withdrawn", "withdrawn")]


def _numbers(*bounds: F | Value) -> Func:
    return Func(*bounds, function="int8range", output_field=BigIntegerRangeField())


def _is_one(*outcomes: str) -> Q:
    return Q(outcome__in=outcomes)


class Grant(models.Model):
    """One row is one proposal to give an account a role over something from a day to a day, and what became of it.

    It is proposed by one and decided by another, neither of whom is the one who gains by it. `while_in` ties it to a
    unit: it gives nothing on the days on which the person holds no post there. `approval` is the application that
    decides it in steps; without one a second person decides on the page of the grant.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.TextField(choices=Role)
    commission = models.BigIntegerField(null=True, blank=True)
    scope_kind = models.TextField(choices=SCOPES)
    scope_id = models.BigIntegerField(default=0)
    starts = models.DateField()
    ends = models.DateField()
    reason = models.TextField()
    substitutes = models.BooleanField(default=False)
    while_in = models.BigIntegerField(null=True, blank=True)
    approval = models.BigIntegerField(null=True, blank=True)
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    outcome = models.TextField(choices=OUTCOMES, default="", blank=True)
    decided_by = models.TextField(default="", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.TextField(default="", blank=True)
    ended_because = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="grant_period", condition=Q(starts__lt=F("ends"))),
            models.CheckConstraint(name="grant_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="grant_decided_by_a_second_person",
                condition=~_is_one("confirmed") | (~Q(decided_by="") & ~Q(decided_by=F("proposed_by"))),
            ),
        ]
        indexes = [models.Index(name="grant_of_account", fields=["user", "ends"])]


class Right(models.Model):
    """One row is one role that an account holds over one thing on the days `[starts, ends)`, and what it rests on.

    Rows are made from the ledger and from confirmed grants, by the product alone; the policies of the database read
    nothing else. A row that no longer follows is closed in knowledge (`known_until`), so that who could see what on
    a day can be asked later. `because` names the post, the zone or the grant.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="rights", db_index=False)
    role = models.TextField(choices=Role)
    commission = models.BigIntegerField(null=True, blank=True)
    scope_kind = models.TextField(choices=SCOPES)
    scope_id = models.BigIntegerField(default=0)
    starts = models.DateField()
    ends = models.DateField()
    because = models.JSONField(default=dict)
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="right_period", condition=Q(starts__lt=F("ends"))),
            models.CheckConstraint(
                name="right_of_administrator_over_installation",
                condition=Q(role__in=ADMINISTRATORS, scope_kind=Scope.INSTALLATION, commission__isnull=True)
                | (
                    ~Q(role__in=ADMINISTRATORS)
                    & ~Q(scope_kind=Scope.INSTALLATION)
                    & Q(commission__isnull=False)
                ),
            ),
            # An administrator's right takes every place of an account on its days, any other right only its own:
            # so whatever way a row comes, nobody is an administrator and anything else on one day.
            ExclusionConstraint(
                name="administrator_is_nothing_else",
                expressions=[
                    (_numbers(F("user"), F("user"), Value("[]")), RangeOperators.OVERLAPS),
                    (
                        Func(F("starts"), F("ends"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Case(
                            When(role__in=ADMINISTRATORS, then=_numbers(Value(None), Value(None))),
                            default=_numbers(F("id"), F("id"), Value("[]")),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(known_until__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="right_of_account", fields=["user", "ends"], condition=Q(known_until__isnull=True)
            ),
            models.Index(name="right_over_scope", fields=["scope_kind", "scope_id"]),
        ]
