"""What an account does with its notices, and what is told to everybody in the morning."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.home.notices.models import Notice
from xiezuo.home.notices.queries import Today, holds_year, today_of_accounts
from xiezuo.home.notices.states import TASKS, Because, NoticeKind
from xiezuo.shared.errors import NotThere, refuse


@transaction.atomic
def know(*, notice: int, by: Actor, now: datetime) -> None:
    """The account knows this information; knowing it twice changes nothing.

    Raises `NotThere` for what is not one's own, `Refused` for a task: that is cleared by doing it.
    """
    found = _own(by).filter(pk=notice).first()
    if found is None:
        raise NotThere(_("There is no such notice of yours."))
    if found.is_task:
        refuse("task", _("This notice stays until the thing itself is done; open it from the notice."))
    _close([found.pk], by, now)


@transaction.atomic
def know_all(*, until: datetime, by: Actor, now: datetime) -> int:
    """The account knows every information made up to the instant `until`, which its page showed: how many."""
    mine = _own(by).filter(done_at__isnull=True, made_at__lte=until)
    return _close(list(mine.exclude(kind__in=TASKS).values_list("pk", flat=True)), by, now)


def _own(by: Actor) -> QuerySet[Notice]:
    return Notice.objects.none() if by.user_id is None else Notice.objects.filter(account=by.user_id)


def _close(numbers: Sequence[int], by: Actor, now: datetime) -> int:
    with as_the_product():
        closed = Notice.objects.filter(pk__in=numbers, done_at__isnull=True).update(done_at=now)
    if closed:
        record(Act.NOTICES_KNOWN, by=by, at=now, target="notices", details={"number": closed})
    return closed


@transaction.atomic
def tell_the_day(*, by: Actor, now: datetime) -> int:
    """Tell every account what waits for it today, once a day and only on days that are worked: how many were told.

    The notice of an earlier day goes with it: of what waits only today's count is true.
    """
    today = timezone.localdate(now)
    with as_the_product():
        told = set(Notice.objects.filter(day=today).values_list("account", flat=True))
        new = {account: each for account, each in today_of_accounts(today).items() if account not in told}
        # Two workers may count at the same moment; the constraint lets one of them tell.
        Notice.objects.bulk_create((_daily(account, each, now) for account, each in new.items()), ignore_conflicts=True)  # fmt: skip
        earlier = Notice.objects.filter(kind=NoticeKind.DAILY, done_at__isnull=True, day__lt=today)
        earlier.update(done_at=now)
        _clear_years(now)
    if new:
        record(Act.DAY_TOLD, by=by, at=now, target="notices", details={"accounts": len(new)})
    return len(new)


def _clear_years(now: datetime) -> None:
    """A year that was missing and stands in the calendar now is nobody's task any more."""
    missing = Notice.objects.filter(kind=NoticeKind.YEAR_MISSING, done_at__isnull=True)
    for commission, year in missing.values_list("commission", "subject").distinct().order_by("commission"):
        if holds_year(commission, year):
            missing.filter(commission=commission, subject=year).update(done_at=now)


def _daily(account: int, each: Today, now: datetime) -> Notice:
    return Notice(
        account=account, kind=NoticeKind.DAILY, because=Because.MORNING, day=timezone.localdate(now), made_at=now,
        particulars={"waiting": each.waiting, "late": each.late, "week": each.week},
    )  # fmt: skip
