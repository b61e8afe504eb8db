"""Entering single facts: what is written, what is refused, and that nothing known before is lost."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.organisation.entered_county import CLERK, DAY, NOW, County, a_county, a_post, known_posts
from xiezuo.accounts.api import OPERATOR, Actor, acting_as, set_actor
from xiezuo.audit.api import Act
from xiezuo.organisation.correction_operations import Decided, correct_post, strike_post
from xiezuo.organisation.entry_operations import (
    add_person,
    begin_share,
    end_share,
    give_up_post,
    move_person,
    spend_form,
    take_up_post,
)
from xiezuo.organisation.models import Assignment, PersonRecord, Portfolio
from xiezuo.organisation.movements import between_days, movements
from xiezuo.shared.errors import Refused
from xiezuo.shared.periods import OPEN

LATER = NOW + timedelta(hours=1)
AGREED = Decided("clerk", ("second",), "更正-2022-T-1")


@pytest.fixture
def county(actor: None) -> County:
    return a_county()


def codes(refused: "pytest.ExceptionInfo[Refused]") -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def give_up(assignment: Assignment, **given: Any) -> Assignment:
    told = {"assignment": assignment, "ends": date(2022, 9, 1), "leaving": "调出", "by": CLERK, "now": LATER}
    return give_up_post(**{**told, **given})  # type: ignore[arg-type]


def move(assignment: Assignment, county: County, **given: Any) -> Assignment:
    told = {
        "assignment": assignment, "on": date(2022, 9, 1), "unit": county.units[1], "post": "主任", "engagement": "专职",
        "status": "在编", "basis": "测纪干〔2022〕2号", "by": CLERK, "now": LATER,
    }  # fmt: skip
    return move_person(**{**told, **given})  # type: ignore[arg-type]


def correct(assignment: Assignment, **changes: Any) -> Assignment:
    return correct_post(
        assignment=assignment, changes=changes, reason="任免文件核对", decided=AGREED, by=CLERK, now=LATER
    )


@pytest.fixture
def journal(db: None) -> Iterator[list[tuple[str, tuple[Any, ...]]]]:
    """What is written to the journal; the application may add to it and not read it."""
    written: list[tuple[str, tuple[Any, ...]]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if "INSERT INTO audit_entry" in sql:
            # The first three move the tip of the chain; the entry itself follows.
            written.append((params[5], params[3:]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


def test_a_post_taken_up_is_known_from_now_and_held_from_its_day(county: County, journal: list[Any]) -> None:
    before = county.version()
    held = take_up_post(**a_post(county, moves=["调入", "新任", "调入"]))
    assert list(Assignment.objects.on(DAY)) == [held]
    assert not Assignment.objects.on(DAY - timedelta(days=1)).exists()
    assert not Assignment.objects.on(DAY, known=NOW - timedelta(seconds=1)).exists()
    assert (held.moves, held.ends, held.known_from) == (["调入", "新任"], OPEN, NOW)
    assert county.version() == before + 1
    [(act, params)] = journal
    assert (act, params[1], params[4]) == (Act.POST_TAKEN_UP, "clerk", county.people[0].code)


def test_a_post_given_up_keeps_what_was_known_before(county: County) -> None:
    held = take_up_post(**a_post(county))
    ended = give_up(held, basis="测纪干〔2022〕3号", to_outside="邻县纪委监委")
    assert not Assignment.objects.on(date(2022, 9, 1)).exists()
    assert list(Assignment.objects.on(date(2022, 8, 31))) == [ended]
    assert list(Assignment.objects.on(date(2022, 9, 1), known=NOW)) == [held]
    assert ended.basis == "测纪干〔2022〕1号；测纪干〔2022〕3号"


def test_a_move_is_one_act(county: County, journal: list[Any]) -> None:
    held = take_up_post(**a_post(county))
    begun = move(held, county)
    [left] = Assignment.objects.current().filter(unit=county.units[0])
    assert (left.ends, left.leaving, begun.starts, begun.from_unit) == (
        begun.starts,
        "调整",
        left.ends,
        county.units[0],
    )
    assert [act for act, _params in journal] == [Act.POST_TAKEN_UP, Act.PERSON_MOVED]


def test_a_part_time_post_becomes_full_time_in_place(county: County) -> None:
    held = take_up_post(**a_post(county, engagement="兼职"))
    begun = move(held, county, unit=county.units[0], post="副主任", moves=["兼职转专职"])
    assert [row.engagement for row in Assignment.objects.current().order_by("starts")] == ["兼职", "专职"]
    assert begun.from_unit is None
    [balance] = movements(between_days((county.commission.pk,), DAY, date(2022, 12, 31)))
    assert (balance.opening, balance.arrivals, balance.departures, balance.closing) == (1, 0, 0, 1)


def test_a_correction_keeps_the_wrong_row_as_what_was_known(county: County) -> None:
    held = take_up_post(**a_post(county))
    was = known_posts(county, NOW)
    correct(held, post="主任", starts=date(2022, 8, 1))
    [now] = Assignment.objects.current()
    assert (now.post, now.starts, now.known_from) == ("主任", date(2022, 8, 1), LATER)
    assert known_posts(county, NOW) == was


def test_an_ended_post_can_be_corrected_to_last(county: County) -> None:
    ended = give_up(take_up_post(**a_post(county)))
    again = correct_post(
        assignment=ended,
        changes={"ends": OPEN, "leaving": ""},
        reason="未离任",
        decided=AGREED,
        by=CLERK,
        now=LATER + timedelta(hours=1),
    )
    assert list(Assignment.objects.on(date(2023, 1, 1))) == [again]


def test_a_post_never_held_is_struck_and_stays_known_as_it_was(county: County) -> None:
    held = take_up_post(**a_post(county))
    strike_post(assignment=held, reason="录错人", decided=AGREED, by=CLERK, now=LATER)
    assert not Assignment.objects.current().exists()
    assert Assignment.objects.on(DAY, known=NOW).count() == 1


def test_a_corrected_row_is_no_longer_of_the_load_that_brought_it(county: County) -> None:
    held = take_up_post(**a_post(county))
    Assignment.objects.filter(pk=held.pk).update(known_until=NOW)
    brought = Assignment.objects.create(
        commission=county.commission, person=county.people[0], unit=county.units[0], post="副主任", engagement="专职",
        status="在编", moves=["期初"], starts=DAY, known_from=NOW, load=7,
    )  # fmt: skip
    assert correct(brought, post="主任").load is None


def test_a_person_is_added_with_a_name_and_no_more(county: County) -> None:
    person = add_person(commission=county.commission, code=" P9 ", name=" 赵某 ", sex="男", by=CLERK, now=NOW)
    described = PersonRecord.objects.current().get(person=person)
    assert (person.code, described.name, described.telephone, described.born) == ("P9", "赵某", "", None)
    assert described.position == 3


def test_a_share_in_the_division_of_work_begins_and_ends(county: County) -> None:
    share = begin_share(
        person=county.people[0], unit=county.units[0], mode="分管", starts=DAY, by=CLERK, now=NOW
    )
    end_share(share=share, ends=date(2022, 9, 1), by=CLERK, now=LATER)
    assert Portfolio.objects.on(date(2022, 8, 31)).count() == 1
    assert not Portfolio.objects.on(date(2022, 9, 1)).exists()
    assert Portfolio.objects.on(date(2022, 9, 1), known=NOW).count() == 1


WRONG_POSTS: dict[str, tuple[Callable[[County], dict[str, Any]], str]] = {
    "a day before 1900": (lambda _c: {"starts": date(1899, 12, 31)}, "day-out-of-range"),
    "a day years ahead": (lambda _c: {"starts": date(2032, 8, 15)}, "day-out-of-range"),
    "a word that is no engagement": (lambda _c: {"engagement": "半职"}, "unknown-choice"),
    "a word that is no status": (lambda _c: {"status": "临时"}, "unknown-choice"),
    "a word that is no move": (lambda _c: {"moves": ["调入", "飞来"]}, "unknown-choice"),
    "no move at all": (lambda _c: {"moves": []}, "unknown-choice"),
    "no post": (lambda _c: {"post": "  "}, "missing"),
    "a unit that does not stand yet": (lambda _c: {"starts": date(2019, 12, 31)}, "unit-not-standing"),
    "a unit that will end": (lambda c: {"unit": c.units[2]}, "unit-not-standing"),
    "a person of another commission": (lambda _c: {"person": a_county("V").people[0]}, "other-commission"),
    "an origin in another commission": (lambda _c: {"from_unit": a_county("V").units[0]}, "other-commission"),
    "two origins": (lambda c: {"from_unit": c.units[1], "from_outside": "县委办"}, "two-origins"),
    "someone who has not logged in": (lambda _c: {"by": Actor("stranger")}, "not-yours"),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "code"), WRONG_POSTS.values(), ids=WRONG_POSTS)
def test_a_post_that_cannot_be_is_refused_with_words(
    wrong: Callable[[County], dict[str, Any]], code: str, county: County, journal: list[Any]
) -> None:
    before = county.version()
    with pytest.raises(Refused) as refused:
        take_up_post(**a_post(county, **wrong(county)))
    assert codes(refused) == [code]
    assert not Assignment.objects.exists()
    assert (journal, county.version()) == ([], before)


def test_a_refusal_names_what_was_found_and_what_is_expected(county: County) -> None:
    with pytest.raises(Refused) as refused:
        take_up_post(**a_post(county, engagement="半职", starts=date(1899, 1, 1)))
    words = str(refused.value)
    assert [text in words for text in ("半职", "专职、兼职", "1899-01-01", "1900-01-01")] == [True] * 4


def test_the_same_post_of_the_same_unit_is_refused_twice_on_one_day(county: County) -> None:
    take_up_post(**a_post(county))
    with pytest.raises(Refused) as refused:
        take_up_post(**a_post(county, starts=date(2022, 1, 1), now=LATER))
    assert codes(refused) == ["same-post-twice"]
    assert "第0监督检查室" in str(refused.value)


def test_a_post_may_be_taken_up_again_on_the_day_it_was_given_up(county: County) -> None:
    ended = give_up(take_up_post(**a_post(county)))
    again = take_up_post(**a_post(county, starts=ended.ends, now=LATER))
    assert list(Assignment.objects.on(ended.ends)) == [again]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"ends": DAY}, "end-not-after-start"),
        ({"ends": date(2032, 1, 1)}, "day-out-of-range"),
        ({"leaving": "飞走"}, "unknown-choice"),
        ({"leaving": ""}, "unknown-choice"),
    ],
)
def test_an_end_that_cannot_be_is_refused(given: dict[str, Any], code: str, county: County) -> None:
    held = take_up_post(**a_post(county))
    with pytest.raises(Refused) as refused:
        give_up(held, **given)
    assert codes(refused) == [code]
    assert Assignment.objects.current().get().ends == OPEN


def test_an_ended_post_cannot_be_ended_or_left_again(county: County) -> None:
    ended = give_up(take_up_post(**a_post(county)))
    for again in (lambda: give_up(ended, ends=date(2022, 10, 1)), lambda: move(ended, county)):
        with pytest.raises(Refused) as refused:
            again()
        assert codes(refused) == ["already-ended"]


@pytest.mark.parametrize(
    "act",
    [
        lambda held, county: give_up(held),
        move,
        lambda held, county: correct(held, post="主任"),
        lambda held, county: strike_post(assignment=held, reason="录错", decided=AGREED, by=CLERK, now=LATER),
    ],
)
@pytest.mark.parametrize("fresh", [True, False], ids=["as the second tab read it", "as the ledger has it"])
def test_who_comes_second_is_told_that_the_ledger_was_changed(
    act: Callable[[Assignment, County], object], fresh: bool, county: County
) -> None:
    held = take_up_post(**a_post(county))
    correct_post(
        assignment=held, changes={"basis": "更正"}, reason="核对", decided=AGREED, by=CLERK, now=LATER
    )
    stale = held if fresh else Assignment.objects.get(pk=held.pk)
    with pytest.raises(Refused) as refused:
        act(stale, county)
    assert codes(refused) == ["ledger-moved-on"]
    assert Assignment.objects.current().get().basis == "更正"


def test_a_correction_must_change_something_and_say_why(county: County) -> None:
    held = take_up_post(**a_post(county))
    with pytest.raises(Refused) as refused:
        correct(held, post="副主任")
    assert codes(refused) == ["nothing-changed"]
    with pytest.raises(Refused) as refused:
        correct_post(
            assignment=held, changes={"post": "主任"}, reason=" ", decided=AGREED, by=CLERK, now=LATER
        )
    assert codes(refused) == ["missing"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"leaving": "退休"}, "leaving-without-end"),
        ({"ends": date(2022, 1, 1)}, "end-not-after-start"),
        ({"starts": date(1800, 1, 1)}, "day-out-of-range"),
    ],
)
def test_a_correction_to_what_cannot_be_is_refused(
    changes: dict[str, Any], code: str, county: County
) -> None:
    held = take_up_post(**a_post(county))
    with pytest.raises(Refused) as refused:
        correct(held, **changes)
    assert codes(refused) == [code]


@pytest.mark.parametrize("agreed_by", [(), ("clerk",), ("clerk", "second")])
def test_a_correction_takes_effect_for_nobody_who_agreed_alone(
    agreed_by: tuple[str, ...], county: County
) -> None:
    held, alone = take_up_post(**a_post(county)), Decided("clerk", agreed_by, "更正-2022-T-1")
    told: dict[str, Any] = {"assignment": held, "reason": "核对", "decided": alone, "by": CLERK, "now": LATER}
    for act in (lambda: correct_post(**told, changes={"post": "主任"}), lambda: strike_post(**told)):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["own-correction"]
    assert list(Assignment.objects.current()) == [held]


def test_a_correction_knows_no_other_person(county: County) -> None:
    held = take_up_post(**a_post(county))
    with pytest.raises(ValueError, match="person"):
        correct(held, person=county.people[1])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"post": "副主任", "unit": 0}, "nothing-changed"),
        ({"moves": ["兼职转专职"]}, "not-made-full-time"),
        ({"unit": 2}, "unit-not-standing"),
    ],
)
def test_a_move_that_cannot_be_is_refused_whole(given: dict[str, Any], code: str, county: County) -> None:
    held = take_up_post(**a_post(county))
    wrong = {**given, "unit": county.units[given.get("unit", 1)]}
    with pytest.raises(Refused) as refused:
        move(held, county, **wrong)
    assert codes(refused) == [code]
    assert list(Assignment.objects.current()) == [held]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"mode": "主抓"}, "unknown-choice"),
        ({"line": "乡镇战线"}, "one-object"),
        ({"unit": None}, "one-object"),
        ({"starts": date(2019, 1, 1)}, "unit-not-standing"),
    ],
)
def test_a_share_that_cannot_be_is_refused(given: dict[str, Any], code: str, county: County) -> None:
    told = {
        "person": county.people[0],
        "unit": county.units[0],
        "mode": "分管",
        "starts": DAY,
        "by": CLERK,
        "now": NOW,
    }
    with pytest.raises(Refused) as refused:
        begin_share(**{**told, **given})
    assert codes(refused) == [code]
    begin_share(**told)
    with pytest.raises(Refused) as refused:
        begin_share(**told)
    assert codes(refused) == ["same-share-twice"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"code": "T-P0"}, "code-taken"),
        ({"name": " "}, "missing"),
        ({"code": ""}, "missing"),
        ({"sex": "无"}, "unknown-choice"),
    ],
)
def test_a_person_who_cannot_be_is_refused(given: dict[str, Any], code: str, county: County) -> None:
    told = {
        "commission": county.commission,
        "code": "P9",
        "name": "赵某",
        "sex": "男",
        "by": CLERK,
        "now": NOW,
    }
    with pytest.raises(Refused) as refused:
        add_person(**{**told, **given})
    assert codes(refused) == [code]


def test_a_form_is_spent_once(county: County) -> None:
    from uuid import uuid4

    key = uuid4()
    assert [spend_form(key=key, by=CLERK, now=NOW) for _time in range(2)] == [True, False]
    assert spend_form(key=uuid4(), by=CLERK, now=NOW)


# Two at once


@pytest.fixture
def committed(transactional_db: None) -> County:
    """A county that other connections see."""
    with acting_as(OPERATOR):
        return a_county()


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run each act in a thread and transaction of its own, all begun together; gives done, or the code of the refusal."""
    start, outcomes = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            with acting_as(OPERATOR):
                start.wait(timeout=10)
                act()
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(refused.reasons[0].code)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_of_two_who_enter_the_same_post_at_once_exactly_one_does(committed: County) -> None:
    told = a_post(committed)
    assert at_once(lambda: take_up_post(**told), lambda: take_up_post(**told)) == ["done", "same-post-twice"]
    with acting_as(OPERATOR):
        assert Assignment.objects.current().count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_of_two_who_change_the_same_row_at_once_exactly_one_does(committed: County) -> None:
    with acting_as(OPERATOR):
        held = take_up_post(**a_post(committed))
    outcomes = at_once(
        lambda: give_up(held), lambda: correct(held, post="主任"), lambda: move(held, committed)
    )
    assert outcomes == ["done", "ledger-moved-on", "ledger-moved-on"]
    with acting_as(OPERATOR):
        assert Assignment.objects.filter(known_until__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_fact_that_a_load_writes_meanwhile_is_refused_in_words(committed: County) -> None:
    told = a_post(committed)
    written = threading.Event()

    def load() -> None:
        """Writes as a load does: without growing the edition first."""
        fact = {name: value for name, value in told.items() if name not in ("by", "now")}
        Assignment.objects.create(commission=committed.commission, known_from=NOW, load=1, **fact)
        written.set()
        _until_someone_waits()

    def enter() -> None:
        assert written.wait(timeout=10)
        take_up_post(**told)

    assert at_once(load, enter) == ["done", "ledger-moved-on"]


def _until_someone_waits() -> None:
    limit = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < limit:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
            time.sleep(0.02)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_of_a_form_sent_twice_at_once_one_is_spent(committed: County) -> None:
    from uuid import uuid4

    key, spent = uuid4(), []
    at_once(*[lambda: spent.append(spend_form(key=key, by=CLERK, now=NOW))] * 3)
    assert sorted(spent) == [False, False, True]


# Whatever is entered

DAYS = st.integers(min_value=0, max_value=40).map(lambda number: date(2022, 8, 1) + timedelta(days=number))
STEPS = st.tuples(
    st.sampled_from(["take up", "take up", "give up", "move", "correct", "strike"]),
    st.integers(min_value=0, max_value=5), st.integers(min_value=0, max_value=2), DAYS,
    st.sampled_from(["专职", "兼职"]), st.sampled_from(["在编", "借调"]), st.sampled_from(["主任", "副主任"]),
)  # fmt: skip


def enter(county: County, step: tuple[Any, ...], now: datetime) -> bool:
    """One step of a story; what the ledger refuses is no step."""
    verb, which, place, day, engagement, status, post = step
    held = list(Assignment.objects.current().order_by("pk"))
    person, unit = county.people[which % 3], county.units[place]
    try:
        if verb == "take up" or not held:
            take_up_post(
                **a_post(
                    county,
                    person=person,
                    unit=unit,
                    starts=day,
                    engagement=engagement,
                    status=status,
                    post=post,
                    now=now,
                )
            )
            return True
        one = held[which % len(held)]
        match verb:
            case "give up":
                give_up(one, ends=day, now=now)
            case "move":
                move(one, county, on=day, unit=unit, engagement=engagement, status=status, post=post, now=now)
            case "correct":
                changes = {"starts": day, "status": status, "engagement": engagement}
                correct_post(
                    assignment=one, changes=changes, reason="核对", decided=AGREED, by=CLERK, now=now
                )
            case _:
                strike_post(assignment=one, reason="录错", decided=AGREED, by=CLERK, now=now)
    except Refused:
        return False
    return True


@given(
    steps=st.lists(STEPS, min_size=2, max_size=10), first=DAYS, length=st.integers(min_value=0, max_value=40)
)
def test_whatever_is_entered_balances_and_what_was_known_stays(
    steps: list[tuple[Any, ...]], first: date, length: int, django_db_setup: None, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), transaction.atomic():
        set_actor(OPERATOR)
        _tell(a_county(), steps, first, first + timedelta(days=length))
        transaction.set_rollback(True)


def _tell(county: County, steps: list[tuple[Any, ...]], first: date, last: date) -> None:
    answers, version = {}, county.version()
    for number, step in enumerate(steps):
        now = NOW + timedelta(minutes=number)
        version += enter(county, step, now)
        answers[now] = known_posts(county)
        assert answers[now] == known_posts(county, now)
    assert all(balance.holds for balance in movements(between_days((county.commission.pk,), first, last)))
    assert {now: known_posts(county, now) for now in answers} == answers
    assert county.version() == version
