"""Everything that the page of one application shows, asked in a fixed number of questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, Role, Scope, as_the_product, has
from xiezuo.approvals.api import (
    Approval,
    Party,
    asked_of_reader,
    course_of,
    kind_of,
    number_of,
    party_of,
    phrases_for,
    stands_for,
)
from xiezuo.approvals.states import Verb
from xiezuo.home.inbox.acts import Acts, Reader, acts_of
from xiezuo.home.inbox.names import Called
from xiezuo.home.inbox.rail import Rail, days_signed, local_day
from xiezuo.home.inbox.wording import done_words, state_of
from xiezuo.organisation.api import Commission
from xiezuo.rules.api import WorkCalendar, calendar_of, edition_cited
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere
from xiezuo.ui.blocks import Changed, Difference
from xiezuo.ui.parts import Link

MOST_IN_A_ROW = 500
"""Waiting applications of one account among which a place is counted."""


@dataclass(frozen=True)
class Told:
    """One line of the timeline."""

    at: Any
    who: str
    did: str
    said: str
    notes: Sequence[str]
    edition: int


@dataclass(frozen=True)
class Place:
    """Where an application stands among those that wait for the reader: “3 of 7”, the one before and the one after."""

    number: int = 0
    of: int = 0
    before: int | None = None
    after: int | None = None


def shown_approval(pk: int) -> Approval:
    """The approval, if the reader may see it. Raises `NotThere` in the same words for what is hidden and what is not."""
    found = Approval.objects.select_related("commission").filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such approval, or it is not for you."))
    return found


def work_calendar(commission: Commission) -> WorkCalendar:
    """The work calendar to count with, also for who may not read the commission's rules."""
    with as_the_product():
        return calendar_of(commission)


def reader_of(actor: Actor) -> Reader:
    """Who looks, with everybody they stand in for today."""
    with as_the_product():
        account = actor.user_id or 0
        return Reader(actor, party_of(account), stands_for(account, clock.today()), clock.today())


def waiting_in_order() -> list[int]:
    """What waits for the reader, the most urgent first, as the inbox has it."""
    rows = asked_of_reader().order_by("due_on", "pk")
    return list(rows.values_list("pk", flat=True)[:MOST_IN_A_ROW])


def place_of(approval: Approval, waiting: Sequence[int]) -> Place:
    """Where an application stands among those that wait; nowhere if it does not wait for the reader."""
    if approval.pk not in waiting:
        return Place()
    at = waiting.index(approval.pk)
    before = waiting[at - 1] if at else None
    after = waiting[at + 1] if at + 1 < len(waiting) else None
    return Place(at + 1, len(waiting), before, after)


def page_of(approval: Approval, actor: Actor) -> dict[str, Any]:
    """The context of the page, without what was typed on it."""
    course = course_of(approval)
    moves, titles = list(approval.moves.order_by("edition")), _titles(approval)
    called, reader = Called(clock.today()), reader_of(actor)
    called.know_course(course, *(move.account for move in moves))
    calendar = work_calendar(approval.commission)
    steps = Rail(approval, course, titles, days_signed(moves), called, calendar, clock.today()).steps()
    kind, matter = kind_of(approval.kind), kind_of(approval.kind).matter(approval)
    acts = acts_of(course, titles, moves, reader, commission=approval.commission_id, called=called)
    return {
        "page_title": approval.title, "day": None, "approval": approval, "number": number_of(approval), "kind": kind,
        "state": state_of(approval.state), "facts": [*_facts(approval, called), *matter.facts],
        "difference": _difference(matter.changes), "matter_href": matter.href, "steps": steps,
        "timeline": [_told(move, called) for move in reversed(moves)], "acts": acts, "place": place_of(approval, waiting_in_order()),
        "phrases": _phrases(actor, acts), "key": uuid4(), "now_due": next((step for step in steps if step.due), None),
        "settled": approval.settled_at is not None, "keeps": has(actor, Ability.KEEP_LEDGER, commission=approval.commission_id),
        "informed": [called.account(each) for each in approval.informed],
    }  # fmt: skip


def _titles(approval: Approval) -> list[str]:
    return list(approval.steps.order_by("position").values_list("title", flat=True))


def _facts(approval: Approval, called: Called) -> list[tuple[str, Any]]:
    applicant = called.party(Party(approval.applicant, approval.applicant_person))
    return [
        (_("Applicant"), applicant), (_("Unit"), called.unit(approval.unit)),
        (_("Applied on"), local_day(approval.submitted_at)), (_("Goes by"), _cited(approval)),
    ]  # fmt: skip


def _cited(approval: Approval) -> Any:
    """The edition of the work rule that it goes by, whatever was changed since; nothing for who may not read rules."""
    cited = edition_cited(approval)
    return Link(cited.words, f"{reverse('rules:work-rule', args=[cited.rule])}?kept=1") if cited else ""


def _difference(changes: Sequence[tuple[str, str, str]]) -> Difference | None:
    changed = [Changed(what, before or None, after or None) for what, before, after in changes]
    return Difference(changed) if changed else None


def _told(move: Any, called: Called) -> Told:
    details, notes = move.details, []
    if "paper" in details:
        notes.append(
            _("paper %(number)s of %(day)s") % {"number": details["paper"], "day": details.get("on", "")}
        )
    if "to" in details:
        notes.append(_("to %(name)s") % {"name": called.account(details["to"])})
    return Told(move.at, called.account(move.account), done_words(move.verb), move.said, notes, move.edition)


def _phrases(actor: Actor, acts: Acts) -> dict[str, list[str]]:
    if not acts.may_decide:
        return {}
    account, units = actor.user_id or 0, units_of(actor)
    return {
        verb.value: phrases_for(verb, account, units) for verb in (Verb.APPROVE, Verb.RETURN, Verb.REFUSE)
    }


def units_of(actor: Actor) -> list[int]:
    """The units of which somebody is: their own posts' and those that they head."""
    own = (Role.UNIT_HEAD, Role.STAFF)
    return sorted(
        {held.scope_id for held in actor.held if held.role in own and held.scope_kind == Scope.UNIT}
    )
