"""Parts of the pages of talks and incidents: tables, facts, what may be done."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from xiezuo.accounts.api import shown_actor
from xiezuo.collaboration.models import Incident, IncidentStep, Talk
from xiezuo.collaboration.queries import safety as queries
from xiezuo.collaboration.safety.wording import (
    gap_words,
    gaps_words,
    incident_state,
    instant_words,
    length_words,
    recording_state,
    span_words,
)
from xiezuo.collaboration.states import IncidentKind, IncidentState, IncidentVerb
from xiezuo.shared.lists import clauses, listed
from xiezuo.ui.choices import words_of
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table


def talks_table(talks: Sequence[Talk], names: dict[int, str]) -> Table:
    """The talks of a request with what was not recorded; one that was replaced says so."""
    told = [
        {
            "talk": Link(_("Talk %(number)s") % {"number": each.position}, reverse("collaboration:talk", args=[each.pk])),
            "when": span_words(each.started, each.ended), "who": listed(names.get(who, "") for who in each.talkers),
            "custodian": names.get(each.custodian_id, ""), "state": _talk_state(each), "gaps": gaps_words(each),
        }
        for each in talks
    ]  # fmt: skip
    columns = [
        Column("talk", pgettext_lazy("safety", "Talk")), Column("state", pgettext_lazy("safety", "Recording"), kind="state"),
        Column("gaps", gettext_lazy("Not recorded")), Column("when", pgettext_lazy("safety", "When")), Column("who", gettext_lazy("Who talked")),
        Column("custodian", gettext_lazy("Who keeps the recording")),
    ]  # fmt: skip
    return Table(columns, told, id="talks", caption=_("Talks and their recordings"), empty=_("No talk was entered."))  # fmt: skip


def _talk_state(talk: Talk) -> State:
    by = replaced_by(talk)
    if by is not None:
        return State(_("entered wrongly, replaced by talk %(number)s") % {"number": by.position}, "quiet")
    return recording_state(talk)


def replaced_by(talk: Talk) -> Talk | None:
    """The entry that puts a talk right."""
    return getattr(talk, "replaced_by", None)


def incidents_table(incidents: Sequence[Incident], now: datetime) -> Table:
    """The incidents of a request with their clocks."""
    told = [
        {
            "incident": Link(_("Incident %(number)s") % {"number": each.position}, reverse("collaboration:incident", args=[each.pk])),
            "kind": words_of(IncidentKind, each.kind), "occurred": instant_words(each.occurred_at), "due": instant_words(each.due_at),
            "state": incident_state(each, now),
        }
        for each in incidents
    ]  # fmt: skip
    columns = [
        Column("incident", pgettext_lazy("safety", "Incident")), Column("state", pgettext_lazy("safety", "Clock"), kind="state"),
        Column("kind", pgettext_lazy("incident", "Kind")),
        Column("occurred", gettext_lazy("When it happened")), Column("due", gettext_lazy("To be reported by")),
    ]  # fmt: skip
    return Table(columns, told, id="incidents", caption=_("Safety incidents"), empty=_("No incident was filed."))  # fmt: skip


def stretches_table(talk: Talk) -> Table:
    """Every stretch that the recorder ran."""
    told = [
        {
            "place": each.position, "when": span_words(each.started, each.stopped), "length": length_words(each.stopped - each.started),
            "device": each.device, "digest": each.digest,
        }
        for each in talk.recordings.all()
    ]  # fmt: skip
    columns = [
        Column("place", pgettext_lazy("minutes", "No."), kind="number"), Column("when", pgettext_lazy("safety", "When")), Column("length", gettext_lazy("Length")),
        Column("device", gettext_lazy("Number of the device")), Column("digest", gettext_lazy("Check number (SHA-256)")),
    ]  # fmt: skip
    return Table(columns, told, id="stretches", caption=_("Stretches of the recording"), empty="")


def gaps_table(talk: Talk) -> Table:
    """Every span of the talk that was not recorded."""
    told = [{"when": span_words(each.span.started, each.span.ended), "gap": gap_words(each)} for each in queries.gaps_in(talk)]  # fmt: skip
    columns = [Column("when", pgettext_lazy("safety", "When")), Column("gap", gettext_lazy("Not recorded"))]
    return Table(columns, told, id="gaps", caption=_("Not recorded"), empty=_("Each moment of the talk was recorded."))  # fmt: skip


def facts_of_talk(talk: Talk, names: dict[int, str], called: dict[str, str]) -> list[tuple[Any, Any]]:
    """What a talk says but for its recording."""
    return [
        (pgettext("safety", "When"), span_words(talk.started, talk.ended)), (_("Length"), length_words(talk.ended - talk.started)),
        (_("Who talked"), listed(names.get(each, "") for each in talk.talkers)), (_("Room"), talk.room),
        (_("Who keeps the recording"), names.get(talk.custodian_id, "")),
        (_("Replaces"), _("Talk %(number)s") % {"number": talk.replaces.position} if talk.replaces else ""),
        (_("What was entered wrongly"), talk.because), (_("Entered by"), f"{called.get(talk.by, talk.by)} · {instant_words(talk.at)}"),
    ]  # fmt: skip


def facts_of_incident(incident: Incident, rule: str, on: date, called: dict[str, str]) -> list[tuple[Any, Any]]:  # fmt: skip
    """What an incident says: what and when, by when, and who answers for it."""
    people = queries.persons_called(incident, on)
    return [
        (pgettext("incident", "Kind"), words_of(IncidentKind, incident.kind)), (pgettext("incident", "Pointer"), incident.said),
        (_("When it happened"), instant_words(incident.occurred_at)), (_("When it became known"), instant_words(incident.known_at)),
        (_("To be reported by"), instant_words(incident.due_at)), (_("By which rule"), rule),
        (_("First responsible: head of the unit in the lead"), people["head"]), (_("First responsible: leader of the team"), people["leader"]),
        (_("Safety officer then"), people["officer"]),
        (_("Filed by"), f"{called.get(incident.by, incident.by)} · {instant_words(incident.at)}"),
    ]  # fmt: skip


def steps_table(incident: Incident, called: dict[str, str]) -> Table:
    """What was done about an incident, the first first."""
    told = [_step(each, called) for each in sorted(incident.steps.all(), key=lambda each: each.pk)]
    columns = [
        Column("did", pgettext_lazy("incident", "Step")), Column("when", pgettext_lazy("safety", "When")), Column("said", gettext_lazy("Office, number, measures")),
        Column("by", gettext_lazy("By")), Column("entered", gettext_lazy("Entered at")), Column("state", gettext_lazy("State"), kind="state"),
    ]  # fmt: skip
    return Table(columns, told, id="steps", caption=_("Steps"), empty=_("Nothing was done about it yet."))


def _step(step: IncidentStep, called: dict[str, str]) -> dict[str, Any]:
    return {
        "did": words_of(IncidentVerb, step.verb), "when": instant_words(step.happened_at),
        "said": clauses(each for each in (step.office, step.paper_no, step.said) if each), "by": called.get(step.by, shown_actor(step.by)),
        "entered": instant_words(step.at), "state": State(words_of(IncidentState, step.state), TONES[IncidentState(step.state)]),
    }  # fmt: skip


TONES = {
    IncidentState.OPEN: "wait", IncidentState.ESCALATED: "bad", IncidentState.REPORTED: "wait", IncidentState.CLOSED: "good",
}  # fmt: skip


def list_columns() -> list[Column]:
    """What the list of open incidents says."""
    return [
        Column("number", gettext_lazy("Request"), kind="code", searchable=True, sortable=False),
        Column("incident", pgettext_lazy("minutes", "No."), kind="number", sortable=False),
        Column("state", pgettext_lazy("safety", "Clock"), kind="state", sortable=False),
        Column("kind", pgettext_lazy("incident", "Kind"), filterable=True), Column("occurred", gettext_lazy("When it happened")),
        Column("due", gettext_lazy("To be reported by")),
    ]  # fmt: skip


def list_row(incident: Incident, numbers: dict[int, str], now: datetime) -> dict[str, Any]:
    """One open incident as the list tells it."""
    return {
        "pk": incident.pk, "number": numbers.get(incident.request_id, ""), "incident": incident.position,
        "kind": words_of(IncidentKind, incident.kind), "occurred": instant_words(incident.occurred_at),
        "due": instant_words(incident.due_at), "state": incident_state(incident, now),
    }  # fmt: skip
