"""Regulations of two years: drafted, consulted on, returned, tried, brought into force, revised and repealed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from xiezuo.approvals.api import (
    TO_APPLICANT,
    add_signer,
    confirm_paper,
    enter_paper,
    refuse_approval,
    send_back,
    submit_again,
    withdraw,
)
from xiezuo.config.demonstrated import texts
from xiezuo.config.demonstrated.director import Scene, Story, at, made
from xiezuo.rules.api import (
    About,
    Asked,
    OpinionOnPaper,
    apply_for_decision,
    ask_units,
    begin_edition,
    begin_regulation,
    close_answer,
    file_text,
    give_opinion,
    save_text,
    settle_opinion,
    take_note,
)
from xiezuo.rules.models import Edition, Opinion, Regulation

OFFICE, CLERK = "anguanshi", "luruyuan"
DEPUTY, SECRETARY = "fushuji", "shuji"
TRY, ENFORCE, REPEAL = "试行", "施行", "废止"
WITHDRAWN_WORDS = "文本还需与牵头单位会商，先撤回。"


def stories(scene: Scene) -> Iterator[Story]:
    """Every regulation of the two years, and those under way today."""
    yield _linkage(scene)
    yield _handover(scene)
    yield _duties(scene)
    yield _loans(scene)
    yield _secondment(scene)
    yield _rounds(scene)
    yield _late(scene)
    yield _under_review(scene)
    yield _consultation_of_today(scene)
    yield _on_the_first_desk(scene)


@dataclass(frozen=True)
class Voice:
    """What one unit says: through the account of its head, or on paper if it has none; of one clause, or nothing at all."""

    unit: str
    account: str = ""
    clause: str = ""
    text: str = ""
    outcome: str = ""
    reason: str = ""


def _edition(edition: Edition) -> Edition:
    return Edition.objects.get(pk=edition.pk)


def _begin(scene: Scene, name: str, *, unit: str, text: str, by: str, now: datetime) -> Edition:
    about = About(name, unit=scene.units[unit])
    return begin_regulation(
        commission=scene.commission, about=about, text=text, key=uuid4(), by=scene.actor(by, now), now=now
    )


def _consult(scene: Scene, edition: Edition, voices: Sequence[Voice], by: str, now: datetime) -> Iterator[datetime]:  # fmt: skip
    """Units are asked, answer within days, and every opinion is settled."""
    yield now
    last_day = scene.later(now, 10).date()
    units = [scene.units[voice.unit] for voice in voices]
    ask_units(edition=_edition(edition), units=units, last_day=last_day, by=scene.actor(by, now), now=now)
    for days, voice in enumerate(voices, start=2):
        yield (then := scene.later(now, days, 11))
        _answer(scene, edition, voice, then)
    yield (then := scene.later(now, 11, 16))
    _settle(scene, edition, voices, by, then)


def _answer(scene: Scene, edition: Edition, voice: Voice, now: datetime) -> None:
    paper = None if voice.account else OpinionOnPaper(f"{voice.unit}函〔{now.year}〕{now.month}号（虚构）", now.date())  # fmt: skip
    by = scene.actor(voice.account or CLERK, now)
    unit, held = scene.units[voice.unit], _edition(edition)
    if voice.text:
        clause = held.clauses.filter(label=voice.clause).first()
        give_opinion(
            edition=held, unit=unit, anchor=clause.anchor if clause else None, text=voice.text, paper=paper, key=uuid4(),
            by=by, now=now,
        )  # fmt: skip
    close_answer(edition=_edition(edition), unit=unit, on_paper=paper is not None, by=by, now=now)


def _settle(scene: Scene, edition: Edition, voices: Sequence[Voice], by: str, now: datetime) -> None:
    told = {scene.units[voice.unit]: voice for voice in voices}
    for opinion in Opinion.objects.filter(edition=edition.pk, outcome="").order_by("pk"):
        voice = told[opinion.unit_id]
        settle_opinion(
            opinion=opinion,
            outcome=voice.outcome,
            reason=voice.reason,
            seen="",
            by=scene.actor(by, now),
            now=now,
        )


def _apply(scene: Scene, edition: Edition, asked: Asked, by: str, now: datetime) -> int:
    """The application for a decision on an edition."""
    sent = apply_for_decision(
        edition=_edition(edition), asked=asked, key=uuid4(), by=scene.actor(by, now), now=now
    )
    return made(sent.approval)


def _decided(scene: Scene, approval: int, now: datetime, *signers: str) -> Iterator[datetime]:
    """Each signer agrees, a working day after the one before."""
    for days, name in enumerate(signers, start=1):
        yield (then := scene.later(now, days, 9 + days, 15))
        scene.agree(approval, name, then)


def _known(scene: Scene, edition: Edition, now: datetime, *names: str) -> Iterator[datetime]:
    for days, name in enumerate(names, start=1):
        yield (then := scene.later(now, days, 14))
        take_note(edition=_edition(edition), by=scene.actor(name, then), now=then)


def _known_already(scene: Scene, code: str) -> Regulation:
    return Regulation.objects.get(commission=scene.commission, code=code)


def _linkage(scene: Scene) -> Story:
    """Consulted on anew a year after the first round; on trial for a year; returned once before it came into force."""
    yield (now := at("2024-11-11 09:30"))
    by = scene.actor(OFFICE, now)
    edition = begin_edition(regulation=_known_already(scene, "ZD07"), unit=scene.units["ZH01"], key=uuid4(), by=by, now=now)  # fmt: skip
    save_text(edition=edition, text=texts.LINKAGE, seen=edition.version, by=by, now=now)
    voices = (
        Voice("XZ01", "xiangzhen", "第三条", "建议明确通报的形式。", "采纳"),
        Voice("GZ01", "gongzuoshi", "第五条", "建议答复期限放宽到十个工作日。", "未采纳", "联动事项时效性强，五个工作日并可延长已经够用。"),
        Voice("PZ01", "zuzhang"),
        Voice("JD02", "", "第六条", "联络员变动的告知期限偏长。", "部分采纳", "改为三个工作日，不再缩短。"),
    )  # fmt: skip
    yield from _consult(scene, edition, voices, OFFICE, at("2024-11-12 10:00"))
    yield (now := at("2024-12-03 09:20"))
    asked = Asked(
        TRY, date(2025, 1, 1), date(2025, 12, 31), "安纪发〔2024〕31号", "安纪会〔2024〕12号（虚构）"
    )
    approval = _apply(scene, edition, asked, OFFICE, now)
    yield from _decided(scene, approval, now, "dangfeng", DEPUTY, SECRETARY)
    yield from _known(scene, edition, at("2025-01-03 10:00"), "xiangzhen", "gongzuoshi", "zuzhang")
    yield (now := at("2025-12-08 09:40"))
    asked = Asked(ENFORCE, date(2026, 1, 1), None, "安纪发〔2025〕34号", "安纪会〔2025〕14号（虚构）")
    approval = _apply(scene, edition, asked, OFFICE, now)
    yield from _decided(scene, approval, now, "dangfeng", DEPUTY)
    yield (then := scene.later(now, 3, 15))
    scene.act(send_back, approval, SECRETARY, then, to=TO_APPLICANT, said="请附一年来的试行情况。")
    yield (then := scene.later(then, 2))
    scene.act(submit_again, approval, OFFICE, then, said="试行情况已附。")
    yield from _decided(scene, approval, then, "dangfeng", DEPUTY, SECRETARY)


def _handover(scene: Scene) -> Story:
    """Taken back once, sent to an earlier step once, then tried and brought into force."""
    yield (now := at("2025-02-11 10:10"))
    edition = _begin(
        scene, "协作区事项移交办法（试行）", unit="GZ01", text=texts.HANDOVER, by=OFFICE, now=now
    )
    voices = (
        Voice("XZ01", "xiangzhen", "第四条", "建议写明退回的方式。", "采纳"),
        Voice("XZ04", "", "第五条", "十五个工作日与实际不符，建议二十个工作日。", "未采纳", "与反馈期限的上级规定保持一致。"),
        Voice("JD01"),
    )  # fmt: skip
    yield from _consult(scene, edition, voices, OFFICE, at("2025-02-12 09:00"))
    yield (now := at("2025-03-04 09:10"))
    asked = Asked(TRY, date(2025, 4, 1), date(2026, 3, 31), "安纪发〔2025〕7号", "安纪会〔2025〕3号（虚构）")
    approval = _apply(scene, edition, asked, OFFICE, now)
    yield (then := scene.later(now, 0, 16))
    scene.act(withdraw, approval, OFFICE, then, said=WITHDRAWN_WORDS)
    yield (now := at("2025-03-11 09:10"))
    approval = _apply(scene, edition, asked, OFFICE, now)
    yield from _decided(scene, approval, now, "gongzuoshi", DEPUTY)
    yield (then := scene.later(now, 3, 11))
    scene.act(send_back, approval, SECRETARY, then, to=1, said="第五条的期限请分管同志再核一次。")
    yield (then := scene.later(then, 1, 9))
    scene.agree(approval, DEPUTY, then, "已与上级规定核对，期限不变。")
    yield from _decided(scene, approval, then, SECRETARY)
    yield (now := at("2026-03-09 09:30"))
    asked = Asked(ENFORCE, date(2026, 4, 1), None, "安纪发〔2026〕9号", "安纪会〔2026〕3号（虚构）")
    approval = _apply(scene, edition, asked, OFFICE, now)
    yield from _decided(scene, approval, now, "gongzuoshi")
    yield from _on_paper(scene, approval, DEPUTY, scene.later(now, 3))
    yield from _decided(scene, approval, scene.later(now, 4), SECRETARY)


def _on_paper(scene: Scene, approval: int, signer: str, now: datetime) -> Iterator[datetime]:
    """A leader signs the sheet; the clerk enters it, and the leader confirms the entry when back at the desk."""
    yield now
    row = scene.seat(approval, signer)
    number = f"安纪批〔{now.year}〕{now.month}号（虚构）"
    scene.act(enter_paper, approval, CLERK, now, signer=row, number=number, on=now.date())
    yield (then := scene.later(now, 1, 9))
    scene.act(confirm_paper, approval, signer, then, signer=row)


def _duties(scene: Scene) -> Story:
    """A rule on trial since 2022 whose text is entered, and which is revised and comes into force."""
    yield (now := at("2025-04-08 10:00"))
    regulation, by = _known_already(scene, "ZD02"), scene.actor(OFFICE, now)
    file_text(regulation=regulation, text=texts.DUTIES, by=by, now=now)
    yield (now := at("2025-04-09 10:00"))
    edition = begin_edition(regulation=regulation, unit=scene.units["ZH01"], key=uuid4(), by=by, now=now)
    save_text(edition=edition, text=texts.DUTIES_REVISED, seen=edition.version, by=by, now=now)
    voices = (
        Voice("XZ01", "xiangzhen", "第三条", "包村工作量大，建议写入不得包村。", "采纳"),
        Voice("XZ02", "", "第四条", "建议改为半年报告一次。", "未采纳", "季度报告与协作区例会衔接。"),
        Voice("XZ03"),
        Voice("XZ04", "", "第五条", "一个工作日偏紧，建议可书面说明。", "采纳"),
    )  # fmt: skip
    yield from _consult(scene, edition, voices, OFFICE, at("2025-04-10 09:00"))
    yield (now := at("2025-05-12 09:00"))
    asked = Asked(ENFORCE, date(2025, 7, 1), None, "安纪发〔2025〕16号", "安纪会〔2025〕6号（虚构）")
    approval = _apply(scene, edition, asked, OFFICE, now)
    yield from _decided(scene, approval, now, "dangfeng", DEPUTY, SECRETARY)
    yield from _known(scene, edition, at("2025-07-02 10:00"), "xiangzhen", "dangfeng")


def _loans(scene: Scene) -> Story:
    """Its repeal is refused while nothing stands in its place, and agreed to once something does."""
    yield (now := at("2024-12-16 09:00"))
    regulation, by = _known_already(scene, "ZD06"), scene.actor(OFFICE, now)
    edition = begin_edition(regulation=regulation, unit=scene.units["ZH01"], key=uuid4(), by=by, now=now)
    save_text(edition=edition, text=texts.LOANS, seen=edition.version, by=by, now=now)
    voices = (Voice("PZ01", "zuzhang"), Voice("GZ01", "gongzuoshi", "第三条", "建议写明延期的办法。", "采纳"))
    yield from _consult(scene, edition, voices, OFFICE, at("2024-12-17 09:00"))
    yield (now := at("2025-01-09 09:00"))
    asked = Asked(ENFORCE, date(2025, 2, 1), None, "安纪发〔2025〕2号", "安纪会〔2025〕1号（虚构）")
    yield from _decided(scene, _apply(scene, edition, asked, OFFICE, now), now, "dangfeng", DEPUTY, SECRETARY)
    yield (now := at("2025-10-15 09:00"))
    approval = _apply(
        scene, edition, Asked(REPEAL, date(2025, 11, 1), None, "", "拟由新办法替代"), OFFICE, now
    )
    yield from _decided(scene, approval, now, "dangfeng", DEPUTY)
    yield (then := scene.later(now, 3, 15))
    scene.act(refuse_approval, approval, SECRETARY, then, said="新办法印发前不宜废止。")
    yield (now := at("2026-02-09 09:00"))
    asked = Asked(REPEAL, date(2026, 3, 1), None, "安纪发〔2026〕5号", "新办法已印发")
    yield from _decided(scene, _apply(scene, edition, asked, OFFICE, now), now, "dangfeng", DEPUTY, SECRETARY)


def _secondment(scene: Scene) -> Story:
    """On trial; it ends within weeks of today, and nobody has applied for what follows."""
    yield (now := at("2025-11-11 09:00"))
    edition = _begin(
        scene, "借调和跟班学习人员管理办法（试行）", unit="ZH01", text=texts.SECONDMENT, by=OFFICE, now=now
    )
    voices = (
        Voice("PZ01", "zuzhang", "第四条", "派驻组人手紧，建议答复期限七个工作日。", "未采纳", "五个工作日可以满足。"),
        Voice("GZ01", "gongzuoshi", "第五条", "建议期满前提前提醒。", "采纳"),
        Voice("XZ01", "xiangzhen"),
    )  # fmt: skip
    yield from _consult(scene, edition, voices, OFFICE, at("2025-11-12 10:00"))
    yield (now := at("2025-12-03 09:00"))
    until = scene.today + timedelta(days=18)
    asked = Asked(TRY, date(2026, 1, 5), until, "安纪发〔2025〕36号", "安纪会〔2025〕15号（虚构）")
    approval = _apply(scene, edition, asked, OFFICE, now)
    yield from _decided(scene, approval, now, "dangfeng", DEPUTY, SECRETARY)
    yield from _known(scene, edition, at("2026-01-06 10:00"), "zuzhang", "xiangzhen")


def _rounds(scene: Scene) -> Story:
    """The deputy secretary let the limit pass, so the secretary was asked in that place."""
    yield (now := at("2026-05-12 09:30"))
    edition = _begin(scene, "片区联席会议办法", unit="GZ01", text=texts.ROUNDS, by=CLERK, now=now)
    voices = (
        Voice("XZ01", "xiangzhen", "第三条", "议题送达时间建议改为三个工作日。", "未采纳", "成员单位需要时间准备。"),
        Voice("XZ04"),
    )  # fmt: skip
    yield from _consult(scene, edition, voices, CLERK, at("2026-05-13 09:00"))
    yield (now := at("2026-06-02 09:00"))
    asked = Asked(ENFORCE, date(2026, 7, 1), None, "安纪发〔2026〕17号", "安纪会〔2026〕6号（虚构）")
    approval = _apply(scene, edition, asked, CLERK, now)
    yield from _decided(scene, approval, now, "gongzuoshi")
    yield (then := scene.later(now, 5, 5))
    scene.round(approval, then)
    yield (then := scene.later(now, 5, 16))
    scene.agree(approval, SECRETARY, then, "分管同志在外培训，同意。")
    yield from _decided(scene, approval, then, SECRETARY)


def _late(scene: Scene) -> Story:
    """Waits for the deputy secretary past its limit."""
    yield (now := scene.ago(24, 9))
    edition = _begin(scene, "谈话场所预约使用办法（试行）", unit="GZ01", text=texts.ROOMS, by=CLERK, now=now)
    yield from _consult(scene, edition, (Voice("XZ01", "xiangzhen"), Voice("XZ04")), CLERK, scene.ago(23, 9))
    yield (now := scene.ago(6, 9))
    first = scene.today + timedelta(days=20)
    approval = _apply(scene, edition, Asked(TRY, first, first + timedelta(days=365)), CLERK, now)
    yield (then := scene.ago(5, 10))
    scene.agree(approval, "gongzuoshi", then)


def _under_review(scene: Scene) -> Story:
    """Lies with the secretary, who asked a standing member to sign too; half of the time is used up."""
    yield (now := scene.ago(26, 9))
    edition = _begin(scene, "驻委组日常监督记录办法", unit="ZH01", text=texts.CHECKS, by=CLERK, now=now)
    voices = (Voice("PZ01", "zuzhang", "第四条", "建议写明反馈方式。", "采纳"), Voice("PZ02"))
    yield from _consult(scene, edition, voices, CLERK, scene.ago(25, 9))
    yield (now := scene.ago(5, 9))
    approval = _apply(scene, edition, Asked(ENFORCE, scene.today + timedelta(days=30)), CLERK, now)
    yield (then := scene.ago(4, 9))
    scene.agree(approval, "dangfeng", then)
    yield (then := scene.ago(2, 10))
    scene.agree(approval, DEPUTY, then)
    yield (then := scene.ago(1, 15))
    number = scene.account("changwei")
    scene.act(add_signer, approval, SECRETARY, then, account=number, said="请联系驻委组的同志会签。")


def _consultation_of_today(scene: Scene) -> Story:
    """Units are asked these days; one has answered."""
    yield (now := scene.ago(4, 9))
    edition = _begin(
        scene, "协作区重大事项报告办法（试行）", unit="XZ01", text=texts.REPORTING, by="xiangzhen", now=now
    )
    yield (now := scene.ago(3, 9))
    units = [scene.units[code] for code in ("PZ01", "GZ01", "XZ04")]
    last_day = scene.today + timedelta(days=8)
    ask_units(edition=_edition(edition), units=units, last_day=last_day, by=scene.actor("xiangzhen", now), now=now)  # fmt: skip
    yield (then := scene.ago(1, 11))
    _answer(scene, edition, Voice("GZ01", "gongzuoshi", "第二条", "建议增加设备故障。"), then)


def _on_the_first_desk(scene: Scene) -> Story:
    """Lies with the head of the unit for whom the office drafted it."""
    yield (now := scene.ago(21, 9))
    edition = _begin(scene, "澜城镇片区值班办法（试行）", unit="XZ01", text=texts.ROUNDS, by=OFFICE, now=now)
    yield from _consult(
        scene, edition, (Voice("XZ04"), Voice("GZ01", "gongzuoshi")), OFFICE, scene.ago(20, 9)
    )
    yield (now := scene.ago(1, 9, 30))
    first = scene.today + timedelta(days=25)
    _apply(scene, edition, Asked(TRY, first, first + timedelta(days=180)), OFFICE, now)
