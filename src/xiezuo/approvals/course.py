"""What the engine knows of one approval: values without tables, clocks or requests."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from xiezuo.approvals.states import ApprovalState, Dropped, Mode, SeatKind, SeatState

TO_APPLICANT = -1
"""The place before the first step: with the applicant."""


@dataclass(frozen=True)
class Party:
    """Somebody who takes part, by account or, where there is none, as a person who signs paper."""

    account: int | None = None
    person: int | None = None

    def same_as(self, other: "Party") -> bool:
        """Whether both are one: the same account, or two accounts of the same person."""
        return (self.account is not None and self.account == other.account) or (
            self.person is not None and self.person == other.person
        )


@dataclass(frozen=True)
class Paper:
    """A decision given on paper: its number and day, who entered it, and who confirmed the entry."""

    number: str
    on: date
    entered_by: Party
    confirmed_by: Party | None = None


@dataclass(frozen=True)
class Seat:
    """One signer's place in a step. `row` is what a store knows it by; the engine only carries it along."""

    party: Party
    state: SeatState = SeatState.LATER
    kind: SeatKind = SeatKind.ASKED
    why: Dropped | None = None
    decided_by: Party | None = None
    paper: Paper | None = None
    row: int | None = None

    @property
    def live(self) -> bool:
        """Whether it still takes part."""
        return self.state != SeatState.DROPPED

    @property
    def waits_for_confirmation(self) -> bool:
        """Whether it was decided on paper and nobody has confirmed the entry."""
        return self.paper is not None and self.paper.confirmed_by is None

    def afresh(self) -> "Seat":
        """As it is when it is asked (again), without what was decided before."""
        return replace(self, state=SeatState.WAITING, why=None, decided_by=None, paper=None)


@dataclass(frozen=True)
class Step:
    """One step: its signers and its clock. Limits are in working days; `first_due_on` never changes once set."""

    mode: Mode
    working_days: int
    seats: tuple[Seat, ...] = ()
    opened_on: date | None = None
    amber_on: date | None = None
    due_on: date | None = None
    first_due_on: date | None = None
    timed_out_on: date | None = None

    def live(self, kind: SeatKind) -> list[Seat]:
        """The seats of a kind that still take part."""
        return [seat for seat in self.seats if seat.live and seat.kind == kind]

    @property
    def decided_above(self) -> bool:
        """Whether a superior has agreed in the place of the rule's signers."""
        return any(seat.state == SeatState.APPROVED for seat in self.live(SeatKind.SUPERIOR))

    @property
    def agreed(self) -> bool:
        """Whether the rule's signers, or the superior in their place, have agreed; added signers not asked."""
        asked = [seat.state == SeatState.APPROVED for seat in self.live(SeatKind.ASKED)]
        return self.decided_above or (any(asked) if self.mode == Mode.ANY_OF else bool(asked) and all(asked))

    @property
    def complete(self) -> bool:
        """Whether the step is decided: by everybody who was added too, unless a superior ended the silence."""
        if self.decided_above and self.timed_out_on is not None:
            return True
        return self.agreed and all(seat.state == SeatState.APPROVED for seat in self.live(SeatKind.ADDED))

    def in_turn(self) -> list[int]:
        """The places of the seats that may sign now."""
        waiting = [
            place for place, seat in enumerate(self.seats)
            if seat.state == SeatState.WAITING and (seat.kind == SeatKind.ADDED or not self.agreed)
        ]  # fmt: skip
        if self.mode != Mode.IN_TURN:
            return waiting
        superiors = [place for place in waiting if self.seats[place].kind == SeatKind.SUPERIOR]
        ordered = [place for place in waiting if place not in superiors]
        return sorted([*ordered[:1], *superiors])

    def light(self, on: date) -> str:
        """`red` once the limit has passed, and ever after; `amber` from half of it on; else `green`."""
        if self.timed_out_on is not None or (self.due_on is not None and on > self.due_on):
            return "red"
        return "amber" if self.amber_on is not None and on >= self.amber_on else "green"


@dataclass(frozen=True)
class Course:
    """One approval on its way: its steps, where it stands, and who may take no part."""

    applicant: Party
    steps: tuple[Step, ...]
    state: ApprovalState = ApprovalState.PENDING
    current: int = 0
    read: bool = False
    recused: tuple[Party, ...] = field(default=())

    @property
    def step(self) -> Step:
        """The step that is being decided. Only while the approval is pending."""
        return self.steps[self.current]

    def seats(self) -> Iterator[tuple[int, int, Seat]]:
        """Every seat with the place of its step and its own."""
        for number, step in enumerate(self.steps):
            for place, seat in enumerate(step.seats):
                yield number, place, seat

    def is_recused(self, party: Party) -> bool:
        """Whether somebody may take no part in this matter."""
        return any(party.same_as(other) for other in self.recused)

    def may_sit(self, party: Party) -> bool:
        """Whether somebody may decide in this matter at all: neither the applicant nor recused."""
        return not party.same_as(self.applicant) and not self.is_recused(party)

    def waiting_for(self) -> list[Party]:
        """Who is asked now."""
        if self.state != ApprovalState.PENDING:
            return []
        return [self.step.seats[place].party for place in self.step.in_turn()]

    def with_step(self, number: int, step: Step) -> "Course":
        """The same with one step exchanged."""
        return replace(self, steps=(*self.steps[:number], step, *self.steps[number + 1 :]))

    def with_seat(self, number: int, place: int, seat: Seat) -> "Course":
        """The same with one seat exchanged."""
        step = self.steps[number]
        seats = (*step.seats[:place], seat, *step.seats[place + 1 :])
        return self.with_step(number, replace(step, seats=seats))


@dataclass(frozen=True)
class Day:
    """What the engine must be told about a day: whom each step's rule names, who stands above, the work calendar.

    `after(day, n)` is the n-th working day after `day`; it raises where the calendar has no year.
    """

    on: date
    asked: Callable[[int], Sequence[Party]]
    above: Callable[[], Sequence[Party]]
    after: Callable[[date, int], date]
