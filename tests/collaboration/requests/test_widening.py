"""P10: a request is read by named persons; who else may is asked for, decided by another, and ends by itself."""

from datetime import date
from uuid import uuid4

import pytest

from tests.collaboration.asking import DAY, TODAY, Asking, asking, now_of
from tests.once import fresh, once
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Access, Recusal, Request, Widening
from xiezuo.collaboration.requests.widening_operations import ask_widening, decide_widening
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere, Refused

pytestmark = pytest.mark.django_db


county = once(asking)


@pytest.fixture
def here(county: Asking, db: None) -> Asking:
    return fresh(county)


def ask(here: Asking, row: Request, *, by: str = "station", last: date = TODAY + 5 * DAY, reason: str = "需要会商") -> Widening:  # fmt: skip
    return here.do(by, ask_widening, request=row, account=here.office.at("deputy"), last=last, reason=reason, key=uuid4())  # type: ignore[no-any-return]  # fmt: skip


def reads(here: Asking, name: str) -> bool:
    with acting_as(here.actor(name)):
        return Request.objects.exists()


def test_who_is_let_in_reads_until_the_last_day_and_no_longer(here: Asking) -> None:
    row = here.request()
    asked = ask(here, row)
    assert not reads(here, "deputy")
    here.do("head", decide_widening, widening=asked, agreed=True)
    assert reads(here, "deputy")
    with acting_as(OPERATOR):
        Access.objects.filter(account=here.office.at("deputy")).update(starts=TODAY - DAY, ends=TODAY)
    assert not reads(here, "deputy")


def test_a_refusal_lets_nobody_in_and_is_kept(here: Asking) -> None:
    asked = ask(here, here.request())
    here.do("head", decide_widening, widening=asked, agreed=False)
    assert (now_of_widening(asked).agreed, reads(here, "deputy")) == (False, False)


def now_of_widening(asked: Widening) -> Widening:
    with acting_as(OPERATOR):
        return Widening.objects.get(pk=asked.pk)


@pytest.mark.parametrize(("by", "code"), [("station", "not-lead"), ("clerk", "not-lead")])
def test_only_the_head_of_the_unit_in_the_lead_decides(here: Asking, by: str, code: str) -> None:
    asked = ask(here, here.request())
    with pytest.raises(Refused) as caught:
        here.do(by, decide_widening, widening=asked, agreed=True)
    assert [reason.code for reason in caught.value.reasons] == [code]


def test_nobody_decides_what_they_asked_for_and_nothing_is_decided_twice(here: Asking) -> None:
    row = here.request()
    own = ask(here, row, by="head")
    with pytest.raises(Refused) as caught:
        here.do("head", decide_widening, widening=own, agreed=True)
    assert [reason.code for reason in caught.value.reasons] == ["own-request"]
    other = ask(here, row)
    here.do("head", decide_widening, widening=other, agreed=False)
    with pytest.raises(Refused):
        here.do("head", decide_widening, widening=other, agreed=True)


@pytest.mark.parametrize("more", [{"last": TODAY - DAY}, {"reason": " "}, {"reason": "张三丰、李四光"}])
def test_a_day_that_has_passed_no_reason_or_names_are_refused(here: Asking, more: dict[str, object]) -> None:
    row = here.request()
    with pytest.raises(Refused):
        ask(here, row, **more)  # type: ignore[arg-type]


def test_who_does_not_read_it_cannot_ask_for_others(here: Asking) -> None:
    row = here.request()
    with pytest.raises(NotThere):
        ask(here, row, by="secretary")


def test_who_must_stand_out_is_not_let_in(here: Asking) -> None:
    row = here.request()
    with acting_as(OPERATOR):
        Recusal.objects.create(
            request=row, person=here.office.people["deputy"], source="本人申报", clause="监察法第六十七条", raised_at=clock.now(),
            due_on=TODAY, key=uuid4(), account=here.office.at("deputy"), decision="回避", decided_by=here.office.at("head"),
            decided_at=clock.now(),
        )  # fmt: skip
    with pytest.raises(Refused) as caught:
        ask(here, row)
    assert [reason.code for reason in caught.value.reasons] == ["account"]
    assert now_of(row).version == row.version
