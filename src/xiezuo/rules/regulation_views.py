"""Screens that read a regulation: its text with what rests on each clause, its editions, comparison, who has read it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from xiezuo.accounts.api import Ability, Actor, actor_of, as_the_product, has, list_response, origin_of
from xiezuo.approvals.api import Approval, number_of
from xiezuo.organisation.api import unit_names, units_offered
from xiezuo.rules import clauses, queries
from xiezuo.rules import regulation_operations as operations
from xiezuo.rules import regulation_policies as policies
from xiezuo.rules import regulation_queries as editions
from xiezuo.rules.models import Edition
from xiezuo.rules.queries import RegulationPage
from xiezuo.rules.regulation_queries import Leant
from xiezuo.rules.regulation_shown import (
    Step,
    clauses_shown,
    leaning_link,
    leaning_words,
    leant_state,
    named_units,
    rail,
    rules_leaning,
    stage_state,
    steps_of,
)
from xiezuo.rules.regulation_states import PUBLISHED, EditionStage
from xiezuo.rules.regulation_status import first_day, holding_on, status_said
from xiezuo.rules.regulation_waits import trial_words
from xiezuo.rules.rule_views import tabs_of
from xiezuo.rules.views import status_state
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, Reason
from xiezuo.ui.absence import period_words, stays
from xiezuo.ui.links import address
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table
from xiezuo.ui.timeline import Fact, Lane
from xiezuo.ui.words import long_day


def by(request: HttpRequest) -> Actor:
    """Who acts."""
    return actor_of(request.user, origin_of(request))


@require_safe
@never_cache
def regulation(request: HttpRequest, pk: int) -> HttpResponse:
    """One regulation on the day: its one status, the text that holds with what rests on each clause, its editions."""
    page = queries.regulation_page(request.commission, pk, request.day)
    found = editions.editions_of(pk)
    holding = holding_on(found, request.day)
    draft = next((each for each in found if each.stage in DRAFTS), None)
    shown = holding or draft
    leant = editions.leanings_of(editions.regulation_shown(request.commission, pk), request.day)
    context = {
        "page_title": page.named, "page": page, "stays": stays(request, page.records), "tabs": tabs_of(request, "regulations"),
        "status": status_state(page.status) if page.status else None, "facts": _facts(page, holding),
        "stages": _stages(page), "lanes": _lanes(page), "warnings": _warnings(request, page, found, holding, leant),
        "edition": shown, "holds": holding is not None, "clauses": clauses_shown(request, shown, request.day) if shown else [],
        "editions": _editions(request, found), "leanings": _leanings(request, leant), "compare_href": _compare(request, pk, found),
        "steps": _steps(request, page, found, shown), "draft": draft, "rail": rail(shown, request.day) if shown else [],
    }  # fmt: skip
    return render(request, "rules/regulation.html", context | _reading(request, shown))


DRAFTS = (EditionStage.DRAFT, EditionStage.CONSULTATION, EditionStage.REVIEW)


def _facts(page: RegulationPage, holding: Edition | None) -> list[tuple[Any, Any]]:
    record = page.record
    if record is None:
        return []
    return [
        (_("Status since"), page.since),
        (_("Code"), page.code),
        (_("Edition"), record.edition),
        (_("Document number"), record.document_no),
        (_("Trial until"), holding.trial_until if holding and holding.stage == EditionStage.TRIAL else None),
        (_("Scope"), holding.scope if holding else ""),
        (
            _("Units that are to take note of it"),
            named_units(holding.scope_units, page.on) if holding else "",
        ),
        (_("Drafted by"), named_units([holding.unit_id], page.on) if holding and holding.unit_id else ""),
        (_("Basis"), record.basis),
        (_("Recorded"), period_words(record.starts, record.ends)),
    ]


def _warnings(
    request: HttpRequest,
    page: RegulationPage,
    found: list[Edition],
    holding: Edition | None,
    leant: list[Leant],
) -> list[str]:
    """What the reader should not miss: a trial that ends, links to clauses that are gone, a ledger that says otherwise."""
    told = []
    if holding is not None and holding.stage == EditionStage.TRIAL and holding.trial_until:
        told.append(trial_words(holding.trial_until, request.day))
    ended = [each for each in leant if each.ended]
    if ended:
        words = _("%(count)s things rest on clauses that are no longer there: see below.")
        told.append(words % {"count": len(ended)})
    issued = any(each.stage in PUBLISHED for each in found)
    if page.status and issued and status_said(found, page.on) != page.status:
        words = _("By its editions this regulation is “%(said)s”, by the ledger book “%(status)s”. The ledger counts; correct whichever is wrong.")  # fmt: skip
        told.append(words % {"said": status_said(found, page.on).label, "status": page.status.label})
    return [each for each in told if each]


def _reading(request: HttpRequest, edition: Edition | None) -> dict[str, Any]:
    """Whether the reader has taken note of what holds, and whether they may see who has."""
    if edition is None or edition.stage not in PUBLISHED:
        return {}
    actor = by(request)
    return {
        "to_read": actor.user_id is not None and not editions.has_read(edition, actor.user_id),
        "readers_href": address(request, "rules:readers", edition.pk)
        if has(actor, Ability.SEE_READERS)
        else "",
    }


def _steps(
    request: HttpRequest, page: RegulationPage, found: list[Edition], shown: Edition | None
) -> list[Step]:
    """What may be done with the regulation: revise it, decide on what holds, enter its text, link its clauses."""
    actor, commission = by(request), request.commission
    drafting = any(each.stage in DRAFTS for each in found)
    issued = shown is not None and shown.stage in PUBLISHED
    steps = steps_of(request, actor, shown) if shown else []
    if not policies.may_apply(actor, commission.pk) and (issued or not drafting):
        against = (
            [Reason("drafting", _("An edition of this regulation is being drafted already."))]
            if drafting
            else []
        )
        words = _("Begin a revision") if issued or page.status in _HOLDS else _("Draft its text")
        steps.insert(
            0, Step(words, address(request, "rules:begin", of=str(page.regulation)), against, name="begin")
        )
    if not policies.may_enter(actor, commission.pk):
        if page.status in _HOLDS and not (issued and shown and editions.clauses_of(shown)):
            steps.append(
                Step(_("Enter its text"), address(request, "rules:file", page.regulation), name="file")
            )
        if shown:
            steps.append(Step(_("Link something to a clause"), address(request, "rules:link", page.regulation), name="link"))  # fmt: skip
    return steps


_HOLDS = (queries.RegulationStatus.TRIAL, queries.RegulationStatus.IN_FORCE)


def _editions(request: HttpRequest, found: list[Edition]) -> Table:
    columns = [
        Column("number", gettext_lazy("Edition")), Column("stage", gettext_lazy("Stage"), kind="state"),
        Column("starts", gettext_lazy("Holds from"), kind="date"), Column("until", gettext_lazy("Trial until"), kind="date"),
        Column("ended", gettext_lazy("Ended on"), kind="date"), Column("document_no", gettext_lazy("Document number")),
    ]  # fmt: skip
    rows = [
        {"number": Link(_("edition %(number)s") % {"number": each.number}, address(request, "rules:edition", each.pk)),
         "stage": stage_state(each), "starts": first_day(each), "until": each.trial_until, "ended": each.ended_on,
         "document_no": each.document_no}
        for each in found
    ]  # fmt: skip
    return Table(
        columns,
        rows,
        id="editions",
        caption=_("Editions"),
        empty=_("No text of this regulation is here yet."),
    )


def _compare(request: HttpRequest, pk: int, found: list[Edition]) -> str:
    return address(request, "rules:compare", pk) if len(found) > 1 else ""


def _leanings(request: HttpRequest, leant: list[Leant]) -> Table | None:
    if not leant:
        return None
    may_not = policies.may_enter(by(request), request.commission.pk)
    rules = rules_leaning(request.commission, [each.leaning for each in leant], request.day)
    columns = [
        Column("clause", pgettext_lazy("regulation", "Clause")), Column("what", gettext_lazy("What rests on it")),
        Column("state", gettext_lazy("State"), kind="state"),
        *([] if may_not else [Column("remove", gettext_lazy("Remove"))]),
    ]  # fmt: skip
    rows = [
        {"clause": each.label, "what": leaning_link(request, each.leaning, rules), "state": leant_state(each),
         "remove": Link(_("Remove"), address(request, "rules:unlink", each.leaning.pk))}
        for each in leant
    ]  # fmt: skip
    return Table(columns, rows, id="leanings", caption=_("What rests on its clauses"))


def _stages(page: RegulationPage) -> Table:
    columns = [
        Column("status", gettext_lazy("Stage")), Column("day", gettext_lazy("Day"), kind="date"),
        Column("state", gettext_lazy("State"), kind="state"),
    ]  # fmt: skip
    rows = [
        {"status": stage.status, "day": stage.day,
         "state": State(_("still ahead"), "wait") if stage.ahead else State(_("reached"), "good")}
        for stage in page.stages
    ]  # fmt: skip
    return Table(columns, rows, id="stages", caption=_("Stages"), empty=_("No stage is recorded."))


def _lanes(page: RegulationPage) -> list[Lane]:
    """Each stage as a bar that lasts until the next."""
    stages = page.stages
    following = [stage.day for stage in stages[1:]]
    end = page.records[-1].ends if page.records else page.on
    facts = [
        Fact(stage.status, stage.day, until, tone="wait" if stage.ahead else "quiet")
        for stage, until in zip(stages, [*following, end], strict=True) if stage.day < until
    ]  # fmt: skip
    return [Lane(_("Stages"), facts)]


@require_safe
@never_cache
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition: where it stands, what may be done with it and why not, its clauses."""
    found = editions.edition_shown(request.commission, pk)
    actor = by(request)
    steps = steps_of(request, actor, found)
    editable = any(step.name == "text" and not step.against for step in steps)
    asked = editions.consultations_of(found)
    given = editions.opinions_of(found)
    context = {
        "page_title": found.name, "edition": found, "stage": stage_state(found), "rail": rail(found, request.day),
        "tabs": tabs_of(request, "regulations"), "steps": steps, "facts": _edition_facts(found, request),
        "clauses": clauses_shown(request, found, request.day, editable=editable), "asked": asked,
        "count": editions.counted(given), "speaks": _speaks(actor, found),
        "regulation_href": address(request, "rules:regulation", found.regulation_id),
        "compare_href": _compare_with_before(request, found), "approval": _approval_shown(found),
        "losing": [leaning_words(each) for each in editions.losing_their_clause(found)],
    }  # fmt: skip
    return render(request, "rules/edition.html", context | _reading(request, found))


