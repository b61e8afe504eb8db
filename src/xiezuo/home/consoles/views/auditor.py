"""The auditor's console: the journal searched, counted, verified, signed and handed out. It writes its own acts only."""

from contextlib import suppress
from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from procrastinate.exceptions import AlreadyEnqueued

from xiezuo.accounts.api import Ability, list_response, step_up_required
from xiezuo.audit.api import entries, export_to, heads, paper_codes, sign_heads
from xiezuo.home.consoles import auditor_tables as tables
from xiezuo.home.consoles import operations, tasks, verifying
from xiezuo.home.consoles.office import by, office
from xiezuo.home.consoles.queries import journal as questions
from xiezuo.home.consoles.queries.machine import FAILED, RUNNING, WAITING, latest_job
from xiezuo.home.consoles.words import instant_words
from xiezuo.organisation.api import watermark
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere
from xiezuo.ui.asof import parse_day
from xiezuo.ui.links import row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.table import Table

AT_ONCE = 50_000
"""Entries that are verified while the page waits; more are left to the worker."""

auditor_only = office(Ability.READ_JOURNAL)


@require_safe
@auditor_only
def journal(request: HttpRequest) -> HttpResponse:
    """Search: who did what, when, on what, from where, with which result."""
    since = request.GET.get("since", "").strip()
    first = parse_day(since) if since else None
    until = None if request.day_is_today else request.day
    listing = Listing(
        request, tables.entry_columns(questions.commission_names()), questions.journal_rows(since=first, until=until),
        title=_("Journal"), order=("-id",), extra=("id",), row_link=row_linker(request, "consoles:entry", "id"),
        peek=True, exports=False, empty=_("No entry is like this."), empty_step=(_("The whole journal"), reverse("consoles:auditor")),
    )  # fmt: skip
    context = {
        "tabs": tables.tabs(request, "auditor"), "since": first,
        "keeps": listing.address.pairs(leaving_out=("since", "after", "before", "format")),
    }  # fmt: skip
    return list_response(request, listing, "home/consoles/journal.html", context)


@require_safe
@auditor_only
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: the act, the record before and after, and the seal."""
    found = entries().filter(pk=number).first()
    if found is None:
        raise NotThere(_("The journal has no such entry."))
    beside = entries(chain=found.chain).order_by()
    context = {
        "page_title": _("Entry %(number)d") % {"number": found.sequence}, "facts": tables.entry_facts(found, questions.commission_names()),
        "seal": tables.seal_facts(found), "difference": tables.entry_difference(found), "day": None, "watermark": watermark(request),
        "earlier": beside.filter(sequence=found.sequence - 1).first(), "later": beside.filter(sequence=found.sequence + 1).first(),
    }  # fmt: skip
    return render(request, "home/consoles/entry.html", context)


@require_safe
@auditor_only
def timeline(request: HttpRequest) -> HttpResponse:
    """How many log-ins, refusals, exports and grants there were, by day or by hour."""
    hourly = request.GET.get("by") == "hour"
    chart = tables.timeline_chart(last=request.day, hourly=hourly)
    context = {
        "page_title": _("Over time"), "tabs": tables.tabs(request, "timeline"), "chart": chart, "hourly": hourly,
    }  # fmt: skip
    return render(request, "home/consoles/timeline.html", context)


@require_safe
@auditor_only
def verification(request: HttpRequest) -> HttpResponse:
    """Past verifications, the one that runs, and the button for the next."""
    listing = Listing(
        request, tables.verification_columns(), questions.verifications(), title=_("Verification"), order=("-id",),
        empty=_("The journal has not been verified from here yet."), exports=False,
    )  # fmt: skip
    last = questions.verifications().first()
    context = {
        "page_title": _("Verification"), "tabs": tables.tabs(request, "verify"), "table": listing.table(), "day": None,
        "progress": _progress(), "failed": _state() == FAILED, "entries": questions.entries_in_all(),
        "last": tables.verdict(last.details) if last else None, "last_at": instant_words(last.at) if last else "",
    }  # fmt: skip
    return render(request, "home/consoles/verify.html", context)


@require_safe
@auditor_only
def verification_progress(request: HttpRequest) -> HttpResponse:
    """How far the worker has come; once it is done, the page is asked for anew."""
    told = _progress()
    if told is None:
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = reverse("consoles:verify")
        return answer
    return render(request, "home/consoles/_progress.html", {"progress": told})


@require_POST
@auditor_only
def verify_now(request: HttpRequest) -> HttpResponse:
    """Verify the journal: at once, or in the background where it is big."""
    if questions.entries_in_all() > AT_ONCE:
        if _progress() is None:
            _leave_to_the_worker(request)
        return redirect("consoles:verify")
    result = operations.verify_journal(by=by(request), now=clock.now())
    words = _("The journal is unbroken: %(entries)d entries read.") % {"entries": result.entries}
    if result.ok:
        messages.success(request, words)
    else:
        messages.error(request, _("The journal is broken. The place stands below."))
    return redirect("consoles:verify")


def _leave_to_the_worker(request: HttpRequest) -> None:
    """Of two who ask at the same moment one is enough."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        tasks.verify.defer(actor=by(request).name, language=get_language() or "zh-hans")


def _state() -> str:
    job = latest_job(tasks.VERIFY)
    return job.status if job else ""


def _progress() -> Any:
    if _state() not in (WAITING, RUNNING):
        return None
    return verifying.told(_("The journal is being verified"), reverse("consoles:verify-progress"))


@require_safe
@auditor_only
def signed_heads(request: HttpRequest) -> HttpResponse:
    """Signed heads, and the paper code of each chain's last one."""
    names = questions.commission_names()
    listing = Listing(
        request, tables.head_columns(names), heads(), title=_("Signed heads"), order=("-number",), exports=False,
        empty=_("No head has been signed yet. The background worker signs every hour."),
    )  # fmt: skip
    context = {
        "page_title": _("Signed heads"), "tabs": tables.tabs(request, "heads"), "table": listing.table(), "day": None,
        "codes": _codes(names, "codes"),
    }  # fmt: skip
    return render(request, "home/consoles/heads.html", context)


@require_POST
@auditor_only
def sign_now(request: HttpRequest) -> HttpResponse:
    """Sign what has grown since the last hour."""
    signed = sign_heads(by=by(request), now=clock.now())
    messages.success(request, _("%(number)d heads signed.") % {"number": len(signed)})
    return redirect("consoles:heads")


@require_safe
@auditor_only
def code_sheet(request: HttpRequest) -> HttpResponse:
    """The paper codes on one sheet of A4, to be signed and kept in the auditor's cabinet."""
    names = questions.commission_names()
    context = {
        "page_title": _("Paper codes of the journal"), "table": _codes(names, "sheet"), "day": None,
        "printed": instant_words(clock.now()), "printed_by": by(request).name,
    }  # fmt: skip
    return render(request, "home/consoles/code_sheet.html", context)


def _codes(names: dict[str, str], name: str) -> Table:
    rows = [{"chain": chain, "code": code} for chain, code in sorted(paper_codes().items())]
    return Table(
        tables.code_columns(names),
        rows,
        id=name,
        caption=_("Paper codes"),
        empty=_("No head has been signed yet."),
    )


@require_POST
@auditor_only
@step_up_required
def export(request: HttpRequest) -> Any:
    """The whole journal as a file that the separate verifier reads."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    now = clock.now()
    export_to(file, by=by(request), now=now)
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"journal-{now:%Y%m%d-%H%M}.jsonl",
        content_type="application/jsonl",
    )
