"""Tables of what superiors ask, who met whom, and what is planned. A row's `starts` is its day; see each docstring."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiezuo.directives.states import MeetingKind
from xiezuo.shared.ledger import LedgerRow, period_is_sound


def _once(name: str, *fields: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        name=name, fields=["commission", *fields, "starts"], condition=Q(known_until__isnull=True)
    )


class Directive(LedgerRow):
    """One row is one demand of a superior (上级部署), issued on `starts`; it stands until ended."""

    source = models.TextField(_("source"))
    name = models.TextField(_("name"))
    document_no = models.TextField(default="", blank=True)
    points = models.TextField(default="", blank=True)

    class Meta:
        constraints = [period_is_sound("directive_period"), _once("directive_once", "source", "name")]


class Meeting(LedgerRow):
    """One row is one meeting or visit, held from `starts` to `last_day` (blank: one day), `ends` being the day after."""

    kind = models.TextField(_("kind"), choices=MeetingKind)
    name = models.TextField(_("name"))
    led_by = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    last_day = models.DateField(null=True, blank=True)
    attended_by = ArrayField(models.TextField(), default=list, blank=True)
    units = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        constraints = [period_is_sound("meeting_period"), _once("meeting_once", "kind", "name")]


class PlanItem(LedgerRow):
    """One row is one item of the plan (工作谋划), begun on `starts`, due on `due_on`, done on `ends`."""

    category = models.TextField(_("category"))
    name = models.TextField(_("name"))
    aim = models.TextField(default="", blank=True)
    due_on = models.DateField(null=True, blank=True)
    progress = models.TextField(default="", blank=True)
    unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            _once("plan_item_once", "category", "name"),
            models.CheckConstraint(name="plan_item_period", condition=Q(starts__lte=F("ends"))),
        ]
