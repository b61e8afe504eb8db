"""Forms of the work of a team: parse and shape, no writes. What cannot be done is refused by the operation, at its field."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.collaboration.requests.forms import SURE, Choices, day_field, line_field, words_field
from xiezuo.collaboration.states import EvaluationSide, LetterOutcome, Measure
from xiezuo.collaboration.work.asked import Handed, Marks, Met, Plan, Problem
from xiezuo.shared.errors import Reason
from xiezuo.ui.choices import filled

SUSPECTED = {
    "basis", "questions", "steps", "cautions", "secrecy", "emergency", "what", "because", "resolved", "safety", "problem",
    "feedback", "said", "name", "secrecy_from", "kept_at", "room",
}  # fmt: skip
"""Fields whose words may look like names or contents; only then is the writer asked to confirm."""
PROBLEMS = 3
"""Blank problems of a letter: more go into a second letter."""
MARKS = [(mark, str(mark)) for mark in range(5, 0, -1)]


class WorkForm(forms.Form):
    """What all of them share: reasons told at their fields, `sure` where words look suspicious, a key that counts once."""

    sure = forms.BooleanField(label=SURE, required=False, widget=forms.HiddenInput())
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)

    def tell(self, reasons: Iterable[Reason]) -> None:
        """Show why the operation refused, each reason at its field if it has one."""
        told = list(reasons)
        if any(self._field(reason.code) in self.fields and reason.code in SUSPECTED for reason in told):
            self.fields["sure"].widget = forms.CheckboxInput()
        for reason in told:
            field = self._field(reason.code)
            self.add_error(field if field in self.fields else None, reason.text)

    def _field(self, code: str) -> str:
        """The field of a reason; a letter's problems are asked for by number."""
        return code if code in self.fields else f"{code}_1"

    def offer(self, **choices: Choices) -> None:
        """Give fields their choices."""
        for name, found in choices.items():
            if name in self.fields:
                cast("Any", self.fields[name]).choices = found

    @property
    def given(self) -> UUID:
        """The key of the form."""
        return cast("UUID", self.cleaned_data["key"])

    @property
    def is_sure(self) -> bool:
        """Whether the writer confirmed the words."""
        return bool(self.cleaned_data["sure"])


def one(label: Any, help_text: Any = "", *, required: bool = False) -> forms.TypedChoiceField:
    """One of several rows."""
    return forms.TypedChoiceField(label=label, help_text=help_text, coerce=int, required=required, empty_value=None)  # fmt: skip


def several(label: Any, help_text: Any = "") -> forms.TypedMultipleChoiceField:
    """Some of several rows."""
    return forms.TypedMultipleChoiceField(label=label, help_text=help_text, coerce=int, required=False, widget=forms.CheckboxSelectMultiple())  # fmt: skip


class PlanForm(WorkForm):
    """The working plan."""

    basis = line_field(pgettext_lazy("plan", "Basis"), _("A document or decision by its number."))
    questions = words_field(_("To be verified"), _("By numbers of a list that lies elsewhere; no names, nothing of what they are about."))  # fmt: skip
    steps = words_field(_("Method and steps"), rows=4)
    measures = forms.MultipleChoiceField(
        label=_("Measures"), required=False, widget=forms.CheckboxSelectMultiple(),
        help_text=_("Only those that the request was approved with; for more, its scope is changed and approved anew."),
    )  # fmt: skip
    cautions = words_field(_("Take care"))
    secrecy = words_field(_("Secrecy"))
    emergency = words_field(_("In an emergency"))
    seen = forms.IntegerField(widget=forms.HiddenInput())

    def plan(self) -> Plan:
        """What the form says."""
        words = {name: self.cleaned_data[name] for name in ("basis", "questions", "steps", "cautions", "secrecy", "emergency")}  # fmt: skip
        return Plan(**words, measures=tuple(self.cleaned_data["measures"]), sure=self.is_sure)

    def allow(self, measures: Iterable[str]) -> None:
        """Offer the measures that the request was approved with."""
        approved = set(measures)
        self.offer(measures=[(value, label) for value, label in Measure.choices if value in approved])


class TaskForm(WorkForm):
    """A task."""

    what = words_field(_("What is to be done"), _("A pointer: a list, a number, a place; no names."), required=True)  # fmt: skip
    member = one(_("Who does it"), _("Empty: the whole team."))
    due_on = day_field(_("By the day"))


class LogForm(WorkForm):
    """An entry of the log."""

    day = day_field(pgettext_lazy("log", "Day"), required=True)
    hours = forms.DecimalField(
        label=pgettext_lazy("work", "Hours"), max_digits=4, decimal_places=1, widget=forms.NumberInput(attrs={"min": "0", "max": "24", "step": "0.5"})
    )  # fmt: skip
    what = words_field(pgettext_lazy("work", "What was done"), _("A pointer: task 2, list 12; nothing of what was said or found."), required=True)  # fmt: skip
    member = one(_("Whose hours"), _("Empty: your own. Those of others only from paper."))


