"""Words of meetings, visits and the plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingKind(models.TextChoices):
    """类型 of a meeting or visit."""

    VISIT = "检查调研", _("visit")
    PROMOTION = "专题推进会", _("promotion meeting")
    REGULAR = "例会", _("regular meeting")
    OTHER = "其他", _("other meeting")


LEAD = "带动"
"""类别 of the plan: what pulls the rest along; a county may use words of its own."""

PUSH = "推进"
"""类别 of the plan: what is pushed forward."""