def _edition_facts(found: Edition, request: HttpRequest) -> list[tuple[Any, Any]]:
    day = request.day
    return [
        (_("Edition"), found.number),
        (_("Document number"), found.document_no),
        (_("Scope"), found.scope),
        (_("Units that are to take note of it"), named_units(found.scope_units, day)),
        (_("Drafted by"), named_units([found.unit_id], day) if found.unit_id else ""),
        (_("Asked for their opinion"), named_units(found.invited, day)),
    ]


def _speaks(actor: Actor, found: Edition) -> bool:
    """Whether the reader may give an opinion now, for a unit or from paper."""
    if found.stage != EditionStage.CONSULTATION:
        return False
    open_ones = [row.unit_id for row in editions.consultations_of(found) if row.answered_on is None]
    keeps = not policies.may_enter(actor, found.commission_id)
    heads = [
        unit for unit in open_ones if not policies.may_speak(actor, found.commission_id, unit, on_paper=False)
    ]
    return bool(open_ones) and (keeps or bool(heads))


def _compare_with_before(request: HttpRequest, found: Edition) -> str:
    others = [each.number for each in editions.editions_of(found.regulation_id) if each.number < found.number]
    if not others:
        return ""
    return address(
        request, "rules:compare", found.regulation_id, before=str(others[-1]), after=str(found.number)
    )


