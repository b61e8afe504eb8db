"""质效: parts in official order beside the period before; small counts hidden on screen and in the workbook; no ranking."""

import re
from datetime import date, timedelta
from io import BytesIO
from itertools import count
from typing import Any

import openpyxl
import pytest

from tests import factories as make
from tests.collaboration import matters_told as tell
from tests.collaboration.matters_told import noon
from tests.subjects import Visitor
from xiezuo.accounts.api import Role
from xiezuo.collaboration.figures import measuring, shown
from xiezuo.collaboration.figures.periods import Length, Period, after, before, period_of
from xiezuo.figures.api import all_balances
from xiezuo.organisation.models import Commission, Unit
from xiezuo.zones.models import Zone

PAGE = "/collaboration/effectiveness/"
DAY = timedelta(days=1)
ENGLISH = {"accept-language": "en"}
_numbers = count(1)
MAY = date(2023, 5, 10)
FEBRUARY = date(2023, 2, 10)

pytestmark = pytest.mark.usefixtures("actor")


@pytest.fixture
def county(actor: None, settings: Any) -> Commission:
    settings.ALLOWED_HOSTS = ["testserver"]
    return make.commission()


@pytest.fixture
def town(county: Commission) -> Unit:
    return make.unit(county, "乡镇纪委", "虚构乡")


@pytest.fixture
def zones(county: Commission) -> list[Zone]:
    return [make.zone(county, "二级", "乡镇", name=name) for name in ("虚构东片", "虚构西片", "虚构南片")]


def asked(
    county: Commission, town: Unit, zone: Zone | None, number: int, on: date = MAY, **more: Any
) -> None:
    for _time in range(number):
        tell.request(county, town, on, zone=zone and zone.pk, **more)


