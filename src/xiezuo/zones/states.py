"""Words of the zones."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class PlanKind(models.TextChoices):
    """What a plan does: draw everything anew, or one structural act on the plan in force."""

    WHOLE = "全案", _("whole plan")
    MERGE = "合并", _("merge of zones")
    SPLIT = "拆分", _("split of a zone")
    TRANSFER = "划转", _("transfer of units")


class PlanStage(models.TextChoices):
    """How far a plan has come. Whether a decided one is in force follows from its day."""

    DRAFT = "起草", pgettext_lazy("plan", "draft")
    CONSULTATION = "征求意见", pgettext_lazy("plan", "consultation")
    REVIEW = "审定", pgettext_lazy("plan", "being decided")
    DECIDED = "已决定", pgettext_lazy("plan", "decided")
    DROPPED = "已放弃", pgettext_lazy("plan", "given up")


class PlanVerb(models.TextChoices):
    """What can be done with a plan."""

    BEGIN = "begin", _("Begin a plan")
    EDIT = "edit", _("Edit the plan")
    CONSULT = "consult", _("Consult units")
    APPLY = "apply", _("Apply for the decision")
    NOT_PASSED = "not_passed", _("Not decided")
    DECIDE = "decide", _("Take effect")
    DROP = "drop", _("Give the plan up")
    FILE = "file", _("Enter an earlier decision")


_D, _C, _R = PlanStage.DRAFT, PlanStage.CONSULTATION, PlanStage.REVIEW
PLAN_MOVES: dict[tuple[PlanVerb, PlanStage | None], PlanStage] = {
    (PlanVerb.BEGIN, None): _D,
    (PlanVerb.FILE, None): PlanStage.DECIDED,
    (PlanVerb.EDIT, _D): _D,
    (PlanVerb.EDIT, _C): _C,
    (PlanVerb.CONSULT, _D): _C,
    (PlanVerb.CONSULT, _C): _C,
    (PlanVerb.APPLY, _C): _R,
    (PlanVerb.NOT_PASSED, _R): _C,
    (PlanVerb.DECIDE, _R): PlanStage.DECIDED,
    (PlanVerb.DROP, _D): PlanStage.DROPPED,
    (PlanVerb.DROP, _C): PlanStage.DROPPED,
}
"""(verb, stage before) → the stage after. What is not here cannot be done; the guard, the buttons and the diagram read it."""


def plan_diagram() -> str:
    """The moves of a plan as a Mermaid state diagram, in the words of the code."""
    lines = [
        f"    {before.name if before else '[*]'} --> {after.name}: {verb.value}"
        for (verb, before), after in PLAN_MOVES.items()
    ]
    ends = [f"    {stage.name} --> [*]" for stage in (PlanStage.DECIDED, PlanStage.DROPPED)]
    return "\n".join(["stateDiagram-v2", *lines, *ends])


class JoiningFor(models.TextChoices):
    """For what zones act as one."""

    MATTER = "事项", pgettext_lazy("joining", "one matter")
    TASK = "专项任务", pgettext_lazy("joining", "a special task")
    PERIOD = "一段时间", pgettext_lazy("joining", "a period")


class MeetingState(models.TextChoices):
    """How a zone meeting stands."""

    PLANNED = "拟召开", pgettext_lazy("zone meeting", "planned")
    HELD = "已召开", pgettext_lazy("zone meeting", "held")
    CANCELLED = "取消", pgettext_lazy("zone meeting", "cancelled")


class Presence(models.TextChoices):
    """Whether a unit came."""

    CAME = "到会", pgettext_lazy("zone meeting", "came")
    EXCUSED = "请假", pgettext_lazy("zone meeting", "excused")
    ABSENT = "缺席", pgettext_lazy("zone meeting", "absent")


class GroundKind(models.TextChoices):
    """What a county gives to draw zones on."""

    WAYS = "行程", _("travel times")
    LOADS = "负荷", _("loads")
    NEIGHBOURS = "相邻", _("neighbours")
    AREAS = "边界", _("areas")


class ProposalState(models.TextChoices):
    """How far a question for proposals is."""

    WAITING = "排队", pgettext_lazy("proposals", "waiting")
    RUNNING = "计算中", pgettext_lazy("proposals", "being reckoned")
    DONE = "完成", pgettext_lazy("proposals", "done")
    IMPOSSIBLE = "无解", pgettext_lazy("proposals", "the rules leave no plan")
    CANCELLED = "已取消", pgettext_lazy("proposals", "cancelled")
    FAILED = "失败", pgettext_lazy("proposals", "failed")