def _approval_shown(found: Edition) -> tuple[str, int] | None:
    """The number of the last application, for who may see it."""
    row = (
        Approval.objects.filter(pk=found.approval).select_related("commission").first()
        if found.approval
        else None
    )
    return (number_of(row), row.pk) if row else None


@require_safe
@never_cache
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two editions clause by clause: what changes counted on top, the words that differ marked."""
    anchor = editions.regulation_shown(request.commission, pk)
    found = {each.number: each for each in editions.editions_of(anchor)}
    after = _chosen(request, "after", found, max(found, default=0))
    before = _chosen(request, "before", found, max((each for each in found if each < after), default=after))
    if not found:
        raise BadInput(_("There are no two editions of this regulation to be compared."))
    old, late = editions.clauses_of(found[before]), editions.clauses_of(found[after])
    changed = clauses.changes(old, late)
    all_of_them = {each.anchor for each in old} | {each.anchor for each in late}
    new, gone = sum(each.before is None for each in changed), sum(each.after is None for each in changed)
    context = {
        "page_title": _("Compare: %(name)s") % {"name": found[after].name}, "numbers": sorted(found), "before": before,
        "after": after, "changed": changed, "new": new, "gone": gone, "altered": len(changed) - new - gone,
        "unchanged": len(all_of_them) - len(changed), "tabs": tabs_of(request, "regulations"),
        "regulation_href": address(request, "rules:regulation", pk),
    }  # fmt: skip
    return render(request, "rules/compare.html", context)


def _chosen(request: HttpRequest, name: str, found: dict[int, Edition], otherwise: int) -> int:
    asked = request.GET.get(name, "")
    if asked == "":
        return otherwise
    if not (asked.isascii() and asked.isdigit() and int(asked[:6]) in found):
        words = _("There is no edition “%(found)s”; expected one of %(known)s.")
        known = ", ".join(map(str, sorted(found)))
        raise BadInput(words % {"found": asked[:20], "known": known})
    return int(asked)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Take note of an edition."""
    found = editions.edition_shown(request.commission, pk)
    operations.mark_read(edition=found, by=by(request), now=clock.now())
    messages.success(request, _("Noted that you have read it."))
    return HttpResponseRedirect(address(request, "rules:regulation", found.regulation_id))


