"""The printed form of an application: its matter, its chain, and the code that leads back. Always in Chinese.

The same sheet serves before and after: printed while a step is open it is what a leader signs, and the case-management
office enters what was signed by the number that stands on it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.accounts.api import Actor
from xiezuo.approvals.api import Approval, Party, all_kinds, course_of, kind_of, number_of, numbered
from xiezuo.approvals.states import ApprovalState
from xiezuo.home.inbox.chain import Chain
from xiezuo.home.inbox.names import Called
from xiezuo.home.inbox.rail import local_day
from xiezuo.papers import Column, Entry, Fields, Form, Grid, Line, chinese_date
from xiezuo.rules.api import edition_cited
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere

LANGUAGE = "zh-hans"
MOST_CHANGES = 12
"""Changes that a form lists; of more it says how many there are."""
SHORT = 80
"""Characters of a changed text that a form quotes."""
WIDE = 18
"""Characters beyond which a value takes a row of its own."""
NUMBER = re.compile(r"(?P<mark>.+?)-(?P<year>\d{4})-(?P<code>.+)-(?P<number>\d{1,9})")


def form_of(approval: Approval, *, code: str, by: Actor, now: datetime) -> Form:
    """The form as it stands now. Its matter is asked with the rights of `by`, who must be its reader."""
    with translation.override(LANGUAGE):
        called = Called(clock.today())
        chain, cited = _chain(approval, called)
        kind, matter = kind_of(approval.kind), kind_of(approval.kind).matter(approval)
        facts = [*_own_facts(approval, called), *matter.facts, *_cited_fact(cited)]
        return Form(
            title=_("Approval form: %(kind)s") % {"kind": kind.title},
            blocks=(Fields(tuple(_entries(facts))), *_changes(matter.changes), chain.grid()),
            code=code, number=_("No. %(number)s") % {"number": number_of(approval)},
            office=approval.commission.name, mark=_mark(approval), foot=_foot(approval, called, by, now),
        )  # fmt: skip


def _chain(approval: Approval, called: Called) -> tuple[Chain, Any]:
    course, moves = course_of(approval), list(approval.moves.order_by("edition"))
    titles = list(approval.steps.order_by("position").values_list("title", flat=True))
    called.know_course(course, *(move.account for move in moves))
    cited = edition_cited(approval)
    return Chain(course, titles, moves, called, cited.clause if cited else ""), cited


def _own_facts(approval: Approval, called: Called) -> list[tuple[str, str]]:
    applicant = called.party(Party(approval.applicant, approval.applicant_person))
    return [
        (pgettext("on the form", "Applicant"), applicant), (pgettext("on the form", "Unit"), called.unit(approval.unit)),
        (pgettext("on the form", "Subject"), approval.title), (pgettext("on the form", "Applied on"), chinese_date(local_day(approval.submitted_at))),
    ]  # fmt: skip


def _cited_fact(cited: Any) -> list[tuple[str, str]]:
    return [(pgettext("on the form", "Goes by"), cited.words)] if cited else []


def _entries(facts: Sequence[tuple[Any, Any]]) -> Iterator[Entry]:
    """Labels and values, each once; what is empty is left away, since the form is printed from a record."""
    for label, value in dict.fromkeys((str(label), str(value)) for label, value in facts):
        if value:
            yield Entry(label, value, wide=len(value) > WIDE)


def _changes(changes: Sequence[tuple[str, str, str]]) -> Iterator[Grid]:
    """What would change, before and after; long texts are quoted in part, since the record has them whole."""
    if not changes:
        return
    titles = (
        pgettext("on the form", "What"),
        pgettext("on the form", "Before"),
        pgettext("on the form", "After"),
    )
    columns = tuple(Column(title, width) for title, width in zip(titles, (10, 19, 19), strict=True))
    lines = [
        Line((str(what), _quoted(before), _quoted(after))) for what, before, after in changes[:MOST_CHANGES]
    ]
    if (more := len(changes) - MOST_CHANGES) > 0:
        lines.append(Line((_("%(number)s more, see the record") % {"number": more}, "", "")))
    yield Grid(columns, tuple(lines), pgettext("on the form", "Changes"))


def _quoted(text: str) -> str:
    words = str(text or "—")
    return words if len(words) <= SHORT else f"{words[:SHORT]}……"


def _mark(approval: Approval) -> str:
    """How it stands; of a withdrawn one, that its number stays cancelled."""
    state = ApprovalState(approval.state)
    cancelled = _("number cancelled") if state == ApprovalState.WITHDRAWN else ""
    return " · ".join(str(words) for words in (state.label, cancelled) if words)


def _foot(approval: Approval, called: Called, by: Actor, now: datetime) -> tuple[str, ...]:
    at = f"{timezone.localtime(now):%Y-%m-%d %H:%M}"
    told = {
        "edition": approval.edition,
        "name": called.account(by.user_id),
        "at": at,
        "number": number_of(approval),
    }
    printed = _("No. %(number)s · edition %(edition)s · printed by %(name)s on %(at)s") % told
    signed = _("Signed by hand, it is entered by the case-management office under this number. The code leads back to the record.")  # fmt: skip
    return printed, signed


def approval_numbered(number: str) -> Approval:
    """The application with the number on a form. Raises `NotThere`, in one wording for unknown and for hidden ones."""
    found = NUMBER.fullmatch(number)
    kinds = [kind.code for kind in all_kinds() if found and kind.mark == found["mark"]]
    rows = numbered(kinds, int(found["year"]), found["code"], int(found["number"])) if found else None
    approval = rows.first() if rows is not None else None
    if approval is None:
        raise NotThere(_("There is no such approval, or it is not for you."))
    return approval
