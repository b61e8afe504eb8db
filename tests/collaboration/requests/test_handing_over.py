"""Open work passes on: the request and its application to one new applicant, a question to whoever holds the office now."""

from typing import Any

import pytest

from tests.collaboration import matters_told as tell
from tests.collaboration.asking import TODAY, Asking, asking, now_of
from tests.once import fresh, once
from tests.subjects import Visitor
from xiezuo.accounts.api import OPERATOR, Role, acting_as
from xiezuo.collaboration.api import hand_over_request, pass_recusal_on
from xiezuo.collaboration.models import Recusal, Request
from xiezuo.collaboration.queries.handing import open_work_of
from xiezuo.shared.errors import Refused

pytestmark = pytest.mark.usefixtures("actor")


@once
def county() -> Asking:
    built = asking()
    built.add("colleague", "town")
    return built


@pytest.fixture
def here(county: Asking, actor: None) -> Asking:
    return fresh(county)


def hand(here: Asking, row: Request, by: str = "asker", to: str = "colleague", **more: Any) -> Request:
    given = {
        "request": row,
        "to_account": here.office.accounts[to].pk,
        "said": "岗位调整",
        "seen": now_of(row).version,
    } | more
    return here.do(by, hand_over_request, **given)


def refused(act: Any, *args: Any, **given: Any) -> set[str]:
    with pytest.raises(Refused) as caught:
        act(*args, **given)
    return {reason.code for reason in caught.value.reasons}


def reads(here: Asking, name: str, row: Request) -> bool:
    with acting_as(here.actor(name)):
        return Request.objects.filter(pk=row.pk).exists()


def test_the_application_passes_with_the_request_and_so_does_the_right_to_read_it(here: Asking) -> None:
    here.add("clerk of town", "town")
    row = here.request()
    hand(here, row)
    now = now_of(row)
    assert (now.applicant, here.approval(row).applicant) == (here.office.accounts["colleague"].pk,) * 2
    assert reads(here, "colleague", row)
    with acting_as(OPERATOR):
        live = now.readers.filter(because="applicant", cut_at=None).values_list("account", flat=True)
        assert list(live) == [now.applicant]
        assert now.moves.order_by("-version").first().verb == "hand_over"


def test_what_is_decided_already_passes_too_and_twice_changes_nothing(here: Asking) -> None:
    row = here.approved()
    first = hand(here, row)
    assert hand(here, row).version == first.version
    assert now_of(row).applicant == here.office.accounts["colleague"].pk


def test_only_somebody_of_the_unit_takes_it_over_and_never_who_decides_it(here: Asking) -> None:
    row = here.request()
    assert refused(hand, here, row, to="far head") == {"to"}
    assert "to" in refused(hand, here, row, to="station")
    assert refused(hand, here, row, said="") == {"said"}
    assert refused(hand, here, row, seen=1) == {"changed-meanwhile"}


def test_whoever_may_have_to_stand_out_takes_nothing_over(here: Asking) -> None:
    row, person = here.request(), here.office.people["colleague"]
    with acting_as(OPERATOR):
        tell.recusal(row, person, TODAY, account=here.office.accounts["colleague"].pk)
    assert refused(hand, here, row) == {"to"}


def test_the_office_hands_over_for_others_and_nobody_else_does(here: Asking) -> None:
    row = here.approved()
    assert refused(hand, here, row, by="head") == {"not-yours"}
    hand(here, row, by="clerk")
    assert now_of(row).applicant == here.office.accounts["colleague"].pk


def test_a_question_goes_to_whoever_holds_the_office_now(here: Asking) -> None:
    person, row = here.add("comes", "next"), here.approved()
    with acting_as(OPERATOR):
        question = tell.recusal(row, person, TODAY, decider=here.office.accounts["colleague"].pk)
    assert refused(here.do, "asker", pass_recusal_on, recusal=question) == {"not-yours"}
    here.do("clerk", pass_recusal_on, recusal=question)
    with acting_as(OPERATOR):
        assert Recusal.objects.get(pk=question.pk).decider not in (None, here.office.accounts["colleague"].pk)
        Recusal.objects.filter(pk=question.pk).update(decision="不予回避")
    assert refused(here.do, "clerk", pass_recusal_on, recusal=question) == {"decided"}


def test_open_work_is_what_the_account_has_open_and_the_reader_may_see(here: Asking) -> None:
    row = here.approved()
    account = here.office.accounts["asker"].pk
    with acting_as(here.actor("clerk")):
        assert [each.pk for each in open_work_of(here.office.county, account).applied] == [row.pk]
    with acting_as(here.actor("far head")):
        assert open_work_of(here.office.county, account).empty


def test_the_page_is_for_the_office_and_for_heads_of_their_own_people(here: Asking, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    row = here.approved()
    with acting_as(OPERATOR):
        office = Visitor("keeps").holds(Role.CASE_MANAGEMENT, here.office.county)
        clerk = Visitor("works").holds(Role.STAFF, here.office.county, here.units["town"].pk)
        head = Visitor("far").holds(Role.UNIT_HEAD, here.office.county, here.units["far"].pk)
    account = here.office.accounts["asker"].pk
    page = office.get(f"/collaboration/hand-over/?account={account}").content.decode()
    assert f"/collaboration/hand-over/{row.pk}/" in page
    assert clerk.get("/collaboration/hand-over/").status_code == 403
    assert head.get(f"/collaboration/hand-over/?account={account}").status_code == 404
    given = {"to": here.office.accounts["colleague"].pk, "said": "岗位调整", "seen": now_of(row).version}
    assert (
        office.post(f"/collaboration/hand-over/{row.pk}/", given | {"said": "电话13800138000"}).status_code
        == 422
    )
    assert office.post(f"/collaboration/hand-over/{row.pk}/", given).status_code == 302
    assert now_of(row).applicant == given["to"]
