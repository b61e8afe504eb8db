"""Requests for collaboration: what is asked, how it stands, every move, and who may read it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from xiezuo.collaboration.states import (
    ENDED,
    Duty,
    Measure,
    RequestLevel,
    RequestState,
    RequestVerb,
    Result,
)

_COMMISSION = "organisation.Commission"
_UNIT = "organisation.Unit"


class Request(models.Model):
    """One row is one request of a unit for collaboration (协作申请), from its draft to its file.

    `rule` is the edition of the procedure (situation × method) that it began under, `zone` the second-level zone and `axis`
    the units that received it: they stay with it whatever is redrawn later. `lead` is the one 牵头单位, `lead_reason` why it
    is no 领办 office. It asks for a profile (`people`, `women`, `own`, `roles` as {role: least}, `skills`), never for a name.
    `reason` and `pointer` say where the matter lies, never what it is about; `about_units` and `about_places` are what the
    ledger matches people against. `starts` and `ends` are the half-open days asked for; the work is due by `due_on`,
    `first_due_on` never changes once set. `next_due_on` is the day by which the next step is due, whoever takes it.
    `blocked` keeps the own unit from acting and reading (R04), `sealed` keeps it to named readers (R18). An urgent one acts
    first: `oral_by` agreed orally at `oral_at`, and it is written by `written_due`. `version` grows with every change.
    """

    commission = models.ForeignKey(_COMMISSION, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.IntegerField(null=True, blank=True)
    number = models.IntegerField(null=True, blank=True)
    unit = models.ForeignKey(_UNIT, on_delete=models.PROTECT, related_name="+", db_index=False)
    applicant = models.BigIntegerField()
    applicant_name = models.TextField()
    state = models.TextField(choices=RequestState)
    level = models.TextField(choices=RequestLevel, default=RequestLevel.SECOND)
    situation = models.TextField(default="", blank=True)
    method = models.TextField(default="", blank=True)
    rule = models.BigIntegerField(null=True, blank=True)
    zone = models.BigIntegerField(null=True, blank=True)
    first_zone = models.BigIntegerField(null=True, blank=True)
    axis = ArrayField(models.BigIntegerField(), default=list, blank=True)
    lead = models.ForeignKey(_UNIT, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)  # fmt: skip
    lead_reason = models.TextField(default="", blank=True)
    duty = models.TextField(choices=Duty, default=Duty.SUPERVISION)
    measures = ArrayField(models.TextField(choices=Measure), default=list, blank=True)
    reason = models.TextField(default="", blank=True)
    pointer = models.TextField(default="", blank=True)
    earlier = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later")
    letter_no = models.TextField(default="", blank=True)
    about_units = ArrayField(models.BigIntegerField(), default=list, blank=True)
    about_places = ArrayField(models.TextField(), default=list, blank=True)
    wanted_units = ArrayField(models.BigIntegerField(), default=list, blank=True)
    authorisations = ArrayField(models.BigIntegerField(), default=list, blank=True)
    people = models.PositiveIntegerField(default=0)
    women = models.PositiveIntegerField(default=0)
    own = models.PositiveIntegerField(default=0)
    roles = models.JSONField(default=dict, blank=True)
    skills = ArrayField(models.TextField(), default=list, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    site = models.BigIntegerField(null=True, blank=True)
    site_words = models.TextField(default="", blank=True)
    carries_secrets = models.BooleanField(default=False)
    pages_attached = models.PositiveIntegerField(default=0)
    blocked = models.BooleanField(default=False)
    sealed = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    oral_by = models.BigIntegerField(null=True, blank=True)
    oral_at = models.DateTimeField(null=True, blank=True)
    written_due = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    approval = models.BigIntegerField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decide_by = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    begun_on = models.DateField(null=True, blank=True)
    first_due_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    extensions = ArrayField(models.IntegerField(), default=list, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    result = models.TextField(choices=Result, default=Result.OPEN, blank=True)
    problems = models.PositiveIntegerField(default=0)
    closing_note = models.TextField(default="", blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.TextField(default="", blank=True)
    transferred_to = models.TextField(default="", blank=True)
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(unique=True)
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            # The number is taken at submission and never given twice; one that was cancelled stays visible.
            models.UniqueConstraint(name="request_number_once", fields=["commission", "year", "number"]),
            models.CheckConstraint(
                name="request_period", condition=Q(starts__isnull=True) | Q(starts__lt=F("ends"))
            ),
            models.CheckConstraint(name="request_women_of_people", condition=Q(women__lte=F("people"))),
            models.CheckConstraint(name="request_own_of_people", condition=Q(own__lte=F("people"))),
            models.CheckConstraint(
                name="request_numbered_once_submitted",
                condition=Q(state=RequestState.DRAFT) | Q(number__isnull=False),
            ),
            models.CheckConstraint(
                name="request_led_by_one", condition=Q(state=RequestState.DRAFT) | Q(lead__isnull=False)
            ),
        ]
        indexes = [
            models.Index(name="request_open", fields=["commission", "next_due_on", "id"], condition=~Q(state__in=ENDED)),
            models.Index(name="request_latest", fields=["commission", "-id"]),
            models.Index(name="request_of_unit", fields=["unit", "-id"]),
            models.Index(name="request_of_lead", fields=["lead", "-id"]),
            models.Index(name="request_approval", fields=["approval"]),
            models.Index(name="request_applied", fields=["applicant", "-id"]),
            models.Index(name="request_decided", fields=["commission", "decided_at"]),
            models.Index(name="request_pointer", fields=["commission", "pointer"], condition=~Q(pointer="")),
        ]  # fmt: skip


class RequestMove(models.Model):
    """One row is one thing that was done with a request. Rows are added and never changed.

    `basis` is the clause or rule that it rests on. `stood` is the SHA-256 of the request as it stood after it (canonical
    JSON), `digest` that of this row with it, chained by `before`, the digest of the move before: nobody changes who signed
    what, or what was signed, unseen. `account` is empty where the product itself acted.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="moves", db_index=False)
    version = models.PositiveIntegerField()
    verb = models.TextField(choices=RequestVerb)
    state = models.TextField(choices=RequestState)
    account = models.BigIntegerField(null=True, blank=True)
    by = models.TextField()
    at = models.DateTimeField()
    basis = models.TextField(default="", blank=True)
    said = models.TextField(default="", blank=True)
    details = models.JSONField(default=dict, blank=True)
    stood = models.TextField(default="", blank=True)
    before = models.TextField(default="", blank=True)
    digest = models.TextField()
    key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="request_move_once", fields=["request", "version"])]


class Access(models.Model):
    """One row lets one account read one request on the days `[starts, ends)`, and says why; it ends by itself.

    `cut_at` ends it at once, as a recusal does. `because` is a word: applicant, party, member, widened.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="readers", db_index=False)
    account = models.BigIntegerField()
    starts = models.DateField()
    ends = models.DateField()
    because = models.TextField()
    cut_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="access_period", condition=Q(starts__lt=F("ends"))),
            models.UniqueConstraint(
                name="access_once",
                fields=["request", "account", "because"],
                condition=Q(cut_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(name="access_of_account", fields=["account", "ends"], condition=Q(cut_at__isnull=True))
        ]  # fmt: skip


class Widening(models.Model):
    """One row is one application to let somebody else read a request, decided by the head of its 牵头单位 (保密法 21)."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="widenings")
    account = models.BigIntegerField()
    until = models.DateField()
    reason = models.TextField()
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True, blank=True)
    decided_by = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="widening_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            )
        ]
