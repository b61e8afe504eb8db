"""Two who act upon loans at the same moment: of each race exactly one defined outcome."""

from functools import partial

import pytest

from tests.approvals.office import together
from tests.collaboration.asking import DAY, TODAY, now_of
from tests.collaboration.loans.lending import SOON, THREE_MONTHS, Lending, lent_now
from xiezuo.collaboration.api import choose_candidate, consent, extend_loan, lend, offer_candidate
from xiezuo.rules.api import months_after

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def here(transactional_db: None) -> Lending:
    return Lending()


def test_two_home_units_that_agree_at_once_have_both_agreed(here: Lending) -> None:
    row = here.approved(people=2)
    rows = [here.do("clerk", offer_candidate, loan=row, person=here.person(who).pk) for who in ("guest", "second")]  # fmt: skip
    for each in rows:
        here.act(each, choose_candidate)
    before = now_of(row).version
    acts = [
        partial(here.do, head, consent, lent=each, no="同意〔2026〕1号", on=TODAY)
        for head, each in zip(("far head", "next head"), rows, strict=True)
    ]
    assert together(*acts) == ["done", "done"]
    assert [lent_now(each).consent_on for each in rows] == [TODAY, TODAY]
    assert now_of(row).version == before + 2


def test_of_two_loans_of_one_person_on_the_same_days_one_begins(here: Lending) -> None:
    first, second = here.chosen(), here.chosen(unit="town", by="asker")
    days = {"starts": SOON, "ends": SOON + 30 * DAY}
    acts = [
        partial(here.do, by, lend, lent=lent, seen=now_of(lent.loan).version, **days)
        for by, lent in (("head", first), ("asker", second))
    ]
    outcomes = together(*acts)
    assert outcomes == ["done", "starts"]
    assert len(here.spells("guest")) == 1


def test_extended_twice_at_once_it_is_extended_once(here: Lending) -> None:
    lent = here.lent()
    later = months_after(THREE_MONTHS, 1)
    seen = now_of(lent.loan).version
    acts = [
        partial(here.do, "secretary", extend_loan, lent=lent, ends=ends, basis="工作需要", seen=seen)
        for ends in (later, later + DAY)
    ]
    assert together(*acts) == ["changed-meanwhile", "done"]
    assert lent_now(lent).extended == 1
