"""Words of the organisation. The values are the words of the ledger book, so that the ledger reads as it is spoken."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CountyType(models.TextChoices):
    """What kind of county; it decides how direct zones are called (县直, 市直, 区直)."""

    COUNTY = "县", _("county")
    CITY = "市", _("county-level city")
    DISTRICT = "区", _("district")


class UnitKind(models.TextChoices):
    """机构类型, in official order."""

    LEADERSHIP = "领导班子", _("leadership")
    SUPERVISION_OFFICE = "监督检查室", _("supervision office")
    INVESTIGATION_OFFICE = "审查调查室", _("investigation office")
    SUPPORT_OFFICE = "综合科室", _("support office")
    INSPECTION_BODY = "巡察机构", _("inspection body")
    OTHER_OFFICE = "其他内设机构", _("other internal office")
    STATIONED_GROUP = "派驻纪检监察组", _("stationed group")
    TOWNSHIP_STATION = "驻乡镇纪检监察工作室", _("township station")
    TOWNSHIP_COMMISSION = "乡镇纪委", _("township commission")
    SUBDISTRICT_COMMITTEE = "街道纪工委", _("subdistrict committee")
    ZONE_COMMITTEE = "开发区纪检监察工委", _("development zone committee")
    DISPATCHED_OFFICE = "派出监察办公室", _("dispatched supervision office")
    ENTERPRISE_COMMISSION = "国有企业纪委", _("enterprise commission")


INTERNAL_OFFICES = (
    UnitKind.SUPERVISION_OFFICE,
    UnitKind.INVESTIGATION_OFFICE,
    UnitKind.SUPPORT_OFFICE,
    UnitKind.INSPECTION_BODY,
    UnitKind.OTHER_OFFICE,
)
"""机关: the kinds from which staff are "moved from the organs"."""


class Sex(models.TextChoices):
    """性别."""

    MALE = "男", _("male")
    FEMALE = "女", _("female")


class Engagement(models.TextChoices):
    """专兼职."""

    FULL_TIME = "专职", _("full-time")
    PART_TIME = "兼职", _("part-time")


class Status(models.TextChoices):
    """人员性质."""

    ESTABLISHED = "在编", _("established")
    INSTITUTION = "事业", _("public institution staff")
    CONTRACT = "聘用", _("contract")
    SECONDED = "借调", _("seconded")
    ATTACHED = "挂职", _("attached for practice")
    SHADOWING = "跟班", _("learning on the job")


LENT = (Status.SECONDED, Status.ATTACHED, Status.SHADOWING)
"""Staff who belong to another unit: shown apart as "of which" in every staffing figure."""


class MoveIn(models.TextChoices):
    """变动方式: how a post was taken up."""

    OPENING = "期初", _("opening")
    TRANSFERRED = "调入", _("transferred in")
    MOVED = "调整", _("moved within")
    APPOINTED = "配备", _("appointed")
    ELECTED = "选举", _("elected")
    NEW = "新任", _("newly in post")
    ROTATED = "轮岗", _("rotated")
    RECRUITED = "考录", _("recruited")
    SECONDED = "借调", _("seconded")
    ATTACHED = "挂职", _("attached for practice")
    SHADOWING = "跟班", _("learning on the job")
    MADE_FULL_TIME = "兼职转专职", _("made full-time")


class MoveOut(models.TextChoices):
    """离任方式: how a post was given up."""

    MOVED = "调整", _("moved within")
    TRANSFERRED = "调出", _("transferred out")
    LOAN_ENDED = "借调期满", _("loan ended")
    RETIRED = "退休", _("retired")
    REMOVED = "免职", _("removed from post")
    RESIGNED = "辞职", _("resigned")
    CHANGED = "转任", _("changed post")
    DIED = "去世", _("died")


class Mode(models.TextChoices):
    """方式 of a leader's share in the division of work."""

    IN_CHARGE = "分管", _("in charge")
    ASSISTING = "协管", _("assisting")
    CONTACT = "联系", _("contact")


class LeaveKind(models.TextChoices):
    """离岗类别: why somebody is away, in words that say nothing of their health or their family."""

    ANNUAL = "年休", _("annual leave")
    TRAINING = "培训", pgettext_lazy("kind of absence", "training")
    TRIP = "出差", _("official trip")
    OTHER = "其他", _("another reason")


HEAD = "组长"
SECRETARY = "书记"
DEPUTY_SECRETARY = "副书记"
MEMBER = "委员"
