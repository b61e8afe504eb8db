"""Pictures drawn on the server: true to their data, escaped, and said in words too."""

import json
import re
from datetime import date
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from xiezuo.ui.charts import Chart, Series, render_chart, slots
from xiezuo.ui.schematic import SMALL, WHOLE_PAGE, Edge, Group, Node, Sheet, render_schematic
from xiezuo.ui.timeline import LEFT, RIGHT, Fact, Lane, clipped, render_timeline, width_of

HOSTILE = "<script>alert(1)</script>\"'&"
DAY = date(2022, 8, 15)


def svg_of(html: str) -> Element:
    """The first picture of `html`, which must be well-formed."""
    return fromstring(html[html.index("<svg") : html.index("</svg>") + 6])


def test_hostile_words_stay_words_in_every_picture() -> None:
    fact = Fact(HOSTILE, date(2022, 1, 1), basis=HOSTILE, href=HOSTILE)
    timeline = render_timeline([Lane(HOSTILE, [fact], HOSTILE)], DAY, title=HOSTILE, name=HOSTILE)
    node = Node("a", HOSTILE, 1, 2, HOSTILE, HOSTILE, HOSTILE)
    schematic = render_schematic([node], [], [Group(HOSTILE, HOSTILE)], title=HOSTILE, name=HOSTILE)
    chart = Chart(HOSTILE, "bar", [HOSTILE], [Series("s", HOSTILE, [1], [HOSTILE])], HOSTILE, mark=HOSTILE)
    for html in (timeline, schematic, render_chart("c", chart)):
        assert "<script>alert" not in html
        assert " style=" not in html
        assert "\"'" not in html.replace("\\\"'", "")
    assert svg_of(timeline).find(".//title").text == HOSTILE  # type: ignore[union-attr]
    assert svg_of(schematic).find(".//title").text.startswith(HOSTILE)  # type: ignore[union-attr]


def test_bars_stand_where_their_days_are() -> None:
    facts = [Fact("前", date(2022, 1, 1), date(2022, 7, 1)), Fact("后", date(2022, 7, 1), date(2023, 1, 1))]
    bars = [
        r for r in svg_of(render_timeline([Lane("甲", facts)], DAY)).iter("rect") if r.get("height") == "22"
    ]
    first, second = ((float(b.get("x", 0)), float(b.get("width", 0))) for b in bars)
    assert first[0] + first[1] == pytest.approx(second[0], abs=0.2)
    assert first[1] / second[1] == pytest.approx(181 / 184, rel=0.02)
    assert LEFT < first[0] < second[0] + second[1] < RIGHT


def test_facts_that_overlap_are_drawn_below_each_other() -> None:
    facts = [
        Fact("甲", date(2022, 1, 1)),
        Fact("乙", date(2022, 3, 1), date(2022, 5, 1)),
        Fact("丙", date(2022, 5, 1)),
    ]
    bars = [
        r for r in svg_of(render_timeline([Lane("人", facts)], DAY)).iter("rect") if r.get("height") == "22"
    ]
    tops = [bar.get("y") for bar in bars]
    assert tops[0] != tops[1]
    assert tops[1] == tops[2]


def test_a_period_is_read_with_its_last_day() -> None:
    html = render_timeline(
        [Lane("甲", [Fact("在", date(2022, 1, 1), date(2022, 7, 1), "文〔2022〕1号")])], DAY
    )
    assert "2022-01-01 – 2022-06-30" in html
    assert '<td class="xz-cell-date">2022-06-30</td>' in html
    assert "文〔2022〕1号" in html


def test_a_timeline_without_facts_says_so() -> None:
    html = render_timeline([Lane("甲", [])], DAY)
    assert "<svg" not in html
    assert "<p" in html


@given(st.text(max_size=40), st.floats(0, 300))
def test_a_clipped_label_fits_its_room(words: str, room: float) -> None:
    assert width_of(clipped(words, room)) <= room
    assert clipped(words, 10_000) == words


points = st.lists(st.tuples(st.floats(100, 120), st.floats(20, 40)), min_size=1, max_size=40)


@pytest.mark.parametrize("sheet", [WHOLE_PAGE, SMALL])
@given(places=points)
def test_points_stay_on_the_sheet_and_apart(sheet: Sheet, places: list[tuple[float, float]]) -> None:
    nodes = [Node(str(at), f"第{at}镇", x, y) for at, (x, y) in enumerate(places)]
    circles = list(svg_of(render_schematic(nodes, [], [], title="图", sheet=sheet)).iter("circle"))
    spots = [(float(c.get("cx", -1)), float(c.get("cy", -1))) for c in circles]
    assert len(spots) == len(nodes)
    assert all(0 < x < sheet.width and 0 < y < sheet.height for x, y in spots)
    gaps = [(a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 for at, a in enumerate(spots) for b in spots[:at]]
    assert min(gaps, default=999) > 25**2


def test_north_is_up_and_east_is_right() -> None:
    nodes = [Node("sw", "西南", 100, 20), Node("ne", "东北", 101, 21)]
    first, second = svg_of(render_schematic(nodes, [], [], title="图")).iter("circle")
    assert float(first.get("cx", 0)) < float(second.get("cx", 0))
    assert float(first.get("cy", 0)) > float(second.get("cy", 0))


def test_groups_differ_in_shape_and_not_only_in_colour() -> None:
    nodes = [Node(str(at), "镇", at, at, str(at)) for at in range(8)]
    groups = [Group(str(at), f"第{at}区") for at in range(8)]
    html = render_schematic(nodes, [], groups, title="图")
    legend = html[html.index("<ul") :]
    shapes = re.findall(r'<circle|<path d="M([^"]*)"', legend)
    assert len({re.sub(r"[\d.-]+", "0", shape) + shape for shape in shapes}) == 8


def test_an_edge_to_an_unknown_point_is_left_out() -> None:
    nodes = [Node("a", "甲", 1, 1), Node("b", "乙", 2, 2)]
    html = render_schematic(nodes, [Edge("a", "b"), Edge("a", "missing")], [], title="图")
    assert html.count("stroke-opacity") == 1


def test_a_series_keeps_its_colour_whatever_stands_beside_it() -> None:
    one, other = Series("township", "乡镇", [1]), Series("stationed", "派驻", [1])
    assert slots([one]) == slots([one, other])[:1]
    assert len(set(slots([Series(str(at), "x", [1]) for at in range(8)]))) == 8


def test_the_table_under_a_chart_says_what_the_chart_says() -> None:
    chart = Chart("人数", "line", ["1月", "2月"], [Series("a", "甲", [3, None]), Series("b", "乙", [5, 7])])
    html = render_chart("c", chart)
    data = json.loads(re.search(r'type="application/json">(.*?)</script>', html).group(1))  # type: ignore[union-attr]
    assert [series["values"] for series in data["series"]] == [[3, None], [5, 7]]
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", html)
    assert cells == ["1月", "3", "5", "2月", "", "7"]


def test_a_chart_of_an_unknown_kind_is_a_mistake_of_the_page() -> None:
    with pytest.raises(ValueError, match="pie"):
        Chart("x", "pie", [], [])
