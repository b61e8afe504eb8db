"""A notice in the words of its reader: what, why to them, what to do, and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.approvals.api import kind_of
from xiezuo.home.notices.models import Notice
from xiezuo.home.notices.queries import besides_the_inbox, names_of_regulations
from xiezuo.home.notices.states import (
    FROM_HERE,
    OF_PLANS,
    OF_REGULATIONS,
    WITHOUT_A_THING,
    Because,
    NoticeKind,
)
from xiezuo.ui.words import long_day

NO_NAMES: Mapping[int | None, str] = {}
NEWEST = 5
"""So many notices stand on 工作台."""


@dataclass(frozen=True)
class Told:
    """A notice as it is shown. `step` is empty where there is nothing to do but to know it."""

    notice: Notice
    what: str
    which: str
    why: str
    step: str
    href: str


def all_told(notices: Sequence[Notice]) -> list[Told]:
    """The words of notices. One query: what the regulations among them are called now, as the reader may see it."""
    names = names_of_regulations([each.subject for each in notices if each.kind in OF_REGULATIONS])
    return [told(each, names) for each in notices]


def told(notice: Notice, names: Mapping[int | None, str] = NO_NAMES) -> Told:
    """The words of one notice; `names` are those of regulations, which a notice itself does not hold."""
    return Told(
        notice, str(NoticeKind(notice.kind).label), _which(notice, names), str(Because(notice.because).label), _step(notice),
        href_of(notice),
    )  # fmt: skip


def newest(account: int) -> list[Told]:
    """The newest open notices of an account but for what waits to be decided, which the inbox shows. Two queries."""
    return all_told(list(besides_the_inbox(account)[:NEWEST]))


def href_of(notice: Notice) -> str:
    """The page on which the matter of a notice is dealt with; it opens only to who may still see the matter."""
    route = FROM_HERE.get(NoticeKind(notice.kind), "inbox:approval")
    return reverse(route, args=[] if notice.kind in WITHOUT_A_THING else [notice.subject])


def _which(notice: Notice, names: Mapping[int | None, str]) -> str:
    """What it speaks of without saying anything of it: kind and number, days, counts."""
    if notice.kind == NoticeKind.DAILY:
        return daily_words(notice.particulars)
    days = _days(notice.particulars)
    matter = str(kind_of(notice.matter).title) if notice.matter else ""
    name = f"《{names[notice.subject].strip('《》')}》" if notice.subject in names else ""
    about = _("no. %(number)s") % {"number": notice.about} if notice.kind in OF_PLANS else notice.about
    return " · ".join(filter(None, (matter, about, name, days)))


def daily_words(counts: Mapping[str, Any]) -> str:
    """What waits today, as counts: 待办 5 件，其中超期 1 件；本周到期 2 件."""
    waiting, late, week = (int(counts.get(name, 0)) for name in ("waiting", "late", "week"))
    words = ngettext("%(waiting)d matter waits", "%(waiting)d matters wait", waiting) % {"waiting": waiting}
    if late:
        words += ngettext(", %(late)d of them late", ", %(late)d of them late", late) % {"late": late}
    if week:
        words += ngettext("; %(week)d due this week", "; %(week)d due this week", week) % {"week": week}
    return words


def _days(particulars: Mapping[str, Any]) -> str:
    first, last = particulars.get("first_day"), particulars.get("last_day")
    if first and last:
        return _("%(first)s to %(last)s") % {"first": _day(first), "last": _day(last)}
    if first:
        return _("from %(first)s") % {"first": _day(first)}
    return _("until %(last)s") % {"last": _day(last)} if last else ""


def _day(text: str) -> str:
    return long_day(date.fromisoformat(text))


def _step(notice: Notice) -> str:
    steps = {
        NoticeKind.DECIDE: _("Open and decide"),
        NoticeKind.MEND: _("Open, mend and submit again"),
        NoticeKind.CONFIRM_PAPER: _("Open and confirm or strike the entry"),
        NoticeKind.OPINION: _("Open and answer"),
        NoticeKind.PLAN_OPINION: _("Open and answer"),
        NoticeKind.YEAR_MISSING: _("To the work calendar"),
        NoticeKind.DAILY: _("To the inbox"),
        NoticeKind.WRITE_REQUEST: _("Open and ask for it in writing"),
        NoticeKind.FORM_TEAM: _("Open and put the team together"),
        NoticeKind.DECLARE: _("Look at the paper at the office, then declare"),
        NoticeKind.MEMBER_MOVED: _(
            "See to the hand-over of papers and open tasks (form F7), and choose somebody else"
        ),
        NoticeKind.LEFT_TEAM: _("Hand over papers and open tasks to the leader of the team (form F7)"),
        NoticeKind.DECLARE_ON_PAPER: _("Print form F3 and hand it in"),
        NoticeKind.DECIDE_RECUSAL: _("Open and decide"),
        NoticeKind.OVERRIDE_ASKED: _("Open and decide; the recusal stands until you say otherwise"),
        NoticeKind.INCIDENT: _("Report it upward, then enter the report"),
    }
    return steps.get(NoticeKind(notice.kind), _("Have a look"))
