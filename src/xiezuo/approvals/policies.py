"""Who may do what with an approval: each answer lists the reasons against, an empty list means yes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.approvals.states import MOVES, ApprovalState, SeatKind, SeatState, Verb
from xiezuo.shared.errors import Reason

if TYPE_CHECKING:
    from xiezuo.approvals.course import Course, Party, Seat


def against_verb(course: "Course", verb: Verb) -> list[Reason]:
    """Whether the verb can be done in this state at all."""
    if (verb, course.state) in MOVES:
        return []
    words = _("“%(verb)s” cannot be done: the approval is “%(state)s”.")
    return [Reason("wrong-state", words % {"verb": verb.label, "state": course.state.label})]


def seat_of(course: "Course", by: "Party", stands_for: Sequence["Party"] = ()) -> int | None:
    """The place in the current step at which `by` may sign now: their own first, then one they stand in for."""
    if course.state != ApprovalState.PENDING:
        return None
    turn = course.step.in_turn()
    for party in (by, *stands_for):
        for place in turn:
            if course.step.seats[place].party.same_as(party):
                return place
    return None


def may_decide(course: "Course", by: "Party", verb: Verb, stands_for: Sequence["Party"] = ()) -> list[Reason]:
    """Whether `by` may approve, return, refuse or add a signer now, for themselves or for somebody absent."""
    told = against_verb(course, verb) or _against_party(course, by)
    if told:
        return told
    place = seat_of(course, by, stands_for)
    if place is None:
        return [_not_asked(course, by)]
    own = course.step.seats[place].party.same_as(by)
    if verb == Verb.APPROVE and not own and _has_signed(course, by):
        return [Reason("signed-already", _("Nobody signs one step twice, for themselves and for another."))]
    return []


def may_apply(course: "Course", by: "Party", verb: Verb) -> list[Reason]:
    """Whether `by` may do what only the applicant does: withdraw, urge, submit again."""
    told = against_verb(course, verb)
    if not by.same_as(course.applicant):
        told.append(Reason("not-applicant", _("Only the applicant can do this.")))
    if verb == Verb.WITHDRAW and course.state == ApprovalState.PENDING and course.read:
        told.append(Reason("read", _("A signer has read it already; ask for it to be returned.")))
    return told


def may_return_to(course: "Course", number: int) -> list[Reason]:
    """Whether the approval can go back to that step."""
    if -1 <= number < course.current:
        return []
    return [Reason("not-earlier", _("It can be returned to an earlier step or to the applicant."))]


def may_add(course: "Course", party: "Party", number: int | None = None) -> list[Reason]:
    """Whether somebody can be added as a signer of a step, the current one unless `number` names another."""
    if party.same_as(course.applicant):
        return [Reason("own-approval", _("The applicant cannot be a signer of their own application."))]
    if course.is_recused(party):
        return [Reason("recused", _("This person is recused from the matter."))]
    step = course.steps[course.current if number is None else number]
    if any(seat.live and seat.party.same_as(party) for seat in step.seats):
        return [Reason("seated", _("This person is a signer of the step already."))]
    return []


def may_inherit(course: "Course", party: "Party", named: Sequence["Party"]) -> list[Reason]:
    """Whether somebody can become the applicant: nobody who decides or decided it, or whom a step's rule names."""
    if party.same_as(course.applicant):
        return [Reason("seated", _("It is this person's already."))]
    if course.is_recused(party):
        return [Reason("recused", _("This person is recused from the matter."))]
    seats = [seat for _number, _place, seat in course.seats() if seat.live or seat.decided_by is not None]
    signers = [*(seat.party for seat in seats), *(seat.decided_by for seat in seats if seat.decided_by)]
    if any(party.same_as(other) for other in (*signers, *named)):
        return [
            Reason("own-approval", _("This person decides the application and cannot become its applicant."))
        ]
    return []


def can_pass(seat: "Seat", whom: "Party", by_account: bool) -> bool:  # noqa: FBT001 - what the caller knows of the step
    """Whether a part is open, is theirs, and names them as a person: by a signer who added them, or by the rule itself."""
    open_still = seat.state in (SeatState.WAITING, SeatState.LATER)
    by_name = seat.kind == SeatKind.ADDED or (by_account and seat.kind == SeatKind.ASKED)
    return open_still and by_name and seat.party.same_as(whom)


def may_enter_paper(course: "Course", by: "Party", place: int | None) -> list[Reason]:
    """Whether `by` may enter a decision that the signer at `place` gave on paper."""
    told = [*against_verb(course, Verb.ENTER_PAPER), *_against_recused(course, by)]
    if by.same_as(course.applicant):
        told.append(Reason("own-paper", _("The applicant cannot enter a paper approval of their own application.")))  # fmt: skip
    if not told and place is None:
        told.append(Reason("not-asked", _("This signer is not asked now.")))
    return told


def may_settle_paper(course: "Course", by: "Party", seat: "Seat", verb: Verb) -> list[Reason]:
    """Whether `by` may confirm or strike a paper entry: the leader, or a second person who did not enter it."""
    told = [*against_verb(course, verb), *_against_recused(course, by)]
    if not seat.waits_for_confirmation:
        told.append(Reason("no-entry", _("No paper entry waits to be confirmed here.")))
    elif seat.paper is not None and by.same_as(seat.paper.entered_by):
        told.append(Reason("own-entry", _("Whoever entered the paper cannot confirm it.")))
    if by.same_as(course.applicant):
        told.append(Reason("own-paper", _("The applicant cannot confirm a paper of their own application.")))
    return told


def _against_party(course: "Course", by: "Party") -> list[Reason]:
    if by.same_as(course.applicant):
        return [Reason("own-approval", _("Nobody decides their own application."))]
    return _against_recused(course, by)


def against_own_hands(course: "Course", by: "Party") -> list[Reason]:
    """Whether somebody of the office may act for others here: not in their own matter, nor in one they are out of."""
    return _against_party(course, by)


def _against_recused(course: "Course", by: "Party") -> list[Reason]:
    """Whoever takes no part in a matter does nothing in it for others either."""
    if course.is_recused(by):
        return [Reason("recused", _("You are recused from this matter."))]
    return []


def _has_signed(course: "Course", by: "Party") -> bool:
    return any(
        seat.state == SeatState.APPROVED and seat.decided_by is not None and seat.decided_by.same_as(by)
        for seat in course.step.seats
    )


def _not_asked(course: "Course", by: "Party") -> Reason:
    if _has_signed(course, by):
        return Reason("signed-already", _("You have signed this step already."))
    return Reason("not-asked", _("You are not asked to decide this step now."))
