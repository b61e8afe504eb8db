"""The form of a request, a conversation of four short steps; each is saved as it stands, half done or not."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from xiezuo.accounts.api import Actor, actor_of, origin_of
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.queries import request_page as queries
from xiezuo.collaboration.queries.requests import edition_of, request_shown
from xiezuo.collaboration.requests import offers, operations, policies
from xiezuo.collaboration.requests.asked import Asked, asked_of
from xiezuo.collaboration.requests.deciding_shown import deciding_ahead
from xiezuo.collaboration.requests.forms import CheckForm, NeedForm, StepForm, WhenForm, WhyForm
from xiezuo.collaboration.requests.summary import asked_facts, differing
from xiezuo.collaboration.requests.wording import number_words
from xiezuo.rules.api import procedure_for
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Reason, Refused, refuse_if
from xiezuo.ui.blocks import Tab
from xiezuo.ui.links import address

take_part = require_http_methods(["GET", "HEAD", "POST"])
WHY, NEED, WHEN, CHECK = "why", "need", "when", "check"
CHANGED = "changed-meanwhile"


@dataclass(frozen=True)
class Step:
    """One step: its words, its form, and the law or rule that it rests on."""

    name: str
    words: Any
    form: type[StepForm]
    rests_on: Any


STEPS = (
    Step(WHY, pgettext_lazy("step", "Why"), WhyForm,
         gettext_lazy("Who helps how is read from the county's work rules; nothing else is offered. Rules on handling clues, article 5: what a matter is about stays on paper.")),
    Step(NEED, gettext_lazy("What is needed"), NeedForm,
         gettext_lazy("Whoever asks describes a profile and never chooses a person (Supervision Law, articles 44, 67; rules on state secrets, article 21).")),
    Step(WHEN, gettext_lazy("Where and when"), WhenForm,
         gettext_lazy("People with ties to these units and places stand out by themselves (Supervision Law, article 67).")),
    Step(CHECK, gettext_lazy("Check and submit"), CheckForm,
         gettext_lazy("Each request has exactly one unit in the lead; who decides in what time is read from the work rule.")),
)  # fmt: skip
BY_NAME = {step.name: step for step in STEPS}
AT_STEP = {
    **dict.fromkeys(WhyForm.base_fields, WHY), **dict.fromkeys(NeedForm.base_fields, NEED),
    **dict.fromkeys((*WhenForm.base_fields, "ends"), WHEN), **dict.fromkeys(("lead", "lead_reason"), CHECK),
}  # fmt: skip
"""At which step a field is filled in."""


def by(request: HttpRequest) -> Actor:
    """Who acts."""
    return actor_of(request.user, origin_of(request))


@take_part
@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """The first step of a new request."""
    actor, commission = by(request), request.commission
    refuse_if(policies.may_ask(actor, commission.pk))
    page = Page(request, BY_NAME[WHY], None)
    form = page.form()
    if form.is_bound and form.is_valid():
        unit = form.cleaned_data["unit"]
        if unit is None:
            form.add_error("unit", _("Choose the unit that you ask for."))
        elif row := _done(form, lambda: _saved(request, unit, form, actor)):
            return page.onward(row)
    return page.response(form)


def _saved(request: HttpRequest, unit: int, form: StepForm, actor: Actor) -> Request:
    asked = replace(Asked(), **form.said())
    return operations.save_request(commission=request.commission, unit=unit, asked=asked, key=form.cleaned_data["key"], by=actor, now=clock.now())  # fmt: skip


@take_part
@never_cache
def fill(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of a request that was begun. `go` says where to go once it is saved: on, back, or in with it."""
    if step not in BY_NAME:
        raise NotThere(_("There is no such step."))
    row, actor = request_shown(request.commission, pk), by(request)
    refuse_if(policies.may_change(actor, row))
    page = Page(request, BY_NAME[step], row)
    form = page.form()
    if form.is_bound and form.is_valid():
        submits = request.POST.get("go") == "submit" and step == CHECK
        if saved := _done(form, lambda: _filled(row, form, actor, submits=submits)):
            return page.onward(saved, submitted=submits)
        page.told_of(form)
    return page.response(form)


def _filled(row: Request, form: StepForm, actor: Actor, *, submits: bool) -> Request:
    """Save the step, and hand the request in with it if that was asked for: both, or neither."""
    asked, key, now = replace(asked_of(row), **form.said()), form.cleaned_data["key"], clock.now()
    with transaction.atomic():
        seen = form.cleaned_data["seen"] or 0
        saved = operations.change_request(request=row, asked=asked, seen=seen, by=actor, now=now)
        if submits:
            saved = operations.submit_request(request=saved, seen=saved.version, key=key, by=actor, now=now)
    return saved


