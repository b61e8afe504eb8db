"""Which days an account must keep, as its calendar shows them: kind and number, and nothing of a matter."""

from collections.abc import Callable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xiezuo.approvals.api import kind_of, number_of, waiting_for
from xiezuo.home.notices.calendar import Deadline
from xiezuo.home.notices.queries import days_told, zone_items_of, zone_meetings_of
from xiezuo.home.notices.states import NoticeKind
from xiezuo.home.notices.words import href_of

Whole = Callable[[str], str]
"""Makes a path of the installation a whole address."""


def deadlines_of(account: int, today: date, whole: Whole) -> list[Deadline]:
    """The deadlines of an account as it may see them, by their days. Fixed queries."""
    found = [
        *_decisions(account, today, whole),
        *_told(account, today, whole),
        *_of_zones(account, today, whole),
    ]
    return sorted(found, key=lambda each: (each.due, each.key))


def _decisions(account: int, today: date, whole: Whole) -> Iterator[Deadline]:
    """What waits for the account to decide, for itself or for who is absent."""
    for approval in waiting_for(account, today).select_related("commission"):
        if approval.due_on is not None:
            kind, number = kind_of(approval.kind).title, number_of(approval)
            words = _("Decide: %(kind)s %(number)s") % {"kind": kind, "number": number}
            href = whole(reverse("inbox:approval", args=[approval.pk]))
            yield Deadline(f"approval {number}", words, approval.due_on, href)


def _of_zones(account: int, today: date, whole: Whole) -> Iterator[Deadline]:
    """Meetings of zones to which a unit of the account is invited, and what its units are to carry out."""
    for meeting in zone_meetings_of(account, today):
        href = whole(reverse("zones:meeting", args=[meeting.pk]))
        yield Deadline(f"zone meeting {meeting.pk}", _("Zone meeting"), meeting.day, href)
    for item in zone_items_of(account, today):
        if item.due_on is not None:
            href = whole(reverse("zones:meeting", args=[item.meeting_id]))
            yield Deadline(
                f"zone item {item.pk}", _("Carry out: decision of a zone meeting"), item.due_on, href
            )


def _told(account: int, today: date, whole: Whole) -> Iterator[Deadline]:
    """Consultations of the account's units, on regulations and zone plans, and trials that end: as the account was told."""
    for notice in days_told(account, today):
        due = date.fromisoformat(notice.particulars["last_day"])
        words = {
            NoticeKind.OPINION: _("Answer: consultation on %(code)s"),
            NoticeKind.PLAN_OPINION: _("Answer: consultation on zone plan no. %(code)s"),
        }.get(NoticeKind(notice.kind), _("Trial ends: %(code)s"))
        key = f"{notice.kind} {notice.about} {notice.pk}"
        yield Deadline(key, words % {"code": notice.about}, due, whole(href_of(notice)))
