"""The step engine alone: values in, values out, no table."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from xiezuo.approvals import engine
from xiezuo.approvals.course import TO_APPLICANT, Course, Day, Paper, Party, Step
from xiezuo.approvals.states import MOVES, SETTLED, ApprovalState, Dropped, Mode, SeatState, Verb
from xiezuo.shared.errors import Refused

MONDAY = date(2022, 8, 15)
APPLICANT, CLERK, SECOND = Party(100, 100), Party(200, 200), Party(201, 201)
SECRETARY = Party(1, 1)
HEADS = [[Party(11, 11), Party(12, 12)], [Party(21, 21)], [Party(31, 31), Party(32, 32)]]


def after(day: date, count: int) -> date:
    """The n-th weekday after a day."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def on(day: date = MONDAY, named: Sequence[Sequence[Party]] = HEADS) -> Day:
    return Day(day, lambda number: named[number], lambda: [SECRETARY], after)


def course(*modes: Mode, day: Day | None = None, days: int = 2) -> Course:
    return engine.submit(
        APPLICANT, [Step(mode, days) for mode in modes or (Mode.ALL_OF, Mode.ALL_OF)], day or on()
    )


def codes(refused: "pytest.ExceptionInfo[Refused]") -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def names(parties: Sequence[Party]) -> list[int | None]:
    return [party.account for party in parties]


A, B = HEADS[0]
C = HEADS[1][0]


def test_all_of_a_step_must_agree_before_the_next_is_asked() -> None:
    begun = engine.approve(course(), A, on())
    assert names(begun.waiting_for()) == [12]
    assert names(engine.approve(begun, B, on()).waiting_for()) == [21]


def test_any_of_a_step_is_enough() -> None:
    assert names(engine.approve(course(Mode.ANY_OF, Mode.ALL_OF), B, on()).waiting_for()) == [21]


def test_in_turn_only_the_first_is_asked_and_the_second_cannot_go_ahead() -> None:
    begun = course(Mode.IN_TURN)
    assert names(begun.waiting_for()) == [11]
    with pytest.raises(Refused) as refused:
        engine.approve(begun, B, on())
    assert codes(refused) == ["not-asked"]


def test_the_last_step_settles_the_approval() -> None:
    assert engine.approve(course(Mode.ANY_OF), A, on()).state == ApprovalState.APPROVED


def test_nobody_signs_twice() -> None:
    with pytest.raises(Refused) as refused:
        engine.approve(engine.approve(course(), A, on()), A, on())
    assert codes(refused) == ["signed-already"]


def test_an_applicant_whom_the_rule_names_drops_out_and_the_others_decide() -> None:
    begun = course(Mode.ALL_OF, day=on(named=[[APPLICANT, B]]))
    assert names(begun.waiting_for()) == [12]
    assert begun.step.seats[0].why == Dropped.OWN
    with pytest.raises(Refused) as refused:
        engine.approve(begun, APPLICANT, on())
    assert codes(refused) == ["own-approval"]


def test_an_applicant_alone_in_a_step_is_decided_one_level_up() -> None:
    named = [[APPLICANT], [C]]
    assert names(course(day=on(named=named)).waiting_for()) == [21]
    assert names(course(Mode.ALL_OF, day=on(named=named)).waiting_for()) == [1]


def test_a_second_account_of_the_applicant_is_the_applicant() -> None:
    other = Party(101, 100)
    assert names(course(Mode.ALL_OF, day=on(named=[[other, B]])).waiting_for()) == [12]


def test_where_nobody_is_above_the_step_waits_and_is_never_taken_as_agreed() -> None:
    nobody = Day(MONDAY, lambda _number: [], list, after)
    begun = course(Mode.ALL_OF, day=nobody)
    assert (begun.state, begun.waiting_for()) == (ApprovalState.PENDING, [])
    assert names(engine.attend(begun, on()).waiting_for()) == [11, 12]