def _done(form: StepForm, act: Callable[[], Request]) -> Request | None:
    """What came of it; nothing where something stands against it, which is then told at its field."""
    try:
        return act()
    except Refused as refused:
        form.refused = refused.reasons
        form.tell(refused.reasons)
    except BadInput as wrong:
        form.add_error(None, str(wrong))
    return None


@dataclass
class Page:
    """The page of one step: of a request, or of one that is only being begun."""

    request: Any
    step: Step
    row: Request | None
    stands: Any = None

    @property
    def asked(self) -> Asked:
        """What is asked for as it stands."""
        return asked_of(self.row) if self.row is not None else Asked()

    def form(self) -> StepForm:
        """The form of the step, with what it offers."""
        first = {**self.step.form.first(self.asked), "seen": self.row.version if self.row else None}
        data = self._data()
        self.rules = queries.rules_of(self.request.commission, clock.today())
        self.units = queries.units_for(self.request.commission, by(self.request), clock.today())
        if self.step.name == WHY:
            first["situation"] = self.request.GET.get("situation") or first["situation"]
        form = self.step.form(data, initial=first)
        self._offer(form, data or first)
        return form

    def _data(self) -> Any:
        return self.request.POST.copy() if self.request.method == "POST" else None

    def _offer(self, form: StepForm, given: Any) -> None:
        commission, today = self.request.commission, clock.today()
        if self.step.name == WHY:
            self._offer_rules(form, given)
        elif self.step.name == NEED:
            form.offer(wanted_units=self.units.all)
            support = queries.authorisations_offered(commission, today)
            form.offer(authorisations=support)
            if not support:
                del form.fields["authorisations"]
        elif self.step.name == WHEN:
            form.offer(
                about_units=self.units.all, site=[("", "—"), *queries.sites_offered(commission, today)]
            )
        else:
            self._offer_leads(form)

    def _offer_rules(self, form: StepForm, given: Any) -> None:
        """The situations, and the methods of the one that is chosen; a method that it does not have is chosen no more."""
        situation = given.get("situation") or ""
        allowed, self.others = offers.methods_offered(self.rules, situation)
        form.offer(situation=offers.situations_offered(self.rules), method=allowed)
        if form.is_bound and form.data.get("method") not in [code for code, _words in allowed]:
            form.data = _with(form.data, method="")
        if not allowed:
            form.fields["method"].help_text = _("Choose the situation first; the methods that the rules allow for it then stand here.")  # fmt: skip
        if self.row is not None or len(self.units.own) == 1:
            form.fields["unit"].widget = form.fields["unit"].hidden_widget()
        own = queries.default_unit(self.request.commission, by(self.request), self.units)
        form.initial["unit"] = self.row.unit_id if self.row else own
        form.offer(unit=self.units.own if self.row is None else [(self.row.unit_id, "")])

    def _offer_leads(self, form: StepForm) -> None:
        """领办 offices first, then every other unit; the zone's own office is chosen unless another was."""
        leading = [pair for pair in self.units.all if pair[0] in self.units.leading]
        others = [pair for pair in self.units.all if pair[0] not in self.units.leading]
        groups = [
            (_("Offices that take matters in hand"), leading),
            (_("Other units, with a reason"), others),
        ]
        form.offer(lead=[("", "—"), *groups])
        if self.row is not None and self.row.lead_id is None:
            unit, today = self.row.unit_id, clock.today()
            form.initial["lead"] = queries.lead_offered(
                self.request.commission, unit, self.units.leading, today
            )

    def told_of(self, form: StepForm) -> None:
        """Of two who edit one request the second is told, with both versions side by side; sent again, theirs is taken."""
        reasons = getattr(form, "refused", [])
        if self.row is None or not any(each.code == CHANGED for each in reasons):
            return
        now = request_shown(self.request.commission, self.row.pk)
        typed = replace(asked_of(now), **form.said())
        self.stands = differing(asked_of(now), typed, self.units.all, self.rules)
        form.data = _with(form.data, seen=str(now.version))

    def onward(self, row: Request, *, submitted: bool = False) -> HttpResponse:
        """Where the reader goes after a step was saved."""
        if submitted:
            words = _("Submitted as %(number)s.") % {"number": number_words(row.year, row.number)}
            messages.success(self.request, words)
            return HttpResponseRedirect(address(self.request, "collaboration:request", row.pk))
        go, names = self.request.POST.get("go", "next"), [step.name for step in STEPS]
        at = names.index(self.step.name)
        if self.step.name == WHY and go == "next" and not (row.situation and row.method):
            messages.info(self.request, _("Saved. Choose the situation and one of its methods to go on."))
            return self._to(row, WHY)
        if go == "leave":
            messages.success(self.request, _("Saved as a draft."))
            return HttpResponseRedirect(address(self.request, "collaboration:request", row.pk))
        return self._to(row, names[max(at - 1, 0)] if go == "back" else names[min(at + 1, len(names) - 1)])

    def _to(self, row: Request, step: str) -> HttpResponse:
        return HttpResponseRedirect(step_address(self.request, row, step))

    def response(self, form: StepForm) -> HttpResponse:
        """The page."""
        title = (
            _("Ask for collaboration") if self.row is None else number_words(self.row.year, self.row.number)
        )
        context = {
            "page_title": _("Ask for collaboration"), "day": None, "form": form, "step": self.step, "row": self.row, "title": title,
            "steps": self._steps(), "stands": self.stands, "others": getattr(self, "others", []), "last": self.step.name == CHECK,
            "first": self.step.name == WHY, "back": address(self.request, "collaboration:requests"),
            "number": [each.name for each in STEPS].index(self.step.name) + 1, "against": self._missing_of(form),
        }  # fmt: skip
        if self.step.name == CHECK and self.row is not None:
            context |= self._checked(self.row)
        return render(
            self.request, "collaboration/requests/fill.html", context, status=422 if form.errors else 200
        )

    def _steps(self) -> list[Tab]:
        return [
            Tab(each.words, step_address(self.request, self.row, each.name) if self.row else "", each is self.step) for each in STEPS
        ]  # fmt: skip

    def _missing_of(self, form: StepForm) -> list[tuple[str, str]]:
        """What a refused submission lacks at other steps, each with the step where it is filled in."""
        refused: list[Reason] = getattr(form, "refused", [])
        return self._linked(
            [each for each in refused if each.code not in form.fields and each.code in AT_STEP]
        )

    def _linked(self, reasons: list[Reason]) -> list[tuple[str, str]]:
        row = self.row
        if row is None:
            return []
        return [
            (each.text, step_address(self.request, row, AT_STEP.get(each.code, CHECK))) for each in reasons
        ]

    def _checked(self, row: Request) -> dict[str, Any]:
        """The last step: everything once more, what is still missing, and who will decide by when."""
        today = clock.today()
        rule, missing = _rule_of(row, today), _missing(row, today)
        return {
            "facts": asked_facts(row, dict(self.units.all), self.rules, today), "missing": self._linked(missing), "rule": rule,
            "deciding": deciding_ahead(row, rule, by(self.request), today) if rule else [],
            "within": [each for each in (offers.decided_within(rule), offers.done_within(rule)) if each] if rule else [],
        }  # fmt: skip


