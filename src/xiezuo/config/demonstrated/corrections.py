"""Corrections of posts: a clerk finds a wrong document number, and the head of the office agrees, or does not."""

from collections.abc import Iterator
from uuid import uuid4

from xiezuo.approvals.api import TO_APPLICANT, refuse_approval, send_back, withdraw
from xiezuo.book.api import propose_correction
from xiezuo.config.demonstrated.director import Scene, Story, at, made

CLERK, HEAD = "luruyuan", "anguanshi"
WRONG = "任职文号录入有误，按任免文件更正（虚构）"

AGREED_AFTER_A_DAY = """
2024-11-12 09:20 P023 PZ01 安纪干〔2022〕3号
2024-11-26 10:10 P202 XZ01 安纪干〔2022〕6号
2024-12-10 09:35 P203 XZ01 安纪干〔2022〕6号
2024-12-24 15:05 P204 XZ01 安纪干〔2022〕7号
2025-01-08 09:15 P207 XZ02 安纪干〔2022〕9号
2025-01-21 11:00 P212 XZ03 安纪干〔2022〕9号
2025-02-18 09:50 P213 XZ03 安纪干〔2022〕12号
2025-03-04 14:20 P218 XZ04 安纪干〔2022〕12号
2025-03-25 09:30 P222 XZ05 安纪干〔2022〕14号
2025-04-15 10:40 P223 XZ05 安纪干〔2022〕14号
2025-05-13 16:00 P227 XZ06 安纪干〔2022〕15号
2025-05-27 09:25 P228 XZ06 安纪干〔2022〕15号
2025-06-17 10:05 P233 XZ07 安纪干〔2022〕17号
2025-07-08 09:45 P237 XZ08 安纪干〔2022〕18号
2025-07-29 15:30 P302 GZ01 安纪干〔2021〕4号
2025-08-19 09:10 P303 GZ02 安纪干〔2021〕4号
2025-09-16 10:30 P304 GZ02 安纪干〔2021〕5号
2025-10-14 09:40 P305 GZ03 安纪干〔2021〕5号
2025-11-11 11:15 P306 GZ03 安纪干〔2021〕5号
2025-12-09 09:30 P055 ZH01 安纪干〔2020〕2号
2026-01-13 10:20 P056 ZH01 安纪干〔2020〕2号
2026-03-10 14:40 P058 ZH02 安纪干〔2020〕8号
2026-04-14 09:55 P060 ZH03 安纪干〔2020〕8号
2026-05-19 10:15 P061 ZH03 安纪干〔2020〕9号
2026-07-14 09:35 P065 BGS 安纪干〔2020〕9号
2026-09-15 15:10 P067 GB01 安纪干〔2020〕11号
"""
"""When, whose post in which unit, and the right document number."""

MENDED = """
2024-12-17 10:00 P206 XZ02 安纪干〔2022〕9号
2025-04-22 09:20 P211 XZ03 安纪干〔2021〕13号
2025-09-02 14:10 P226 XZ06 安纪干〔2021〕15号
2026-06-09 10:50 P231 XZ07 安纪干〔2021〕17号
"""
NOT_AGREED = """
2025-02-25 09:30 P216 XZ04 安纪干〔2021〕16号
2026-02-10 10:10 P221 XZ05 安纪干〔2021〕14号
"""
TAKEN_BACK = """
2025-06-24 16:20 P236 XZ08 安纪干〔2021〕18号
2026-08-11 09:15 P301 GZ01 安纪干〔2021〕3号
"""
BY_THE_HEAD = """
2025-08-05 10:30 P201 XZ01 安纪干〔2021〕2号
2026-10-20 09:45 P057 ZH02 安纪干〔2020〕7号
"""
"""Found by the head of the office and agreed to by the clerk: whoever finds it never decides it."""

OPEN = (("P059", "ZH03", 5), ("P064", "BGS", 1), ("P205", "XZ01", 0))
"""Whose post, where, and how many working days ago: late, half of the time used up, and just come in."""


def stories(scene: Scene) -> Iterator[Story]:
    """Every correction of the two years, and those that wait today."""
    yield from (_agreed(scene, line, CLERK, HEAD) for line in _lines(AGREED_AFTER_A_DAY))
    yield from (_agreed(scene, line, HEAD, CLERK) for line in _lines(BY_THE_HEAD))
    yield from (_mended(scene, line) for line in _lines(MENDED))
    yield from (_not_agreed(scene, line) for line in _lines(NOT_AGREED))
    yield from (_taken_back(scene, line) for line in _lines(TAKEN_BACK))
    yield from (_waiting(scene, *each) for each in OPEN)
    yield _returned(scene)


Line = tuple[str, str, str, str]


def _lines(table: str) -> Iterator[Line]:
    for line in table.strip().splitlines():
        day, hour, person, unit, number = line.split()
        yield f"{day} {hour}", person, unit, number


def _propose(scene: Scene, line: Line, by: str, number: str = "", reason: str = WRONG) -> int:
    """The application for a correction."""
    instant, person, unit, right = line
    post, when = scene.post(person, unit), at(instant)
    correction = propose_correction(
        assignment=post, changes={"basis": number or right}, strikes=False, reason=reason, key=uuid4(),
        by=scene.actor(by, when), now=when,
    )  # fmt: skip
    return made(correction.approval)


def _agreed(scene: Scene, line: Line, by: str, decider: str) -> Story:
    yield at(line[0])
    approval = _propose(scene, line, by)
    yield (then := scene.later(at(line[0]), 1))
    scene.agree(approval, decider, then)


def _mended(scene: Scene, line: Line) -> Story:
    yield at(line[0])
    approval = _propose(scene, line, CLERK, line[3].replace("号", "日"))
    yield (then := scene.later(at(line[0]), 1))
    said = "文号写法不对，请按任免文件补正。"
    scene.act(send_back, approval, HEAD, then, to=TO_APPLICANT, said=said)
    yield (then := scene.later(then, 1, 9))
    _propose(scene, (f"{then:%Y-%m-%d %H:%M}", *line[1:]), CLERK)
    yield (then := scene.later(then, 1, 15))
    scene.agree(approval, HEAD, then)


def _not_agreed(scene: Scene, line: Line) -> Story:
    yield at(line[0])
    approval = _propose(scene, line, CLERK)
    yield (then := scene.later(at(line[0]), 1))
    scene.act(refuse_approval, approval, HEAD, then, said="经核对原件，现有文号无误，不作更正。")


def _taken_back(scene: Scene, line: Line) -> Story:
    yield at(line[0])
    approval = _propose(scene, line, CLERK)
    yield (then := scene.later(at(line[0]), 0, 17))
    scene.act(withdraw, approval, CLERK, then, said="选错人员，撤回重报。")


def _waiting(scene: Scene, person: str, unit: str, days: int) -> Story:
    yield (then := scene.ago(days, 8, 40))
    _propose(scene, (f"{then:%Y-%m-%d %H:%M}", person, unit, "安纪干〔2021〕6号"), CLERK)


def _returned(scene: Scene) -> Story:
    """Came back yesterday and waits for its clerk to mend it."""
    yield (then := scene.ago(2, 9, 10))
    approval = _propose(scene, (f"{then:%Y-%m-%d %H:%M}", "P241", "XZ02", "安纪干〔2022〕9号"), CLERK)
    yield (then := scene.ago(1, 10, 20))
    scene.act(send_back, approval, HEAD, then, to=TO_APPLICANT, said="请附任免文件页码。")
