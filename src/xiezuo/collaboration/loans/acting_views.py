"""Forms of loans: asking, mending, naming a candidate, and every act upon somebody of a loan."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from xiezuo.accounts.api import Ability, has
from xiezuo.collaboration.loans import operations, policies, shown
from xiezuo.collaboration.loans.acts import ACTS, LentAct
from xiezuo.collaboration.loans.asked import AUXILIARY, DAY
from xiezuo.collaboration.loans.candidate_operations import offer_candidate
from xiezuo.collaboration.loans.forms import AskForm, OfferForm, SaidForm
from xiezuo.collaboration.loans.views import Page, answered, by, take_part
from xiezuo.collaboration.models import Lent, Loan
from xiezuo.collaboration.queries import loans as queries
from xiezuo.collaboration.requests.second_look import work_left_open
from xiezuo.collaboration.states import LoanKind
from xiezuo.organisation.api import Warned, units_offered
from xiezuo.rules.api import months_after
from xiezuo.rules.states import Approver
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere, refuse_if
from xiezuo.shared.periods import OPEN
from xiezuo.ui.blocks import Tab
from xiezuo.ui.links import address


@take_part
@never_cache
def ask_loan(request: HttpRequest) -> HttpResponse:
    """Ask for people on loan: first which kind, then its form, with who decides and what limits there are."""
    refuse_if(policies.may_ask(by(request), request.commission.pk))
    kind = request.GET.get("kind", LoanKind.TRIAL.value)
    if kind not in LoanKind.values:
        raise NotThere(_("There is no such kind of loan."))
    term = _limits(request, kind).term
    starts = clock.today() + DAY
    form = _ask_form(request, kind, {"starts": starts, "ends": months_after(starts, term.months) - DAY if term else None})  # fmt: skip

    def act() -> str:
        given = {"commission": request.commission, "unit": form.cleaned_data["unit"], "asked": form.asked(), "key": form.cleaned_data["key"]}  # fmt: skip
        made = operations.ask_loan(**given, by=by(request), now=clock.now())
        return address(request, "collaboration:loan", made.pk)

    page = Page(
        _("Ask for people on loan"),
        _("Submit the application"),
        address(request, "collaboration:loans"),
        lead=_("A profile and no names: candidates are named by their home units or by the case-management office, once the loan is approved."),
        facts=_rules(request, kind), tabs=_kind_tabs(request, kind),
    )  # fmt: skip
    return answered(request, form, page, act, _("The application has been submitted."))


def _ask_form(request: HttpRequest, kind: str, initial: dict[str, Any]) -> AskForm:
    form = AskForm(request.POST or None, kind=kind, initial=initial)
    actor, today, commission = by(request), clock.today(), request.commission
    units = [
        (each.unit_id, each.name)
        for each in (choice.record for choice in units_offered(commission))
        if not policies.may_ask(actor, commission.pk, each.unit_id)
    ]
    form.offer("unit", units)
    if "request" in form.fields:
        form.offer("request", [("", "—"), *queries.requests_offered(commission)])
    if "mentor" in form.fields:
        form.offer("mentor", [("", "—"), *queries.people_offered(commission, today, [unit for unit, _name in units])])  # fmt: skip
    acts = _limits(request, kind).acts
    if acts and "acts" in form.fields:
        form.offer("acts", [(each, each) for each in acts])
    else:
        # A county that repealed the rule asks for nothing here.
        form.fields.pop("acts", None)
    return form


def _limits(request: HttpRequest, kind: str) -> Any:
    commission, today = request.commission, clock.today()
    return queries.limits_of(commission, kind, queries.procedure_of(commission, kind, today), today)


def _rules(request: HttpRequest, kind: str) -> list[tuple[Any, Any]]:
    """Who decides by which rule, and the limits, before anything is filled in."""
    rule = queries.procedure_of(request.commission, kind, clock.today())
    limits = _limits(request, kind)
    cited = [
        (_("At most for one loan"), limits.term),
        (_("At most in all"), limits.total),
        (_("Between two loans"), limits.gap),
        (_("At least"), limits.least),
    ]
    months = [(words, _("%(months)s months: %(rule)s") % {"months": each.months, "rule": each.words}) for words, each in cited if each]  # fmt: skip
    auxiliary = [(_("Auxiliary work only"), limits.acts_words)] if kind in AUXILIARY else []
    return [(_("Decided by"), " → ".join(str(Approver(each).label) for each in rule.approvers)), *months, *auxiliary]  # fmt: skip


def _kind_tabs(request: HttpRequest, here: str) -> list[Tab]:
    return [Tab(kind.label, address(request, "collaboration:ask-loan", kind=kind.value), kind == here) for kind in LoanKind]  # fmt: skip


@take_part
@never_cache
def change_loan(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend what was returned."""
    row = queries.loan_shown(request.commission, pk)
    refuse_if(operations.may_change(by(request), row))
    form = _ask_form(request, row.kind, _said(row))
    here = address(request, "collaboration:loan", pk)

    def act() -> str:
        given = {"loan": row, "asked": form.asked(), "seen": form.cleaned_data["seen"] or 0, "key": form.cleaned_data["key"]}  # fmt: skip
        operations.change_loan(**given, by=by(request), now=clock.now())
        return here

    page = Page(
        _("Mend loan %(number)s") % {"number": shown.number(row)}, _("Apply again"), here, facts=_rules(request, row.kind),
    )  # fmt: skip
    return answered(request, form, page, act, _("The application has been submitted."))