def test_whoever_stands_in_signs_for_the_absent_but_not_for_their_own_application_or_twice() -> None:
    stand_in = Party(50, 50)
    signed = engine.approve(course(), stand_in, on(), [A])
    assert signed.step.seats[0].decided_by == stand_in
    for by, code in ((APPLICANT, "own-approval"), (stand_in, "signed-already")):
        with pytest.raises(Refused) as refused:
            engine.approve(signed, by, on(), [B])
        assert codes(refused) == [code]


def test_a_return_goes_to_any_earlier_step_and_all_since_is_decided_anew() -> None:
    third = course(Mode.ANY_OF, Mode.ANY_OF, Mode.ANY_OF)
    third = engine.approve(engine.approve(third, A, on()), C, on())
    back = engine.send_back(third, HEADS[2][0], 0, on())
    assert (back.current, names(back.waiting_for())) == (0, [11, 12])
    assert {seat.state for seat in back.steps[1].seats} == {SeatState.LATER}
    with pytest.raises(Refused) as refused:
        engine.send_back(back, A, 1, on())
    assert codes(refused) == ["not-earlier"]


def test_what_was_returned_to_the_applicant_waits_for_nobody_else_and_begins_again() -> None:
    back = engine.send_back(course(), A, TO_APPLICANT, on())
    assert (back.state, back.waiting_for()) == (ApprovalState.RETURNED, [])
    assert names(engine.submit_again(back, APPLICANT, on()).waiting_for()) == [11, 12]


def test_a_refusal_settles_it_whatever_the_others_think() -> None:
    refused_by_one = engine.refuse_it(engine.approve(course(), A, on()), B)
    assert (refused_by_one.state, refused_by_one.waiting_for()) == (ApprovalState.REFUSED, [])


def test_who_was_added_comes_right_after_and_must_agree_too() -> None:
    added = Party(60, 60)
    begun = engine.add_signer(course(Mode.IN_TURN, Mode.ALL_OF), A, added)
    begun = engine.approve(begun, A, on())
    assert names(begun.waiting_for()) == [60]
    begun = engine.approve(engine.approve(begun, added, on()), B, on())
    assert begun.current == 1


def test_neither_the_applicant_nor_a_signer_can_be_added() -> None:
    for whom, code in ((APPLICANT, "own-approval"), (B, "seated")):
        with pytest.raises(Refused) as refused:
            engine.add_signer(course(), A, whom)
        assert codes(refused) == [code]


def test_a_recused_person_drops_out_and_what_they_agreed_to_is_decided_anew() -> None:
    second = engine.approve(course(Mode.ANY_OF, Mode.ALL_OF), A, on())
    left = engine.recuse(second, A, on())
    assert (left.current, names(left.waiting_for())) == (0, [12])
    with pytest.raises(Refused) as refused:
        engine.approve(left, A, on())
    assert codes(refused) == ["recused"]


def test_an_agreement_given_in_the_place_of_a_recused_person_counts_no_more() -> None:
    second = engine.approve(course(Mode.ANY_OF, Mode.ALL_OF), Party(50, 50), on(), [A])
    assert engine.recuse(second, A, on()).current == 0


def test_a_withdrawal_is_refused_once_a_signer_has_read() -> None:
    assert engine.withdraw(course(), APPLICANT).state == ApprovalState.WITHDRAWN
    with pytest.raises(Refused) as refused:
        engine.withdraw(replace(course(), read=True), APPLICANT)
    assert codes(refused) == ["read"]


@pytest.mark.parametrize(
    ("days", "amber", "due"),
    [(1, date(2022, 8, 16), date(2022, 8, 16)), (2, date(2022, 8, 16), date(2022, 8, 17)), (5, date(2022, 8, 18), date(2022, 8, 22))],
)  # fmt: skip
def test_lights_follow_working_days(days: int, amber: date, due: date) -> None:
    begun = course(days=days)
    day = timedelta(days=1)
    lights = [engine.light(begun, each) for each in (amber - day, amber, due, due + day)]
    assert lights == ["green", "amber", "amber", "red"]


