"""The page of one request: its way, what is needed, who may approve and why, what happened, who reads it, and the other areas."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.approvals.api import Approval, number_of
from xiezuo.collaboration.models import Access, Request, RequestMove, Widening
from xiezuo.collaboration.queries import request_page as queries
from xiezuo.collaboration.queries.request_lists import Named, named_on
from xiezuo.collaboration.queries.request_page import Editions
from xiezuo.collaboration.recusal.interference_panels import interference_panel
from xiezuo.collaboration.recusal.panels import recusal_panel
from xiezuo.collaboration.requests import policies
from xiezuo.collaboration.requests.acts import acts_of
from xiezuo.collaboration.requests.asked import asked_of
from xiezuo.collaboration.requests.asking_views import new_key
from xiezuo.collaboration.requests.offers import decided_within, done_within
from xiezuo.collaboration.requests.rail import Way
from xiezuo.collaboration.requests.summary import needed_facts
from xiezuo.collaboration.requests.wording import number_words, state_shown
from xiezuo.collaboration.safety.panels import safety_panel
from xiezuo.collaboration.states import ASKED, ENDED, RequestLevel, RequestState, RequestVerb, Result
from xiezuo.collaboration.teams.panels import team_panel
from xiezuo.collaboration.work.panels import work_panel
from xiezuo.organisation.api import person_names
from xiezuo.rules.api import Approver, Badge, calendar_of
from xiezuo.shared.lists import listed
from xiezuo.shared.periods import ALWAYS
from xiezuo.ui.choices import words_of
from xiezuo.ui.links import address
from xiezuo.ui.words import long_day

Panel = tuple[str, Callable[[Request, Actor, date], dict[str, Any] | None]]
PANELS: tuple[Panel, ...] = (
    ("collaboration/teams/_panel.html", team_panel),
    ("collaboration/recusal/_panel.html", recusal_panel),
    ("collaboration/work/_panel.html", work_panel),
    ("collaboration/safety/_panel.html", safety_panel),
    ("collaboration/interference/_panel.html", interference_panel),
)
"""What the other areas show of a request: the template of each, which reads it as `panel`, and who makes that; None for nothing."""
BECAUSE = {
    "applicant": gettext_lazy("applied"), "party": gettext_lazy("decides, or coordinates"), "member": gettext_lazy("is in the team"),
    "widened": gettext_lazy("let in by the head of the unit in the lead"),
}  # fmt: skip


def page_of(request: Any, row: Request, by: Actor, on: date) -> dict[str, Any]:
    """The context of the page."""
    named, moves, approval = named_on(row.commission, on), queries.moves_of(row), queries.approval_of(row)
    editions, readers, widenings = queries.editions_of(row, on), queries.readers_of(row, on), queries.widenings_of(row)  # fmt: skip
    accounts = queries.account_names([
        *_accounts(readers, widenings), *(approval.waiting_for if approval else []), row.applicant, *(move.account for move in moves),
    ])  # fmt: skip
    _called(row, moves, accounts)
    who = _who(row, approval, accounts, named)
    acts = acts_of(request, row, by, on)
    return {
        "page_title": _title(row, named), "number": number_words(row.year, row.number), "row": row, "day": None, "state": state_shown(row.state),
        "stages": Way(row, moves, who, calendar_of(row.commission), on).stages(), "needed": needed_facts(asked_of(row), named.units, _site(row, on)),
        "facts": _facts(row, named, on), "approval": (number_of(approval), approval.pk) if approval else None,
        "rule": _rule(editions), "notes": _notes(row, editions, on), "acts": [each for each in acts if not each.against],
        "others": [each for each in acts if each.against], "told": [_told(move) for move in reversed(moves)],
        "readers": _readers(readers, accounts),
        "widenings": [_widening(request, each, accounts) for each in widenings], "may_widen": not policies.may_widen(by, row),
        "key": new_key(), "panels": _panels(row, by, on), "back": address(request, "collaboration:requests"),
    }  # fmt: skip


def _accounts(readers: Iterable[Access], widenings: Iterable[Widening]) -> Iterator[int]:
    """Every account that the page names."""
    yield from (each.account for each in readers)
    for each in widenings:
        yield from (each.account, each.asked_by)


def _called(row: Request, moves: Iterable[RequestMove], accounts: dict[int, str]) -> None:
    """People as everybody calls them, in place of the accounts that are kept with each move. In memory alone."""
    row.applicant_name = accounts.get(row.applicant, row.applicant_name)
    for move in moves:
        move.by = accounts.get(move.account or 0, move.by)


def _title(row: Request, named: Named) -> str:
    situation = named.situation(row.situation)
    return f"{named.unit(row.unit_id)}：{situation or _('request for collaboration')}"


def _facts(row: Request, named: Named, on: date) -> list[tuple[str, Any]]:
    """Whose it is, why and how, who leads, and what came of it; pointers only."""
    agreed = _orally(row, on)
    return [
        (_("Applicant"), row.applicant_name), (pgettext("request", "Zone"), named.zone(row.zone)),
        (_("Level"), words_of(RequestLevel, row.level) if row.level != RequestLevel.SECOND else ""),
        (pgettext("request", "Method"), named.method(row.method)), (_("Why help is needed"), row.reason), (_("Pointer"), row.pointer),
        (_("No. of the letter"), row.letter_no), (_("Unit in the lead"), named.unit(row.lead_id)),
        (_("Why it is another unit"), row.lead_reason), *agreed,
        (_("Work due on"), long_day(row.due_on) if row.due_on else ""),
        (_("First due on"), long_day(row.first_due_on) if row.first_due_on and row.first_due_on != row.due_on else ""),
        (_("Result"), words_of(Result, row.result) if row.result else ""), (_("Problems found"), row.problems or ""),
        (_("Closing note"), row.closing_note), (_("Ended because"), row.ended_because), (_("Paper of the hand-over"), row.transferred_to),
    ]  # fmt: skip


def _orally(row: Request, on: date) -> list[tuple[str, Any]]:
    """Of what was begun on an oral agreement: who agreed when, and by when it is written."""
    if not row.urgent or row.oral_at is None:
        return []
    with as_the_product():
        name = person_names([row.oral_by or 0], on).get(row.oral_by or 0, "")
    agreed = f"{name}，{timezone.localtime(row.oral_at):%Y-%m-%d %H:%M}"
    due = f"{timezone.localtime(row.written_due):%Y-%m-%d %H:%M}" if row.written_due and not row.written_at else ""  # fmt: skip
    return [(_("Agreed orally"), agreed), (_("To be written by"), due)]


def _site(row: Request, on: date) -> str:
    return dict(queries.sites_offered(row.commission, row.starts or on)).get(row.site, "") if row.site else ""


def _who(row: Request, approval: Approval | None, accounts: dict[int, str], named: Named) -> str:
    """Who has the next step."""
    state = RequestState(row.state)
    if state in (RequestState.DRAFT, RequestState.RETURNED):
        return row.applicant_name
    if state in ASKED:
        return listed(accounts.get(each, "") for each in approval.waiting_for) if approval else ""
    if state in (RequestState.REPORTED, RequestState.EVALUATING):
        return listed((named.unit(row.unit_id), named.unit(row.lead_id)))
    return named.unit(row.lead_id)


@dataclass(frozen=True)
class RuleShown:
    """The edition that a request goes by: who decides, in what time, and on what that rests."""

    code: str
    name: str
    number: int
    since: str
    badge: Any
    clause: str
    offices: Sequence[Any]
    note: str
    within: Sequence[str]
    says: str


def _rule(editions: Editions | None) -> RuleShown | None:
    if editions is None:
        return None
    kept = editions.kept
    return RuleShown(
        kept.code, kept.name, editions.number, long_day(kept.starts) if kept.starts > ALWAYS else "", words_of(Badge, kept.badge), kept.clause,
        [words_of(Approver, each) for each in kept.approvers], kept.approval_note,
        [each for each in (decided_within(kept), done_within(kept)) if each], kept.rule,
    )  # fmt: skip


def _notes(row: Request, editions: Editions | None, on: date) -> list[str]:
    """What changed around a request since it was submitted; it keeps what it began under."""
    found = []
    if editions is not None and editions.changed:
        words = _(
            "The rule %(code)s was changed since. This request keeps edition %(number)s, under which it began."
        )
        found.append(words % {"code": editions.kept.code, "number": editions.number})
    if row.zone is not None and row.state not in ENDED and queries.redrawn(row, on):
        found.append(_("The zones were redrawn since. This request stays with the zone and the units that received it."))  # fmt: skip
    if row.blocked:
        found.append(
            _("The matter concerns the unit's own leaders: the unit neither acts nor reads here (R04).")
        )
    if row.sealed:
        found.append(_("Sealed: read by those named below and by nobody else."))
    return found


@dataclass(frozen=True)
class Told:
    """One line of what happened."""

    at: Any
    who: str
    did: Any
    state: Any
    said: str
    basis: str


def _told(move: RequestMove) -> Told:
    # What was changed of the scope is kept as names of fields, which are no words for a reader.
    said = "" if move.verb == RequestVerb.RESCOPE else move.said
    return Told(
        timezone.localtime(move.at),
        move.by,
        RequestVerb(move.verb).label,
        state_shown(move.state),
        said,
        move.basis,
    )


def _readers(readers: Sequence[Access], names: dict[int, str]) -> list[tuple[str, str, str]]:
    """Everybody who reads it by name, once: why, and until when."""
    found: dict[int, list[Access]] = {}
    for each in readers:
        found.setdefault(each.account, []).append(each)
    return [
        (names.get(account, ""), listed(str(BECAUSE.get(each.because, each.because)) for each in rows), _until(max(each.ends for each in rows)))
        for account, rows in found.items()
    ]  # fmt: skip


def _until(ends: date) -> str:
    return "" if ends.year > 9000 else long_day(ends - ends.resolution)


@dataclass(frozen=True)
class WideningShown:
    """One application for somebody to read it."""

    who: str
    by: str
    until: str
    reason: str
    href: str


def _widening(request: HttpRequest, each: Any, accounts: dict[int, str]) -> WideningShown:
    href = address(request, "collaboration:decide-widening", each.pk)
    return WideningShown(accounts.get(each.account, ""), accounts.get(each.asked_by, ""), _until(each.until), each.reason, href)  # fmt: skip


def _panels(row: Request, by: Actor, on: date) -> list[tuple[str, dict[str, Any]]]:
    made = [(template, maker(row, by, on)) for template, maker in PANELS]
    return [(template, panel) for template, panel in made if panel is not None]
