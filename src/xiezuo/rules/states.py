"""The one status of a regulation on a day, derived from the days of its life."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegulationStatus(models.TextChoices):
    """Every screen and report speaks from this one word."""

    PLANNED = "立项", _("planned")
    DRAFT = "起草", pgettext_lazy("regulation", "draft")
    CONSULTATION = "征求意见", _("consultation")
    TRIAL = "试行", _("on trial")
    IN_FORCE = "施行", _("in force")
    REPEALED = "废止", _("repealed")
