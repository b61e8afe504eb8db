"""Requests for collaboration of the fictional county over two years: asked, screened, decided, helped, closed; and those of these days."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from xiezuo.approvals.api import TO_APPLICANT, refuse_approval, send_back, withdraw
from xiezuo.approvals.states import ApprovalState
from xiezuo.collaboration.models import Declaration, Letter, Member, Recusal, Request
from xiezuo.collaboration.recusal.deciding_operations import decide_recusal
from xiezuo.collaboration.recusal.declaring_operations import answer_declaration, show_paper
from xiezuo.collaboration.requests.asked import Asked
from xiezuo.collaboration.requests.carrying_operations import (
    close_request,
    escalate,
    extend,
    report_result,
    start_work,
)
from xiezuo.collaboration.requests.operations import act_first, save_request, submit_request, write_after
from xiezuo.collaboration.states import EvaluationSide, LetterOutcome, MemberState
from xiezuo.collaboration.teams.operations import choose, form_team, send_team
from xiezuo.collaboration.teams.picks import Pick
from xiezuo.collaboration.work.asked import Handed, Marks, Met, Plan, Problem
from xiezuo.collaboration.work.evaluating_operations import evaluate
from xiezuo.collaboration.work.letter_operations import answer_letter, send_letter, verify_line
from xiezuo.collaboration.work.log_operations import add_paper, note_meeting, note_work
from xiezuo.collaboration.work.plan_operations import add_task, finish_task, save_plan
from xiezuo.config.demonstrated.director import ONE_DAY, Scene, Story, on
from xiezuo.config.demonstrated.safety import talked

ASKER, STATION, LEADER, CLERK = "xiangzhen", "gongzuoshi", "changwei", "anguanshi"


@dataclass(frozen=True)
class Case:
    """One request of 澜城镇: its rule, its days, who goes with which role, and which days of work lie between the acts."""

    pointer: str
    situation: str
    method: str
    reason: str
    team: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: int = 12
    problems: tuple[str, ...] = ()
    duty: str = "监督检查"
    measures: tuple[str, ...] = ()
    about: tuple[str, ...] = ("XZ01",)
    extended: bool = False
    returned: bool = False
    stands_out: str = ""
    wanted: tuple[str, ...] = ()


CROSSED = {"P301": ("组长", "安全员"), "P242": ("成员",)}
LENT = {"P301": ("组长",), "P219": ("成员",)}
BY_THE_OFFICE = {"P022": ("组长", "安全员"), "P073": ("成员",)}
CHECKED = {"P301": ("组长",), "P242": ("成员",), "P219": ("记录员",)}

CLOSED = (
    ("2024-11-18", Case("澜问〔2024〕7号", "Q03", "M2", "本单位人员与有关方面熟识，不便办理", CROSSED, duty="核查", measures=("谈话", "检查"), problems=("台账登记不全", "公示不及时"))),
    ("2025-01-13", Case("节前检查〔2025〕1号", "Q01", "M1", "节前检查人手不足", {"P301": ("组长",), "P302": ("成员",)}, days=5, about=(), problems=("值班安排未落实",), stands_out="P302")),
    ("2025-03-24", Case("澜问〔2025〕2号", "Q03", "M2", "熟人较多，申请交叉办理", CROSSED, duty="核查", measures=("谈话",), extended=True)),
    ("2025-05-12", Case("专项〔2025〕4号", "Q08", "M2", "专项监督第一轮", CHECKED, days=6, problems=("资金拨付手续不齐", "档案缺页", "公示时间不足"))),
    ("2025-07-07", Case("澜问〔2025〕9号", "Q05", "M3", "事项跨村、时间较长", CROSSED, days=24, duty="核查", measures=("谈话", "检查"), problems=("审批手续倒置",), returned=True)),
    ("2025-09-15", Case("节前检查〔2025〕6号", "Q01", "M1", "节前检查人手不足", LENT, days=5, about=(), problems=("公车台账漏登",))),
    ("2025-11-10", Case("澜问〔2025〕17号", "Q03", "M2", "有关人员与本单位同志同村", CROSSED, duty="核查", measures=("谈话",), problems=("民主程序记录不全",))),
    ("2026-01-19", Case("专项〔2026〕1号", "Q08", "M2", "专项监督第二轮", CHECKED, days=6, problems=("台账与实物不符", "验收资料不全"))),
    ("2026-04-13", Case("澜问〔2026〕5号", "Q03", "M2", "熟人较多，申请交叉办理", CROSSED, duty="核查", measures=("谈话", "检查"))),
    ("2026-06-08", Case("澜问〔2026〕8号", "Q06", "M2", "同一事项再次反映", CROSSED, duty="核查", measures=("检查",), problems=("答复不及时",))),
    ("2026-08-17", Case("专项〔2026〕6号", "Q08", "M2", "专项监督第三轮", CHECKED, days=6, problems=("补贴发放公示不全", "会议记录缺失"))),
)  # fmt: skip
"""First day and what was asked for; all of it fictional, and pointers only."""


def stories(scene: Scene) -> Iterator[Story]:
    """Every request: those that were closed, and those that stand somewhere on their way today."""
    yield from (_closed(scene, day, case) for day, case in CLOSED)
    yield _refused_then_taken_up(scene)
    yield _withdrawn(scene)
    yield _sudden(scene)
    yield _at_work(scene)
    yield _with_a_question(scene)
    yield _approved(scene)
    yield _being_decided(scene)
    yield _being_screened(scene)
    yield _returned(scene)
    yield _drafted(scene)


def _closed(scene: Scene, first: str, case: Case) -> Story:
    yield (now := on(date.fromisoformat(first), 9, 20))
    row = _submit(scene, case, now)
    now = yield from _decided(scene, row, now, case)
    now = yield from _sent(scene, row, case, now)
    yield from _finished(scene, row, case, now)


def _submit(scene: Scene, case: Case, now: datetime, by: str = ASKER) -> Request:
    row = _draft(scene, case, now, by)
    return submit_request(request=row, seen=row.version, key=uuid4(), by=scene.actor(by, now), now=now)


def _draft(scene: Scene, case: Case, now: datetime, by: str = ASKER) -> Request:
    unit = scene.units["XZ01" if by == ASKER else "GZ01"]
    return save_request(
        commission=scene.commission, unit=unit, asked=_asked(scene, case, now), key=uuid4(), by=scene.actor(by, now), now=now,
    )  # fmt: skip


def _asked(scene: Scene, case: Case, now: datetime) -> Asked:
    starts = scene.later(now, 5).date()
    return Asked(
        situation=case.situation, method=case.method, lead=scene.units["GZ01"], reason=case.reason, pointer=case.pointer,
        about_units=tuple(scene.units[code] for code in case.about), people=max(len(case.team), 1), own=min(len(case.team), 2),
        women=1 if "P242" in case.team else 0, starts=starts, ends=starts + timedelta(days=case.days), duty=case.duty,
        measures=case.measures, wanted_units=tuple(scene.units[code] for code in case.wanted), sure=True,
    )  # fmt: skip


def _now(row: Request) -> Request:
    return Request.objects.select_related("commission").get(pk=row.pk)


def _decided(scene: Scene, row: Request, now: datetime, case: Case) -> Generator[datetime, None, datetime]:
    """Everybody who is asked agrees, one working day after the other; once it is returned first, if the case says so."""
    if case.returned:
        yield (now := scene.later(now, 1, 10))
        _engine(scene, row, send_back, STATION, now, to=TO_APPLICANT, said="请补充所需专长。")
        yield (now := scene.later(now, 1, 9))
        held = _now(row)
        submit_request(request=held, seen=held.version, key=uuid4(), by=scene.actor(ASKER, now), now=now)
    while (asked := _who_is_asked(scene, row)) is not None:
        yield (now := scene.later(now, 1, 15))
        scene.agree(_now(row).approval or 0, asked, now)
    return now


def _engine(
    scene: Scene, row: Request, verb: Callable[..., Any], by: str, now: datetime, **more: Any
) -> None:
    scene.act(verb, _now(row).approval or 0, by, now, **more)


def _who_is_asked(scene: Scene, row: Request) -> str | None:
    approval = Scene.approval(_now(row).approval or 0)
    if approval.state != ApprovalState.PENDING:
        return None
    names = scene.names_of_accounts()
    return next((names[account] for account in approval.waiting_for if account in names), None)


def _sent(scene: Scene, row: Request, case: Case, now: datetime) -> Generator[datetime, None, datetime]:
    yield (now := scene.later(now, 1, 9))
    _choose(scene, row, case, now)
    yield (now := scene.later(now, 1, 10))
    _declared(scene, row, now, but=case.stands_out)
    if case.stands_out:
        yield (now := scene.later(now, 1, 9))
        _stand_out(scene, row, case.stands_out, now)
    yield (now := scene.later(now, 1, 9))
    _act(scene, row, send_team, STATION, now)
    _act(scene, row, start_work, STATION, now)
    return now


def _choose(scene: Scene, row: Request, case: Case, now: datetime) -> None:
    _act(scene, row, form_team, STATION, now)
    picks = [Pick(scene.person(code), roles) for code, roles in case.team.items()]
    choose(request=_now(row), picks=picks, by=scene.actor(STATION, now), now=now)


def _declared(scene: Scene, row: Request, now: datetime, but: str = "") -> None:
    """Everybody chosen declares: with their own account, or on paper that the case-management office enters."""
    for asked in Declaration.objects.filter(request=row, answered_at=None).order_by("pk"):
        show_paper(declaration=asked, on=now.date(), by=scene.actor(CLERK, now), now=now)
        if asked.person_id != (scene.person(but) if but else None):
            _answer(scene, asked, now)


def _stand_out(scene: Scene, row: Request, code: str, now: datetime) -> None:
    """Somebody declared a tie; the head of the unit decides, and somebody else is chosen in the place."""
    asked = Declaration.objects.get(request=row, person=scene.person(code))
    answer_declaration(
        declaration=asked, clause="G4", ground="与有关方面往来较多（虚构）", paper_no=f"回申〔{now.year}〕{asked.pk}号", sure=True, key=uuid4(),
        by=scene.actor(CLERK, now), now=now,
    )  # fmt: skip
    question = Recusal.objects.get(request=row, person=asked.person_id)
    decide_recusal(recusal=question, recused=True, said="同意回避", by=scene.actor(STATION, now), now=now)
    choose(
        request=_now(row),
        picks=[Pick(scene.person("P219"), ("成员",))],
        by=scene.actor(STATION, now),
        now=now,
    )
    _declared(scene, row, now)


def _answer(scene: Scene, asked: Declaration, now: datetime) -> None:
    own = scene.account_of_person(asked.person_id)
    more = (
        {"by": scene.actor(own, now)}
        if own
        else {"by": scene.actor(CLERK, now), "paper_no": f"回申〔{now.year}〕{asked.pk}号"}
    )
    answer_declaration(declaration=Declaration.objects.get(pk=asked.pk), key=uuid4(), now=now, **more)


def _act(scene: Scene, row: Request, verb: Callable[..., Any], by: str, now: datetime, **more: Any) -> Any:
    held = _now(row)
    return verb(request=held, seen=held.version, key=uuid4(), by=scene.actor(by, now), now=now, **more)


def _finished(scene: Scene, row: Request, case: Case, now: datetime) -> Story:
    yield (then := scene.later(now, 1, 16))
    _work(scene, row, case, then)
    if case.extended:
        yield (then := scene.later(then, 2, 10))
        _act(scene, row, extend, LEADER, then, units=5, said="需要补充检查")
    yield (then := scene.later(then, 4, 16))
    _letters(scene, row, case, then)
    yield (then := scene.later(then, 8, 11))
    _mended(scene, row, then)
    yield (then := scene.later(then, 1, 15))
    _act(scene, row, report_result, STATION, then, result="完成", problems=len(case.problems))
    yield (then := scene.later(then, 2, 9))
    _evaluated(scene, row, then)
    yield (then := scene.later(then, 1, 16))
    _act(scene, row, close_request, STATION, then, note="事项办结，材料已归档")


def _work(scene: Scene, row: Request, case: Case, now: datetime) -> None:
    by, held = scene.actor(STATION, now), _now(row)
    plan = Plan(basis=f"协作区工作规则；{case.pointer}", questions="按问题清单所列编号", steps="查阅资料、走访、汇总", secrecy="材料不出办公区", emergency="按安全预案", measures=case.measures, sure=True)  # fmt: skip
    save_plan(request=held, plan=plan, seen=0, by=by, now=now)
    task = add_task(
        request=held, what="核对问题清单", due_on=scene.later(now, 3).date(), key=uuid4(), by=by, now=now
    )
    finish_task(task=task, done_on=now.date(), by=by, now=now)
    members = [
        each.pk for each in Member.objects.filter(request=row, state=MemberState.JOINED).order_by("pk")
    ]
    note_meeting(request=held, met=Met(now.date(), "按分工开展，三日内汇总", present=tuple(members), safety="安全员全程在场"), key=uuid4(), by=by, now=now)  # fmt: skip
    for member in members:
        note_work(request=held, day=now.date(), hours=Decimal(6), what=f"{case.pointer} 现场工作", member=member, sure=True, key=uuid4(), by=by, now=now)  # fmt: skip


def _letters(scene: Scene, row: Request, case: Case, now: datetime) -> None:
    by = scene.actor(STATION, now)
    add_paper(request=_now(row), paper=Handed(f"{case.pointer} 工作卷", 24, kept_at="GZ01 文件柜", handed_by="工作室主任", taken_by="案件监督管理室", handed_on=now.date(), sure=True), key=uuid4(), by=by, now=now)  # fmt: skip
    if case.problems:
        problems = [Problem(words, "协作区工作规则", "书面反馈整改情况") for words in case.problems]
        send_letter(
            request=_now(row),
            unit=scene.units["XZ01"],
            problems=problems,
            sure=True,
            key=uuid4(),
            by=by,
            now=now,
        )


def _mended(scene: Scene, row: Request, now: datetime) -> None:
    lines = list(Letter.objects.filter(request=row).order_by("pk"))
    if lines:
        answer_letter(
            letter=lines[0],
            answer_no=f"澜纪函〔{now.year}〕{row.pk}号",
            answered_on=now.date(),
            by=scene.actor(ASKER, now),
            now=now,
        )
    for line in lines:
        verify_line(
            line=Letter.objects.get(pk=line.pk),
            outcome=LetterOutcome.DONE,
            evidence_no=f"核〔{now.year}〕{line.pk}号",
            by=scene.actor(STATION, now),
            now=now,
        )


def _evaluated(scene: Scene, row: Request, now: datetime) -> None:
    sides = (
        (ASKER, EvaluationSide.ASKER, Marks(5, 5, 5, 5)),
        (STATION, EvaluationSide.HELPER, Marks(4, 5, 5, 4)),
    )
    for by, side, marks in sides:
        evaluate(
            request=_now(row),
            side=side,
            marks=marks,
            said="配合顺畅",
            key=uuid4(),
            by=scene.actor(by, now),
            now=now,
        )


# Those of these days


def _refused_then_taken_up(scene: Scene) -> Story:
    """Not agreed to in the zone, and taken to the first-level zone by the asker."""
    case = Case("澜问〔2026〕11号", "Q03", "M2", "片区内熟人较多", CROSSED, duty="核查", measures=("谈话",))
    yield (now := scene.ago(9, 10))
    row = _submit(scene, case, now)
    yield (now := scene.ago(8, 10))
    _engine(scene, row, refuse_approval, STATION, now, said="片区内近期没有可派人员。")
    yield (now := scene.ago(7, 9))
    _act(scene, row, escalate, ASKER, now, said="片区内无合适人员，请跨片区协作")
    yield (now := scene.ago(6, 15))
    scene.agree(_now(row).approval or 0, STATION, now)


def _withdrawn(scene: Scene) -> Story:
    case = Case("走访〔2026〕3号", "Q01", "M1", "走访人手不足", LENT, days=3, about=())
    yield (now := scene.ago(30, 9))
    row = _submit(scene, case, now)
    yield (now := scene.ago(30, 11))
    _engine(scene, row, withdraw, ASKER, now)


def _sudden(scene: Scene) -> Story:
    """Begun on an oral agreement; its written form was handed in the next morning."""
    case = Case("应急〔2026〕2号", "Q16", "M1", "突发情况，先行支援", {"P219": ("组长",)}, days=2, about=())
    yield (now := scene.ago(20, 15))
    asked = replace(_asked(scene, case, now), starts=now.date(), ends=now.date() + 2 * ONE_DAY)
    row = act_first(
        commission=scene.commission, unit=scene.units["XZ01"], asked=asked, oral_by=scene.person("P004"), oral_at=now - timedelta(minutes=30),
        key=uuid4(), by=scene.actor(ASKER, now), now=now,
    )  # fmt: skip
    choose(
        request=_now(row),
        picks=[Pick(scene.person("P219"), ("成员",))],
        by=scene.actor(STATION, now),
        now=now,
    )
    yield (now := scene.ago(19, 9))
    _declared(scene, row, now)
    _act(scene, row, write_after, ASKER, now)
    yield (now := scene.ago(19, 11))
    scene.agree(_now(row).approval or 0, LEADER, now)
    _act(scene, row, send_team, STATION, now)
    _act(scene, row, start_work, STATION, now)
    yield from _finished(scene, row, case, now)


def _at_work(scene: Scene) -> Story:
    """At work these days: a letter is out and waits to be answered."""
    case = Case(
        "澜问〔2026〕12号",
        "Q03",
        "M2",
        "本单位不便办理",
        BY_THE_OFFICE,
        days=30,
        wanted=("JD01",),
        duty="核查",
        measures=("谈话", "检查"),
        problems=("会议记录不全",),
    )
    yield (now := scene.ago(16, 9))
    row = _submit(scene, case, now)
    now = yield from _decided(scene, row, now, case)
    now = yield from _sent(scene, row, case, now)
    yield (now := scene.later(now, 1, 16))
    _work(scene, row, case, now)
    now = yield from talked(scene, row, STATION, now)
    yield (now := scene.later(now, 0, 10))
    _letters(scene, row, case, now)


def _with_a_question(scene: Scene) -> Story:
    """Its team is being put together; one who was chosen has not declared yet."""
    case = Case(
        "专项〔2026〕9号",
        "Q01",
        "M1",
        "年末检查人手不足",
        {"P302": ("成员",), "P216": ("组长",)},
        days=8,
        about=(),
    )
    yield (now := scene.ago(6, 9))
    row = _submit(scene, case, now)
    now = yield from _decided(scene, row, now, case)
    yield (now := scene.ago(3, 9))
    _choose(scene, row, case, now)
    yield (now := scene.ago(2, 10))
    _declared(scene, row, now, but="P216")


def _approved(scene: Scene) -> Story:
    case = Case("走访〔2026〕8号", "Q01", "M1", "走访人手不足", LENT, days=4, about=())
    yield (now := scene.ago(4, 9))
    row = _submit(scene, case, now)
    yield from _decided(scene, row, now, case)


def _being_decided(scene: Scene) -> Story:
    case = Case(
        "澜问〔2026〕14号", "Q03", "M2", "有关人员与本单位同志同村", CROSSED, duty="核查", measures=("谈话",)
    )
    yield (now := scene.ago(2, 9))
    row = _submit(scene, case, now)
    yield (now := scene.ago(1, 15))
    scene.agree(_now(row).approval or 0, STATION, now)


def _being_screened(scene: Scene) -> Story:
    case = Case("澜问〔2026〕15号", "Q02", "M1", "需要财务专长", {"P242": ("成员",)}, days=6)
    yield (now := scene.ago(1, 16))
    _submit(scene, case, now)


def _returned(scene: Scene) -> Story:
    case = Case("走访〔2026〕9号", "Q01", "M1", "走访人手不足", LENT, days=3, about=())
    yield (now := scene.ago(3, 10))
    row = _submit(scene, case, now)
    yield (now := scene.ago(2, 11))
    _engine(scene, row, send_back, STATION, now, to=TO_APPLICANT, said="请写明需要几天。")


def _drafted(scene: Scene) -> Story:
    yield (now := scene.ago(1, 17))
    _draft(scene, Case("澜问〔2026〕16号", "Q03", "M2", "本单位不便办理", CROSSED), now)
