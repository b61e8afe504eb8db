"""Forms that the tests share. Places and people are fictional."""

from xiezuo.papers import Column, Entry, Fields, Form, Grid, Line

CODE = "http://10.20.30.40:8000/inbox/n/%E6%9B%B4%E6%AD%A3-2026-AL-17/"


def chain(*lines: Line) -> Grid:
    titles = (("步骤", 6), ("审批人", 6), ("意见", 14), ("日期", 7), ("依据条款", 7), ("备注", 8))
    return Grid(tuple(Column(title, width) for title, width in titles), lines, "审批流程")


def form(**changes: object) -> Form:
    """A form with one of everything: a decided step, one entered from paper, one that is still open."""
    decided = Line(("单位负责人", "王建国", "同意。", "2026年\n3月2日", "N02", ""))
    paper = Line(("案件监督管理室", "李敏", "同意", "2026年\n3月4日", "N02", "补录，待确认"))
    waiting = Line(("分管领导", "陈志强", "□同意　□不同意\n签字：", "", "N02", ""), by_hand=True)
    entries = (
        Entry("申请单位", "青石镇纪委"),
        Entry("申请人", "周晓岚"),
        Entry("事由", "日期录入有误", wide=True),
    )
    said = {
        "title": "台账更正审批单", "blocks": (Fields(entries), chain(decided, paper, waiting)), "code": CODE,
        "number": "编号：更正-2026-AL-17", "office": "安澜县纪委监委", "mark": "补录待确认", "foot": ("版次 4",),
    }  # fmt: skip
    return Form(**{**said, **changes})  # type: ignore[arg-type]
