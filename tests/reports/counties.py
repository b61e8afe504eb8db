"""Counties made up for tests of wording: states and values without a database. Every name is fictional."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from xiezuo.reports.county import County, Directive, PlanItem, Regulation, Site, State, Unit, Works, Zone
from xiezuo.reports.language.values import Traced
from xiezuo.reports.operations import standard_text
from xiezuo.reports.rendering import Given, compiled_template, keys_needed

DAY = date(2022, 8, 15)
COUNTY = County("川平县纪委监委", "川平县", "县", "县直", "")
TEMPLATE = compiled_template(standard_text())
KEYS = keys_needed(TEMPLATE, DAY)
small = st.integers(0, 4)


def given_county(
    values: dict[str, int | None] | None = None, state: State | None = None, **more: Any
) -> Given:
    """What a report is made from; figures that are not named are 0."""
    records = dict.fromkeys(TEMPLATE.needs.listed, ())
    return Given(DAY, {**dict.fromkeys(KEYS, 0), **(values or {})}, state or State(COUNTY), records, **more)


@st.composite
def units(draw: st.DrawFn, kind: str, key: str) -> list[Unit]:
    """A few units of one kind."""
    made = []
    for number in range(draw(small)):
        staff = draw(small)
        full_time = draw(st.integers(0, staff))
        made.append(Unit(
            f"{'甲乙丙丁'[number]}处", kind, Traced(staff, key), Traced(full_time, "township.full_time"),
            staff - full_time, 0, draw(st.booleans()), draw(st.booleans()),
        ))  # fmt: skip
    return made


@st.composite
def states(draw: st.DrawFn) -> State:
    """Any state, also one that no figure agrees with."""
    townships = draw(units("乡镇纪委", "township.staff"))
    groups = draw(units("派驻纪检监察组", "stationed.staff"))
    due = st.sampled_from(
        [(None, "", False), (date(2022, 9, 30), "9月底", False), (date(2022, 7, 1), "7月1日", True)]
    )
    return State(
        COUNTY, townships=townships, groups=groups, units=[*groups, *townships],
        zones=[Zone("一片区", draw(st.sampled_from(["一级", "二级"])), "乡镇", "", "", "", n) for n in draw(st.lists(small, max_size=2))],
        regulations=[Regulation("甲规定", "", "试行", "正在试行")] * draw(st.integers(0, 2)),
        sites=[Site(f"廊{n}", "", "廉政文化走廊", draw(st.booleans()), *draw(due)) for n in range(draw(small))],
        works=[Works(f"室{n}", "", "谈话室", "隔音", *draw(due)) for n in range(draw(small))],
        plan=[PlanItem(f"事项{n}", "推进", "", "", "", draw(st.booleans()), *draw(due)) for n in range(draw(small))],
        directives=[Directive("某要求", "某市", "", DAY)] * draw(st.integers(0, 1)),
        lent_to_groups=draw(small),
    )  # fmt: skip


@st.composite
def counties(draw: st.DrawFn) -> Given:
    """Any county: values between none and four, whatever its state."""
    values = {key: draw(small) for key in KEYS}
    for key in ("township.staff_each", "township.full_time_most", "township.full_time_others_each"):
        values[key] = draw(st.none() | small)
    return given_county(values, draw(states()))
