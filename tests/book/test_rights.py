"""Who keeps the ledger loads, withdraws and takes out its book; nobody else does, by whatever way they come."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import factories as make
from tests.book.sample import sample, written
from tests.subjects import Visitor
from xiezuo.accounts.api import OPERATOR, Actor, Role, actor_of
from xiezuo.book.api import export_book, load_book, map_word, withdraw_last_load
from xiezuo.book.draft_operations import keep_upload
from xiezuo.book.models import Load
from xiezuo.book.words import MappedColumn
from xiezuo.organisation.models import Commission
from xiezuo.shared import clock
from xiezuo.shared.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(reader: Client) -> Commission:
    assert load_book(written(sample()), by=OPERATOR, now=clock.now()).loaded
    return Commission.objects.get(code="AL")


def load(_county: Commission, by: Actor) -> Any:
    return load_book(written(sample()), by=by, now=clock.now())


ACTS: dict[str, Callable[[Commission, Actor], Any]] = {
    "load": load,
    "check": lambda _county, by: load_book(written(sample()), by=by, now=clock.now(), dry_run=True),
    "withdraw": lambda county, by: withdraw_last_load(
        commission=county, by=by, now=clock.now(), reason="虚构"
    ),
    "take out": lambda county, by: export_book(commission=county, by=by, now=clock.now()),
    "map a word": lambda county, by: map_word(
        commission_code=county.code,
        column=MappedColumn.POST,
        word="支部书记",
        meaning="书记",
        by=by,
        now=clock.now(),
    ),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [Role.SECRETARY, Role.REPORT_WRITER])
def test_no_other_office_of_the_commission_may(county: Commission, act: str, role: Role) -> None:
    visitor = Visitor("visitor").holds(role, county)
    with pytest.raises(Refused):
        ACTS[act](county, actor_of(visitor.user))
    assert Load.objects.get().withdrawn_at is None


@pytest.mark.parametrize("act", ACTS)
def test_the_office_of_another_commission_may_not(county: Commission, act: str) -> None:
    stranger = Visitor("stranger").holds(Role.CASE_MANAGEMENT, make.commission())
    with pytest.raises(Refused):
        ACTS[act](county, actor_of(stranger.user))


def test_the_first_book_of_a_new_commission_is_loaded_on_the_server(reader: Client) -> None:
    keeper = Visitor("keeper").holds(Role.CASE_MANAGEMENT, make.commission())
    with pytest.raises(Refused, match="第一本台账簿须在服务器上载入"):
        load(make.commission(), actor_of(keeper.user))
    assert not Commission.objects.filter(code="AL").exists()


def test_who_keeps_no_ledger_uploads_nothing(county: Commission) -> None:
    visitor = Visitor("visitor").holds(Role.SECRETARY, county)
    with pytest.raises(Refused):
        keep_upload(content=b"", file_name="a.xlsx", by=actor_of(visitor.user), now=clock.now())


def test_the_office_itself_may(county: Commission) -> None:
    office = Visitor("office").holds(Role.CASE_MANAGEMENT, county)
    assert load(county, actor_of(office.user)).loaded
    assert export_book(commission=county, by=actor_of(office.user), now=clock.now())
