"""Screens of the reports: the list, a report as it will be printed, its issue, templates and their editor."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiezuo.accounts.api import Actor, actor_of, step_up_required
from xiezuo.figures.api import Asking
from xiezuo.organisation.api import watermark
from xiezuo.reports import operations, tables
from xiezuo.reports.errors import TemplateRefused
from xiezuo.reports.files import document_in
from xiezuo.reports.forms import IssueForm, TemplateForm, WriteForm
from xiezuo.reports.models import TemplateEdition
from xiezuo.reports.paper import parts_of
from xiezuo.reports.policies import broken_identities, may_issue, may_take_file, may_write, shortfalls
from xiezuo.reports.queries import runs as queries
from xiezuo.reports.rendering import compiled_template
from xiezuo.reports.writing import documents_for
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, XiezuoError, refuse_if
from xiezuo.ui.asof import PARAMETER, keep_day
from xiezuo.ui.blocks import Tab
from xiezuo.ui.links import address

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _by(request: HttpRequest) -> Actor:
    return actor_of(request.user)


def _writes(request: HttpRequest) -> bool:
    return not may_write(_by(request), request.commission.pk)


def tabs_of(request: HttpRequest, here: str) -> list[Tab]:
    """The pages of the chapter."""
    pages = [("reports:list", _("Reports"))]
    if _writes(request):
        pages.append(("reports:templates", _("Templates")))
    return [Tab(words, address(request, route), route == here) for route, words in pages]


def for_writers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The pages on which reports are made: refused, with the reason, to whoever only reads them."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refuse_if(may_write(_by(request), request.commission.pk))
        return view(request, *args, **kwargs)

    return answered


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """Every report that was written, the newest first."""
    found = queries.runs_of(request.commission)
    context = {
        "page_title": _("Reports"),
        "tabs": tabs_of(request, "reports:list"),
        "table": tables.runs(found),
        "writes": _writes(request),
        "any": found.exists(),
    }
    return render(request, "reports/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def write(request: HttpRequest) -> HttpResponse:
    """Choose day and template, then write the report."""
    operations.standard_template(now=clock.now())
    names = [edition.name for edition in queries.templates(request.commission)]
    asked = {"on": request.day, "template": request.GET.get("template") or operations.STANDARD}
    form = WriteForm(request.POST or None, initial=asked, names=names)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.write_report(
                commission=request.commission, on=form.cleaned_data["on"], template=form.cleaned_data["template"],
                by=_by(request), now=clock.now(),
            )  # fmt: skip
            return redirect(_page_of(made.pk, made.on))
        except XiezuoError as error:
            form.add_error(None, str(error))
    context = {"form": form, "page_title": _("New report")}
    return render(request, "reports/write.html", context, status=422 if form.errors else 200)


def _page_of(number: int, on: date) -> str:
    return keep_day(reverse("reports:run", args=[number]), f"{PARAMETER}={on.isoformat()}")


@require_safe
def run(request: HttpRequest, number: int) -> HttpResponse:
    """The report as it will be printed, with its checks, its shortfalls and what has changed since."""
    return _run_page(request, number, IssueForm())


def _run_page(request: HttpRequest, number: int, form: IssueForm, status: int = 200) -> HttpResponse:
    found = queries.run_of(request.commission, number)
    document = document_in(found, issued=found.issued_at is not None)
    context = {
        "run": found,
        "page_title": document.title.replace("\n", ""),
        "document": document,
        "parts": parts_of(document),
        "broken": [tables.named(balance) for balance in broken_identities(found)],
        "shortfalls": [tables.named(balance) for balance in shortfalls(found)],
        "checks": tables.checks(found),
        "drift": tables.drift(found, queries.drift(found)),
        "facts": tables.facts(found, writes=_writes(request)),
        "files": [
            each for each in tables.files(found) if not may_take_file(_by(request), found, each["name"])
        ],
        "writes": _writes(request),
        "watermark": watermark(request),
        "late": found.commission.kept_until and found.on > found.commission.kept_until,
        "form": form,
        # The reason is typed on this page, so only what no reason can mend greys the button.
        "reasons": may_issue(found, "?", _by(request)),
    }
    return render(request, "reports/run.html", context, status=status)


@step_up_required
@require_POST
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """Issue a report, with a reason where checks are broken."""
    found = queries.run_of(request.commission, number)
    form = IssueForm(request.POST)
    if form.is_valid():
        try:
            operations.issue_report(
                run=found, by=_by(request), now=clock.now(), reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("The report has been issued."))
            return redirect(_page_of(number, found.on))
        except XiezuoError as error:
            form.add_error("reason", str(error))
    return _run_page(request, number, form, status=422)


@step_up_required
@require_safe
def file(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """One file of a report, byte for byte as it was kept."""
    found = queries.run_of(request.commission, number)
    content = operations.take_file(run=found, name=name, by=_by(request), now=clock.now())
    ending = name.rpartition(".")[2]
    response = HttpResponse(content, content_type=TYPES[ending])
    shown = f"{found.commission.region}{found.on.isoformat()}-{name}"
    response["Content-Disposition"] = content_disposition_header(True, shown) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@for_writers
def templates(request: HttpRequest) -> HttpResponse:
    """The templates that the commission may use, each in its edition in force."""
    operations.standard_template(now=clock.now())
    context = {
        "page_title": _("Report templates"),
        "tabs": tabs_of(request, "reports:templates"),
        "table": tables.templates(queries.templates(request.commission)),
    }
    return render(request, "reports/templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def edit_template(request: HttpRequest) -> HttpResponse:
    """Edit a template: saving adds an edition of the commission's own; the product's is copied, never changed."""
    operations.standard_template(now=clock.now())
    base = _base(request)
    if request.method == "POST":
        form = TemplateForm(request.POST)
        if form.is_valid() and (saved := _saved(request, form)):
            messages.success(request, _("Edition %(number)d has been saved.") % {"number": saved.number})
            return redirect(f"{reverse('reports:template')}?name={saved.name}")
    else:
        form = TemplateForm(initial={"name": _own_name(base), "text": base.text, "layout": base.layout})
    context = {
        "form": form, "base": base, "page_title": _("Template: %(name)s") % {"name": base.name},
        "figures": tables.pickable(""), "preview": _preview(request, base.text, base.layout),
        "history": tables.history(queries.editions(request.commission, base.name)),
    }  # fmt: skip
    return render(request, "reports/editor.html", context, status=422 if form.errors else 200)


def _base(request: HttpRequest) -> TemplateEdition:
    """The edition that the text starts from: the one in force, or an earlier one that the address names."""
    asked = request.GET.get("edition", "")
    if asked.isascii() and asked.isdigit():
        return queries.edition_of(request.commission, int(asked))
    return queries.template_named(request.commission, request.GET.get("name") or operations.STANDARD)


def _own_name(base: TemplateEdition) -> str:
    return base.name if base.commission_id else _("%(name)s (own)") % {"name": base.name}


def _saved(request: HttpRequest, form: TemplateForm) -> TemplateEdition | None:
    try:
        return operations.save_template(
            commission=request.commission, by=_by(request), now=clock.now(), **form.cleaned_data
        )
    except BadInput as error:
        form.add_error("text", str(error))
        return None


@require_safe
@for_writers
def template_history(request: HttpRequest) -> HttpResponse:
    """Every edition of a template."""
    name = request.GET.get("name") or operations.STANDARD
    base = queries.template_named(request.commission, name)
    context = {
        "page_title": _("Editions of %(name)s") % {"name": base.name},
        "table": tables.history(queries.editions(request.commission, base.name)),
    }
    return render(request, "reports/history.html", context)


@require_safe
@for_writers
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """One edition of a template, as it was saved."""
    found = queries.edition_of(request.commission, number)
    return render(request, "reports/edition.html", {"edition": found, "page_title": str(found)})


@require_POST
@for_writers
def preview(request: HttpRequest) -> HttpResponse:
    """The report that the text on the screen would give today, or where it goes wrong."""
    return render(
        request, "reports/_preview.html", {"preview": _preview(request, request.POST.get("text", ""), {})}
    )


def _preview(request: HttpRequest, text: str, layout: Any) -> dict[str, Any]:
    asking = Asking((request.commission.pk,), request.day, reader=_by(request))
    plain = text.replace("\r\n", "\n")
    try:
        with translation.override(operations.REPORT_LANGUAGE):
            _commission, document = next(documents_for(asking, plain, layout))
    except TemplateRefused as error:
        return {"refused": str(error), "line": error.line}
    return {"document": document, "parts": parts_of(document), "claims": compiled_template(plain).claims}


@require_safe
@for_writers
def figure_picker(request: HttpRequest) -> HttpResponse:
    """Figures whose name, key or definition holds the words searched for."""
    return render(request, "reports/_figures.html", {"figures": tables.pickable(request.GET.get("q", ""))})