def test_silence_past_the_limit_asks_one_level_up_once() -> None:
    late = engine.attend(course(), on(date(2022, 8, 18)))
    assert names(late.waiting_for()) == [11, 12, 21]
    assert engine.attend(late, on(date(2022, 8, 19))) == late
    assert engine.approve(late, C, on()).current == 1


def test_on_the_day_of_the_limit_nobody_is_above_yet() -> None:
    assert names(engine.attend(course(), on(date(2022, 8, 17))).waiting_for()) == [11, 12]


def test_a_time_out_survives_a_return() -> None:
    late = engine.attend(course(), on(date(2022, 8, 18)))
    back = engine.send_back(late, A, TO_APPLICANT, on(date(2022, 8, 18)))
    again = engine.submit_again(back, APPLICANT, on(date(2022, 8, 22)))
    assert (engine.light(again, date(2022, 8, 22)), again.step.first_due_on) == ("red", date(2022, 8, 17))
    assert names(again.waiting_for()) == [11, 12, 21]


def test_the_first_limit_never_changes() -> None:
    back = engine.send_back(course(), A, TO_APPLICANT, on(date(2022, 8, 16)))
    again = engine.submit_again(back, APPLICANT, on(date(2022, 8, 22)))
    assert (again.step.first_due_on, again.step.due_on) == (date(2022, 8, 17), date(2022, 8, 24))


def test_who_left_the_office_drops_out_and_who_came_in_is_asked() -> None:
    successor = Party(13, 13)
    moved = engine.attend(course(), on(named=[[A, successor], [C]]))
    assert names(moved.waiting_for()) == [11, 13]
    assert moved.step.seats[1].why == Dropped.GONE


def paper_entered() -> Course:
    return engine.enter_paper(
        course(Mode.ANY_OF), CLERK, A, Paper("虚构纪发〔2022〕1号", MONDAY, CLERK), on()
    )


def test_a_paper_entry_takes_effect_when_a_second_person_confirms_it() -> None:
    entered = paper_entered()
    assert entered.state == ApprovalState.CONFIRMING
    for by, code in ((CLERK, "own-entry"), (APPLICANT, "own-paper")):
        with pytest.raises(Refused) as refused:
            engine.confirm_paper(entered, by, 0, 0)
        assert codes(refused) == [code]
    for by in (SECOND, A):
        assert engine.confirm_paper(entered, by, 0, 0).state == ApprovalState.APPROVED


def test_a_paper_is_never_entered_by_the_applicant() -> None:
    with pytest.raises(Refused) as refused:
        engine.enter_paper(course(), APPLICANT, A, Paper("1", MONDAY, APPLICANT), on())
    assert codes(refused) == ["own-paper"]


def test_a_struck_paper_entry_is_decided_anew() -> None:
    struck = engine.strike_paper(paper_entered(), SECOND, 0, 0, on())
    assert (struck.state, names(struck.waiting_for())) == (ApprovalState.PENDING, [11, 12])


PEOPLE = [APPLICANT, SECRETARY, CLERK, *(party for level in HEADS for party in level)]
ANYBODY = st.sampled_from(PEOPLE)


