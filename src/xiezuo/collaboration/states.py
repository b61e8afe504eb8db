"""Words of the collaboration that are closed lists, and the moves of a request and of a loan as data.

The guard of each verb, the buttons of a page and the diagrams in the docs read this page. Source: domain.md §1.2, §1.4, §2.4.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RequestState(models.TextChoices):
    """How a request for collaboration stands."""

    DRAFT = "草稿", pgettext_lazy("request", "draft")
    ISSUING = "单位签发", _("being signed by the unit")
    SCREENING = "协作区研判", _("being screened by the zone")
    DECIDING = "审批中", pgettext_lazy("request", "being decided")
    RETURNED = "补正", pgettext_lazy("request", "returned to be completed")
    APPROVED = "已批准", pgettext_lazy("request", "approved")
    TEAMING = "组队", _("team being put together")
    SENT = "派出", _("team sent")
    WORKING = "执行", _("being carried out")
    REPORTED = "报告", _("result reported")
    EVALUATING = "评价", _("being evaluated")
    CLOSED = "归档", pgettext_lazy("request", "closed and filed")
    WITHDRAWN = "撤回", pgettext_lazy("request", "withdrawn")
    REFUSED = "不予协作", pgettext_lazy("request", "refused")
    TERMINATED = "终止", _("terminated")
    TRANSFERRED = "移交", _("transferred")


class RequestVerb(models.TextChoices):
    """What can be done with a request."""

    SAVE = "save", pgettext_lazy("request verb", "Save")
    SUBMIT = "submit", pgettext_lazy("request verb", "Submit")
    ACT_FIRST = "act_first", _("Act first, in writing within 24 hours")
    FOLLOW = "follow", _("Follow the approval")
    WRITE = "write", _("Submit the written request")
    FORM = "form", _("Put the team together")
    CHOOSE = "choose", pgettext_lazy("request verb", "Choose, exchange or release people")
    SEND = "send", _("Send the team")
    START = "start", _("Begin the work")
    EXTEND = "extend", _("Extend")
    REPORT = "report", _("Report the result")
    EVALUATE = "evaluate", _("Evaluate")
    CLOSE = "close", _("Close and file")
    RESCOPE = "rescope", _("Change the scope")
    ESCALATE = "escalate", _("Take to the next level")
    TERMINATE = "terminate", _("Terminate")
    TRANSFER = "transfer", _("Transfer")
    HAND_OVER = "hand_over", pgettext_lazy("request verb", "Hand over to another applicant")


_S = RequestState
ASKED = (_S.ISSUING, _S.SCREENING, _S.DECIDING)
"""Where an approval decides how it goes on."""
AT_WORK = (_S.TEAMING, _S.SENT, _S.WORKING, _S.REPORTED, _S.EVALUATING)
"""Where a team is being put together or at work."""
CHOOSING = (_S.TEAMING, _S.SENT, _S.WORKING)
"""Where people are chosen: while the team is put together, and as replacements later."""
_FOLLOWED = (*ASKED, _S.RETURNED, _S.APPROVED, _S.REFUSED, _S.WITHDRAWN)

REQUEST_MOVES: dict[tuple[RequestVerb, RequestState | None], tuple[RequestState, ...]] = {
    (RequestVerb.SAVE, None): (_S.DRAFT,),
    (RequestVerb.SAVE, _S.DRAFT): (_S.DRAFT,),
    (RequestVerb.SAVE, _S.RETURNED): (_S.RETURNED,),
    (RequestVerb.SUBMIT, _S.DRAFT): ASKED,
    (RequestVerb.SUBMIT, _S.RETURNED): ASKED,
    (RequestVerb.ACT_FIRST, None): (_S.TEAMING,),
    **{(RequestVerb.FOLLOW, state): _FOLLOWED for state in (*ASKED, _S.RETURNED)},
    **{(RequestVerb.WRITE, state): (state,) for state in AT_WORK},
    (RequestVerb.FORM, _S.APPROVED): (_S.TEAMING,),
    **{(RequestVerb.CHOOSE, state): (state,) for state in AT_WORK},
    (RequestVerb.SEND, _S.TEAMING): (_S.SENT,),
    (RequestVerb.START, _S.SENT): (_S.WORKING,),
    (RequestVerb.EXTEND, _S.SENT): (_S.SENT,),
    (RequestVerb.EXTEND, _S.WORKING): (_S.WORKING,),
    (RequestVerb.REPORT, _S.WORKING): (_S.REPORTED,),
    (RequestVerb.EVALUATE, _S.REPORTED): (_S.EVALUATING,),
    (RequestVerb.EVALUATE, _S.EVALUATING): (_S.EVALUATING,),
    (RequestVerb.CLOSE, _S.EVALUATING): (_S.CLOSED,),
    **{(RequestVerb.RESCOPE, state): ASKED for state in (_S.APPROVED, _S.TEAMING, _S.SENT, _S.WORKING)},
    **{(RequestVerb.ESCALATE, state): ASKED for state in (_S.APPROVED, _S.TEAMING, _S.REFUSED)},
    **{(RequestVerb.TERMINATE, state): (_S.TERMINATED,) for state in (_S.APPROVED, *AT_WORK)},
    **{(RequestVerb.TRANSFER, state): (_S.TRANSFERRED,) for state in (_S.APPROVED, *AT_WORK)},
    **{
        (RequestVerb.HAND_OVER, state): (state,)
        for state in (_S.DRAFT, *ASKED, _S.RETURNED, _S.APPROVED, *AT_WORK)
    },
}
"""(verb, state before) → the states after it. What is not here cannot be done."""

ENDED = (_S.CLOSED, _S.WITHDRAWN, _S.REFUSED, _S.TERMINATED, _S.TRANSFERRED)
"""Where a request is no longer open; one that was refused can still be taken to the next level."""


def request_diagram() -> str:
    """The moves of a request as a Mermaid state diagram, in the words of the code."""
    lines = ["stateDiagram-v2"]
    for (verb, before), afters in REQUEST_MOVES.items():
        lines += [
            f"    {before.name if before else '[*]'} --> {after.name}: {verb.value}" for after in afters
        ]
    return "\n".join([*lines, *(f"    {state.name} --> [*]" for state in ENDED)])


class RequestLevel(models.TextChoices):
    """How far up a request was taken: within its zone, to the first-level zone, to the commission."""

    SECOND = "二级协作区", _("second-level zone")
    FIRST = "一级协作区", _("first-level zone")
    COMMISSION = "县纪委监委", _("the commission")


LEVELS = tuple(RequestLevel)
"""From below."""


class Duty(models.TextChoices):
    """What a team is for. Nobody is in teams of two duties for one matter (监察法 39: they check each other)."""

    SUPERVISION = "监督检查", _("supervision")
    INVESTIGATION = "核查", _("verification")
    ADJUDICATION = "审理", _("adjudication")


class Measure(models.TextChoices):
    """What a team may do towards a person: a closed list without any coercive measure (design, §2A P14)."""

    TALK = "谈话", _("talk")
    LETTER = "函询", pgettext_lazy("measure", "letter of inquiry")
    CHECK = "检查", pgettext_lazy("measure", "check of documents and places")


class TeamRole(models.TextChoices):
    """What a member is in the team."""

    LEADER = "组长", pgettext_lazy("team", "leader")
    MEMBER = "成员", pgettext_lazy("team", "member")
    SAFETY = "安全员", _("safety officer")
    RECORDER = "记录员", _("recorder")
    EXPERT = "专业人员", _("expert")


class Standing(models.TextChoices):
    """As what a member comes; who is lent or in training is never one of the two own staff."""

    OWN = "在编", _("own staff")
    LENT = "借调", pgettext_lazy("standing", "on loan")
    TRAINEE = "跟班", _("trainee")


class MemberState(models.TextChoices):
    """How a member of a team stands. An undecided question of recusal freezes who is chosen or has joined."""

    CHOSEN = "拟派", _("chosen, has not declared")
    JOINED = "在组", _("in the team")
    LEFT = "离组", _("left the team")


class WhyLeft(models.TextChoices):
    """Why somebody is in a team no more. A recusal says no more than this word."""

    DONE = "任务完成", _("the work is done")
    RECUSED = "回避", _("recused")
    SWAPPED = "调换", _("exchanged for somebody else")
    MOVED = "变动", _("moved to another post")
    LOAN_ENDED = "借调期满", _("the loan ended")
    ENDED = "终止", _("the request ended")


class RecusalSource(models.TextChoices):
    """Who raised a question of recusal."""

    LEDGER = "台账比对", _("matched by the ledger")
    DECLARED = "本人申报", _("declared by the person")
    REQUESTED = "他人提出", _("asked for by somebody else")


class RecusalDecision(models.TextChoices):
    """What was decided of a question of recusal."""

    OPEN = "", _("not decided yet")
    RECUSED = "回避", pgettext_lazy("decision", "recused")
    REFUSED = "不予回避", _("not recused")
    OVERRIDDEN = "特批参加", _("takes part by decision of the higher approver")


class InterferenceKind(models.TextChoices):
    """What is registered. Source: 监察法 66."""

    ASKING = "打听案情", _("asking about a matter")
    MEDDLING = "过问案件", _("meddling in a matter")
    PLEADING = "说情干预", _("pleading for somebody")
    CONTACT = "违规接触", _("contact without approval")


class LoanKind(models.TextChoices):
    """What kind of loan it is; they are listed apart, so that none hides another (domain.md §6.2)."""

    MATTER = "专案借调", _("loan for one matter")
    POST = "岗位借调", _("loan to a post")
    TRIAL = "试岗", _("trial in a post")
    HOLDING = "挂职", _("temporary post")
    SHADOWING = "跟班", pgettext_lazy("loan", "training on the job")


class LoanState(models.TextChoices):
    """How a loan stands."""

    DECIDING = "审批中", pgettext_lazy("loan", "being decided")
    APPROVED = "已批准", pgettext_lazy("loan", "approved, nobody has come yet")
    RUNNING = "在借", pgettext_lazy("loan", "running")
    ENDED = "已结束", pgettext_lazy("loan", "ended")
    REFUSED = "不予批准", pgettext_lazy("loan", "refused")
    WITHDRAWN = "撤回", pgettext_lazy("loan", "withdrawn")


class LoanOutcome(models.TextChoices):
    """What became of somebody who was lent."""

    OPEN = "", _("not ended")
    RETURNED = "返回", _("returned to the home unit")
    KEPT = "留用", _("kept in the post")


class LetterOutcome(models.TextChoices):
    """What the verification of one problem in a rectification letter found."""

    OPEN = "", pgettext_lazy("rectification", "not verified yet")
    DONE = "已改", pgettext_lazy("rectification", "rectified")
    PARTLY = "部分整改", pgettext_lazy("rectification", "rectified in part")
    NOT_DONE = "未改", pgettext_lazy("rectification", "not rectified")


class EvaluationSide(models.TextChoices):
    """Which side evaluates the other."""

    ASKER = "申请方", _("the unit that asked")
    HELPER = "协作方", _("the unit that helped")


class Result(models.TextChoices):
    """What a request came to, without contents."""

    OPEN = "", pgettext_lazy("request", "no result yet")
    DONE = "完成", pgettext_lazy("request", "done")
    PARTLY = "部分完成", pgettext_lazy("request", "done in part")
    UNFOUNDED = "失实", _("unfounded: to be cleared in public")
    OPINION = "已提意见", _("an opinion was given")


class IncidentKind(models.TextChoices):
    """What kind of safety incident it is. Source: 监督执纪工作规则 48, 49, 70; domain.md §3.3."""

    ACCIDENT = "人身安全", _("accident to a person")
    RECORDING = "录音录像中断", _("gap in the recording of a talk")
    TALK_RULES = "谈话规范", _("left alone, or another breach of the rules of a talk")
    SECRECY = "失泄密", _("secrecy breach")
    OTHER = "其他", pgettext_lazy("incident", "other")


class IncidentState(models.TextChoices):
    """How a safety incident stands. The clock alone makes it one that was not reported in time."""

    OPEN = "待上报", _("to be reported upward")
    ESCALATED = "逾期未报", _("not reported in time, with the secretary")
    REPORTED = "已上报", _("reported upward")
    CLOSED = "已办结", pgettext_lazy("incident", "closed")


class IncidentVerb(models.TextChoices):
    """What is done with a safety incident; nobody but the clock escalates one."""

    FILE = "file", pgettext_lazy("incident", "File")
    REPORT = "report", _("Report upward")
    ESCALATE = "escalate", pgettext_lazy("incident", "Goes to the secretary by the clock")
    CLOSE = "close", pgettext_lazy("incident", "Close with the measures taken")


_I, _V = IncidentState, IncidentVerb
INCIDENT_MOVES: dict[tuple[IncidentVerb, IncidentState | None], IncidentState] = {
    (_V.FILE, None): _I.OPEN,
    (_V.REPORT, _I.OPEN): _I.REPORTED,
    (_V.ESCALATE, _I.OPEN): _I.ESCALATED,
    (_V.REPORT, _I.ESCALATED): _I.REPORTED,
    (_V.CLOSE, _I.REPORTED): _I.CLOSED,
}
"""(verb, state before) → the state after it. What is not here cannot be done: nothing is closed that was not reported."""
