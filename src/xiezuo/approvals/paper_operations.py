"""Decisions given on paper: entered by a clerk, marked until the leader or a second person confirms them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, may
from xiezuo.approvals import engine
from xiezuo.approvals.course import Course, Day, Paper, Party
from xiezuo.approvals.models import Approval
from xiezuo.approvals.operations import After, Form, move, must_keep_files, must_say, seat_with
from xiezuo.approvals.states import Verb
from xiezuo.shared.errors import BadInput, refuse_if


def enter_paper(
    *, approval: Approval, signer: int, number: str, on: date, said: str = "", form: Form, after: After, by: Actor,
    now: datetime,
) -> Approval:  # fmt: skip
    """Enter that a signer agreed on paper: which paper, which day. Marked 补录 until it is confirmed."""
    today = timezone.localdate(now)
    if not number.strip():
        raise BadInput(_("A paper entry needs the number of the paper."))
    if on > today:
        words = _("The paper is of %(found)s; expected today, %(today)s, or an earlier day.")
        raise BadInput(words % {"found": on.isoformat(), "today": today.isoformat()})

    def change(course: Course, me: Party, day: Day, _absent: Sequence[Party]) -> Course:
        refuse_if(may(by, Ability.KEEP_LEDGER, commission=approval.commission_id))
        paper = Paper(number.strip(), on, me)
        return engine.enter_paper(course, me, seat_with(course, signer)[2].party, paper, day)

    details = {"paper": number.strip(), "on": on.isoformat(), "signer": signer}
    return move(
        approval, Verb.ENTER_PAPER, change, said=said, details=details, form=form, after=after, by=by, now=now
    )


def confirm_paper(
    *, approval: Approval, signer: int, form: Form, after: After, by: Actor, now: datetime
) -> Approval:
    """Confirm a paper entry as the leader who signed, or as a second person of the case-management office."""

    def change(course: Course, me: Party, _day: Day, _absent: Sequence[Party]) -> Course:
        number, place, seat = seat_with(course, signer)
        if not seat.party.same_as(me):
            must_keep_files(approval, course, by, me)
        return engine.confirm_paper(course, me, number, place)

    details = {"signer": signer}
    return move(approval, Verb.CONFIRM_PAPER, change, details=details, form=form, after=after, by=by, now=now)


def strike_paper(
    *, approval: Approval, signer: int, said: str, form: Form, after: After, by: Actor, now: datetime
) -> Approval:
    """Say that a paper entry is wrong; its step is decided anew."""
    must_say(said)

    def change(course: Course, me: Party, day: Day, _absent: Sequence[Party]) -> Course:
        number, place, seat = seat_with(course, signer)
        if not seat.party.same_as(me):
            must_keep_files(approval, course, by, me)
        return engine.strike_paper(course, me, number, place, day)

    details = {"signer": signer}
    return move(
        approval,
        Verb.STRIKE_PAPER,
        change,
        said=said,
        details=details,
        form=form,
        after=after,
        by=by,
        now=now,
    )
