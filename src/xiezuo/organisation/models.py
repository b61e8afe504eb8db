"""Tables of the organisation: who exists, who holds which post, who is in charge of what, from when to when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xiezuo.organisation.states import CountyType, Engagement, LeaveKind, Mode, Sex, Status, UnitKind
from xiezuo.shared.ledger import LedgerRow, asked_by_day, never_twice, period_is_sound
from xiezuo.shared.periods import OPEN


class Commission(models.Model):
    """One row is one commission for discipline inspection: a county's, or the city's or province's above it.

    `ledger_version` grows with every change of its ledger, so that what was computed from it can be kept until then.
    """

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="below")
    code = models.TextField(_("code"), unique=True)
    name = models.TextField(_("name"))
    region = models.TextField(_("region"))
    county_type = models.TextField(_("county type"), choices=CountyType, default=CountyType.COUNTY)
    kept_until = models.DateField(_("ledger kept until"), null=True, blank=True)
    standards_off = ArrayField(models.TextField(), default=list, blank=True)
    ledger_version = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """One row is one unit (机构) of a commission, whatever it is called on a day."""

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="units")
    code = models.TextField(_("code"))

    class Meta:
        constraints = [models.UniqueConstraint(name="unit_code_once", fields=["commission", "code"])]

    def __str__(self) -> str:
        return self.code


class UnitRecord(LedgerRow):
    """One row says what a unit is called and does over a period; a unit stands on the days that its rows cover."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="records")
    name = models.TextField(_("name"))
    kind = models.TextField(_("kind"), choices=UnitKind)
    aliases = ArrayField(models.TextField(), default=list, blank=True)
    order_no = models.IntegerField(null=True, blank=True)
    place = models.TextField(default="", blank=True)
    host = models.TextField(default="", blank=True)
    supervised = ArrayField(models.TextField(), default=list, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    functions = ArrayField(models.TextField(), default=list, blank=True)

    class Meta:
        constraints = [period_is_sound("unit_record_period"), never_twice("unit_record_once", "unit_id")]
        indexes = [asked_by_day("unit_record_day", "unit", "kind")]


class Person(models.Model):
    """One row is one person who holds or held a post; no identity number, no address, no family."""

    commission = models.ForeignKey(
        Commission, on_delete=models.PROTECT, related_name="people", db_index=False
    )
    code = models.TextField(_("code"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="person_code_once", fields=["commission", "code"]),
            # What rows about people refer to: the person and the commission at once.
            models.UniqueConstraint(name="person_of_commission", fields=["commission", "id"]),
        ]

    def __str__(self) -> str:
        return self.code


class PersonRecord(LedgerRow):
    """One row says what a person is called and can do over a period. Birth month, origin and telephone are masked."""

    # One foreign key over both columns (in the migrations): a row and its person are of one commission.
    commission = models.ForeignKey(
        Commission, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records", db_constraint=False)
    name = models.TextField(_("name"))
    sex = models.TextField(_("sex"), choices=Sex)
    order_no = models.IntegerField(null=True, blank=True)
    born = models.DateField(null=True, blank=True)
    origin = models.TextField(default="", blank=True)
    skills = ArrayField(models.TextField(), default=list, blank=True)
    telephone = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            period_is_sound("person_record_period"),
            never_twice("person_record_once", "person_id"),
        ]
        indexes = [asked_by_day("person_record_day", "person")]


class Assignment(LedgerRow):
    """One row is one person in one post of one unit (任职): taken up on `starts`, given up on `ends`.

    `moves` are the ways in which the post was taken up, `leaving` the way in which it was given up.
    """

    # One foreign key over both columns (in the migrations): a row and its person are of one commission.
    commission = models.ForeignKey(
        Commission, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="assignments", db_index=False, db_constraint=False
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments", db_index=False)
    post = models.TextField(_("post"))
    engagement = models.TextField(_("full-time or part-time"), choices=Engagement)
    status = models.TextField(_("status"), choices=Status)
    other_posts = models.TextField(default="", blank=True)
    moves = ArrayField(models.TextField(), default=list)
    from_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    from_outside = models.TextField(default="", blank=True)
    leaving = models.TextField(default="", blank=True)
    to_outside = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            period_is_sound("assignment_period"),
            never_twice("assignment_once", "person_id", "unit_id", texts=("post",)),
        ]
        indexes = [
            asked_by_day("assignment_day", "unit", "person", "engagement", "post"),
            models.Index(
                name="assignment_begun",
                fields=["commission", "starts"],
                condition=Q(known_until__isnull=True),
            ),
            models.Index(
                name="assignment_of_unit", fields=["unit", "ends"], condition=Q(known_until__isnull=True)
            ),
            models.Index(
                name="assignment_of_person", fields=["person", "ends"], condition=Q(known_until__isnull=True)
            ),
        ]


class Portfolio(LedgerRow):
    """One row is one leader's share in the division of work (领导分工): a unit, or a line of work in words."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="portfolios")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="leaders")
    line = models.TextField(default="", blank=True)
    mode = models.TextField(_("mode"), choices=Mode)

    class Meta:
        constraints = [
            period_is_sound("portfolio_period"),
            models.CheckConstraint(name="portfolio_target", condition=Q(unit__isnull=False) ^ ~Q(line="")),
            never_twice(
                "portfolio_unit_once",
                "person_id",
                "unit_id",
                texts=("mode",),
                condition=Q(unit__isnull=False),
            ),
            never_twice(
                "portfolio_line_once", "person_id", texts=("line", "mode"), condition=Q(unit__isnull=True)
            ),
        ]
        indexes = [asked_by_day("portfolio_day")]


class Establishment(LedgerRow):
    """One row is a standard (配备标准): so many people in a post of one unit, or of every unit of a kind."""

    kind = models.TextField(_("kind"), choices=UnitKind)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="standards")
    post = models.TextField(_("post"))
    people = models.PositiveIntegerField()
    full_time = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            period_is_sound("establishment_period"),
            models.CheckConstraint(
                name="establishment_of_which", condition=Q(full_time__lte=models.F("people"))
            ),
            never_twice(
                "establishment_unit_once", "unit_id", texts=("post",), condition=Q(unit__isnull=False)
            ),
            never_twice(
                "establishment_kind_once",
                "commission_id",
                texts=("kind", "post"),
                condition=Q(unit__isnull=True),
            ),
        ]
        indexes = [asked_by_day("establishment_day")]


class Leave(LedgerRow):
    """One row is the days `[starts, ends)` on which one person is away (离岗); nobody is away twice on one day.

    It is entered by the head of a unit that answers for the person or by the case-management office, and cancelled by
    closing what is known. It is no sheet of the ledger book: a load changes none of it.
    """

    # One foreign key over both columns (in the migrations): a row and its person are of one commission.
    commission = models.ForeignKey(
        Commission, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leaves", db_constraint=False)
    kind = models.TextField(_("kind"), choices=LeaveKind)
    entered_by = models.TextField()

    class Meta:
        constraints = [
            period_is_sound("leave_period"),
            models.CheckConstraint(name="leave_ends", condition=Q(ends__lt=OPEN)),
            never_twice("leave_once", "person_id"),
        ]
        indexes = [asked_by_day("leave_day", "person")]


class SpentForm(models.Model):
    """One row is one confirmed form of one account: the same form sent again changes nothing.

    It is no fact of the ledger and is forgotten after some days.
    """

    key = models.UUIDField(unique=True)
    account = models.BigIntegerField()
    at = models.DateTimeField(db_index=True)
