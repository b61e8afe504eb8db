"""Screens that change a work rule: a form, the rule before and after, and only then the change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xiezuo.accounts.api import actor_of
from xiezuo.rules import rule_operations as operations
from xiezuo.rules import rule_queries as queries
from xiezuo.rules.models import WorkRule
from xiezuo.rules.rule_forms import EndRuleForm, NewRuleForm, RemoveDayForm, RuleForm, said_by
from xiezuo.rules.rule_trial_shown import trial_shown
from xiezuo.rules.rule_views import KINDS, asked_kind, names_on
from xiezuo.rules.states import RuleKind
from xiezuo.rules.wording import shown_values
from xiezuo.shared import clock
from xiezuo.shared.errors import Refused
from xiezuo.ui.blocks import Changed, Difference
from xiezuo.ui.links import address

HIDDEN = ("csrfmiddlewaretoken", "step", "seen")
take_part = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Screen:
    """One rule that is being stated: its words, its kind, its form and where the reader came from."""

    title: str
    kind: RuleKind
    form: Callable[..., RuleForm]
    back: str
    code: str = ""

    def code_of(self, form: RuleForm) -> str:
        """The code of the rule, given or known."""
        return self.code or str(form.cleaned_data["code"])


@take_part
@never_cache
def add_rule(request: HttpRequest) -> HttpResponse:
    """A rule that there was not before."""
    word, kind = asked_kind(request)
    title = _("Add a rule: %(kind)s") % {"kind": kind.label}
    screen = Screen(title, kind, NewRuleForm, address(request, "rules:work-rules", kind=word))
    return _stated(request, screen, {"starts": clock.today(), "badge": "本地默认"})


@take_part
@never_cache
def change_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """What a rule says from a day on."""
    rule = queries.edition_begun_under(request.commission, pk)
    title = _("Change %(rule)s") % {"rule": f"{rule.code} {rule.name}"}
    back = address(request, "rules:work-rule", rule.pk)
    screen = Screen(title, RuleKind(rule.kind), RuleForm, back, rule.code)
    return _stated(request, screen, {**said_by(rule), "starts": max(clock.today(), rule.starts)})


def _stated(request: HttpRequest, screen: Screen, initial: dict[str, Any]) -> HttpResponse:
    """The form, the second step, or the change: whichever the reader asked for."""
    step = request.POST.get("step", "")
    shape = {"kind": screen.kind, "names": names_on(request)}
    if step not in ("check", "confirm", "edit"):
        return _form_page(request, screen, screen.form(initial=initial, **shape))
    form = screen.form(request.POST, **shape)
    if step == "edit" or not form.is_valid():
        return _form_page(request, screen, form)
    try:
        return _confirmed(request, screen, form) if step == "confirm" else _check_page(request, screen, form)
    except Refused as refused:
        form.tell(refused.reasons)
        return _form_page(request, screen, form)


def _form_page(request: HttpRequest, screen: Screen, form: RuleForm) -> HttpResponse:
    context = {"page_title": screen.title, "screen": screen, "form": form}
    failed = request.POST.get("step") != "edit" and form.is_bound and bool(form.errors)
    return render(request, "rules/rule_form.html", context, status=422 if failed else 200)


def _check_page(request: HttpRequest, screen: Screen, form: RuleForm) -> HttpResponse:
    """The change is done, looked at and taken back, so that what is shown is what will be."""
    before = _edition(request, screen, form)
    seen = before.pk if before else None
    mark = transaction.savepoint()
    try:
        after = _state(request, screen, form, seen)
    finally:
        transaction.savepoint_rollback(mark)
    context = {
        "page_title": screen.title, "screen": screen, "seen": seen or "", "starts": after.starts,
        "difference": _difference(before, after, names_on(request)),
        "kept": [(name, value) for name in request.POST if name not in HIDDEN for value in request.POST.getlist(name)],
        **trial_shown(request, after),
    }  # fmt: skip
    return render(request, "rules/rule_check.html", context)


def _confirmed(request: HttpRequest, screen: Screen, form: RuleForm) -> HttpResponse:
    seen = request.POST.get("seen", "")
    with transaction.atomic():
        rule = _state(request, screen, form, int(seen) if seen.isdecimal() else None)
    messages.success(
        request, _("The rule has been entered; it holds from %(day)s on.") % {"day": rule.starts}
    )
    return HttpResponseRedirect(address(request, "rules:work-rule", rule.pk))


def _edition(request: HttpRequest, screen: Screen, form: RuleForm) -> WorkRule | None:
    rows = WorkRule.objects.on(form.cleaned_data["starts"]).filter(commission=request.commission)
    return rows.filter(kind=screen.kind, code=screen.code_of(form)).first()


def _state(request: HttpRequest, screen: Screen, form: RuleForm, seen: int | None) -> WorkRule:
    starts: date = form.cleaned_data["starts"]
    return operations.state_rule(
        commission=request.commission, kind=screen.kind, code=screen.code_of(form), values=form.told(), starts=starts,
        seen=seen, by=actor_of(request.user), now=clock.now(),
    )  # fmt: skip


def _difference(before: WorkRule | None, after: WorkRule, names: dict[str, dict[str, str]]) -> Difference:
    old = shown_values(before, names) if before else {}
    new = shown_values(after, names)
    words = [*new, *(word for word in old if word not in new)]
    changed = [
        Changed(word, old.get(word), new.get(word)) for word in words if old.get(word) != new.get(word)
    ]
    return Difference(changed, unchanged=len(words) - len(changed))


@take_part
@never_cache
def end_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule ends on a day; what rests on it before that day stays."""
    rule = queries.edition_begun_under(request.commission, pk)
    form = EndRuleForm(request.POST or None, initial={"ends": clock.today()})
    word = next(word for word, kind in KINDS.items() if kind == rule.kind)
    back = address(request, "rules:work-rules", kind=word)
    title = _("End %(rule)s") % {"rule": f"{rule.code} {rule.name}"}

    def act(given: dict[str, Any]) -> None:
        operations.end_rule(rule=rule, **given, by=actor_of(request.user), now=clock.now())

    return _one_step(request, form, act, title, back)


@take_part
@never_cache
def remove_day(request: HttpRequest, pk: int) -> HttpResponse:
    """A day does not belong into the calendar."""
    day = queries.day_known(request.commission, pk)
    form = RemoveDayForm(request.POST or None)
    title = _("Remove %(day)s from the work calendar") % {"day": day.starts}
    back = address(request, "rules:calendar", year=str(day.starts.year))

    def act(given: dict[str, Any]) -> None:
        operations.remove_day(day=day, **given, by=actor_of(request.user), now=clock.now())

    return _one_step(request, form, act, title, back)


def _one_step(
    request: HttpRequest, form: Any, act: Callable[[dict[str, Any]], None], title: str, back: str
) -> HttpResponse:
    """A form whose one question is the whole act."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
            messages.success(request, _("Done; the journal keeps it."))
            return HttpResponseRedirect(back)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason.text)
    context = {"page_title": title, "form": form, "back": back}
    return render(request, "rules/one_step.html", context, status=422 if form.errors else 200)
