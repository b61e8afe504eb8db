"""Sites, regulations, meetings and the plan of one fictional county, as rows."""

from collections.abc import Iterable
from datetime import date, timedelta

from bench.county import County, Unit, of_kind
from xiezuo.organisation.states import UnitKind

ITEMS = ("同步录音录像", "保密柜", "急救药品")
WORKS_FROM, WORKS_UNTIL = date(2022, 5, 1), date(2023, 1, 1)


def add_sites(county: County, units: list[Unit], people: list[int]) -> None:
    """A talk room with its equipment and an office in each township, works in every third, and corridors."""
    for place, unit in enumerate(of_kind(units, UnitKind.TOWNSHIP_COMMISSION)):
        room = _add_site(county, "谈话室", unit, [])
        _add_site(county, "办公室", unit, people[place * 2 : place * 2 + 2])
        for item in ITEMS[: 2 + place % 2]:
            county.state("sites_equipment", site_id=room, item=item, condition="完好")
        if place % 3 == 0:
            county.state("sites_works", WORKS_FROM, site_id=room, contents=["软包"], due_on=WORKS_UNTIL)
        if place % 6 == 0:
            _add_site(county, "廉政文化走廊", unit, [])


def _add_site(county: County, kind: str, unit: int, users: list[int]) -> int:
    site, number = county.thing("sites_site", "S")
    county.state(
        "sites_siterecord", site_id=site, name=f"第{number}{kind}", kind=kind, unit_id=unit, users=users, grade="",
        planned_on=county.since, opened_on=county.since, padded=True, separate=True,
    )  # fmt: skip
    return site


def add_matters(county: County, units: list[Unit], years: Iterable[int]) -> None:
    """Ten regulations; each year five visits, five meetings and three items of the plan."""
    for place in range(1, 11):
        _add_regulation(county, date(2013 + place % 9, 3, place))
    townships = of_kind(units, UnitKind.TOWNSHIP_COMMISSION)
    for year in years:
        for month in range(2, 12):
            _add_month(county, date(year, month, 10), townships)


def _add_regulation(county: County, drafted: date) -> None:
    regulation, number = county.thing("rules_regulation", "R")
    county.state(
        "rules_regulationrecord", drafted, regulation_id=regulation, name=f"第{number}项制度", edition="",
        document_no="", drafted_on=drafted, in_force_on=drafted + timedelta(days=90),
    )  # fmt: skip


def _add_month(county: County, day: date, townships: list[int]) -> None:
    odd = day.month % 2
    county.state(
        "directives_meeting", day, day + timedelta(days=1), kind="检查调研" if odd else "专题推进会",
        name=f"{day.month}月例行", attended_by=["班子成员"], units=townships[day.month :: 4] if odd else [],
    )  # fmt: skip
    if day.month % 3 == 0:
        county.state(
            "directives_planitem", day, category="带动" if odd else "推进", name=f"{day:%Y}年第{day.month}项", aim="",
            progress="", due_on=day + timedelta(days=200),
        )  # fmt: skip
