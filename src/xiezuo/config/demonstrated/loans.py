"""Loans of the fictional county: those of the book as they are, evaluated; and a strong township paired with a weak one."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from xiezuo.collaboration.loans.asked import AskedLoan
from xiezuo.collaboration.loans.evaluating_operations import evaluate, note_shown
from xiezuo.collaboration.loans.operations import ask_loan, register_loan
from xiezuo.collaboration.loans.pairing_operations import add_visit, make_pairing
from xiezuo.collaboration.models import Lent
from xiezuo.config.demonstrated.director import Scene, Story, on
from xiezuo.organisation.models import Assignment
from xiezuo.organisation.states import Status

JULY = date(2022, 7, 4)
"""On which the stationed groups took eight people in on trial."""
VISITS = ("共同梳理监督清单", "示范谈话室日常管理", "交叉核对台账", "案卷评查辅导")


def stories(scene: Scene) -> Iterator[Story]:
    """The eight of July, entered as they are; a pairing over a year; and one application that waits to be decided."""
    yield _eight_of_july(scene)
    yield _paired(scene)
    yield _asked(scene)


def _eight_of_july(scene: Scene) -> Story:
    yield (now := on(date(2024, 11, 21), 14))
    clerk = scene.actor("anguanshi", now)
    rows = Assignment.objects.current().filter(
        commission=scene.commission, status=Status.SECONDED, starts=JULY
    )
    for post in rows.order_by("position", "pk"):
        register_loan(
            commission=scene.commission, assignment=post.pk, kind="试岗", criteria="熟悉监督工作，文字表达清楚", reason="派驻力量不足",
            key=uuid4(), by=clerk, now=now,
        )  # fmt: skip
    yield (then := scene.later(now, 5))
    for lent in Lent.objects.filter(loan__kind="试岗", starts=JULY).order_by("pk"):
        told = evaluate(
            lent=lent,
            words="工作认真，能够独立完成辅助工作",
            seen=lent.loan.version,
            by=scene.actor("anguanshi", then),
            now=then,
        )
        note_shown(lent=told, on=then.date(), by=scene.actor("anguanshi", then), now=then)


def _paired(scene: Scene) -> Story:
    yield (now := on(date(2026, 1, 12), 10))
    pairing = make_pairing(
        commission=scene.commission, strong=scene.units["XZ01"], weak=scene.units["XZ04"], aims="提升监督检查和台账管理能力",
        starts=date(2026, 1, 15), ends=date(2027, 1, 15), basis="安纪办〔2026〕2号", key=uuid4(), by=scene.actor("fushuji", now), now=now,
    )  # fmt: skip
    for number, what in enumerate(VISITS):
        yield (then := on(_worked(scene, date(2026, 2 + 2 * number, 10)), 16))
        add_visit(pairing=pairing, day=then.date(), what=what, hours=Decimal(4), key=uuid4(), by=scene.actor("xiangzhen", then), now=then)  # fmt: skip


def _worked(scene: Scene, day: date) -> date:
    while not scene.calendar.is_working(day):
        day += timedelta(days=1)
    return day


def _asked(scene: Scene) -> Story:
    yield (now := scene.ago(3, 15))
    starts = scene.later(now, 15).date()
    asked = AskedLoan(
        kind="岗位借调", starts=starts, ends=starts + timedelta(days=80), post="科员", skills=("财务审计",), criteria="熟悉财务审计，两年以上工作经历",
        reason="年末检查力量不足", acts=("整理材料", "核对数据"), basis="安纪办〔2026〕31号",
    )  # fmt: skip
    ask_loan(commission=scene.commission, unit=scene.units["PZ01"], asked=asked, key=uuid4(), by=scene.actor("zuzhang", now), now=now)  # fmt: skip
