"""A county's workbook is read with every fault at its cell in one pass; what is written of it reads the same."""

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.zones.proposals.books import Sheets, book_of
from xiezuo.config.demonstrated.zone_ground import ground_book as demonstration_book
from xiezuo.shared.errors import BadInput
from xiezuo.zones.proposals.ground_reading import Named, Problem, Read, read_ground
from xiezuo.zones.proposals.ground_writing import edition_book, ground_book
from xiezuo.zones.states import GroundKind

UNITS = [
    Named("A", "虚构甲镇纪委", ("甲镇",)), Named("B", "虚构乙镇纪委"), Named("C", "虚构丙镇纪委"), Named("S", "虚构工作室", axis=True),
    Named("D", "同名纪委"), Named("E", "同名纪委"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def read(sheets: Sheets) -> Read:
    return read_ground(book_of(sheets), UNITS)


def problems(sheets: Sheets) -> list[tuple[str, int | None, str, str]]:
    return [(each.sheet, each.row, each.column, each.found) for each in read(sheets).problems]


def test_units_are_named_by_code_name_or_other_name() -> None:
    told = read(
        {
            "行程": [["机构", "S"], ["A", 1], ["虚构乙镇纪委", 2]],
            "负荷": [["机构", "村数"], ["甲镇", 7]],
            "相邻": [["机构", "相邻机构"], ["乙", "A"]],
        }
    )
    assert [each.found for each in told.problems] == ["乙"]
    assert told.content[GroundKind.WAYS] == {"minutes": {"A": {"S": 1}, "B": {"S": 2}}}
    assert told.content[GroundKind.LOADS] == {"loads": {"A": {"村数": 7}}}


def test_every_fault_is_told_in_one_pass_at_its_cell() -> None:
    sheets = {
        "行程": [
            ["机构", "A", "B", "S"],
            ["A", "", 12, -1],
            ["B", 40, 0, ""],
            ["无此单位", 3, 4, 5],
            ["C", "很远", 2, 9999],
        ],
        "负荷": [["机构", "村数", "村数"], ["A", -3, 1], ["同名纪委", 1, 2], ["A", 1, 1]],
        "相邻": [["机构", "相邻机构"], ["A", "A"], ["B", ""], ["B", "C"]],
    }
    assert problems(sheets) == [
        ("行程", 4, "A", "无此单位"), ("行程", 2, "D", "-1"), ("行程", 3, "D", "nothing"), ("行程", 5, "B", "很远"),
        ("行程", 5, "D", "9999"), ("行程", 2, "C", "12"),
        ("负荷", 1, "C", "村数"), ("负荷", 2, "B", "-3"), ("负荷", 3, "A", "同名纪委"), ("负荷", 4, "A", "A"),
        ("相邻", 2, "B", "A"), ("相邻", 3, "B", "nothing"),
    ]  # fmt: skip


def test_a_name_of_several_units_is_refused_with_their_codes() -> None:
    (problem,) = read({"负荷": [["机构", "村数"], ["同名纪委", 1]]}).problems
    assert problem == Problem("负荷", 2, "A", "同名纪委", "the code of one unit: the name is that of D, E")


def test_a_way_that_takes_far_longer_than_back_is_refused_with_both() -> None:
    (problem,) = read({"行程": [["机构", "A", "B"], ["A", 0, 90], ["B", 20, 0]]}).problems
    assert (problem.row, problem.column, problem.found) == (2, "C", "90")
    assert problem.expected == "not more than 3 times the way back, which is 20"


def test_short_ways_may_differ() -> None:
    assert problems({"行程": [["机构", "A", "B"], ["A", 0, 9], ["B", 2, 0]]}) == []


def test_the_way_from_a_unit_to_itself_is_nothing() -> None:
    assert problems({"行程": [["机构", "A", "B"], ["A", 5, 9], ["B", 9, ""]]}) == [("行程", 2, "B", "5")]


@pytest.mark.parametrize("sheets", [{"别的": [["机构"]]}, {"行程": [["机构", "A"]]}])
def test_a_workbook_that_says_nothing_is_told_so(sheets: Sheets) -> None:
    assert len(read(sheets).problems) == 1


@pytest.mark.parametrize(
    "book", [b"", b"PK\x03\x04 broken", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600]
)
def test_what_is_no_workbook_is_refused_in_words(book: bytes) -> None:
    with pytest.raises(BadInput):
        read_ground(book, UNITS)


def test_a_matrix_larger_than_any_county_is_refused() -> None:
    told = problems({"行程": [["机构", *("A" for _ in range(700))], ["A", *(1 for _ in range(700))]]})
    assert told == [("行程", 1, "A", "1 × 700")]


def test_the_workbook_of_the_demonstration_has_no_fault() -> None:
    codes = [*(f"XZ0{n}" for n in range(1, 9)), "GZ01", "GZ02", "GZ03"]
    assert read_ground(demonstration_book(), [Named(code, code) for code in codes]).problems == []


def test_the_empty_workbook_gives_nothing() -> None:
    told = read_ground(ground_book(UNITS, {}), UNITS)
    assert told.content == {}
    assert [each.found for each in told.problems] == ["only empty sheets"]


CODES = ["A", "B", "C", "S", "D"]
contents = some.fixed_dictionaries(
    {
        GroundKind.WAYS: some.permutations(CODES).map(
            lambda codes: {
                "minutes": {
                    one: {"S": 10.0 + at, "E": 12.5} for at, one in enumerate(sorted(codes[:3])) if one != "S"
                }
            }
        ),
        GroundKind.LOADS: some.dictionaries(
            some.sampled_from(CODES),
            some.dictionaries(some.sampled_from(["村数", "人口", "老弱"]), some.integers(0, 99), min_size=1),
            min_size=1,
        ).map(lambda loads: {"loads": loads}),
        GroundKind.NEIGHBOURS: some.sets(
            some.sampled_from([("A", "B"), ("B", "C"), ("A", "D")]), min_size=1
        ).map(lambda pairs: {"pairs": [list(each) for each in sorted(pairs)]}),
    }
)


@given(contents)
@settings(max_examples=6, deadline=None)
def test_what_is_written_reads_the_same(content: dict[GroundKind, dict[str, object]]) -> None:
    told = read_ground(ground_book(UNITS, content), UNITS)
    assert (told.problems, told.content) == ([], content)


def test_an_edition_by_itself_reads_the_same() -> None:
    content = {"minutes": {"A": {"S": 3}, "B": {"S": 4}}}
    assert read_ground(edition_book(GroundKind.WAYS, content), UNITS).content == {GroundKind.WAYS: content}
