"""Teams: who is in the team of a request, as what, on which days; and what the system proposed."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.ranges import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from xiezuo.collaboration.models.requests import Request
from xiezuo.collaboration.states import MemberState, Standing, TeamRole, WhyLeft


class Member(models.Model):
    """One row is one person in the team (专班) of one request on the days `[starts, ends)`.

    `unit` is the unit the person came from, `loan` the loan that brought them if there is one. Nobody is in two teams on
    one day. `reasons` are the words of the proposal that was followed. `replaces` is who stood in this place before.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="members", db_index=False)
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+", db_index=False)  # fmt: skip
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    roles = ArrayField(models.TextField(choices=TeamRole), default=list)
    standing = models.TextField(choices=Standing)
    loan = models.BigIntegerField(null=True, blank=True)
    scope_words = models.TextField(default="", blank=True)
    starts = models.DateField()
    ends = models.DateField()
    state = models.TextField(choices=MemberState, default=MemberState.CHOSEN)
    why_left = models.TextField(choices=[("", ""), *WhyLeft.choices], default="", blank=True)
    reasons = models.JSONField(default=list, blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    chosen_by = models.TextField()
    chosen_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="member_period", condition=Q(starts__lt=F("ends"))),
            # A person chosen by two requests at once: the second is told.
            ExclusionConstraint(
                name="member_in_one_team",
                expressions=[
                    (Func(F("person"), F("person"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (Func(F("starts"), F("ends"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state=MemberState.LEFT),
            ),
            models.UniqueConstraint(
                name="member_once", fields=["request", "person"], condition=~Q(state=MemberState.LEFT)
            ),
            models.CheckConstraint(
                name="member_left_says_why", condition=~Q(state=MemberState.LEFT) | ~Q(why_left="")
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(name="members_of_request", fields=["request", "id"]),
            models.Index(name="member_days", fields=["person", "ends"], condition=~Q(state=MemberState.LEFT)),
        ]
