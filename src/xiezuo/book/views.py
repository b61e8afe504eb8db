"""Screens of the ledger book: choose, look at what would change, confirm; loads and their withdrawal; words; files."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.accounts.api import Actor, actor_of, step_up_required
from xiezuo.book import draft_operations, files, operations, queries, tables, tasks
from xiezuo.book.exporting import empty_book
from xiezuo.book.forms import UploadForm, WithdrawForm, WordForm
from xiezuo.book.models import Draft
from xiezuo.book.words import MappedColumn
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere, XiezuoError
from xiezuo.ui.blocks import Progress

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGE_BYTES = 1_200_000
"""A file of this size holds about twenty thousand rows: more than a page should wait for."""


def _by(request: HttpRequest) -> Actor:
    return actor_of(request.user)


def _draft(request: HttpRequest, number: int) -> Draft:
    found = Draft.objects.filter(pk=number, by=_by(request).name).first()
    if found is None or not files.book_of(found.stored_as).exists():
        raise NotThere(_("This upload is no longer kept."))
    return found


def _is_large(draft: Draft) -> bool:
    return files.book_of(draft.stored_as).stat().st_size > LARGE_BYTES


def _commission(request: HttpRequest) -> Any:
    """The commission of the session; None in an empty installation, where the first book brings one."""
    try:
        request.commission.pk  # noqa: B018 - the lazy object is asked for here
    except XiezuoError:
        return None
    return request.commission


@require_safe
def loads(request: HttpRequest) -> HttpResponse:
    """Every load: which book, when, by whom, what it changed."""
    commission = _commission(request)
    found = list(queries.loads_of(commission)[:200]) if commission else []
    last = queries.last_load(commission) if commission else None
    context = {
        "page_title": _("Ledger book"), "tabs": tables.tabs(request, "book:loads"), "table": tables.loads(found),
        "any": bool(found), "last": last, "commission": commission,
    }  # fmt: skip
    return render(request, "book/loads.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Step one: choose the book. It is checked at once, a big one in the background."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        book = form.cleaned_data["book"]
        kept = draft_operations.keep_upload(
            content=book.read(), file_name=book.name, by=_by(request), now=clock.now()
        )
        if _is_large(kept):
            draft_operations.start_check(draft=kept)
            _defer(tasks.check, request, kept)
        else:
            draft_operations.check_draft(draft=kept, by=_by(request), now=clock.now())
        return redirect("book:draft", kept.pk)
    context = {"page_title": _("Load a book"), "form": form, "steps": tables.steps(1)}
    return render(request, "book/upload.html", context, status=422 if form.errors else 200)


def _defer(task: Any, request: HttpRequest, draft: Draft) -> None:
    by = _by(request)
    task.defer(draft=draft.pk, actor=by.name, language=get_language() or "zh-hans")


@require_safe
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Step two: what would change, and every problem with its cell."""
    found = _draft(request, number)
    if found.state == Draft.State.LOADED:
        return redirect("book:loads")
    context = {
        "page_title": found.file_name,
        "draft": found,
        "steps": tables.steps(2),
        "progress": _progress_of(found),
    }
    if found.state == Draft.State.CHECKED:
        context |= tables.result(found.result)
        context["marked"] = files.marked_of(found.stored_as).exists()
    return render(request, "book/draft.html", context)


def _progress_of(found: Draft) -> Progress | None:
    if found.state not in (Draft.State.CHECKING, Draft.State.LOADING):
        return None
    words, done, of = files.progress_of(found.stored_as)
    return Progress(words or _("waiting"), done, of, poll=reverse("book:progress", args=[found.pk]))


@require_safe
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """How far the work has come; once it is done, the page is asked for anew."""
    found = _draft(request, number)
    told = _progress_of(found)
    if told is None:
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = reverse("book:draft", args=[number])
        return answer
    return render(request, "book/_progress.html", {"progress": told})


@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Step three: load it."""
    found = _draft(request, number)
    draft_operations.start_load(draft=found)
    if _is_large(found):
        _defer(tasks.load, request, found)
        return redirect("book:draft", number)
    result = draft_operations.load_draft(draft=found, by=_by(request), now=clock.now())
    if result.errors:
        return redirect("book:draft", number)
    words = _("%(book)s has been loaded.") if result.changes_something else _("%(book)s changes nothing.")
    messages.success(request, words % {"book": found.file_name})
    return redirect("book:loads")


@require_safe
def marked(request: HttpRequest, number: int) -> FileResponse:
    """The marked copy."""
    found = _draft(request, number)
    path = files.marked_of(found.stored_as)
    if not path.exists():
        raise NotThere(_("This book has no marked copy."))
    name = found.file_name.removesuffix(".xlsx") + _(" (marked)") + ".xlsx"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=WORKBOOK)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take back the last load, with a reason."""
    last = queries.last_load(request.commission)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw_last_load(
                commission=request.commission,
                by=_by(request),
                now=clock.now(),
                reason=form.cleaned_data["reason"],
            )
            messages.success(request, _("The load has been withdrawn."))
            return redirect("book:loads")
        except XiezuoError as error:
            form.add_error(None, str(error))
    context = {"page_title": _("Withdraw the last load"), "form": form, "last": last}
    return render(request, "book/withdraw.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """What the county's own words mean."""
    commission = _commission(request)
    code = request.GET.get("commission") or (commission.code if commission else "")
    asked = {name: request.GET.get(name, "") for name in ("column", "word")}
    form = WordForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            operations.map_word(
                commission_code=code, column=MappedColumn(given["column"]), word=given["word"],
                meaning=given["meaning"], by=_by(request), now=clock.now(),
            )  # fmt: skip
            messages.success(request, _("The word has been mapped."))
            return redirect(
                request.get_full_path().split("?")[0] + (f"?commission={code}" if not commission else "")
            )
        except XiezuoError as error:
            form.add_error("meaning", str(error))
    context = {
        "page_title": _("Words"), "tabs": tables.tabs(request, "book:words"), "form": form,
        "table": tables.mappings(queries.mappings_of(code)), "known": tables.known_words(),
    }  # fmt: skip
    return render(request, "book/words.html", context, status=422 if form.errors else 200)


@step_up_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The ledger as a book."""
    content = operations.export_book(commission=request.commission, by=_by(request), now=clock.now())
    return _workbook(content, _("Ledger of %(name)s") % {"name": request.commission.name})


@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    """The empty book."""
    return _workbook(empty_book(), _("Empty ledger book"))


def _workbook(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=WORKBOOK)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return answer