class AnyOrderOfMoves(RuleBasedStateMachine):
    """Whatever is done in whatever order, what must never be is never."""

    @initialize(modes=st.lists(st.sampled_from(list(Mode)), min_size=1, max_size=3))
    def begin(self, modes: list[Mode]) -> None:
        self.day, self.heads = MONDAY, [list(level) for level in HEADS]
        self.course = course(*modes)
        self.late: set[int] = set()
        self.before = self.course.state

    def move(self, verb: Verb, change: "object") -> None:
        before = self.course
        try:
            self.course = change()  # type: ignore[operator]
        except Refused:
            return
        assert self.course.state in MOVES[verb, before.state]
        self.late |= {number for number, step in enumerate(self.course.steps) if step.timed_out_on}

    def today(self) -> Day:
        return on(self.day, self.heads)

    @rule(by=ANYBODY, absent=st.lists(ANYBODY, max_size=2))
    def approve(self, by: Party, absent: list[Party]) -> None:
        self.move(Verb.APPROVE, lambda: engine.approve(self.course, by, self.today(), absent))

    @rule(by=ANYBODY, number=st.integers(-1, 3))
    def send_back(self, by: Party, number: int) -> None:
        self.move(Verb.RETURN, lambda: engine.send_back(self.course, by, number, self.today()))

    @rule(by=ANYBODY, whom=ANYBODY)
    def add(self, by: Party, whom: Party) -> None:
        self.move(Verb.ADD_SIGNER, lambda: engine.add_signer(self.course, by, whom))

    @rule(whom=ANYBODY)
    def recuse(self, whom: Party) -> None:
        self.move(Verb.RECUSE, lambda: engine.recuse(self.course, whom, self.today()))

    @rule(whom=ANYBODY, to=ANYBODY, numbers=st.frozensets(st.integers(0, 2)))
    def hand_over(self, whom: Party, to: Party, numbers: frozenset[int]) -> None:
        self.move(Verb.HAND_OVER, lambda: engine.hand_over(self.course, whom, to, numbers, self.today()))

    @rule(by=ANYBODY)
    def submit_again(self, by: Party) -> None:
        self.move(Verb.RESUBMIT, lambda: engine.submit_again(self.course, by, self.today()))

    @rule(by=ANYBODY, signer=ANYBODY)
    def paper(self, by: Party, signer: Party) -> None:
        paper = Paper("1", self.day, by)
        self.move(Verb.ENTER_PAPER, lambda: engine.enter_paper(self.course, by, signer, paper, self.today()))

    @rule(by=ANYBODY, strike=st.booleans())
    def settle_paper(self, by: Party, strike: bool) -> None:
        entries = [
            (number, place) for number, place, seat in self.course.seats() if seat.waits_for_confirmation
        ]
        if not entries:
            return
        number, place = entries[0]
        if strike:
            self.move(
                Verb.STRIKE_PAPER, lambda: engine.strike_paper(self.course, by, number, place, self.today())
            )
        else:
            self.move(Verb.CONFIRM_PAPER, lambda: engine.confirm_paper(self.course, by, number, place))

    @rule(days=st.integers(1, 6), level=st.integers(0, 2), who=ANYBODY)
    def time_passes_and_offices_change(self, days: int, level: int, who: Party) -> None:
        self.day += timedelta(days=days)
        self.heads[level] = [who, *self.heads[level][1:]]
        self.move(Verb.ATTEND, lambda: engine.attend(self.course, self.today()))

    @invariant()
    def nobody_decides_their_own_and_no_recused_person_sits(self) -> None:
        for _number, _place, seat in self.course.seats():
            assert not seat.live or self.course.may_sit(seat.party)
            assert seat.decided_by is None or self.course.may_sit(seat.decided_by)

    @invariant()
    def nobody_signs_one_step_twice(self) -> None:
        for step in self.course.steps:
            signed = [seat.decided_by.account for seat in step.seats if seat.decided_by is not None]
            assert len(signed) == len(set(signed))

    @invariant()
    def nobody_has_two_seats_in_a_step(self) -> None:
        for step in self.course.steps:
            live = [seat.party.account for seat in step.seats if seat.live]
            assert len(live) == len(set(live))

    @invariant()
    def approved_means_that_every_step_is_complete_and_every_paper_confirmed(self) -> None:
        if self.course.state == ApprovalState.APPROVED:
            assert all(step.complete for step in self.course.steps)
            assert not any(seat.waits_for_confirmation for _n, _p, seat in self.course.seats())

    @invariant()
    def steps_before_the_open_one_are_complete(self) -> None:
        if self.course.state == ApprovalState.PENDING:
            assert all(step.complete for step in self.course.steps[: self.course.current])
            assert not self.course.step.complete

    @invariant()
    def a_time_out_is_never_forgotten(self) -> None:
        assert all(self.course.steps[number].timed_out_on for number in self.late)

    @invariant()
    def what_is_settled_asks_nobody(self) -> None:
        assert self.course.state not in SETTLED or self.course.waiting_for() == []


TestAnyOrderOfMoves = AnyOrderOfMoves.TestCase
