"""Words of the zones."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """级别."""

    FIRST = "一级", _("first level")
    SECOND = "二级", _("second level")


class ZoneKind(models.TextChoices):
    """类别 of a second-level zone; first-level zones have none."""

    NONE = "", _("no kind")
    TOWNSHIP = "乡镇", _("township zone")
    DIRECT = "县直", _("direct zone")


class Role(models.TextChoices):
    """角色 of a unit in a zone; a helper (支援) is no member and may help several zones."""

    AXIS = "轴", _("axis")
    LEAD = "领办", _("lead unit")
    MEMBER = "成员", _("member")
    HELPER = "支援", _("helper")
