"""The writes of rectification letters (整改交办函, F9): sent, answered, given more time, verified, given out a second time.

The unit that must mend something is told of its letter and of nothing else of the request. Every write holds the request
first, so that of two who verify one letter at once the second is told.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.approvals.api import named_by
from xiezuo.audit.api import Act
from xiezuo.collaboration.events import letter_sent
from xiezuo.collaboration.models import Letter, Request
from xiezuo.collaboration.queries.requests import units_standing
from xiezuo.collaboration.queries.work import part_of
from xiezuo.collaboration.requests.access_operations import let_read
from xiezuo.collaboration.requests.approving import asks_of
from xiezuo.collaboration.requests.moving_operations import held, held_by_product
from xiezuo.collaboration.states import LetterOutcome
from xiezuo.collaboration.work import policies
from xiezuo.collaboration.work.asked import Problem
from xiezuo.collaboration.work.holding import written
from xiezuo.collaboration.work.plan_operations import note
from xiezuo.rules.api import Approver, calendar_of, clock_of, deadline_on, edition_begun_under, may_extend
from xiezuo.shared.errors import NotThere, Reason, refuse_if
from xiezuo.shared.pointers import against_words

DEADLINE = "T14"
"""The deadline of a rectification letter in the library of the rules."""
MOST_PROBLEMS = 20
BECAUSE_OF_LETTER = "letter"
DAY = timedelta(days=1)
UNMENDED = (LetterOutcome.PARTLY, LetterOutcome.NOT_DONE)


@transaction.atomic
def send_letter(
    *, request: Request, unit: int, problems: Sequence[Problem], sure: bool = False, key: UUID, by: Actor, now: datetime
) -> list[Letter]:  # fmt: skip
    """Send a unit a letter of one or several problems; it is due by the deadline T14 in force today.

    A problem with `again` is one that was verified as not rectified (二次交办), once. Gives the lines of the letter.
    """
    row = held(request)
    if earlier := written(Letter, key, by):
        return _lines(earlier.request_id, earlier.number)
    today = timezone.localdate(now)
    refuse_if(policies.may_send_letter(by, row, part_of(by, row, today)))
    refuse_if([*_against_unit(row, unit, today), *_against_problems(row, unit, problems, sure=sure)])
    with as_the_product():
        lines = _written(row, unit, problems, today=today, sender=by.name, key=key)
    note(row, {"letter": lines[0].number, "unit": unit}, by, now, Act.LETTER_SENT)
    letter_sent.publish(letters=lines, by=by, now=now)
    return lines


def _against_unit(row: Request, unit: int, today: date) -> list[Reason]:
    if units_standing(row.commission, [unit], today):
        return []
    return [Reason("unit", _("There is no such unit today."))]


def _against_problems(row: Request, unit: int, problems: Sequence[Problem], *, sure: bool) -> list[Reason]:
    if not 1 <= len(problems) <= MOST_PROBLEMS:
        words = _("%(found)s problems are found; expected 1 to %(most)s.")
        return [Reason("problem", words % {"found": len(problems), "most": MOST_PROBLEMS})]
    found = [] if all(each.problem.strip() for each in problems) else [Reason("problem", _("Say which problem, by a pointer."))]  # fmt: skip
    for each in problems:
        for field in ("problem", "basis", "feedback"):
            found += against_words(getattr(each, field), field=field, sure=sure)
        found += _against_again(row, unit, each.again)
    return found


def _against_again(row: Request, unit: int, again: int | None) -> list[Reason]:
    if again is None:
        return []
    with as_the_product():
        line = Letter.objects.filter(request=row, pk=again, unit=unit).first()
        repeated = Letter.objects.filter(again=again).exists()
    if line is None or line.outcome not in UNMENDED or line.again_id is not None:
        return [Reason("again", _("Only a problem of this unit that was verified as not rectified is given out again, once."))]  # fmt: skip
    return [Reason("again", _("This problem was given out a second time already."))] if repeated else []


def _written(row: Request, unit: int, problems: Sequence[Problem], *, today: date, sender: str, key: UUID) -> list[Letter]:  # fmt: skip
    rule = deadline_on(row.commission, DEADLINE, today)
    due = clock_of(rule, today, calendar_of(row.commission)).due
    last = Letter.objects.filter(request=row).order_by("-number").values_list("number", flat=True).first()
    return [
        Letter.objects.create(
            request=row, number=(last or 0) + 1, position=place, unit_id=unit, problem=each.problem.strip(),
            basis=each.basis.strip(), feedback=each.feedback.strip(), sent_on=today, first_due_on=due, due_on=due,
            rule=rule.pk, sent_by=sender, again_id=each.again, key=key,
        )
        for place, each in enumerate(problems, 1)
    ]  # fmt: skip


def _lines(request: int, number: int) -> list[Letter]:
    with as_the_product():
        return list(Letter.objects.filter(request=request, number=number).order_by("position"))


def _held_letter(letter: Letter) -> tuple[Request, list[Letter]]:
    """The request, held by the product, and every line of the letter; with the eyes of who acts for the letter itself."""
    if not Letter.objects.filter(pk=letter.pk).exists():
        raise NotThere(_("There is no such letter, or it is not for you."))
    row = held_by_product(letter.request_id)
    return row, _lines(letter.request_id, letter.number)


@transaction.atomic
def answer_letter(
    *, letter: Letter, answer_no: str, answered_on: date, by: Actor, now: datetime
) -> list[Letter]:
    """Say that the unit answered, by the number of its answer, once; the head of the unit does, without seeing the request."""
    row, lines = _held_letter(letter)
    refuse_if(policies.may_answer(by, lines[0], row.commission_id))
    refuse_if([*_against_answer(lines, answer_no, answered_on, timezone.localdate(now))])
    with as_the_product():
        for line in lines:
            line.answered_on, line.answer_no, line.answered_by = answered_on, answer_no.strip(), by.name
            line.save()
    note(row, {"letter": lines[0].number, "answered": True}, by, now)
    return lines


def _against_answer(lines: Sequence[Letter], answer_no: str, answered_on: date, today: date) -> list[Reason]:
    found = against_words(answer_no, field="answer_no", sure=True, most=60)
    if not answer_no.strip():
        found.append(Reason("answer_no", _("Give the number of the answer.")))
    if not lines[0].sent_on <= answered_on <= today:
        words = _("%(day)s is found; expected a day from %(first)s to %(last)s.")
        told = {"day": answered_on, "first": lines[0].sent_on, "last": today}
        found.append(Reason("answered_on", words % told))
    if lines[0].answered_on is not None:
        found.append(Reason("answered", _("This letter was answered already.")))
    return found


@transaction.atomic
def ask_more_time(
    *, letter: Letter, because: str, sure: bool = False, by: Actor, now: datetime
) -> list[Letter]:
    """Ask for more time, before the last day; the contact leader of the zone is let read the request to decide on it."""
    row, lines = _held_letter(letter)
    today = timezone.localdate(now)
    found = [*policies.may_answer(by, lines[0], row.commission_id), *against_words(because, field="because", sure=sure)]  # fmt: skip
    if not because.strip():
        found.append(Reason("because", _("Say why more time is needed.")))
    refuse_if([*found, *_against_more_time(lines, today)])
    with as_the_product():
        for line in lines:
            line.extension_asked = because.strip()
            line.save()
    let_read(row, contacts_of(row, today), BECAUSE_OF_LETTER, today, lines[0].due_on + DAY)
    note(row, {"letter": lines[0].number, "more_time": "asked"}, by, now)
    return lines


def _against_more_time(lines: Sequence[Letter], today: date) -> list[Reason]:
    found = []
    if lines[0].extended_on is not None:
        found.append(Reason("extended", _("This letter was given more time already; that is done once.")))
    if today > lines[0].due_on:
        words = _("The last day was %(due)s; more time is given before it has passed.")
        found.append(Reason("late", words % {"due": lines[0].due_on}))
    if lines[0].answered_on is not None or all(each.outcome for each in lines):
        found.append(Reason("answered", _("This letter was answered already.")))
    return found


def contacts_of(row: Request, on: date) -> list[int]:
    """The accounts of the contact leaders of the zone of a request on a day."""
    with as_the_product():
        parties = named_by(asks_of(Approver.CONTACT, row, on), row.commission_id, on)
    return [each.account for each in parties if each.account is not None]


@transaction.atomic
def extend_letter(*, letter: Letter, days: int, said: str, sure: bool = False, by: Actor, now: datetime) -> list[Letter]:  # fmt: skip
    """Give a letter more time, once, as the contact leader of the zone; `days` as the deadline T14 counts them."""
    row, lines = _held_letter(letter)
    today = timezone.localdate(now)
    rule = edition_begun_under(row.commission, lines[0].rule or 0)
    refuse_if(policies.may_extend_letter(by, contacts_of(row, today)))
    done = 1 if lines[0].extended_on else 0
    found = [*may_extend(rule, done, Approver.CONTACT), *_against_more_time(lines, today)]
    refuse_if([*found, *_against_extension(days, said, rule.limit or 0, sure=sure)])
    due = clock_of(rule, lines[0].sent_on, calendar_of(row.commission), extensions=[days]).due
    with as_the_product():
        for line in lines:
            line.due_on, line.extended_said = due, said.strip()
            line.extended_by, line.extended_on = by.name, today
            line.save()
    note(row, {"letter": lines[0].number, "more_time": days}, by, now)
    return lines


def _against_extension(days: int, said: str, most: int, *, sure: bool) -> list[Reason]:
    found = against_words(said, field="said", sure=sure)
    if not said.strip():
        found.append(Reason("said", _("Say why more time is given.")))
    if not 1 <= days <= most:
        words = _("%(found)s days are found; expected 1 to %(most)s.")
        found.append(Reason("days", words % {"found": days, "most": most}))
    return found


@transaction.atomic
def verify_line(
    *, line: Letter, outcome: LetterOutcome, evidence_no: str, by: Actor, now: datetime
) -> Letter:
    """Verify one problem of a letter with the number of the evidence: 已改, 部分整改 or 未改, once.

    Raises `Refused`, of two who verify at once for the second.
    """
    if not Letter.objects.filter(pk=line.pk).exists():
        raise NotThere(_("There is no such letter, or it is not for you."))
    row = held(Request(pk=line.request_id))
    today = timezone.localdate(now)
    with as_the_product():
        kept = Letter.objects.get(pk=line.pk)
    refuse_if(policies.may_verify(by, row, part_of(by, row, today), kept.unit_id))
    refuse_if(_against_outcome(kept, outcome, evidence_no))
    with as_the_product():
        kept.outcome, kept.evidence_no = outcome, evidence_no.strip()
        kept.verified_on, kept.verified_by = today, by.name
        kept.save()
    told = {"letter": kept.number, "line": kept.position, "outcome": outcome.name}
    note(row, told, by, now, Act.LETTER_VERIFIED)
    return kept


def _against_outcome(kept: Letter, outcome: LetterOutcome, evidence_no: str) -> list[Reason]:
    found = against_words(evidence_no, field="evidence_no", sure=True, most=60)
    if kept.outcome:
        words = _("This problem was verified on %(day)s already: %(outcome)s.")
        told = {"day": kept.verified_on, "outcome": LetterOutcome(kept.outcome).label}
        found.append(Reason("verified", words % told))
    if outcome == LetterOutcome.OPEN:
        found.append(Reason("outcome", _("Say what the verification found.")))
    if not evidence_no.strip():
        found.append(Reason("evidence_no", _("Give the number of the evidence.")))
    return found
