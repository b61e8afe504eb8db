"""Screens of talks and incidents: one talk, one incident, the open ones, and what is told of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiezuo.accounts.api import Actor, list_response
from xiezuo.collaboration.models import Incident, Request
from xiezuo.collaboration.queries import safety as queries
from xiezuo.collaboration.queries import work
from xiezuo.collaboration.queries.requests import request_shown
from xiezuo.collaboration.requests.asking_views import by, take_part
from xiezuo.collaboration.safety import forms, policies, shown
from xiezuo.collaboration.safety.incident_operations import close_incident, file_incident, report_incident
from xiezuo.collaboration.safety.talk_operations import record_talk
from xiezuo.collaboration.safety.wording import incident_state, recording_state
from xiezuo.collaboration.work.doing_views import Shown, answered
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere, Reason, refuse_if
from xiezuo.ui.links import address, row_linker
from xiezuo.ui.listing import Listing
from xiezuo.ui.parts import Link

DETAILS = "collaboration/safety/talk_form.html"


@require_safe
@never_cache
def incidents(request: HttpRequest) -> HttpResponse:
    """The incidents that are not closed, by when their report is due; those that the database shows the reader."""
    rows, now = list(queries.open_incidents(request.commission)), clock.now()
    numbers = queries.numbers_of(rows)
    listing = Listing(
        request, shown.list_columns(), [shown.list_row(each, numbers, now) for each in rows], title=_("Open safety incidents"),
        extra=("pk",), row_link=row_linker(request, "collaboration:incident", "pk"), empty=_("No safety incident is open."),
    )  # fmt: skip
    return list_response(request, listing, "collaboration/safety/list.html", {"day": None})


@require_safe
@never_cache
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """One talk: who, when, where, what the recorder ran and what it missed."""
    row = queries.talk_shown(request.commission, pk)
    names = queries.talkers_called(row.request, clock.today())
    later = shown.replaced_by(row)
    context = {
        "page_title": _("Talk %(number)s") % {"number": row.position}, "day": None, "number": queries.number_of_request(row.request),
        "state": recording_state(row), "facts": shown.facts_of_talk(row, names, queries.called([row.by], clock.today())),
        "stretches": shown.stretches_table(row), "gaps": shown.gaps_table(row), "later": later and _talk_link(request, later),
        "incident": _incident_link(request, row), "back": address(request, "collaboration:request", row.request_id),
    }  # fmt: skip
    return render(request, "collaboration/safety/talk.html", context)


def _talk_link(request: HttpRequest, row: Any) -> Link:
    return Link(_("Talk %(number)s") % {"number": row.position}, address(request, "collaboration:talk", row.pk))  # fmt: skip


def _incident_link(request: HttpRequest, row: Any) -> Link | None:
    found = getattr(row, "incident", None)
    if found is None:
        return None
    return Link(_("Incident %(number)s") % {"number": found.position}, address(request, "collaboration:incident", found.pk))  # fmt: skip


@require_safe
@never_cache
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """One incident with its clock, who answers for it, every step, and what may be done now."""
    row, on = queries.incident_shown(request.commission, pk), clock.today()
    matter = queries.request_of_incident(row)
    called = queries.called([row.by, *(each.by for each in row.steps.all())], on)
    context = {
        "page_title": _("Incident %(number)s") % {"number": row.position}, "day": None, "number": queries.numbers_of([row])[row.request_id],
        "state": incident_state(row, clock.now()), "facts": shown.facts_of_incident(row, queries.rule_words(row), on, called),
        "steps": shown.steps_table(row, called), "acts": _acts(request, row, matter), "talk": _talk_of(request, row, matter),
        "back": address(request, "collaboration:request", matter.pk) if matter else address(request, "collaboration:incidents"),
    }  # fmt: skip
    return render(request, "collaboration/safety/incident.html", context)


def _talk_of(request: HttpRequest, row: Incident, matter: Request | None) -> Link | None:
    """The way to the talk, for who reads the request; to the secretary the incident alone went."""
    return _talk_link(request, row.talk) if matter and row.talk else None


def _acts(request: HttpRequest, row: Incident, matter: Request | None) -> list[Link]:
    if matter is None:
        return []
    actor, part = by(request), work.part_of(by(request), matter, clock.today())
    told = (("report", _("Report upward"), policies.may_report), ("close", pgettext("incident", "Close with the measures taken"), policies.may_close))  # fmt: skip
    return [Link(words, address(request, "collaboration:do-incident", row.pk, what)) for what, words, may in told if not may(actor, matter, part, row)]  # fmt: skip


@take_part
@never_cache
def do_safety(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Enter a talk, or file an incident."""
    row, actor = request_shown(request.commission, pk), by(request)
    part = work.part_of(actor, row, clock.today())
    if what not in ("talk", "incident"):
        raise NotThere(_("There is no such act."))
    refuse_if((policies.may_record if what == "talk" else policies.may_file)(actor, row, part))
    return (_record if what == "talk" else _file)(request, row, actor)


