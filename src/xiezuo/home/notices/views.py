"""One's own notices, and the calendar of one's own deadlines."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from xiezuo.accounts.api import Actor, User, acting_as, actor_of, origin_of, step_up_required
from xiezuo.home.notices import feed_operations, operations
from xiezuo.home.notices.calendar import calendar_of
from xiezuo.home.notices.deadlines import deadlines_of
from xiezuo.home.notices.models import Notice
from xiezuo.home.notices.queries import feed_of, notices_of, page_of
from xiezuo.home.notices.states import TASKS, NoticeKind
from xiezuo.home.notices.words import all_told
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere
from xiezuo.shared.lists import listed
from xiezuo.ui.address import Address
from xiezuo.ui.blocks import Tab

SHOWN = {"open": (), "tasks": TASKS, "information": tuple(kind for kind in NoticeKind if kind not in TASKS)}
"""What the tabs of the page show: kinds, or all of them."""


def _by(request: HttpRequest) -> Actor:
    return actor_of(request.user, origin_of(request))


def _account(request: HttpRequest) -> int:
    return cast(User, request.user).pk


@require_safe
@never_cache
def notices(request: HttpRequest) -> HttpResponse:
    """What I was told and have not dealt with; or all that I was ever told."""
    shown = request.GET.get("show", "open")
    if shown not in (*SHOWN, "all"):
        words = _("There is no list “%(found)s” of notices; expected one of %(expected)s.")
        raise BadInput(words % {"found": shown[:40], "expected": listed([*SHOWN, "all"])})
    found = notices_of(_account(request), all_of_them=shown == "all", kinds=SHOWN.get(shown, ()))
    rows, more = page_of(found, _place(request.GET.get("after", "")))
    context = {
        "page_title": _("Notices"), "day": None, "tabs": _tabs(shown), "notices": all_told(rows),
        "following": str(Address.of(request).put(after=_after(rows[-1]))) if more else "",
        "until": rows[0].made_at.isoformat() if rows else "", "shown": shown,
        "can_know": any(not each.is_task and each.done_at is None for each in rows),
    }  # fmt: skip
    return render(request, "home/notices/notices.html", context)


def _tabs(shown: str) -> list[Tab]:
    words = {
        "open": pgettext("notices", "Open"), "tasks": _("To be done"), "information": _("To be known"), "all": _("All, with those dealt with"),
    }  # fmt: skip
    here = reverse("notices:list")
    return [Tab(title, f"{here}?show={name}", active=name == shown) for name, title in words.items()]


def _after(last: Notice) -> str:
    return f"{last.made_at.isoformat()}_{last.pk}"


def _place(text: str) -> tuple[datetime, int] | None:
    """Where a page begins, as the address of the page before says."""
    if not text:
        return None
    instant, _separator, number = text.rpartition("_")
    made_at = _instant(instant)
    if made_at is None or not number.isdigit():
        raise BadInput(_("The address of this page of notices is broken; begin at the first one."))
    return made_at, int(number)


def _instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


@require_POST
def known(request: HttpRequest) -> HttpResponse:
    """I know one of them, or every information that the page showed."""
    number, until = request.POST.get("notice", ""), _instant(request.POST.get("until", ""))
    by, now = _by(request), clock.now()
    if number.isdigit():
        operations.know(notice=int(number), by=by, now=now)
    elif until is not None:
        closed = operations.know_all(until=until, by=by, now=now)
        words = ngettext("%(number)d notice is known.", "%(number)d notices are known.", closed)
        messages.success(request, words % {"number": closed})
    else:
        raise BadInput(_("The form names no notice; open the page of notices again."))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    shown = request.POST.get("show", "")
    return reverse("notices:list") + (f"?show={shown}" if shown in SHOWN else "")


@require_safe
@never_cache
def calendar(request: HttpRequest) -> HttpResponse:
    """What my calendar holds, and its secret address as far as it is known here."""
    deadlines = deadlines_of(_account(request), clock.today(), request.build_absolute_uri)
    context = {
        "page_title": _("Calendar of my deadlines"), "day": None, "feed": feed_of(_account(request)), "deadlines": deadlines,
    }  # fmt: skip
    return render(request, "home/notices/calendar.html", context)


@require_POST
@never_cache
@step_up_required
def issue(request: HttpRequest) -> HttpResponse:
    """A new secret address, shown this once."""
    secret = feed_operations.issue_feed(by=_by(request), now=clock.now())
    address = request.build_absolute_uri(reverse("notices:feed", args=[secret]))
    context = {"page_title": _("Secret address of my calendar"), "day": None, "address": address}
    return render(request, "home/notices/address.html", context)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """The address answers no more."""
    feed_operations.end_feed(by=_by(request), now=clock.now())
    messages.success(request, _("The address of your calendar is ended; what fetches it gets nothing more."))
    return redirect("notices:calendar")


@require_safe
@login_not_required
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a secret address, with the eyes of its account whoever asks.

    Raises `NotThere` alike for an address that never was, that ended, and whose account is disabled.
    """
    account = feed_operations.account_behind(secret)
    if account is None:
        raise NotThere(_("There is no calendar at this address, or no longer."))
    with acting_as(actor_of(account, origin_of(request))):
        deadlines = deadlines_of(account.pk, clock.today(), request.build_absolute_uri)
    content = calendar_of(deadlines, title=_("Xiezuo deadlines"), site=request.get_host(), now=clock.now())
    headers = {"Content-Disposition": 'inline; filename="xiezuo.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
