"""Screens that write a regulation: begin, paste, change a clause, apply for a decision, give up, link a clause."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiezuo.rules import clauses
from xiezuo.rules import regulation_operations as operations
from xiezuo.rules import regulation_policies as policies
from xiezuo.rules import regulation_queries as queries
from xiezuo.rules.models import Edition, WorkRule
from xiezuo.rules.regulation_forms import (
    AboutForm,
    ApplyForm,
    BeginForm,
    ClauseForm,
    DropForm,
    FiledTextForm,
    LinkForm,
    RevisionForm,
    TextForm,
)
from xiezuo.rules.regulation_shown import clause_choices, drafting_units, leaning_words, units_to_choose
from xiezuo.rules.regulation_states import Purpose, purposes_in
from xiezuo.rules.regulation_views import by
from xiezuo.rules.review_operations import apply_for_decision
from xiezuo.rules.states import RuleKind
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, Refused, refuse_if
from xiezuo.ui.links import address

take_part = require_http_methods(["GET", "HEAD", "POST"])


@dataclass
class Page:
    """A page with one form: its title, what its button says, where it came from, and what else it shows."""

    title: str
    button: Any
    back: str
    lead: Any = ""
    more: dict[str, Any] = field(default_factory=dict)


def answered(request: HttpRequest, form: Any, page: Page, act: Callable[[], str], done: Any) -> HttpResponse:
    """The form, or what came of it: `act` does it and says where to go; what stands against it is told at its field."""
    if form.is_bound and form.is_valid():
        try:
            where = act()
        except Refused as refused:
            form.tell(refused.reasons)
            if any(reason.code == policies.CHANGED for reason in refused.reasons):
                _show_both(form, page)
        except BadInput as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, done)
            return HttpResponseRedirect(where)
    context = {"page_title": page.title, "page": page, "form": form, **page.more}
    return render(request, "rules/regulation_form.html", context, status=422 if form.errors else 200)


def _show_both(form: Any, page: Page) -> None:
    """Their words in the form, and what stands now under it; saved once more, the form has seen both."""
    page.more["moved_on"] = True
    form.data = {**form.data.dict(), "seen": page.more["now_seen"]}


def _edition_to_draft(request: HttpRequest, pk: int) -> Edition:
    """The edition, for who drafts it. Raises `Refused`, `NotThere`."""
    found = queries.edition_shown(request.commission, pk)
    refuse_if(policies.may_draft(by(request), found.commission_id, found.unit_id))
    return found


def _home_of(request: HttpRequest, edition: Edition) -> str:
    return address(request, "rules:edition", edition.pk)


@take_part
@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """A new regulation, or with `of` the next edition of one that there is."""
    refuse_if(policies.may_apply(by(request), request.commission.pk))
    of = request.GET.get("of", "")
    return _begin_revision(request, of) if of else _begin_new(request)


def _begin_new(request: HttpRequest) -> HttpResponse:
    form, units = BeginForm(request.POST or None), drafting_units(by(request), request.commission)
    form.offer("unit", units)
    form.offer("scope_units", units_to_choose(request.commission))

    def act() -> str:
        given = form.cleaned_data
        made = operations.begin_regulation(
            commission=request.commission, about=form.about(given["unit"]), text=given["text"], key=given["key"],
            by=by(request), now=clock.now(),
        )  # fmt: skip
        return _home_of(request, made)

    page = Page(_("Draft a regulation"), _("Begin the draft"), address(request, "rules:list"))
    return answered(request, form, page, act, _("The draft has begun."))


def _begin_revision(request: HttpRequest, of: str) -> HttpResponse:
    if not (of.isascii() and of.isdigit()):
        raise BadInput(_("“%(found)s” is no number of a regulation.") % {"found": of[:20]})
    regulation = queries.regulation_shown(request.commission, int(of[:12]))
    form = RevisionForm(request.POST or None)
    form.offer("unit", drafting_units(by(request), request.commission))

    def act() -> str:
        given = form.cleaned_data
        made = operations.begin_edition(
            regulation=regulation, unit=given["unit"], key=given["key"], by=by(request), now=clock.now()
        )
        return _home_of(request, made)

    page = Page(
        _("Begin the next edition"), _("Begin the draft"), address(request, "rules:regulation", regulation.pk),
        lead=_("What holds goes on holding until the next edition takes effect. The draft begins with its text."),
    )  # fmt: skip
    return answered(request, form, page, act, _("The draft has begun."))


@take_part
@never_cache
def about(request: HttpRequest, pk: int) -> HttpResponse:
    """What a draft is called, and what and whom it is for."""
    found = _edition_to_draft(request, pk)
    named = {"name": found.name, "scope": found.scope, "scope_units": found.scope_units}
    form = AboutForm(request.POST or None, initial=named)
    form.offer("scope_units", [(int(unit), name) for unit, name in units_to_choose(request.commission)])  # type: ignore[misc]

    def act() -> str:
        operations.describe(edition=found, about=form.about(found.unit_id), by=by(request), now=clock.now())
        return _home_of(request, found)

    page = Page(_("Name and scope"), _("Save"), _home_of(request, found))
    return answered(request, form, page, act, _("Saved."))


@take_part
@never_cache
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole text of a draft, written or pasted."""
    found = _edition_to_draft(request, pk)
    now = clauses.joined(queries.clauses_of(found))
    form = TextForm(request.POST or None, initial={"text": now, "seen": found.version})

    def act() -> str:
        given = form.cleaned_data
        operations.save_text(
            edition=found, text=given["text"], seen=given["seen"], by=by(request), now=clock.now()
        )
        return _home_of(request, found)

    page = Page(_("Text: %(name)s") % {"name": found.name}, _("Save the text"), _home_of(request, found),
                more={"as_it_stands": now, "now_seen": found.version})  # fmt: skip
    return answered(request, form, page, act, _("The text has been saved."))