class MeetingForm(WorkForm):
    """Minutes of a joint meeting."""

    day = day_field(_("Day of the meeting"), required=True)
    chair = one(_("In the chair"))
    present = several(pgettext_lazy("minutes", "Present"))
    stood_out = forms.IntegerField(
        label=_("Left the room (recusal)"),
        min_value=0,
        max_value=99,
        initial=0,
        help_text=_("How many; never who."),
    )
    resolved = words_field(_("What was resolved"), _("Direction, division of work, problems solved; by numbers, without names."), rows=4, required=True)  # fmt: skip
    safety = words_field(_("Safety"))
    owner = one(_("Unit that does it"))
    due_on = day_field(_("By the day"))

    def met(self) -> Met:
        """What the form says."""
        told = self.cleaned_data
        return Met(
            told["day"], told["resolved"], told["chair"], tuple(told["present"]), told["stood_out"], told["safety"], told["owner"],
            told["due_on"], self.is_sure,
        )  # fmt: skip


class LetterForm(WorkForm):
    """A rectification letter with up to three problems, or with those that are given out a second time."""

    unit = one(_("To which unit"), required=True)
    again = several(_("Given out a second time (二次交办)"), _("Verified as not rectified, or in part."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, PROBLEMS + 1):
            self.fields[f"problem_{number}"] = words_field(_("Problem %(number)s") % {"number": number}, _("By its number in the list; no names.") if number == 1 else "")  # fmt: skip
            self.fields[f"basis_{number}"] = line_field(_("Basis of problem %(number)s") % {"number": number})
            self.fields[f"feedback_{number}"] = line_field(_("Asked back for problem %(number)s") % {"number": number})  # fmt: skip

    def problems(self, repeated: dict[int, str]) -> list[Problem]:
        """What the form says; `repeated` are the words of those that can be given out a second time."""
        told = self.cleaned_data
        again = [Problem(repeated[pk], again=pk) for pk in told["again"]]
        rows = [[told[f"{name}_{number}"] for name in ("problem", "basis", "feedback")] for number in range(1, PROBLEMS + 1)]  # fmt: skip
        return [*again, *(Problem(*row) for row in rows if any(row))]


class PaperForm(WorkForm):
    """A paper in the index of the file."""

    name = line_field(_("Name of the paper"), _("What it is, such as 工作方案 or 问题清单; no person's name."), required=True)  # fmt: skip
    pages = forms.IntegerField(label=pgettext_lazy("work", "Pages"), min_value=1, max_value=9999)
    secrecy_from = line_field(_("Secrecy from"), _("The number of the paper that its secrecy mark comes from; no mark is invented here."))  # fmt: skip
    kept_at = line_field(_("Where it lies"))
    digest = forms.CharField(
        label=_("Check number (SHA-256)"), required=False, max_length=200,
        help_text=_("64 digits that whoever holds the file reckoned; the file itself is not taken in."),
    )  # fmt: skip
    handed_by = line_field(_("Handed over by"))
    taken_by = line_field(_("Taken by"))
    handed_on = day_field(_("Handed over on"))

    def paper(self) -> Handed:
        """What the form says."""
        names = ("name", "pages", "secrecy_from", "kept_at", "digest", "handed_by", "taken_by", "handed_on")
        return Handed(**{name: self.cleaned_data[name] for name in names}, sure=self.is_sure)


def _marks(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=MARKS, coerce=int, widget=forms.RadioSelect())


class EvaluationForm(WorkForm):
    """What one side says of the other."""

    side = forms.ChoiceField(label=_("For which side"), choices=EvaluationSide.choices)
    timeliness = _marks(_("Timeliness"))
    quality = _marks(_("Quality"))
    discipline = _marks(_("Discipline"))
    cooperation = _marks(_("Cooperation"))
    said = words_field(_("In words"), rows=3)

    def marks(self) -> Marks:
        """The four marks."""
        return Marks(*(self.cleaned_data[name] for name in ("timeliness", "quality", "discipline", "cooperation")))  # fmt: skip


class DoneForm(WorkForm):
    """A task that is done."""

    done_on = day_field(pgettext_lazy("work", "Done on"), required=True)


class DropForm(WorkForm):
    """A task that is dropped."""

    because = words_field(_("Why it is dropped"), required=True)


class AnswerForm(WorkForm):
    """The answer of a unit to its letter."""

    answer_no = line_field(_("No. of the answer"), required=True)
    answered_on = day_field(pgettext_lazy("work", "Answered on"), required=True)


class MoreTimeForm(WorkForm):
    """A unit asks for more time."""

    because = words_field(_("Why more time is needed"), required=True)


class ExtendForm(WorkForm):
    """The contact leader gives it."""

    days = forms.IntegerField(label=_("How many days more"), min_value=1, max_value=365)
    said = words_field(_("Why"), required=True)


class VerifyForm(WorkForm):
    """What the verification of one problem found."""

    outcome = forms.ChoiceField(label=pgettext_lazy("work", "What was found"), choices=filled(LetterOutcome), widget=forms.RadioSelect())  # fmt: skip
    evidence_no = line_field(_("No. of the evidence"), required=True)
