"""Figures of help: how often people were sent (人次), and for how many days, given by one unit and received by another."""

from typing import Any

from django.db.models import DateField, F, Func, IntegerField, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, Greatest, Least
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.collaboration.figures.matters import FIRST_PLACE, columns_of, figure
from xiezuo.collaboration.models import Member
from xiezuo.figures.api import Asked, Balance, Column, between
from xiezuo.organisation.columns import unit_name

Rows = QuerySet[Any, Any]
DAYS = pgettext_lazy("unit of count", "days")


def at_work(asked: Asked) -> Rows:
    """Members who joined a team that was sent: from `first_day`, the day they went, before `over`, the day they were back."""
    rows = Member.objects.filter(joined_at__isnull=False, request__sent_on__isnull=False)
    named = rows.annotate(
        commission_id=F("request__commission_id"), position=F("pk"), first_day=Greatest("starts", "request__sent_on"),
        over=Least("ends", Coalesce("left_on", "ends"), Coalesce("request__ended_on", "ends")),
    )  # fmt: skip
    return asked.of_commissions(named).filter(first_day__lt=F("over"))


def sent(asked: Asked) -> Rows:
    """Of these, who went in the period. Whoever is in two teams one after the other counts twice."""
    return at_work(asked).filter(first_day__gte=asked.first, first_day__lte=asked.last).annotate(day=F("first_day"))  # fmt: skip


def helped(asked: Asked) -> Rows:
    """Of these, who were at work in the period, with the days of it on which they were."""
    inside = at_work(asked).filter(first_day__lte=asked.last, over__gt=asked.first)
    end = Least(F("over"), _next_day(asked.last), output_field=DateField())
    begin = Greatest(F("first_day"), Cast(asked.first, DateField()), output_field=DateField())
    return inside.annotate(days=_days(begin, end))


class _NextDay(Func):
    template = "(%(expressions)s + 1)"
    output_field = DateField()


class _Minus(Func):
    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()


def _next_day(day: Any) -> Any:
    return _NextDay(Cast(day, DateField()))


def _days(begin: Any, end: Any) -> Any:
    return _Minus(end, begin)


HOME = Column("home", _("Unit that helps"), unit_name("unit_id"), link="unit", link_id="unit_id")
OF_MEMBER = {"record": "team_member", "columns": (*columns_of("request__"), HOME)}


def _of_others(asked: Asked) -> Rows:
    return helped(asked).exclude(Q(unit_id=F("request__unit_id")))


def _total(numbers: Any) -> int:
    return sum(numbers)


FIGURES = (
    figure("members_sent", _("Members of teams sent"), _("Times that somebody went out with a team in the period; whoever is in two teams one after the other counts twice."), 30, sent, unit=pgettext_lazy("unit of count", "times"), **OF_MEMBER),
    figure("days_of_help", _("Days of help"), _("Calendar days of the period on which members of teams were out, each member for themself."), 31, helped, unit=DAYS, measure="days", reduce=_total, **OF_MEMBER),
    figure("days_given", _("Of which given to another unit"), _("Of the days of help, those of members whose unit is not the one that asked."), 32, _of_others, unit=DAYS, measure="days", reduce=_total, **OF_MEMBER),
    figure("days_own", _("Of which in a matter of the own unit"), _("Of the days of help, those of members of the unit that asked."), 33, lambda asked: helped(asked).filter(unit_id=F("request__unit_id")), unit=DAYS, measure="days", reduce=_total, **OF_MEMBER),
)  # fmt: skip

BALANCES = (
    Balance(
        id="collaboration.days_by_unit", kind="identity", order=FIRST_PLACE + 4, rule=_("Days of help = given to another unit + in a matter of the own unit"),
        **between("collaboration.days_of_help", lambda given, own: given + own, "collaboration.days_given", "collaboration.days_own"),
    ),
)  # fmt: skip
