"""Words of the sites."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteKind(models.TextChoices):
    """类型 of a site."""

    TALK_ROOM = "谈话室", _("talk room")
    WAITING_ROOM = "候谈室", _("waiting room")
    MONITOR_ROOM = "监控室", _("monitor room")
    OFFICE = "办公室", _("office")
    INTEGRATED_AREA = "集中办公区", _("integrated area")
    CORRIDOR = "廉政文化走廊", _("integrity culture corridor")
    CULTURE_SITE = "廉政教育阵地", _("integrity culture site")
    EDUCATION_BASE = "教育基地", _("education base")


class Grade(models.TextChoices):
    """等次."""

    NONE = "", _("not graded")
    STANDARD = "标准", _("standard")
    HIGH = "高标准", _("high standard")


class Condition(models.TextChoices):
    """状态 of an item of equipment."""

    SOUND = "完好", _("sound")
    FAULTY = "故障", _("faulty")


RECORDER = "同步录音录像"
SAFE = "保密柜"
FIRST_AID = "急救药品"