@take_part
@never_cache
def clause(request: HttpRequest, pk: int, anchor: int) -> HttpResponse:
    """One clause of a draft."""
    found = _edition_to_draft(request, pk)
    row = queries.clause_of(found, anchor)
    form = ClauseForm(request.POST or None, initial={"text": row.text.strip("\n"), "seen": row.version})

    def act() -> str:
        given = form.cleaned_data
        operations.save_clause(
            edition=found, anchor=anchor, text=given["text"], seen=given["seen"], by=by(request), now=clock.now()
        )  # fmt: skip
        return f"{_home_of(request, found)}#c{anchor}"

    title = _("%(clause)s of %(name)s") % {"clause": row.label or _("Beginning"), "name": found.name}
    page = Page(title, _("Save the clause"), f"{_home_of(request, found)}#c{anchor}",
                more={"as_it_stands": row.text.strip("\n"), "now_seen": row.version})  # fmt: skip
    return answered(request, form, page, act, _("The clause has been saved."))


@take_part
@never_cache
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply for a decision: a draft is sent for review, what holds is brought into force or repealed."""
    found = _edition_to_draft(request, pk)
    offered = [(each.value, each.label) for each in purposes_in(found.stage)] or list(Purpose.choices)
    form = ApplyForm(request.POST or None, initial={"purpose": offered[0][0], "starts": clock.today()})
    form.offer("purpose", offered)
    if found.unit_id is None:
        form.offer("unit", drafting_units(by(request), request.commission))
    else:
        del form.fields["unit"]

    def act() -> str:
        apply_for_decision(
            edition=found, asked=form.asked(), key=form.cleaned_data["key"], by=by(request), now=clock.now()
        )
        return _home_of(request, found)

    page = Page(_("Apply for a decision: %(name)s") % {"name": found.name}, _("Apply for a decision"), _home_of(request, found),
                lead=_("The work rule N01 names who decides. The text cannot be changed until they have decided or returned it."))  # fmt: skip
    return answered(request, form, page, act, _("The application has been submitted."))


@take_part
@never_cache
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    found = _edition_to_draft(request, pk)
    form = DropForm(request.POST or None)

    def act() -> str:
        operations.drop(edition=found, reason=form.cleaned_data["reason"], by=by(request), now=clock.now())
        return address(request, "rules:regulation", found.regulation_id)

    page = Page(
        _("Give up: %(name)s") % {"name": found.name}, _("Give the draft up"), _home_of(request, found)
    )
    return answered(request, form, page, act, _("The draft has been given up."))


@take_part
@never_cache
def file_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The text of a regulation that holds already."""
    regulation = queries.regulation_shown(request.commission, pk)
    refuse_if(policies.may_enter(by(request), regulation.commission_id))
    form = FiledTextForm(request.POST or None)
    here = address(request, "rules:regulation", pk)

    def act() -> str:
        operations.file_text(
            regulation=regulation, text=form.cleaned_data["text"], by=by(request), now=clock.now()
        )
        return here

    page = Page(_("Enter the text that holds"), _("Save the text"), here)
    return answered(request, form, page, act, _("The text has been saved."))


@take_part
@never_cache
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what rests on a clause."""
    regulation = queries.regulation_shown(request.commission, pk)
    refuse_if(policies.may_enter(by(request), regulation.commission_id))
    holding = queries.holding_edition(regulation) or queries.draft_of(regulation)
    form = LinkForm(request.POST or None, initial={"anchor": request.GET.get("clause", "")})
    form.offer("anchor", clause_choices(holding) if holding else [])
    form.offer("rule", _rules_offered(request))
    here = address(request, "rules:regulation", pk)

    def act() -> str:
        operations.link(regulation=regulation, **form.linked(), by=by(request), now=clock.now())
        return here

    page = Page(_("Link something to a clause"), _("Link"), here,
                lead=_("When the clause ends, whatever rests on it is warned of."))  # fmt: skip
    return answered(request, form, page, act, _("Linked."))


def _rules_offered(request: HttpRequest) -> list[tuple[str, Any]]:
    """The work rules of the day by kind."""
    rows = (
        WorkRule.objects.on(request.day)
        .filter(commission=request.commission)
        .order_by("position", "code", "id")
    )
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        label = str(RuleKind(row.kind).label)
        groups.setdefault(label, []).append((f"{row.kind}:{row.code}", f"{row.code} {row.name}"))
    return [("", "—"), *groups.items()]


@take_part
@never_cache
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that something rests on a clause no more."""
    leaning = queries.leaning_shown(request.commission, pk)
    form, here = Form(request.POST or None), address(request, "rules:regulation", leaning.regulation_id)
    refuse_if(policies.may_enter(by(request), leaning.commission_id))

    def act() -> str:
        operations.unlink(leaning=leaning, by=by(request), now=clock.now())
        return here

    page = Page(_("Remove the link of %(what)s") % {"what": leaning_words(leaning)}, _("Remove"), here)
    return answered(request, form, page, act, _("The link has been removed."))