def _said(row: Loan) -> dict[str, Any]:
    return {
        "unit": row.unit_id, "request": row.request_id, "post": row.post, "people": row.people, "skills": "、".join(row.skills),
        "criteria": row.criteria, "acts": row.duties.split("、"), "plan": row.duties, "mentor": row.mentor, "reason": row.reason,
        "basis": row.basis, "starts": row.starts, "ends": row.ends - DAY, "seen": row.version,
    }  # fmt: skip


@take_part
@never_cache
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a candidate: the office anybody, the head of a unit its own people."""
    row = queries.loan_shown(request.commission, pk)
    actor, here = by(request), address(request, "collaboration:loan", pk)
    keeps = not policies.may_keep(actor, row.commission_id)
    refuse_if(policies.may_offer(actor, row, None) if keeps or not has(actor, Ability.SPEAK_FOR_UNIT) else _own_only(request, row))  # fmt: skip
    form = OfferForm(request.POST or None)
    heads = [] if keeps else [held.scope_id for held in actor.held if held.scope_kind == "unit"]
    form.offer("person", [("", "—"), *queries.people_offered(request.commission, clock.today(), heads, but=row.unit_id)])  # fmt: skip

    def act() -> str:
        offer_candidate(loan=row, **form.given(), by=actor, now=clock.now())
        return here

    page = Page(
        _("Name a candidate for loan %(number)s") % {"number": shown.number(row)}, _("Name the candidate"), here,
        lead=_("The home unit agrees on paper afterwards; nobody is lent without its consent."),
        facts=[(_("Criteria"), row.criteria)] if row.criteria else (),
    )  # fmt: skip
    return answered(request, form, page, act, _("The candidate has been named."))


def _own_only(request: HttpRequest, row: Loan) -> Any:
    actor = by(request)
    units = [held.scope_id for held in actor.held if held.scope_kind == "unit"]
    return policies.may_offer(actor, row, next(iter(units), None))


@take_part
@never_cache
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a loan to which nobody comes any more."""
    row = queries.loan_shown(request.commission, pk)
    refuse_if(policies.may_close(by(request), row))
    form = SaidForm(request.POST or None, initial={"seen": row.version})
    here = address(request, "collaboration:loan", pk)

    def act() -> str:
        given = {"loan": row, "said": form.cleaned_data["said"], "seen": form.cleaned_data["seen"] or 0}
        operations.close_loan(**given, by=by(request), now=clock.now())
        return here

    page = Page(_("Close loan %(number)s") % {"number": shown.number(row)}, _("Close the loan"), here)
    return answered(request, form, page, act, _("The loan has been closed."))


@take_part
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One act upon somebody of a loan."""
    row, actor = queries.lent_shown(request.commission, pk), by(request)
    doing = ACTS.get(verb)
    if doing is None:
        raise NotThere(_("There is no such act."))
    refuse_if(doing.may(actor, row))
    form = doing.form(request.POST or None, initial=_initial(row, doing))
    where = _back(request, row)

    def done() -> str:
        own = {"seen": form.cleaned_data["seen"] or 0} if doing.seen else {}
        own |= {"sure": form.cleaned_data["sure"]} if doing.sure else {}
        doing.do(lent=row, **form.given(), **own, by=actor, now=clock.now())
        return where

    name = queries.names_of([row], request.day).get(row.person_id, "")
    facts: list[tuple[Any, Any]] = [(_("Criteria"), row.loan.criteria)] if verb in {"judge", "choose", "evaluate"} and row.loan.criteria else []  # fmt: skip
    facts += [(_("Look again"), each.shown) for each in _left_open(request, row, doing)]
    page = Page(f"{doing.words}：{name}", doing.words, where, lead=doing.lead, facts=facts)
    return answered(request, form, page, done, doing.done)


def _left_open(request: HttpRequest, row: Lent, doing: LentAct) -> Iterator[Warned]:
    """What somebody has open when their unit agrees to lend them, and when the loan begins."""
    if doing.verb in {"consent", "lend"}:
        yield from work_left_open(request, request.commission, row.person_id, row.loan.starts, row.loan.ends)


def _back(request: HttpRequest, row: Lent) -> str:
    """The loan for who may see all of it; whoever is lent goes back to their own page."""
    if has(by(request), Ability.ARRANGE_LOANS):
        return address(request, "collaboration:loan", row.loan_id)
    return address(request, "collaboration:own-loans")


def _initial(row: Lent, doing: LentAct) -> dict[str, Any]:
    today = clock.today()
    starts = max(row.loan.starts, today)
    known: dict[str, dict[str, Any]] = {
        "judge": {"words": row.judged},
        "consent": {"on": today},
        "lend": {"starts": starts, "ends": row.loan.ends - DAY},
        "extend": {"ends": _three_on(row.ends)},
        "return": {"on": today},
        "decide": {"on": row.returned_on or today},
        "evaluate": {"words": row.evaluation},
        "shown": {"on": today},
    }
    return {"seen": row.loan.version, "key": uuid4(), **known.get(doing.verb, {})}


def _three_on(ends: date | None) -> date:
    return clock.today() if ends is None or ends == OPEN else months_after(ends, 3) - DAY
