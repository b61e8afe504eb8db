"""Who may do what during two years: administrators appointed anew, roles for a time, and stand-ins during absences."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from xiezuo.accounts.api import (
    ADMINISTRATORS,
    OPERATOR,
    Role,
    Scope,
    User,
    appoint_first,
    propose_grant,
)
from xiezuo.approvals.api import delegate, refuse_approval
from xiezuo.config.demonstrated.director import Scene, Story, at, made, on
from xiezuo.home.api import notices

PROPOSER, DECIDER = "anquan", "shuji"
A_YEAR = timedelta(days=365)

GIVEN = """
2024-12-02 gongzuoshi site_keeper 120 片区场所改造期间登记进度
2025-01-13 dangfeng reader 180 年度汇总需要
2025-03-03 xiangzhen site_keeper 90 谈话室改造期间登记进度
2025-06-09 zuzhang reader 60 半年分析需要
2025-09-08 dangfeng reader 180 专项检查汇总需要
2025-12-01 gongzuoshi site_keeper 90 场所年度核查
2026-02-24 changwei site_keeper 60 片区场所核查
2026-05-11 xiangzhen site_keeper 120 场所改造二期登记
2026-06-15 dangfeng reader 90 半年汇总需要
2026-08-24 zuzhang reader 45 派驻工作分析需要
"""
"""Proposed on which day, for whom, which role, for how many days, and why."""

NOT_GIVEN = """
2025-04-21 gongzuoshi reader 180 了解全县情况
2026-03-16 xiangzhen report_writer 180 起草片区总结
"""

READERS = (
    "anguanshi", "luruyuan", "shuji", "fushuji", "changwei", "zuzhang", "gongzuoshi", "xiangzhen", "dangfeng", "huibao",
)  # fmt: skip
"""Who reads the notices every month."""

ABSENCES = (
    ("shuji", "changwei", date(2025, 5, 14), date(2025, 5, 21), "参加脱产培训"),
    ("fushuji", "changwei", date(2025, 12, 22), date(2025, 12, 27), "年休假"),
)


def stories(scene: Scene, began: datetime) -> Iterator[Story]:
    """Administrators, roles and absences."""
    yield _administrators(began)
    yield _writer(scene, began)
    yield from (_given(scene, line) for line in GIVEN.strip().splitlines())
    yield from (_not_given(scene, line) for line in NOT_GIVEN.strip().splitlines())
    yield from (_absence(scene, *absence) for absence in ABSENCES)
    yield _absent_today(scene)
    yield from (_reading(scene, name, began) for name in READERS)
    yield _waiting(scene, "gongzuoshi", Role.SITE_KEEPER, 5, "场所年度核查登记")
    yield _waiting(scene, "dangfeng", Role.READER, 1, "年度汇总需要")


def _administrators(began: datetime) -> Story:
    """An appointment at the server lasts a year; the three are appointed anew on the day on which it ends."""
    offices = dict(zip(("xitong", "anquan", "shenji"), ADMINISTRATORS, strict=True))
    while True:
        began += A_YEAR
        yield began
        for name, role in offices.items():
            user = User.objects.get(username=name)
            appoint_first(user=user, role=role, witness="虚构见证人", by=OPERATOR, now=began)


def _writer(scene: Scene, began: datetime) -> Story:
    """Whoever writes the reports is given that for a year, and again before it ends."""
    yield (then := began + timedelta(hours=1))
    while True:
        grant = _propose(
            scene, "huibao", Role.REPORT_WRITER, began.date(), 365, "承担年度工作汇报的撰写", then
        )
        yield (then := scene.later(then, 1))
        scene.agree(grant, DECIDER, then)
        began += A_YEAR
        yield (then := began - timedelta(days=7))


def _propose(scene: Scene, name: str, role: Role, starts: date, days: int, reason: str, now: datetime) -> int:  # noqa: PLR0917
    """The application for a role that is proposed."""
    grant = propose_grant(
        user=User.objects.get(username=name), role=role, commission=scene.commission.pk, scope_kind=Scope.COMMISSION,
        scope_id=scene.commission.pk, starts=starts, ends=starts + timedelta(days=days), reason=f"{reason}（虚构）",
        by=scene.actor(PROPOSER, now), now=now,
    )  # fmt: skip
    return made(grant.approval)


def _given(scene: Scene, line: str) -> Story:
    day, name, role, days, reason = line.split()
    yield (now := at(f"{day} 15:00"))
    starts = scene.later(now, 5).date()
    grant = _propose(scene, name, Role(role), starts, int(days), reason, now)
    yield (then := scene.later(now, 1, 16))
    scene.agree(grant, DECIDER, then)


def _not_given(scene: Scene, line: str) -> Story:
    day, name, role, days, reason = line.split()
    yield (now := at(f"{day} 15:00"))
    grant = _propose(scene, name, Role(role), scene.later(now, 5).date(), int(days), reason, now)
    yield (then := scene.later(now, 2, 10))
    said = "现有职责不需要这项权限。"
    scene.act(refuse_approval, grant, DECIDER, then, said=said)


def _waiting(scene: Scene, name: str, role: Role, days: int, reason: str) -> Story:
    yield (now := scene.ago(days, 15))
    _propose(scene, name, role, scene.today + timedelta(days=14), 90, reason, now)


def _absence(scene: Scene, absent: str, stand_in: str, first: date, after: date, why: str) -> Story:  # noqa: PLR0917
    yield (now := on(first, 8, 10))
    delegate(
        commission=scene.commission.pk, absent=scene.account(absent), stand_in=scene.account(stand_in), starts=first,
        ends=after, reason=f"{why}（虚构）", by=scene.actor(absent, now), now=now,
    )  # fmt: skip


def _absent_today(scene: Scene) -> Story:
    first = scene.ago(1, 8)
    yield from _absence(
        scene, "fushuji", "changwei", first.date(), scene.today + timedelta(days=5), "外出调研"
    )


def _reading(scene: Scene, name: str, began: datetime) -> Story:
    """Once a month, until the last weeks, everything that is to be known is known."""
    then = scene.later(began, 20, 17)
    while then.date() < scene.today - timedelta(days=7):
        yield then
        notices.know_all(until=then, by=scene.actor(name, then), now=then)
        then = scene.later(then, 20, 17)
