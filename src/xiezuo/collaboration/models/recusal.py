"""Recusal: who was asked and answered, questions and decisions; grounds and interveners in sealed tables of their own."""

from django.db import models
from django.db.models import F, Q

from xiezuo.collaboration.models.requests import Request
from xiezuo.collaboration.states import InterferenceKind, RecusalDecision, RecusalSource

_PERSON = "organisation.Person"


class Declaration(models.Model):
    """One row says that a candidate was asked about ties to a matter, against a paper that the case-management office showed.

    Kept are who was asked, the day, whether an answer was given and whether it was "none"; never the person concerned.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="declarations", db_index=False)  # fmt: skip
    person = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    shown_on = models.DateField(null=True, blank=True)
    shown_by = models.BigIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    none = models.BooleanField(null=True, blank=True)
    paper_no = models.TextField(default="", blank=True)
    key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="declaration_once", fields=["request", "person"]),
            models.CheckConstraint(
                name="declaration_against_a_paper",
                condition=Q(answered_at__isnull=True) | Q(shown_on__isnull=False),
            ),
        ]


class Recusal(models.Model):
    """One row is one question whether a person must stand out of a request, and what was decided. Refusals are kept.

    It shows as 回避 with `clause`; the ground lies in `RecusalGround`, for the decider alone. While `decision` is empty the
    person's rights in the request are frozen. `deciders` are accounts; `due_on` is the day by which it is decided.
    `overridden_by` is the higher approver who let the person take part all the same, with a reason; `override_asked_of` is
    who was asked to, by whoever puts the team together, with a reason of what the work needs. `override_refused_at` is when
    they let the recusal stand.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="recusals", db_index=False)
    person = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.BigIntegerField(null=True, blank=True)
    source = models.TextField(choices=RecusalSource)
    clause = models.TextField()
    raised_by = models.BigIntegerField(null=True, blank=True)
    raised_at = models.DateTimeField()
    due_on = models.DateField()
    decider = models.BigIntegerField(null=True, blank=True)
    decision = models.TextField(choices=RecusalDecision, default=RecusalDecision.OPEN, blank=True)
    decided_by = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    overridden_by = models.BigIntegerField(null=True, blank=True)
    overridden_at = models.DateTimeField(null=True, blank=True)
    override_asked_by = models.BigIntegerField(null=True, blank=True)
    override_asked_of = models.BigIntegerField(null=True, blank=True)
    override_asked_at = models.DateTimeField(null=True, blank=True)
    override_asked_said = models.TextField(default="", blank=True)
    override_refused_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="recusal_open_once", fields=["request", "person"], condition=Q(decision="")
            ),
            models.CheckConstraint(
                name="recusal_not_decided_by_the_person",
                condition=Q(decided_by__isnull=True) | Q(account__isnull=True) | ~Q(decided_by=F("account")),
            ),
            models.CheckConstraint(
                name="recusal_override_asked_of_another",
                condition=Q(override_asked_by__isnull=True) | ~Q(override_asked_by=F("override_asked_of")),
            ),
            models.CheckConstraint(
                name="recusal_override_refused_once_asked",
                condition=Q(override_refused_at__isnull=True) | Q(override_asked_of__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="recusal_of_request", fields=["request", "person"]),
            models.Index(name="recusal_of_account", fields=["account", "request"]),
            models.Index(name="recusal_waits", fields=["decider", "due_on"], condition=Q(decision="")),
            models.Index(
                name="recusal_override_waits",
                fields=["override_asked_of"],
                condition=Q(override_asked_of__isnull=False, override_refused_at__isnull=True),
            ),
        ]


class RecusalGround(models.Model):
    """One row is the ground of one question of recusal and the reasons of its decisions. Read by its decider alone."""

    recusal = models.OneToOneField(Recusal, on_delete=models.PROTECT, related_name="ground")
    ground = models.TextField()
    said = models.TextField(default="", blank=True)
    decision_said = models.TextField(default="", blank=True)
    override_said = models.TextField(default="", blank=True)


class Interference(models.Model):
    """One row registers that somebody asked about, meddled in or pleaded in a matter (干预登记). It is never deleted.

    Read by those outside the matter who are entitled; whoever filed it keeps its number. Source: 监察法 66, 监察官法 46.
    """

    commission = models.ForeignKey("organisation.Commission", on_delete=models.PROTECT, related_name="+", db_index=False)  # fmt: skip
    year = models.IntegerField()
    number = models.IntegerField()
    request = models.ForeignKey(Request, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=InterferenceKind)
    on = models.DateField()
    how = models.TextField()
    filed_by = models.BigIntegerField()
    filed_name = models.TextField()
    filed_at = models.DateTimeField()
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="interference_number_once", fields=["commission", "year", "number"])
        ]
        indexes = [models.Index(name="interference_filed", fields=["commission", "-id"])]


class Intervener(models.Model):
    """One row names who intervened: the one name that the product keeps, in this sealed table of its own."""

    interference = models.OneToOneField(Interference, on_delete=models.PROTECT, related_name="intervener")
    name = models.TextField()
    office = models.TextField(default="", blank=True)


class InterferenceStep(models.Model):
    """One row says what was done about an interference: noted, handed on by pointer. Rows are added and never changed."""

    interference = models.ForeignKey(Interference, on_delete=models.PROTECT, related_name="steps")
    said = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    key = models.UUIDField(unique=True)
