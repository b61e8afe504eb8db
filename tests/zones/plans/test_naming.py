"""One zone, however it is called: 市直, 县直, 区直 and 直属 lead to the same one."""

from datetime import date

import pytest

from tests import factories as make
from xiezuo.book.references import directory_of
from xiezuo.home.queries.search import search
from xiezuo.organisation.models import Commission
from xiezuo.shared.errors import BadInput, NotThere
from xiezuo.zones.naming import canonical_name, name_variants, plain_name
from xiezuo.zones.queries.naming import resolve_zone

DAY = date(2022, 8, 15)


def test_ways_of_calling_a_zone_have_one_name_in_common() -> None:
    for said in (
        "县直第一协作区",
        "市直第一协作区",
        "直属 第一协作区",
        "区直第一监督执纪协作区",
        "市直第一执纪监督协作区",
    ):
        assert plain_name(said) == "县直第一协作区"
    assert plain_name("东片协作区") == "东片协作区"


def test_a_county_shows_its_own_word_for_direct_zones() -> None:
    names = [canonical_name("市直第一协作区", kind) for kind in ("县", "市", "区", "旗")]
    assert names == ["县直第一协作区", "市直第一协作区", "区直第一协作区", "县直第一协作区"]
    assert canonical_name("东片协作区", "市") == "东片协作区"
    assert name_variants("市直一") == ["市直一", "县直一", "区直一", "直属一"]
    assert name_variants("东片") == ["东片"]


def test_a_name_in_the_book_leads_to_the_zone_called_otherwise_where_none_is_called_so() -> None:
    directory = directory_of(None, {"E1": ["县直第一协作区"], "E2": ["市直第二协作区"]}, name_variants)
    assert [directory.find(word) for word in ("市直第一协作区", "直属第二协作区", "区直第三协作区")] == [
        "E1",
        "E2",
        None,
    ]
    both = directory_of(None, {"E1": ["县直第一协作区"], "E2": ["市直第一协作区"]}, name_variants)
    assert [both.find(word) for word in ("县直第一协作区", "市直第一协作区", "直属第一协作区")] == [
        "E1",
        "E2",
        None,
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("actor")
class TestInTheLedger:
    @pytest.fixture
    def county(self) -> Commission:
        county = make.commission()
        make.zone(county, "二级", "县直", name="县直第一协作区", code="E1")
        make.zone(county, "二级", "县直", name="县直第二协作区", code="E2", ends=date(2022, 6, 1))
        make.zone(county, "二级", "县直", name="市直第二协作区", code="E3", starts=date(2022, 6, 1))
        return county

    @pytest.mark.parametrize(
        "words", ["E1", "e1", "县直第一协作区", "市直第一监督执纪协作区", " 直属第一协作区 "]
    )
    def test_a_code_a_name_and_every_other_way_of_saying_it_lead_to_one_zone(
        self, county: Commission, words: str
    ) -> None:
        assert resolve_zone(county, words, DAY).code == "E1"

    def test_the_zone_of_the_day_goes_before_those_of_other_days(self, county: Commission) -> None:
        days = {
            day: resolve_zone(county, "区直第二协作区", day).code
            for day in (date(2022, 5, 31), date(2022, 6, 1))
        }
        assert days == {date(2022, 5, 31): "E2", date(2022, 6, 1): "E3"}

    def test_what_means_several_zones_or_none_is_refused_with_the_codes(self, county: Commission) -> None:
        make.zone(county, "二级", "县直", name="直属第一协作区", code="E4")
        assert resolve_zone(county, "直属第一协作区", DAY).code == "E4"
        with pytest.raises(BadInput, match="E1、E4"):
            resolve_zone(county, "市直第一协作区", DAY)
        with pytest.raises(NotThere):
            resolve_zone(county, "西片协作区", DAY)

    def test_search_finds_a_zone_by_every_way_of_saying_its_name(self, county: Commission) -> None:
        assert [each.code for each in search(county, DAY, "市直第一")] == ["E1"]
        assert [each.code for each in search(county, DAY, "县直")] == ["E1", "E3"]