def table(county: Commission, query: str = "") -> list[list[Any]]:
    """The table as the workbook has it, without its head."""
    told = leader_of(county).get(f"{PAGE}?on=2023-06-30&format=xlsx{query}", headers=ENGLISH)
    sheet = openpyxl.load_workbook(BytesIO(told.content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def leader_of(county: Commission) -> Visitor:
    return Visitor(f"leads{next(_numbers)}").holds(Role.READER, county)


def column(rows: list[list[Any]], title: str) -> dict[str, str]:
    head = next(number for number, row in enumerate(rows) if "Zone" in row or "Situation" in row or "Method" in row)  # fmt: skip
    at = rows[head].index(title)
    return {row[0]: row[at] for row in rows[head + 1 :] if row[0]}


def test_zones_stand_in_official_order_beside_the_quarter_before(county: Commission, town: Unit, zones: list[Zone]) -> None:  # fmt: skip
    asked(county, town, zones[1], 9)
    asked(county, town, zones[0], 6)
    asked(county, town, zones[1], 7, FEBRUARY)
    asked(county, town, None, 5)
    told = column(table(county), "Submitted")
    assert list(told.items()) == [
        ("虚构东片", "6 (before: 0)"), ("虚构西片", "9 (before: 7)"), ("虚构南片", "0 (before: 0)"),
        ("outside the zones", "5 (before: 0)"), ("The whole commission", "20 (before: 7)"),
    ]  # fmt: skip


def test_a_small_count_is_hidden_with_a_second_one_and_the_total_stays(county: Commission, town: Unit, zones: list[Zone]) -> None:  # fmt: skip
    for zone, number in zip(zones, (3, 8, 20), strict=True):
        asked(county, town, zone, number)
    told = column(table(county), "Submitted")
    assert list(told.values()) == ["<5 (before: 0)", "* (before: 0)", "20 (before: 0)", "31 (before: 0)"]


def test_the_screen_says_what_the_workbook_says(county: Commission, town: Unit, zones: list[Zone]) -> None:
    for zone, number in zip(zones, (3, 8, 20), strict=True):
        asked(county, town, zone, number)
    page = leader_of(county).get(f"{PAGE}?on=2023-06-30", headers=ENGLISH).content.decode()
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)
    cells = [re.sub(r"<[^>]+>", "", cell).strip() for row in rows if "虚构东片" in row for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]  # fmt: skip
    assert cells[1].split()[0] == "&lt;5"
    assert "3 <span" not in page


def test_the_share_in_time_and_the_middle_need_counts_that_are_shown(county: Commission, town: Unit, zones: list[Zone]) -> None:  # fmt: skip
    for zone, in_time, late in ((zones[0], 6, 6), (zones[1], 9, 1), (zones[2], 12, 8)):
        for number, days in ((in_time, 1), (late, 5)):
            asked(county, town, zone, number, state="已批准", decided_at=noon(MAY + days * DAY))
    rows = table(county)
    assert [each.split(" (")[0] for each in column(rows, "Decided").values()] == ["12", "10", "20", "42"]
    shares = [each.split(" (")[0] for each in column(rows, "Decided in time").values()]
    # One of ten late would be told by nine of ten; with it a second zone is withheld.
    assert (shares[1], shares[3], shares.count("—")) == ("—", "64%", 2)
    assert [each.split(" (")[0] for each in column(rows, "Hours to decide").values()] == [
        "24",
        "24",
        "24",
        "24",
    ]


def test_help_is_told_where_it_is_given_and_where_it_is_received(county: Commission, town: Unit, zones: list[Zone]) -> None:  # fmt: skip
    helper = make.unit(county, "乡镇纪委", "另一乡")
    make.zone_member(zones[0], town, "成员")
    make.zone_member(zones[1], helper, "成员")
    row = tell.request(county, town, MAY, "执行", zone=zones[0].pk, sent_on=MAY)
    tell.member(row, make.person(county), helper, MAY, MAY + 4 * DAY)
    rows = table(county)
    assert column(rows, "Days of help given")["虚构西片"] == "4 (before: 0)"
    assert column(rows, "Days of help received")["虚构东片"] == "4 (before: 0)"


@pytest.mark.parametrize(("by", "title"), [("situation", "Situation"), ("method", "Method")])
def test_the_same_by_situation_and_method(county: Commission, town: Unit, by: str, title: str) -> None:
    asked(county, town, None, 6)
    rows = table(county, f"&by={by}")
    assert column(rows, "Submitted") == {"Q01" if by == "situation" else "M1": "6 (before: 0)", "The whole commission": "6 (before: 0)"}  # fmt: skip
    assert any(title in row for row in rows)


def test_months_are_hidden_within_their_quarter_whatever_is_shown(county: Commission, town: Unit) -> None:
    for month, number in ((4, 2), (5, 9), (6, 20)):
        asked(county, town, None, number, date(2023, month, 10))
    quarter = period_of(MAY, Length.QUARTER)
    for period in (quarter, period_of(MAY, Length.HALF)):
        now, was = (
            measuring.counted(county.pk, each, date(2023, 6, 30), "zone", {})
            for each in (period, before(period))
        )
        (_name, chart), *_others = shown.charts_of(now, was, (period, before(period)))
        assert list(chart.series[0].values)[-3:] == [None, None, 20]


def test_periods_are_whole_and_follow_each_other() -> None:
    year = period_of(MAY, Length.YEAR)
    assert (year, before(year)) == (Period(date(2023, 1, 1), date(2024, 1, 1)), Period(date(2022, 1, 1), date(2023, 1, 1)))  # fmt: skip
    for length in Length:
        period = period_of(MAY, length)
        assert (after(before(period)), period.starts <= MAY < period.ends) == (period, True)


@pytest.mark.parametrize(
    "query", ["by=unit", "length=month", "period=2023-9", "period=x", "period=1900-1", "period=2023-"]
)
def test_what_cannot_be_asked_is_refused_in_words(county: Commission, query: str) -> None:
    told = leader_of(county).get(f"{PAGE}?{query}")
    assert told.status_code == 400


def test_no_count_of_the_collaboration_is_sorted_coloured_or_held_against_a_goal(county: Commission, town: Unit, zones: list[Zone]) -> None:  # fmt: skip
    """P18 and P21: no league table, no goal, no threshold, no light."""
    asked(county, town, zones[0], 9)
    assert [each.key for by in measuring.GROUPS for each in shown.columns_of(by) if each.sortable or each.filterable] == []  # fmt: skip
    page = leader_of(county).get(f"{PAGE}?on=2023-06-30", headers=ENGLISH).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert re.findall(r"xz-state|sort=|xz-progress|xz-light|<meter|<progress|aria-sort", main) == []
    assert leader_of(county).get(f"{PAGE}?sort=-submitted").status_code == 400
    # What is expected is the limit of loans, which are of the staff and no matters.
    assert [
        each.id for each in all_balances() if each.id.startswith("collaboration.") and each.kind != "identity"
    ] == ["collaboration.loans_within_limits"]


def test_totals_are_for_their_readers_alone(county: Commission, town: Unit) -> None:
    clerk = Visitor("clerk").holds(Role.STAFF, county, town.pk)
    assert clerk.get(PAGE).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_questions_for_one_zone_and_for_three(county: Commission, town: Unit, number: int, django_assert_num_queries: Any) -> None:  # fmt: skip
    for _time in range(number):
        asked(county, town, make.zone(county, "二级", "乡镇"), 6)
    reader = leader_of(county)
    reader.get(f"{PAGE}?on=2023-06-30")
    with django_assert_num_queries(QUESTIONS):
        reader.get(f"{PAGE}?on=2023-06-30")


QUESTIONS = 36
