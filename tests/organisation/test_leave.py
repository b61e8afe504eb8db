"""Days away: who enters and cancels them, who reads them, and what the ledger then says."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.approvals.office import together
from tests.organisation.test_entry import check, words_of
from tests.reading import journal, questions_of
from tests.subjects import Visitor
from xiezuo.accounts.api import OPERATOR, Actor, Role, acting_as, actor_of, set_actor
from xiezuo.organisation.leave_operations import cancel_leave, enter_leave
from xiezuo.organisation.models import Commission, Leave, Person, Unit
from xiezuo.shared import clock
from xiezuo.shared.errors import Refused

pytestmark = pytest.mark.django_db
TODAY = clock.today()
DAY = timedelta(days=1)


@pytest.fixture
def county(reader: Client) -> Commission:
    return make.commission()


@pytest.fixture
def east(county: Commission) -> Unit:
    return make.unit(county, "乡镇纪委", "东镇纪委")


@pytest.fixture
def person(county: Commission, east: Unit) -> Person:
    person = make.person(county, "东甲")
    make.assignment(person, east, "委员")
    return person


@pytest.fixture
def head(county: Commission, east: Unit) -> Visitor:
    english = {"accept-language": "en", "accept": "text/html"}
    return Visitor("head", headers=english).holds(Role.UNIT_HEAD, county, east.pk)


def days(first: int, ends: int) -> dict[str, date]:
    return {"starts": TODAY + first * DAY, "ends": TODAY + ends * DAY}


def entered(person: Person, by: Actor = OPERATOR, kind: str = "年休", **more: Any) -> Leave:
    return enter_leave(person=person, kind=kind, by=by, now=clock.now(), **{**days(0, 3), **more})


def codes(refused: Any) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def known() -> list[tuple[date, date, str]]:
    return list(Leave.objects.current().order_by("starts").values_list("starts", "ends", "kind"))


def path(person: Person) -> str:
    return reverse("organisation:enter-leave", args=[person.pk])


def as_of(visitor: Visitor) -> Actor:
    actor = actor_of(visitor.user)
    set_actor(actor)
    return actor


def test_the_head_of_a_unit_of_the_person_and_the_office_enter_days_away_and_nobody_else(
    county: Commission, east: Unit, person: Person, head: Visitor
) -> None:
    west = make.unit(county, "乡镇纪委", "西镇纪委")
    other = Visitor("other").holds(Role.UNIT_HEAD, county, west.pk)
    staff = Visitor("staff").holds(Role.STAFF, county, east.pk)
    clerk = Visitor("clerk").holds(Role.CASE_MANAGEMENT, county)
    for visitor in (other, staff):
        with pytest.raises(Refused) as refused:
            entered(person, as_of(visitor))
        assert codes(refused) == ["not-yours"]
    entered(person, as_of(head))
    entered(person, as_of(clerk), **days(3, 5))
    set_actor(OPERATOR)
    assert known() == [(TODAY, TODAY + 3 * DAY, "年休"), (TODAY + 3 * DAY, TODAY + 5 * DAY, "年休")]
    assert [row.entered_by for row in Leave.objects.order_by("starts")] == ["head", "clerk"]


def test_nobody_is_away_twice_on_one_day_by_the_operation_and_by_the_database(person: Person) -> None:
    row = entered(person)
    with pytest.raises(Refused) as refused:
        entered(person, **days(2, 4))
    assert codes(refused) == ["away-twice"]
    with pytest.raises(IntegrityError, match="leave_once"), transaction.atomic():
        make.leave(person, TODAY + 2 * DAY, TODAY + 4 * DAY)
    cancel_leave(leave=row, by=OPERATOR, now=clock.now())
    entered(person, **days(2, 4))
    assert known() == [(TODAY + 2 * DAY, TODAY + 4 * DAY, "年休")]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_of_two_who_enter_the_same_days_or_cancel_them_at_once_one_does() -> None:
    with acting_as(OPERATOR):
        person = make.person(make.commission(), "东甲")

    def act(verb: Any, **given: Any) -> Any:
        def run() -> None:
            with acting_as(OPERATOR):
                verb(by=OPERATOR, now=clock.now(), **given)

        return run

    enter = act(enter_leave, person=person, kind="年休", **days(0, 3))
    assert together(enter, enter) == ["away-twice", "done"]
    with acting_as(OPERATOR):
        row = Leave.objects.current().get()
    cancel = act(cancel_leave, leave=row)
    assert together(cancel, cancel) == ["done", "ledger-moved-on"]
    with acting_as(OPERATOR):
        assert (known(), Leave.objects.count()) == ([], 1)


def test_days_that_cannot_be_are_refused_in_words_and_leave_no_trace(person: Person) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        (days(3, 3), "end-not-after-start"), ({"kind": "病假"}, "unknown-choice"), (days(0, 400), "day-out-of-range"),
        ({"starts": date(1899, 1, 1)}, "day-out-of-range"),
    ]  # fmt: skip
    before = person.commission.ledger_version
    for told, code in wrong:
        with pytest.raises(Refused) as refused:
            entered(person, **told)
        assert codes(refused) == [code]
    assert (known(), Commission.objects.get(pk=person.commission_id).ledger_version) == ([], before)


def test_days_away_are_cancelled_by_closing_what_is_known_and_once_only(person: Person) -> None:
    row = entered(person)
    cancel_leave(leave=row, by=OPERATOR, now=clock.now())
    with pytest.raises(Refused) as refused:
        cancel_leave(leave=row, by=OPERATOR, now=clock.now())
    assert codes(refused) == ["ledger-moved-on"]
    assert [each.known_until is None for each in Leave.objects.all()] == [False]


def test_entering_and_cancelling_stand_in_the_journal(person: Person) -> None:
    with journal() as acts:
        cancel_leave(leave=entered(person), by=OPERATOR, now=clock.now())
    told = ("organisation.leave_entered", "organisation.leave_cancelled")
    assert [len(acts.of(act)) for act in told] == [1, 1]


def test_days_away_are_for_the_unit_in_which_the_person_is_in_post_then(
    county: Commission, east: Unit, head: Visitor
) -> None:
    west, moved = make.unit(county, "乡镇纪委", "西镇纪委"), make.person(county, "已调")
    make.assignment(moved, east, "委员", ends=TODAY - 5 * DAY)
    make.assignment(moved, west, "委员", starts=TODAY - 5 * DAY)
    make.leave(moved, TODAY - 10 * DAY, TODAY - 6 * DAY)
    make.leave(moved)
    as_of(head)
    seen = [(row.starts, row.ends) for row in Leave.objects.all()]
    set_actor(OPERATOR)
    assert seen == [(TODAY - 10 * DAY, TODAY - 6 * DAY)]


def test_days_away_are_entered_by_a_form_once_and_cancelled_from_the_person(
    head: Visitor, person: Person, east: Unit
) -> None:
    told = {"kind": "培训", "starts": TODAY.isoformat(), "back": (TODAY + 2 * DAY).isoformat()}
    _words, sent = check(head, path(person), told)
    assert known() == []
    for _again in range(2):
        assert head.post(path(person), sent)["Location"] == f"/people/{person.pk}/"
    row = Leave.objects.current().get()
    unit = words_of(head.get(reverse("organisation:unit", args=[east.pk])))
    assert unit.count('id="away-title"') == 1
    cancel = reverse("organisation:cancel-leave", args=[row.pk])
    assert cancel in words_of(head.get(f"/people/{person.pk}/"))
    _words, sent = check(head, cancel, {})
    head.post(cancel, sent)
    assert known() == []
    assert 'id="away-title"' not in words_of(head.get(reverse("organisation:unit", args=[east.pk])))


def test_the_page_of_a_unit_says_who_is_away_on_the_day_of_the_page(
    head: Visitor, person: Person, east: Unit
) -> None:
    make.leave(person, TODAY - 10 * DAY, TODAY - 8 * DAY)
    unit = reverse("organisation:unit", args=[east.pk])
    there = {
        back: 'id="away-title"' in words_of(head.get(unit, {"on": (TODAY - back * DAY).isoformat()})) for back in (11, 10, 9, 8)
    }  # fmt: skip
    assert there == {11: False, 10: True, 9: True, 8: False}


def test_a_wrong_form_comes_back_with_what_is_wrong_and_what_was_typed(head: Visitor, person: Person) -> None:
    answer = head.post(path(person), {"kind": "培训", "starts": "2026-13-01", "back": "", "step": "check"})
    words = words_of(answer)
    assert "This is no day" in words
    assert "2026-13-01" in words
    assert known() == []


def test_the_pages_cost_the_same_for_one_absence_and_for_three(
    head: Visitor, county: Commission, east: Unit, person: Person
) -> None:
    pages = [reverse("organisation:unit", args=[east.pk]) + "?on=2026-01-05", f"/people/{person.pk}/"]
    for number in range(3):
        make.assignment(make.person(county, f"东{number}"), east, "委员")
    make.leave(person, date(2026, 1, 1), date(2026, 2, 1))
    make.leave(person)
    before = [questions_of(head, page) for page in pages]
    for other in Person.objects.exclude(pk=person.pk):
        make.leave(other, date(2026, 1, 1), date(2026, 2, 1))
    make.leave(person, TODAY + 20 * DAY)
    make.leave(person, TODAY + 40 * DAY)
    Commission.objects.update(ledger_version=county.ledger_version + 1)
    assert [questions_of(head, page) for page in pages] == before