def _record(request: HttpRequest, row: Request, actor: Actor) -> HttpResponse:
    form = forms.TalkForm(request.POST or None)
    offered = list(queries.talkers_called(row, clock.today()).items())
    earlier = [(each.pk, _("Talk %(number)s") % {"number": each.position}) for each in queries.talks_replaceable(row)]  # fmt: skip
    form.offer(talkers=offered, custodian=[("", "—"), *offered], replaces=[("", "—"), *earlier])
    lead = _("Times to the second, as the recorder shows them. Nothing of what was said, and not with whom. What is entered is never changed or deleted; each moment that was not recorded makes a safety incident.")  # fmt: skip
    around = _around(request, row, _("Enter a talk and its recording"), lead)
    return answered(
        request, form, around, lambda: record_talk(request=row, talk=form.held(), key=form.given, by=actor, now=clock.now()),
        _("The talk has been entered."), template=DETAILS,
    )  # fmt: skip


def _file(request: HttpRequest, row: Request, actor: Actor) -> HttpResponse:
    form = forms.HappenedForm(request.POST or None)
    forms.first_instants(form, clock.now(), "known_at")
    around = _around(request, row, _("File a safety incident"), _("It is reported upward within 24 hours (监督执纪工作规则第七十条). After that it goes to the secretary by itself."))  # fmt: skip
    return answered(
        request, form, around, lambda: file_incident(request=row, happened=form.happened(), key=form.given, by=actor, now=clock.now()),
        _("The incident has been filed; its clock runs."),
    )  # fmt: skip


def _around(request: HttpRequest, row: Request, title: str, lead: str) -> Shown:
    return Shown(title, queries.number_of_request(row), address(request, "collaboration:request", row.pk), lead)  # fmt: skip


@take_part
@never_cache
def do_incident(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Say that an incident was reported upward, or close it with the measures taken."""
    row, actor = queries.incident_shown(request.commission, pk), by(request)
    refuse_if(_against(row, actor, what))
    form: Any = (forms.UpwardForm if what == "report" else forms.MeasuresForm)(request.POST or None)
    if what == "report":
        forms.first_instants(form, clock.now(), "reported_at")
    who: dict[str, Any] = {"incident": row, "by": actor, "now": clock.now()}

    def act() -> Any:
        if what == "report":
            return report_incident(upward=form.upward(), key=form.given, **who)
        return close_incident(said=form.cleaned_data["said"], sure=form.is_sure, key=form.given, **who)

    title = _("Report incident %(number)s upward") if what == "report" else _("Close incident %(number)s")
    lead = str(incident_state(row, clock.now()).words)
    around = Shown(title % {"number": row.position}, queries.numbers_of([row])[row.request_id], address(request, "collaboration:incident", pk), lead)  # fmt: skip
    return answered(request, form, around, act, _("It has been entered."))


def _against(row: Incident, actor: Actor, what: str) -> list[Reason]:
    """Why not. Raises `NotThere` for another act, and for the secretary, who reads the incident and not the request."""
    matter = queries.request_of_incident(row)
    may = {"report": policies.may_report, "close": policies.may_close}.get(what)
    if may is None or matter is None:
        raise NotThere(_("There is no such act, or it is not for you."))
    return may(actor, matter, work.part_of(actor, matter, clock.today()), row)
