"""Words of the rules that are closed lists: the status of a regulation, kinds of work rules, units of limits."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RegulationStatus(models.TextChoices):
    """Every screen and report speaks from this one word."""

    PLANNED = "立项", _("planned")
    DRAFT = "起草", pgettext_lazy("regulation", "draft")
    CONSULTATION = "征求意见", _("consultation")
    REVIEW = "审核", pgettext_lazy("regulation", "in review")
    TRIAL = "试行", _("on trial")
    IN_FORCE = "施行", _("in force")
    REPEALED = "废止", _("repealed")


class LimitUnit(models.TextChoices):
    """What a limit is counted in."""

    WORKING_DAYS = "工作日", _("working days")
    DAYS = "日", _("days of the calendar")
    MONTHS = "个月", _("months")
    HOURS = "小时", _("hours")
    COUNT = "个", pgettext_lazy("counted in", "number")
    PERCENT = "%", pgettext_lazy("counted in", "percent")
    MINUTES = "分钟", _("minutes")


OF_ZONE_PLANS = (LimitUnit.COUNT, LimitUnit.PERCENT, LimitUnit.MINUTES)
"""What only rules of zone plans count in: no time within which something is done."""


class Light(models.TextChoices):
    """How far a limit is used up."""

    GREEN = "green", _("in time")
    AMBER = "amber", _("half of the time is used up")
    RED = "red", _("past the limit")


class RuleKind(models.TextChoices):
    """What a work rule is of."""

    PROCEDURE = "程序", _("Procedure")
    SITUATION = "情形", _("Situation")
    METHOD = "方式", _("Method of working together")
    DEADLINE = "期限", _("Deadline")
    GROUND = "回避事由", _("Ground for recusal")
    INTERNAL = "内部事项", _("Internal matter")
    ZONING = "划区规则", _("Rule of zone plans")


class Badge(models.TextChoices):
    """On what a rule rests; a screen never shows a rule without it."""

    STATUTE = "法规", _("statute, read in full")
    SOURCED = "有出处", _("published source")
    LOCAL = "本地默认", _("local default")
    GENERAL = "待核", _("general knowledge, to be checked against the text")


class Approver(models.TextChoices):
    """Who decides, as an office rather than a person. Source: domain.md §1.4."""

    UNIT_HEAD = "单位负责人", _("head of the unit")
    AXIS = "轴心单位负责人", _("head of the axis office")
    CONTACT = "联系常委", _("standing member of the zone")
    DEPUTY = "分管副书记", _("deputy secretary in charge")
    SECRETARY = "书记", _("secretary")
    CASE_MANAGEMENT = "案件监督管理室", _("case-management office")
    ORGANISATION = "组织部", _("organisation department")
    CADRE_SUPERVISION = "干部监督室", _("cadre-supervision office")
    ADJUDICATION = "案件审理室", _("adjudication office")
    HOME_UNIT = "派出单位", _("home unit")
    MEASURE = "措施审批人", _("whoever approves the measure")
    TEAM_LEAD = "组长", _("leader of the team")
    UPPER = "上级纪委监委", _("upper commission")


class DayKind(models.TextChoices):
    """How a day differs from Monday-to-Friday."""

    HOLIDAY = "放假", _("day off")
    MAKE_UP = "调休上班", _("make-up working day")


class Outcome(models.TextChoices):
    """What became of an opinion that was asked for."""

    OPEN = "", _("not settled yet")
    ADOPTED = "采纳", _("adopted")
    PARTLY = "部分采纳", _("adopted in part")
    NOT_ADOPTED = "未采纳", _("not adopted")
