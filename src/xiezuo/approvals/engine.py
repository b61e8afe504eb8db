"""The moves of an approval: each takes a course and gives the course after it, or raises `Refused`. Pure.

In the order of domain.md §1.4: silence past the limit goes one level up; nobody decides their own application; a
recused person drops out at once. A step that nobody may decide goes one level up too, and is never taken as agreed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from xiezuo.approvals import policies
from xiezuo.approvals.course import TO_APPLICANT, Course, Day, Paper, Party, Seat, Step
from xiezuo.approvals.states import ApprovalState, Dropped, SeatKind, SeatState, Verb
from xiezuo.shared.errors import refuse, refuse_if


def submit(applicant: Party, steps: Sequence[Step], day: Day, recused: Sequence[Party] = ()) -> Course:
    """A new approval, with its first step open."""
    return _open(Course(applicant, tuple(steps), recused=tuple(recused)), 0, day)


def approve(course: Course, by: Party, day: Day, stands_for: Sequence[Party] = ()) -> Course:
    """`by` agrees, for themselves or for somebody absent whom they stand in for."""
    refuse_if(policies.may_decide(course, by, Verb.APPROVE, stands_for))
    place = _place(policies.seat_of(course, by, stands_for))
    return _sign(course, place, by, None, day)


def enter_paper(course: Course, by: Party, signer: Party, paper: Paper, day: Day) -> Course:
    """A clerk enters that `signer` agreed on paper. It counts at once and is marked until it is confirmed."""
    place = policies.seat_of(course, signer)
    refuse_if(policies.may_enter_paper(course, by, place))
    return _sign(course, _place(place), signer, paper, day)


def send_back(course: Course, by: Party, number: int, day: Day, stands_for: Sequence[Party] = ()) -> Course:
    """Back to an earlier step, or to the applicant (`TO_APPLICANT`). What was said stays in the history."""
    refuse_if(
        policies.may_decide(course, by, Verb.RETURN, stands_for) or policies.may_return_to(course, number)
    )
    return _back_to(replace(course, read=True), number, day)


def refuse_it(course: Course, by: Party, stands_for: Sequence[Party] = ()) -> Course:
    """The application is refused by one of those who are asked; this settles it whatever the others think."""
    refuse_if(policies.may_decide(course, by, Verb.REFUSE, stands_for))
    return _at_rest(replace(course, state=ApprovalState.REFUSED, read=True))


def add_signer(course: Course, by: Party, whom: Party, stands_for: Sequence[Party] = ()) -> Course:
    """Who is asked adds somebody who must agree too, right after them."""
    refuse_if(policies.may_decide(course, by, Verb.ADD_SIGNER, stands_for) or policies.may_add(course, whom))
    place = _place(policies.seat_of(course, by, stands_for))
    step, added = course.step, Seat(whom, SeatState.WAITING, SeatKind.ADDED)
    seats = (*step.seats[: place + 1], added, *step.seats[place + 1 :])
    return replace(course, read=True).with_step(course.current, replace(step, seats=seats))


def recuse(course: Course, whom: Party, day: Day) -> Course:
    """Somebody drops out of the matter. What they had already agreed to counts no more: its step is decided anew."""
    refuse_if(policies.against_verb(course, Verb.RECUSE))
    signed = [number for number, _place, seat in course.seats() if _agreed_by(seat, whom)]
    course = replace(course, recused=(*course.recused, whom))
    for number, place, seat in course.seats():
        if seat.party.same_as(whom):
            course = course.with_seat(number, place, _dropped(seat, Dropped.RECUSED))
    return _back_to(course, min(signed), day) if signed else _settle(course, day)


def hand_over(course: Course, whom: Party, to: Party, numbers: frozenset[int], day: Day) -> Course:
    """What `whom` has open passes to `to`: the application, or the parts that name `whom` as a person.

    Those are added signers' parts and the asked ones of the steps `numbers`. Who applied first never decides it.
    """
    refuse_if(policies.against_verb(course, Verb.HAND_OVER))
    if whom.same_as(course.applicant):
        named = [party for number in range(len(course.steps)) for party in day.asked(number)]
        refuse_if(policies.may_inherit(course, to, named))
        return replace(course, applicant=to, recused=(*course.recused, whom))
    passing = [each for each in course.seats() if policies.can_pass(each[2], whom, each[0] in numbers)]
    if not passing:
        refuse("nothing-open", _("Nothing of this person can be handed over here: a part that follows from an office passes with the office."))  # fmt: skip
    for number, place, seat in passing:
        course = _passed(course, number, place, seat, to)
    return _settle(course, day)


def withdraw(course: Course, by: Party) -> Course:
    """The applicant takes it back, as long as no signer has read it."""
    refuse_if(policies.may_apply(course, by, Verb.WITHDRAW))
    return _at_rest(replace(course, state=ApprovalState.WITHDRAWN))


def submit_again(course: Course, by: Party, day: Day) -> Course:
    """The applicant has mended what was returned; it begins at its first step."""
    refuse_if(policies.may_apply(course, by, Verb.RESUBMIT))
    return _open(replace(course, state=ApprovalState.PENDING, read=False), 0, day)


def confirm_paper(course: Course, by: Party, number: int, place: int) -> Course:
    """The leader, or a second person, confirms a paper entry; with the last of them the approval takes effect."""
    seat = course.steps[number].seats[place]
    refuse_if(policies.may_settle_paper(course, by, seat, Verb.CONFIRM_PAPER))
    course = course.with_seat(number, place, _confirmed(seat, by))
    return _finished(course) if course.state == ApprovalState.CONFIRMING else course


def strike_paper(course: Course, by: Party, number: int, place: int, day: Day) -> Course:
    """A paper entry was wrong: its step is decided anew, and all after it."""
    seat = course.steps[number].seats[place]
    refuse_if(policies.may_settle_paper(course, by, seat, Verb.STRIKE_PAPER))
    return _back_to(course, number, day)


def attend(course: Course, day: Day) -> Course:
    """Bring the open step up to the day: who left the office drops out, who came in is asked, a limit passed goes up."""
    refuse_if(policies.against_verb(course, Verb.ATTEND))
    course = _seated(course, day, anew=False)
    step = course.step
    if step.light(day.on) == "red":
        late = replace(step, timed_out_on=step.timed_out_on or day.on)
        course = _raised_once(course.with_step(course.current, late), day)
    return _settle(course, day)


def _place(place: int | None) -> int:
    """A place that a policy has found; where it has not, nothing may be signed."""
    if place is None:
        refuse("not-asked", _("You are not asked to decide this step now."))
    return place


def _confirmed(seat: Seat, by: Party) -> Seat:
    return replace(seat, paper=replace(seat.paper, confirmed_by=by) if seat.paper else None)


def _sign(course: Course, place: int, by: Party, paper: Paper | None, day: Day) -> Course:
    seat = replace(course.step.seats[place], state=SeatState.APPROVED, decided_by=by, paper=paper)
    return _settle(replace(course, read=True).with_seat(course.current, place, seat), day)


def _passed(course: Course, number: int, place: int, seat: Seat, to: Party) -> Course:
    refuse_if(policies.may_add(course, to, number))
    step, heir = course.steps[number], replace(seat, party=to, row=None)
    gone = _dropped(seat, Dropped.HANDED_OVER)
    return course.with_step(
        number, replace(step, seats=(*step.seats[:place], gone, heir, *step.seats[place + 1 :]))
    )


def _settle(course: Course, day: Day) -> Course:
    """Go on if the step is decided, and up if nobody is left who may decide it."""
    if course.state != ApprovalState.PENDING:
        return course
    if not course.step.complete:
        return course if course.step.in_turn() else _raised(course, day)
    if course.current + 1 < len(course.steps):
        return _open(course, course.current + 1, day)
    return _finished(course)


def _finished(course: Course) -> Course:
    waits = any(seat.live and seat.waits_for_confirmation for _number, _place, seat in course.seats())
    return replace(course, state=ApprovalState.CONFIRMING if waits else ApprovalState.APPROVED)


def _open(course: Course, number: int, day: Day) -> Course:
    opened = _timed(course.steps[number], day)
    course = replace(course.with_step(number, opened), current=number)
    course = _seated(course, day, anew=True)
    # A limit that once passed is not forgotten: whoever stood above is asked again.
    course = _raised_once(course, day) if opened.timed_out_on else course
    return _settle(course, day)


def _timed(step: Step, day: Day) -> Step:
    if step.timed_out_on is not None:
        return step
    due = day.after(day.on, step.working_days)
    half = day.after(day.on, (step.working_days + 1) // 2)
    return replace(step, opened_on=day.on, amber_on=half, due_on=due, first_due_on=step.first_due_on or due)


def _seated(course: Course, day: Day, *, anew: bool) -> Course:
    """The open step with whom its rule names today; `anew` asks also those again who have signed before."""
    named, step = list(day.asked(course.current)), course.step
    above = [party for level in _levels_above(course, day) for party in level]
    office = {SeatKind.ASKED: named, SeatKind.SUPERIOR: above}
    seats = [_reseated(course, seat, office.get(seat.kind, [seat.party]), anew=anew) for seat in step.seats]
    new = [party for party in named if not any(seat.party.same_as(party) for seat in step.seats)]
    seats += [_first_seated(course, party) for party in new]
    return course.with_step(course.current, replace(step, seats=_once_each(seats)))


def _once_each(seats: Sequence[Seat]) -> tuple[Seat, ...]:
    """Whoever comes back to an office while asked from above sits once: where they have signed, else first."""
    live = [place for place, seat in enumerate(seats) if seat.live]
    signed_first = sorted(live, key=lambda place: (seats[place].state != SeatState.APPROVED, place))
    kept: list[int] = []
    for place in signed_first:
        if not any(seats[place].party.same_as(seats[other].party) for other in kept):
            kept.append(place)
    return tuple(
        seat if place in kept or not seat.live else _dropped(seat, Dropped.GONE)
        for place, seat in enumerate(seats)
    )


def _first_seated(course: Course, party: Party) -> Seat:
    seat = Seat(party, SeatState.WAITING)
    if course.may_sit(party):
        return seat
    return _dropped(seat, Dropped.OWN if party.same_as(course.applicant) else Dropped.RECUSED)


def _reseated(course: Course, seat: Seat, named: Sequence[Party], *, anew: bool) -> Seat:
    if seat.why == Dropped.HANDED_OVER:
        return seat
    if not course.may_sit(seat.party):
        return seat if not seat.live else _dropped(seat, Dropped.RECUSED)
    if seat.state == SeatState.APPROVED and not anew:
        return seat
    if not any(seat.party.same_as(party) for party in named):
        return _dropped(seat, Dropped.GONE)
    return seat.afresh() if anew or not seat.live else seat


def _levels_above(course: Course, day: Day) -> Iterator[Sequence[Party]]:
    yield from (day.asked(number) for number in range(course.current + 1, len(course.steps)))
    yield day.above()


def _raised_once(course: Course, day: Day) -> Course:
    return course if course.step.live(SeatKind.SUPERIOR) else _raised(course, day)


def _raised(course: Course, day: Day) -> Course:
    """The nearest level above that has somebody who may decide is asked in the step's place."""
    seated = [seat.party for seat in course.step.seats if seat.live]
    for level in _levels_above(course, day):
        able = [party for party in level if course.may_sit(party)]
        new = [party for party in able if not any(party.same_as(other) for other in seated)]
        if new:
            return _with_superiors(course, new)
    return course


