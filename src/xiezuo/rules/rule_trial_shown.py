"""A rule tried against past matters, in words and in a table."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from xiezuo.rules.models import WorkRule
from xiezuo.rules.rule_trial import Course, Tried
from xiezuo.rules.rule_trial_queries import MONTHS, Tryout, tryout
from xiezuo.rules.states import Approver, RuleKind
from xiezuo.rules.trials import tried_elsewhere
from xiezuo.shared import clock
from xiezuo.ui.blocks import Stat
from xiezuo.ui.choices import words_of
from xiezuo.ui.links import address
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table


def trial_shown(request: HttpRequest, draft: WorkRule) -> dict[str, Any]:
    """What the page of a change shows of its trial; `untried` says in words why there is none."""
    if draft.kind == RuleKind.INTERNAL:
        return _shown(request, tryout(draft, clock.today()))
    if (elsewhere := tried_elsewhere(request, draft)) is not None:
        return {"elsewhere": elsewhere}
    if draft.kind == RuleKind.PROCEDURE:
        return {"untried": _("Procedures decide requests for collaboration. None is kept here yet, so there is nothing to try the change against.")}  # fmt: skip
    return {"untried": _("Rules of this kind decide no matter by themselves, so there is nothing to try the change against.")}  # fmt: skip


def _shown(request: HttpRequest, found: Tryout) -> dict[str, Any]:
    trial = found.trial
    return {
        "tried": found, "stats": _stats(found), "notes": list(_notes(found)), "months": MONTHS,
        "more": _offices(trial.offices(lambda each: each.asked_instead)),
        "fewer": _offices(trial.offices(lambda each: each.not_asked)),
        "trial_table": _table(request, found) if trial.tried else None,
    }  # fmt: skip


def _stats(found: Tryout) -> list[Stat]:
    trial = found.trial
    older = trial.total - len(trial.tried)
    note = _("and %(older)s older ones, not tried") % {"older": older} if older else ""
    return [
        Stat(_("Matters tried"), len(trial.tried), note),
        Stat(_("In time, now late"), len(trial.becomes_late)),
        Stat(_("Late, now in time"), len(trial.becomes_timely)),
        Stat(_("Running: keep the old edition"), len(trial.running)),
    ]


def _notes(found: Tryout) -> Iterable[str]:
    """What whoever changes the rule must know before they do."""
    for each in found.empty:
        office = str(each.office.label)
        if each.unit is not None:
            office = _("%(office)s of %(unit)s") % {
                "office": office,
                "unit": found.units.get(each.unit, each.unit),
            }
        yield _("Nobody is %(office)s on that day: what is applied for goes one level up, and is refused if nobody stands above.") % {"office": office}  # fmt: skip
    if found.of_no_unit:
        words = ngettext(
            "%(number)s of these matters is of no unit, so that nobody could be named for it under the changed rule.",
            "%(number)s of these matters are of no unit, so that nobody could be named for them under the changed rule.",
            found.of_no_unit,
        )
        yield words % {"number": found.of_no_unit}
    for year in found.trial.lacking:
        yield _("The work calendar holds nothing of %(year)s; matters whose days reach into it could not be tried.") % {"year": year}  # fmt: skip


def _offices(counted: list[tuple[str, int]]) -> list[str]:
    return [
        ngettext("%(office)s (%(number)s matter)", "%(office)s (%(number)s matters)", number)
        % {"office": words_of(Approver, title), "number": number}
        for title, number in counted
    ]


def _table(request: HttpRequest, found: Tryout) -> Table:
    columns = [
        Column("number", pgettext_lazy("matter", "Number")), Column("unit", gettext_lazy("Unit")),
        Column("begun", pgettext_lazy("matter", "Began"), kind="date"), Column("ended", pgettext_lazy("matter", "Decided"), kind="date"),
        Column("was", gettext_lazy("As it was")), Column("would", gettext_lazy("Under the change")),
        Column("outcome", gettext_lazy("What would differ"), kind="state"),
    ]  # fmt: skip
    rows = [
        {"number": Link(each.past.number, address(request, "inbox:approval", each.past.approval)),
         "unit": found.units.get(each.past.unit or 0, "—"), "begun": each.past.begun, "ended": each.past.ended or pgettext("matter", "running"),
         "was": _course(each.was), "would": _course(each.would), "outcome": _outcome(each)}
        for each in found.trial.tried
    ]  # fmt: skip
    return Table(
        columns, rows, id="trial", caption=_("Past matters, as they were and as they would have been")
    )


def _course(course: Course | None) -> str:
    if course is None:
        return "—"
    return " → ".join(f"{words_of(Approver, title)} {day:%m-%d}" for title, day in course.steps)


def _outcome(each: Tried) -> State:
    if each.would is None:
        return State(_("cannot be told"), "quiet")
    if each.becomes_late:
        return State(_("late instead of in time"), "bad")
    if each.becomes_timely:
        return State(_("in time instead of late"), "good")
    if each.days_moved:
        words = (
            _("last day %(days)s days later") if each.days_moved > 0 else _("last day %(days)s days earlier")
        )
        return State(words % {"days": abs(each.days_moved)}, "wait")
    return State(_("other offices") if each.asked_instead or each.not_asked else _("nothing"), "quiet")
