"""One deed in the work of a request, each on a page of its own: plan, task, log, minutes, letter, paper, evaluation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import MultipleHiddenInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.models import Request, Task
from xiezuo.collaboration.queries import work as queries
from xiezuo.collaboration.queries.requests import request_shown
from xiezuo.collaboration.requests.asking_views import by, take_part
from xiezuo.collaboration.requests.wording import number_words
from xiezuo.collaboration.states import EvaluationSide
from xiezuo.collaboration.work import forms, policies
from xiezuo.collaboration.work.evaluating_operations import evaluate
from xiezuo.collaboration.work.letter_operations import UNMENDED, send_letter
from xiezuo.collaboration.work.log_operations import add_paper, note_meeting, note_work
from xiezuo.collaboration.work.plan_operations import add_task, drop_task, finish_task, save_plan
from xiezuo.collaboration.work.policies import Part
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Reason, Refused, refuse_if
from xiezuo.ui.links import address

Form = Any


@dataclass(frozen=True)
class Deed:
    """One deed: its words, who may, its form made ready, and the operation that it calls."""

    title: Any
    done: Any
    form: type[forms.WorkForm]
    may: Callable[[Actor, Request, Part], list[Reason]]
    ready: Callable[[Form, Request, Actor], None]
    do: Callable[[Form, Request, dict[str, Any]], Any]
    lead: Any = ""


def _team(form: Form, row: Request, _by: Actor) -> None:
    team = [each for each in queries.members_of(row) if each.left_on is None]
    names = queries.names_in(team, clock.today())
    offered = [(each.pk, names[each.pk]) for each in team]
    form.offer(member=[("", "—"), *offered], chair=[("", "—"), *offered], present=offered)


def _plan_ready(form: Form, row: Request, _by: Actor) -> None:
    form.allow(row.measures)
    kept = queries.plan_of(row)
    form.fields["seen"].initial = kept.version if kept else 0
    for name in (
        ("basis", "questions", "steps", "measures", "cautions", "secrecy", "emergency") if kept else ()
    ):
        form.fields[name].initial = getattr(kept, name)


def _day_ready(form: Form, row: Request, by: Actor) -> None:
    _team(form, row, by)
    form.fields["day"].initial = clock.today()
    units = queries.units_offered_to(row.commission, clock.today())
    form.offer(owner=[("", "—"), *units])


def _letter_ready(form: Form, row: Request, _by: Actor) -> None:
    form.offer(
        unit=[("", "—"), *queries.units_offered_to(row.commission, clock.today())], again=list(_repeatable(row).items())
    )  # fmt: skip
    if not form.fields["again"].choices:
        form.fields["again"].widget = MultipleHiddenInput()


def _repeatable(row: Request) -> dict[int, str]:
    lines = queries.letters_of(row)
    repeated = {each.again_id for each in lines}
    return {each.pk: each.problem for each in lines if each.outcome in UNMENDED and each.again_id is None and each.pk not in repeated}  # fmt: skip


def _sides_ready(form: Form, row: Request, by: Actor) -> None:
    mine = policies.sides_of(by, row, queries.part_of(by, row, clock.today()))
    form.offer(side=[(side.value, side.label) for side in mine])


def _as_it_is(_form: Form, _row: Request, _by: Actor) -> None:
    pass


def _may_evaluate(actor: Actor, row: Request, part: Part) -> list[Reason]:
    """For whichever side `actor` speaks; the first reason set that leaves one open."""
    mine = policies.sides_of(actor, row, part) or [EvaluationSide.ASKER]
    return policies.may_evaluate(actor, row, part, mine[0])


DEEDS: dict[str, Deed] = {
    "plan": Deed(
        gettext_lazy("Working plan"), gettext_lazy("The plan has been saved."), forms.PlanForm, policies.may_plan, _plan_ready,
        lambda form, row, who: save_plan(request=row, plan=form.plan(), seen=form.cleaned_data["seen"], **who),
        gettext_lazy("By numbers and arrangements only: no names of persons concerned, no text of a clue."),
    ),
    "task": Deed(
        gettext_lazy("Give a task"), gettext_lazy("The task has been given."), forms.TaskForm, policies.may_plan, _team,
        lambda form, row, who: add_task(request=row, **_told(form, "what", "member", "due_on"), **who),
    ),
    "log": Deed(
        gettext_lazy("Enter work and hours"), gettext_lazy("The work has been entered."), forms.LogForm, policies.may_log, _day_ready,
        lambda form, row, who: note_work(request=row, **_told(form, "day", "hours", "what", "member"), **who),
        gettext_lazy("What is entered is never changed; mend a mistake by a further entry."),
    ),
    "meeting": Deed(
        gettext_lazy("Minutes of a joint meeting"), pgettext_lazy("work", "The minutes have been saved."), forms.MeetingForm, policies.may_meet,
        _day_ready, lambda form, row, who: note_meeting(request=row, met=form.met(), key=form.given, **who),
    ),
    "letter": Deed(
        gettext_lazy("Send a rectification letter"), gettext_lazy("The letter has been sent."), forms.LetterForm, policies.may_send_letter,
        _letter_ready,
        lambda form, row, who: send_letter(
            request=row, unit=form.cleaned_data["unit"], problems=form.problems(_repeatable(row)), sure=form.is_sure, key=form.given, **who
        ),
        gettext_lazy("The head of the unit sees the letter and nothing else of this request. It is due by the deadline T14 of the rules."),
    ),
    "paper": Deed(
        gettext_lazy("Enter a paper in the index"), gettext_lazy("The paper has been entered."), forms.PaperForm, policies.may_file,
        _as_it_is, lambda form, row, who: add_paper(request=row, paper=form.paper(), key=form.given, **who),
        gettext_lazy("The paper stays where it lies; the index says which there are and that none was exchanged."),
    ),
    "evaluate": Deed(
        gettext_lazy("Evaluate"), gettext_lazy("The evaluation has been saved."), forms.EvaluationForm, _may_evaluate, _sides_ready,
        lambda form, row, who: evaluate(
            request=row, side=EvaluationSide(form.cleaned_data["side"]), marks=form.marks(), said=form.cleaned_data["said"],
            sure=form.is_sure, key=form.given, **who,
        ),
        gettext_lazy("Read by the two sides and the case-management office; never added up or ranked."),
    ),
}  # fmt: skip
"""What can be done, by the word in its address."""


def _told(form: Form, *names: str) -> dict[str, Any]:
    return {**{name: form.cleaned_data[name] for name in names}, "sure": form.is_sure, "key": form.given}


@take_part
@never_cache
def do_work(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """The form of one deed, or the page of the work once it is done."""
    deed = DEEDS.get(what)
    if deed is None:
        raise NotThere(_("There is no such act."))
    row, actor = request_shown(request.commission, pk), by(request)  # type: ignore[attr-defined]
    refuse_if(deed.may(actor, row, queries.part_of(actor, row, clock.today())))
    form = deed.form(request.POST or None)
    deed.ready(form, row, actor)
    back = address(request, "collaboration:work", row.pk)
    who: dict[str, Any] = {"by": actor, "now": clock.now()}
    shown = Shown(str(deed.title), number_words(row.year, row.number), back, str(deed.lead))
    return answered(request, form, shown, lambda: deed.do(form, row, who), deed.done)


@dataclass(frozen=True)
class Shown:
    """What stands around a form: title, of which matter, where it leads back, and a sentence."""

    title: str
    number: str
    back: str
    lead: str = ""


def answered(request: HttpRequest, form: Form, shown: Shown, act: Callable[[], Any], done: Any, *, template: str = "collaboration/work/form.html") -> HttpResponse:  # fmt: skip
    """The form, or `back` after `act`; what stands against it is told at its field, and nothing typed is lost."""
    if form.is_bound and form.is_valid():
        try:
            act()
        except Refused as refused:
            form.tell(refused.reasons)
            _take_anew(form, refused.reasons)
        except BadInput as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, done)
            return HttpResponseRedirect(shown.back)
    context = {"page_title": shown.title, "shown": shown, "form": form, "day": None}
    return render(request, template, context, status=422 if form.errors else 200)


def _take_anew(form: Form, reasons: Sequence[Reason]) -> None:
    """Where the plan was changed meanwhile, the words stay and the form is one of the plan as it stands now."""
    if "seen" in form.fields and any(each.code == "changed-meanwhile" for each in reasons):
        form.data = form.data.copy()
        form.data["seen"] = form.fields["seen"].initial


@take_part
@never_cache
def settle_task(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """A task is done on a day, or dropped for a reason."""
    task: Task = queries.task_shown(request.commission, pk)  # type: ignore[attr-defined]
    row, actor = task.request, by(request)
    refuse_if(policies.may_settle(actor, row, queries.part_of(actor, row, clock.today())))
    if what not in ("done", "drop"):
        raise NotThere(_("There is no such act."))
    form = (forms.DoneForm if what == "done" else forms.DropForm)(request.POST or None)
    _today_first(form, "done_on", clock.today())
    who: dict[str, Any] = {"by": actor, "now": clock.now()}

    def act() -> Any:
        if what == "done":
            return finish_task(task=task, done_on=form.cleaned_data["done_on"], **who)
        return drop_task(task=task, because=form.cleaned_data["because"], sure=form.is_sure, **who)

    title = _("Task %(number)s is done") if what == "done" else _("Drop task %(number)s")
    shown = Shown(title % {"number": task.position}, number_words(row.year, row.number), address(request, "collaboration:work", row.pk), task.what)  # fmt: skip
    return answered(request, form, shown, act, _("The task is settled."))


def _today_first(form: Form, name: str, today: date) -> None:
    if name in form.fields:
        form.fields[name].initial = today
