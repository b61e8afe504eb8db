"""The one sentence of the overview stays true, and each number in it is a figure."""

from datetime import date

import pytest

from tests import factories as make
from xiezuo.figures.api import Asking
from xiezuo.organisation.models import Commission, Unit
from xiezuo.reports.api import county_sentence

DAY = date(2022, 8, 15)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("actor")]


@pytest.fixture
def township(actor: None) -> Unit:
    return make.unit(make.commission(region="虚构县"), "乡镇纪委")


def said(commission: Commission, language: str = "zh-hans") -> str:
    return "".join(run.text for run in county_sentence(Asking((commission.pk,), DAY), language))


def test_all_are_said_to_be_full_time_only_if_they_are(township: Unit) -> None:
    county = township.commission
    make.assignment(make.person(county), township)
    assert said(county) == "截至2022年8月15日，虚构县乡镇纪检干部1名均为专职。"
    make.assignment(make.person(county), township, engagement="兼职")
    assert said(county) == "截至2022年8月15日，虚构县乡镇纪检干部2名（专职1名）。"


def test_a_county_without_anybody_says_so(township: Unit) -> None:
    assert said(township.commission) == "截至2022年8月15日，虚构县尚无记载。"
    assert said(township.commission, "en") == "虚构县 has nothing on record."


def test_one_is_not_written_as_several(township: Unit) -> None:
    make.site(township, "谈话室", padded=True)
    assert "1 talk room " in said(township.commission, "en")


def test_a_name_that_looks_like_markup_stays_a_name(actor: None) -> None:
    county = make.commission(region="# {{ 7 * 7 }}县")
    make.assignment(make.person(county), make.unit(county, "乡镇纪委"))
    assert "# {{ 7 * 7 }}县" in said(county)


def test_every_number_of_the_sentence_is_a_figure(township: Unit) -> None:
    make.assignment(make.person(township.commission), township)
    runs = county_sentence(Asking((township.commission.pk,), DAY), "en")
    plain = "".join(run.text for run in runs if not getattr(run, "key", ""))
    assert not any(character.isdigit() for character in plain)
    assert [getattr(run, "key", "") for run in runs if getattr(run, "key", "")] == ["township.staff"]