def _with_superiors(course: Course, parties: Sequence[Party]) -> Course:
    added = tuple(Seat(party, SeatState.WAITING, SeatKind.SUPERIOR) for party in parties)
    return course.with_step(
        course.current, replace(course.step, seats=_once_each([*course.step.seats, *added]))
    )


def _back_to(course: Course, number: int, day: Day) -> Course:
    first = max(number, 0)
    course = _at_rest(course, since=first)
    if number == TO_APPLICANT:
        return replace(course, state=ApprovalState.RETURNED, current=0)
    return _open(replace(course, state=ApprovalState.PENDING), number, day)


def _at_rest(course: Course, since: int | None = None) -> Course:
    """Nobody is asked any more; from the step `since` on, what was decided is to be decided anew."""
    for number, place, seat in course.seats():
        undone = since is not None and number >= since
        if seat.live and (undone or seat.state == SeatState.WAITING):
            later = replace(seat.afresh(), state=SeatState.LATER)
            course = course.with_seat(number, place, later)
    return course


def _dropped(seat: Seat, why: Dropped) -> Seat:
    return replace(seat, state=SeatState.DROPPED, why=why, decided_by=None, paper=None)


def _agreed_by(seat: Seat, whom: Party) -> bool:
    """Whether this agreement is theirs, or was given in their place."""
    if seat.state != SeatState.APPROVED:
        return False
    return seat.party.same_as(whom) or (seat.decided_by is not None and seat.decided_by.same_as(whom))


def light(course: Course, on: date) -> str:
    """The light of the open step on a day; empty where nothing waits."""
    return course.step.light(on) if course.state == ApprovalState.PENDING else ""