@require_safe
@never_cache
def readers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is to take note of an edition, who has, and who has not yet: of the units whose readers one may know."""
    found, actor = editions.edition_shown(request.commission, pk), by(request)
    wanted = found.scope_units or [each.unit for each in units_offered(request.commission)]
    own = [
        unit
        for unit in wanted
        if has(actor, Ability.SEE_READERS, commission=request.commission.pk, unit=unit)
    ]
    with as_the_product():
        rows = editions.readers_of(found, own, clock.today())
    names = unit_names(own, request.day)
    columns = [
        Column("unit", gettext_lazy("Unit"), filterable=True), Column("name", gettext_lazy("Account"), searchable=True),
        Column("state", gettext_lazy("State"), kind="state", filterable=True), Column("at", gettext_lazy("Read on"), kind="date"),
    ]  # fmt: skip
    shown = [
        {"unit": names.get(row.unit, ""), "name": row.name, "at": row.read_at,
         "state": State(_("has read it"), "good") if row.read_at else State(_("not yet"), "wait")}
        for row in rows
    ]  # fmt: skip
    title = _("Who has read it: %(name)s") % {"name": found.name}
    listing = Listing(request, columns, shown, title=title, empty=_("Nobody of the units that you answer for has an account."))  # fmt: skip
    done = sum(row.read_at is not None for row in rows)
    context = {
        "page_title": title, "done": done, "all": len(rows), "regulation_href": address(request, "rules:regulation", found.regulation_id),
        "today": long_day(clock.today()),
    }  # fmt: skip
    return list_response(request, listing, "rules/readers.html", context)
