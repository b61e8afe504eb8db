"""Zone plans of the fictional county: what was decided before is entered, a draft is consulted on, another is proposed;
zones act as one for a task and part by themselves; a deputy secretary coordinates a support office by authority."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import uuid4

from xiezuo.approvals.api import refuse_approval
from xiezuo.config.demonstrated.director import Scene, Story, at, made
from xiezuo.config.demonstrated.zone_ground import give_ground
from xiezuo.zones.joining.asked import AskedAuthorisation, AskedJoining
from xiezuo.zones.joining.operations import ask_authorisation, ask_joining
from xiezuo.zones.models import Plan
from xiezuo.zones.plans.consultation_operations import ask_units, close_answer, give_opinion, settle_opinion
from xiezuo.zones.plans.operations import begin_plan, drop_plan, file_plan
from xiezuo.zones.proposals.asking import Asked
from xiezuo.zones.proposals.operations import ask_proposals, begin_reckoning, end_reckoning
from xiezuo.zones.proposals.tasks import answered
from xiezuo.zones.queries.schemes import scheme_on
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.scheme_acts import transferred
from xiezuo.zones.states import JoiningFor, PlanKind

CLERK, DEPUTY, SECRETARY, STATION = "anguanshi", "fushuji", "shuji", "gongzuoshi"

DECIDED_BEFORE = (
    ("安澜县监督执纪协作区划分方案", "两级协作区首次划分", date(2022, 6, 20), "县纪委常委会（2022年6月18日，虚构）", "安纪发〔2022〕11号"),
    ("柏川乡纪委划转方案", "柏川乡到双槐镇路程较近", date(2023, 3, 15), "县纪委常委会（2023年3月10日，虚构）", "安纪发〔2023〕4号"),
    ("县直党群、政法协作区合并方案", "两个协作区力量偏弱，合并后统一领办", date(2023, 9, 1), "县纪委常委会（2023年8月28日，虚构）", "安纪发〔2023〕13号"),
)  # fmt: skip
"""Name, why, first day, meeting and document of each plan that was decided before the county had the product."""


def stories(scene: Scene) -> Iterator[Story]:
    """Everything of the zones but their meetings."""
    yield _entered(scene)
    yield _ground(scene)
    yield _given_up(scene)
    yield _in_consultation(scene)
    yield _proposed(scene)
    yield _joined_for_a_task(scene)
    yield _joined_now(scene)
    yield _joining_asked(scene)
    yield _not_joined(scene)
    yield _authorised(scene)
    yield _authorisation_asked(scene)


# Plans


def _entered(scene: Scene) -> Story:
    """The clerk enters on the second day what was decided before."""
    then = at("2024-11-05 09:20")
    for name, why, starts, meeting, document in DECIDED_BEFORE:
        yield then
        file_plan(
            commission=scene.commission, name=name, why=why, starts=starts, meeting=meeting, document_no=document,
            key=uuid4(), by=scene.actor(CLERK, then), now=then,
        )  # fmt: skip
        then += timedelta(minutes=12)


def _ground(scene: Scene) -> Story:
    yield (now := at("2025-08-26 10:00"))
    give_ground(scene.commission, scene.actor(DEPUTY, now), now)


def _given_up(scene: Scene) -> Story:
    """A transfer that the division of work made needless before it was consulted on."""
    yield (now := at("2025-09-03 10:00"))
    content = _moved(scene, now.date(), "XZ04", "ET3")
    plan = _begin(scene, "鹤鸣镇纪委划转方案", "测算鹤鸣镇调整后的路程", date(2025, 10, 1), content, now)
    yield (then := scene.later(now, 12))
    drop_plan(plan=plan, reason="路程没有缩短，不作调整。", by=scene.actor(DEPUTY, then), now=then)


def _in_consultation(scene: Scene) -> Story:
    """A unit goes over from the large direct zone; units are asked these days, and some have answered."""
    yield (now := scene.ago(9, 9, 30))
    content = _moved(scene, scene.today, "PZ05", "ED4")
    plan = _begin(scene, "县直协作区成员调整方案", "党群政法协作区单位偏多，调整一个派驻组", _next_month(scene), content, now)  # fmt: skip
    yield (now := scene.ago(7, 9))
    units = [scene.units[code] for code in ("PZ05", "PZ01", "JD04", "GZ01", "XZ01")]
    last_day = scene.today + timedelta(days=6)
    ask_units(plan=_plan(plan), units=units, last_day=last_day, by=scene.actor(DEPUTY, now), now=now)
    yield (then := scene.ago(4, 15))
    by = scene.actor("zuzhang", then)
    opinion = give_opinion(
        plan=_plan(plan),
        unit=scene.units["PZ01"],
        zone="ED6",
        text="同意调整，建议同步调整例会名单。",
        key=uuid4(),
        by=by,
        now=then,
    )
    close_answer(plan=_plan(plan), unit=scene.units["PZ01"], by=by, now=then)
    yield (then := scene.ago(3, 10))
    settle_opinion(
        opinion=opinion, outcome="采纳", reason="", seen="", by=scene.actor(DEPUTY, then), now=then
    )
    yield (then := scene.ago(1, 16))
    give_opinion(
        plan=_plan(plan), unit=scene.units["GZ01"], text="建议明确划转后的资料移交时间。", key=uuid4(),
        by=scene.actor(STATION, then), now=then,
    )  # fmt: skip


def _proposed(scene: Scene) -> Story:
    """A draft of the whole for the first of next month, for which proposals were asked and reckoned."""
    yield (now := scene.ago(3, 14))
    by, starts = scene.actor(DEPUTY, now), _next_month(scene)
    plan = _begin(
        scene, "协作区整体优化方案（测算稿）", "按路程和力量均衡重新测算", starts, _today(scene), now
    )
    question = ask_proposals(commission=scene.commission, on=starts, asked=Asked(), plan=plan, key=uuid4(), by=by, now=now)  # fmt: skip
    yield (then := now + timedelta(minutes=1))
    begun = begin_reckoning(number=question.pk, by=by, now=then)
    if begun is not None:
        state, result = answered(begun[1], Asked.from_json(begun[0].asked))
        end_reckoning(number=question.pk, state=state, result=result, by=by, now=then + timedelta(seconds=20))


def _begin(scene: Scene, name: str, why: str, starts: date, content: Scheme, now: datetime) -> Plan:  # noqa: PLR0917
    kind = PlanKind.WHOLE if "整体" in name else PlanKind.TRANSFER
    return begin_plan(
        commission=scene.commission, name=name, why=why, kind=kind, starts=starts, content=content, key=uuid4(),
        by=scene.actor(DEPUTY, now), now=now,
    )  # fmt: skip


def _today(scene: Scene) -> Scheme:
    return scheme_on(scene.commission, scene.today)


def _moved(scene: Scene, day: date, unit: str, zone: str) -> Scheme:
    return transferred(scheme_on(scene.commission, day), [scene.units[unit]], zone)


def _plan(plan: Plan) -> Plan:
    return Plan.objects.select_related("commission").get(pk=plan.pk)


def _next_month(scene: Scene) -> date:
    return (scene.today.replace(day=1) + timedelta(days=31)).replace(day=1)


# Zones that act as one, and offices coordinated by authority


def _ask_joining(  # noqa: PLR0917 - what one form says
    scene: Scene, zones: tuple[str, ...], purpose: str, title: str, starts: date, ends: date, now: datetime
) -> int:
    """The application for zones to act as one."""
    numbers = tuple(scene.zones[code] for code in zones)
    asked = AskedJoining(numbers, purpose, title, starts, ends, scene.person("P004"), "工作需要（虚构）")
    joining = ask_joining(commission=scene.commission, asked=asked, key=uuid4(), by=scene.actor(STATION, now), now=now)  # fmt: skip
    return made(joining.approval)


def _joined_for_a_task(scene: Scene) -> Story:
    """Two township zones act as one for a special task, and part again on its last day."""
    yield (now := at("2026-03-02 09:30"))
    days = date(2026, 3, 9), date(2026, 6, 10)
    approval = _ask_joining(scene, ("ET1", "ET3"), JoiningFor.TASK, "专项〔2026〕2号", *days, now)
    yield (then := scene.later(now, 1, 15))
    scene.agree(approval, DEPUTY, then)


def _joined_now(scene: Scene) -> Story:
    yield (now := scene.ago(12, 9))
    days = scene.ago(9).date(), scene.today + timedelta(days=40)
    approval = _ask_joining(scene, ("ET1", "ED6"), JoiningFor.TASK, "专项〔2026〕7号", *days, now)
    yield (then := scene.ago(11, 10))
    scene.agree(approval, DEPUTY, then)


def _joining_asked(scene: Scene) -> Story:
    """Waits for the deputy secretary."""
    yield (now := scene.ago(1, 11))
    days = scene.today + timedelta(days=7), scene.today + timedelta(days=37)
    _ask_joining(scene, ("ET1", "ET3"), JoiningFor.MATTER, f"协作〔{scene.today.year}〕19号", *days, now)


def _not_joined(scene: Scene) -> Story:
    yield (now := at("2025-11-17 10:00"))
    days = date(2025, 11, 24), date(2025, 12, 24)
    approval = _ask_joining(scene, ("ET1", "ET3"), JoiningFor.MATTER, "协作〔2025〕11号", *days, now)
    yield (then := scene.later(now, 1, 9))
    scene.act(refuse_approval, approval, DEPUTY, then, said="单个事项由澜城片区自行办理。")


def _ask_authorisation(scene: Scene, matter: str, starts: date, ends: date, now: datetime) -> int:
    """The application for the deputy secretary to coordinate the adjudication office, which the other is in charge of."""
    asked = AskedAuthorisation(
        scene.person("P002"), scene.units["ZH03"], matter, starts, ends, "工作需要（虚构）"
    )
    row = ask_authorisation(
        commission=scene.commission, asked=asked, key=uuid4(), by=scene.actor(CLERK, now), now=now
    )
    return made(row.approval)


def _authorised(scene: Scene) -> Story:
    yield (now := scene.ago(15, 9))
    starts = scene.ago(10).date()
    approval = _ask_authorisation(scene, "专项〔2026〕7号", starts, scene.today + timedelta(days=40), now)
    yield (then := scene.ago(13, 16))
    scene.agree(approval, SECRETARY, then)


def _authorisation_asked(scene: Scene) -> Story:
    """Waits for the secretary."""
    yield (now := scene.ago(1, 9))
    starts = scene.today + timedelta(days=5)
    _ask_authorisation(scene, f"协作〔{scene.today.year}〕19号", starts, starts + timedelta(days=60), now)
