"""A text is taken apart without losing a character, and clauses are known again in a later edition."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiezuo.rules.clauses import anchors, changes, joined, marked, split

LINES = st.sampled_from([
    "第一条　为规范工作，制定本规则。", "第二条 乙", "第三条的规定，应当执行。", "第三条、第四条所列事项", "第十条之一 丙",
    "第一章 总则", "第二节 程序", "（一）甲；", "", "　　", "　第十二条　缩进的条文", "第二十条规定了", "第五条：丁", "words 第六条",
])  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(LINES).map("\n".join))


@dataclass(frozen=True)
class Known:
    anchor: int
    label: str
    text: str


def known(text: str) -> list[Known]:
    return [Known(number, part.label, part.text) for number, part in enumerate(split(text), 1)]


@given(TEXTS)
def test_the_parts_joined_are_the_text(text: str) -> None:
    assert joined(split(text)) == text


@given(TEXTS)
def test_a_part_taken_apart_again_is_itself(text: str) -> None:
    for part in split(text):
        assert [each.label for each in split(part.text)] == [part.label]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("名称\n第一条 甲\n第二条 乙", ["", "第一条", "第二条"]),
        ("\n\n第一条 甲", ["第一条"]),
        ("第一条 依照\n第三条的规定办理\n第二条 乙", ["第一条", "第二条"]),
        ("第一章 总则\n第一条 甲\n第一条之一 乙", ["第一章", "第一条", "第一条之一"]),
        ("第一条 依照第二条办理", ["第一条"]),
        ("", []),
    ],
)
def test_a_text_is_cut_where_a_clause_opens_and_not_where_one_is_cited(text: str, labels: list[str]) -> None:
    assert [part.label for part in split(text)] == labels


@given(TEXTS, TEXTS)
def test_no_anchor_is_given_twice_and_the_same_text_keeps_all_of_them(before: str, after: str) -> None:
    old = known(before)
    given_now = anchors(split(after), old, len(old) + 1)
    assert len(set(given_now)) == len(given_now)
    assert sorted(anchors(split(before), old, len(old) + 1)) == [each.anchor for each in old]


def test_a_clause_keeps_its_anchor_under_another_number_and_in_other_words() -> None:
    old = known("第一条 为规范协作区工作，制定本规则。\n第二条 申请应当在两个工作日内答复。\n")
    later = "第一条 协作区每季度召开一次会议，通报情况。\n第二条 为规范协作区工作，制定本规则。\n第三条 申请应当在三个工作日内答复。\n"
    assert anchors(split(later), old, 3) == [3, 1, 2]


@given(st.text(), st.text())
def test_the_marks_give_both_texts_back(before: str, after: str) -> None:
    runs = marked(before, after)
    assert "".join(run.text for run in runs if run.how != "new") == before
    assert "".join(run.text for run in runs if run.how != "gone") == after


def test_only_what_differs_is_listed_and_what_is_gone_stands_where_it_stood() -> None:
    old = [Known(1, "第一条", "第一条 甲"), Known(2, "第二条", "第二条 乙"), Known(3, "第三条", "第三条 丙")]
    new = [
        Known(1, "第一条", "第一条 甲\n"),
        Known(3, "第二条", "第二条 丙"),
        Known(4, "第三条", "第三条 丁"),
    ]
    found = [(each.label, each.before is None, each.after is None) for each in changes(old, new)]
    assert found == [("第二条", False, True), ("第三条 → 第二条", False, False), ("第三条", True, False)]
