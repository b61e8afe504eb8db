"""Levels narrow the roster: the second-level zone, then the first-level zone, then the county; what a request names by name
comes from anywhere. All places and people are fictional."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from tests import factories as make
from tests.collaboration.asking import DAY, TODAY, Asking, asking
from tests.collaboration.request_screens.test_request_pages import Door
from tests.collaboration.teaming_up import bar, chosen, helpers, pick, plain, stands, teaming
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.requests.approving import offices_for, starting_level
from xiezuo.collaboration.requests.carrying_operations import escalate
from xiezuo.collaboration.teams.operations import form_team
from xiezuo.organisation.states import UnitKind
from xiezuo.rules.defaults import default_rules
from xiezuo.rules.models import WorkRule
from xiezuo.rules.states import RuleKind
from xiezuo.shared import clock
from xiezuo.shared.errors import Refused
from xiezuo.zones.models import Authorisation, Joining

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def here(db: None) -> Asking:
    """Beside the two zones of `asking` a third one, of the first-level zone of the unit that asks."""
    built = asking()
    helpers(built)
    county = built.office.county
    with acting_as(OPERATOR):
        zone = built.zones["E3"] = make.zone(county, "二级", "乡镇", name="E3区", parent=built.zones["Y1"])
        built.units["sister"] = make.unit(
            county, UnitKind.TOWNSHIP_COMMISSION, "sister镇纪委", place="sister镇"
        )
        make.zone_member(zone, built.units["sister"], "成员")
    for name, unit in (
        ("near", "next"),
        ("sister", "sister"),
        ("of the office", "support"),
        ("native", "far"),
    ):
        plain(built, name, unit, origin="虚构县town镇" if name == "native" else "")
    return built


def needed(here: Asking, row: Request, *names: str) -> list[str | None]:
    return [stands(here, row, name).beyond for name in names]


def up(here: Asking, row: Request) -> Request:
    """Taken to the next level, and agreed to by everybody."""
    here.act(row, escalate, by="asker", said="层级内无合适人员")
    while here.approval(row).settled_at is None:
        here.decide(row)
    return here.act(row, form_team)


WHO = ("near", "second helper", "head", "sister", "chief", "of the office")


def test_people_come_from_the_second_level_zone_then_the_first_then_the_county(here: Asking) -> None:
    row = teaming(here, wanted_units=())
    assert row.level == "二级协作区"
    assert needed(here, row, *WHO) == [None, None, None, "一级协作区", "县纪委监委", "县纪委监委"]
    row = up(here, row)
    assert (row.level, needed(here, row, *WHO)) == (
        "一级协作区",
        [None, None, None, None, "县纪委监委", "县纪委监委"],
    )
    row = up(here, row)
    assert (row.level, needed(here, row, *WHO)) == ("县纪委监委", [None] * 6)


def test_who_is_beyond_the_level_is_counted_in_a_line_and_never_listed_or_called_recused(
    here: Asking,
) -> None:
    row, browser = teaming(here, wanted_units=()), Door(here, "head")
    context = browser.get(reverse("collaboration:team", args=[row.pk])).context
    listed = {line.person for side in ("can", "cannot") for line in context[side]}
    people = here.office.people
    assert people["near"].pk in listed
    assert not listed & {people[name].pk for name in ("sister", "chief", "native", "of the office")}
    # The sister; with her of the county six of the other zone and the support office, and seven of `office`. The native is recused.
    assert [int(each) for each in re.findall(r"\d+", context["beyond"])] == [1, 14]
    assert (bar(here, row, "chief"), bar(here, row, "native")) == ("", "G7")
    with translation.override("en"), pytest.raises(Refused) as refused:
        chosen(here, row, pick(here, "chief", "组长"))
    assert [each.code for each in refused.value.reasons] == ["beyond-level"]
    assert "the commission" in str(refused.value)
    assert "ecus" not in str(refused.value)


@pytest.mark.parametrize(("skill", "level"), [("潜水", "一级协作区"), ("登山", "县纪委监委")])
def test_what_would_have_to_give_names_the_lowest_level_that_would_do(
    here: Asking, skill: str, level: str
) -> None:
    with acting_as(OPERATOR):
        for unit, able in (("sister", "潜水"), ("far", "登山")):
            make.assignment(make.person(here.office.county, skills=[able]), here.units[unit], "科员")
    row = teaming(here, wanted_units=(), skills=(skill,))
    context = Door(here, "head").get(reverse("collaboration:team", args=[row.pk])).context
    assert context["nobody_fits"]
    told = [words for ways in context["gives"] for words in ways]
    assert [words for words in told if "一级协作区" in words or "县纪委监委" in words] == [
        words for words in told if level in words
    ]
    assert any(level in words for words in told)


def test_what_a_request_names_is_reached_from_every_level_and_so_are_zones_that_act_as_one(
    here: Asking,
) -> None:
    county, common = here.office.county, {"asked_by": "虚构", "asked_at": clock.now(), "decided_on": TODAY}
    with acting_as(OPERATOR):
        office = Authorisation.objects.create(
            commission=county, number=1, person=here.office.people["deputy"], unit=here.units["support"], matter="问〔2026〕12号",
            starts=TODAY, ends=TODAY + 60 * DAY, key=uuid4(), **common,
        )  # fmt: skip
    row = teaming(here, wanted_units=(here.units["far"].pk,))
    with acting_as(OPERATOR):
        Request.objects.filter(pk=row.pk).update(authorisations=[office.pk])
    assert needed(here, row, "of the office", "lent", "native", "chief") == [None, None, None, "县纪委监委"]
    zones = [here.zones[each].pk for each in ("E1", "E2")]
    with acting_as(OPERATOR):
        joining = Joining.objects.create(
            commission=county, number=1, level="二级", zones=zones, purpose="事项", title="联〔2026〕1号",
            coordinator=here.office.people["leader"], starts=TODAY, ends=TODAY + timedelta(days=30), key=uuid4(), **common,
        )  # fmt: skip
    assert needed(here, row, "chief", "sister") == [None, "一级协作区"]
    with acting_as(OPERATOR):
        Joining.objects.filter(pk=joining.pk).update(ended_on=TODAY)
    assert needed(here, row, "chief") == ["县纪委监委"]


STARTS_AT = {
    "二级协作区": ("R01", "R02", "R03", "R09", "R10", "R11", "R13", "R17"),
    "一级协作区": ("R05", "R06", "R08", "R16"),
    "县纪委监委": ("R04", "R07", "R12", "R14", "R15", "R18"),
}


def test_a_request_starts_as_far_up_as_the_highest_office_of_its_rule_and_nobody_else_must_agree() -> None:
    rules: dict[str, Any] = {
        each["code"]: each for each in default_rules() if each["kind"] == RuleKind.PROCEDURE
    }
    assert sorted(rules) == sorted(code for codes in STARTS_AT.values() for code in codes)
    for level, codes in STARTS_AT.items():
        for code in codes:
            rule, row = WorkRule(approvers=rules[code]["approvers"]), Request(zone=1)
            assert starting_level(rule, row) == level
            row.level = level
            assert offices_for(rule, row, []) == rules[code]["approvers"]
            # The district of a unit in no zone is the commission's.
            assert starting_level(rule, Request()) == "县纪委监委"


def test_a_matter_of_cadres_reaches_past_the_zone_that_stands_out_and_a_unit_in_no_zone_the_county(
    here: Asking,
) -> None:
    row = here.request(situation="Q18", method="M4", wanted_units=())
    assert (row.level, stands(here, row, "chief").beyond, bar(here, row, "near")) == (
        "县纪委监委",
        None,
        "R18",
    )
    here.add("office head", "support", "主任")
    other = here.draft(
        "office head",
        "support",
        situation="Q01",
        method="M1",
        wanted_units=(),
        pointer="问〔2026〕77号",
        about_units=(),
    )
    other = here.submit(other, "office head")
    assert (other.level, other.zone, needed(here, other, "chief", "sister")) == (
        "县纪委监委",
        None,
        [None, None],
    )