def _missing(row: Request, today: date) -> list[Reason]:
    """What a submission would still lack, but for the unit in the lead, which is chosen on this very page."""
    try:
        operations.must_be_complete(row, today)
    except Refused as refused:
        return [each for each in refused.reasons if AT_STEP.get(each.code) != CHECK]
    return []


def _rule_of(row: Request, today: date) -> Any:
    """The edition that a request goes by: the one it began under, or the one in force; None where no rule names it."""
    try:
        return edition_of(row) or procedure_for(row.commission, row.situation, row.method, today)
    except NotThere:
        return None


def _with(data: Any, **changes: str) -> Any:
    """What was typed, with some fields changed."""
    copy = data.copy()
    for name, value in changes.items():
        copy[name] = value
    return copy


def step_address(request: HttpRequest, row: Request | None, step: str) -> str:
    """The page of one step."""
    if row is None:
        return address(request, "collaboration:begin-request")
    return address(request, "collaboration:fill-request", row.pk, step)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    row = request_shown(request.commission, pk)
    operations.drop_request(request=row, seen=seen_in(request), by=by(request), now=clock.now())
    messages.success(request, _("The draft was thrown away."))
    return HttpResponseRedirect(address(request, "collaboration:requests"))


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in the written request of what was begun on an oral agreement."""
    row = request_shown(request.commission, pk)
    operations.write_after(
        request=row, seen=seen_in(request), key=key_in(request), by=by(request), now=clock.now()
    )
    messages.success(request, _("The written request was handed in."))
    return HttpResponseRedirect(address(request, "collaboration:request", pk))


def seen_in(request: HttpRequest) -> int:
    """The version that a form was made from. Raises `BadInput`."""
    seen = request.POST.get("seen", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        raise BadInput(_("This form lacks the version that it was made from. Open the page again and send it from there."))  # fmt: skip
    return int(seen)


def key_in(request: HttpRequest) -> UUID:
    """The key of a form. Raises `BadInput`."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        raise BadInput(_("This form lacks its key. Open the page again and send it from there.")) from None


def new_key() -> UUID:
    """A key for a form that is only a button."""
    return uuid4()
