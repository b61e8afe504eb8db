"""Forms of requests: parse and shape, no writes. What cannot be done is refused by the operation, at its field.

No field asks for the name of a person concerned, nor for what a matter is about.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.collaboration.requests.against import LARGEST
from xiezuo.collaboration.requests.asked import Asked
from xiezuo.collaboration.states import Duty, Measure, TeamRole
from xiezuo.shared.errors import Reason
from xiezuo.shared.pointers import LONGEST, LONGEST_WORDS

Choices = Sequence[tuple[Any, Any]]
WRITTEN_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
DAY = timedelta(days=1)
SURE = _("I have looked again: these are no names of people, and it says nothing of what the matter is about")
SUSPECTED = {
    "reason",
    "pointer",
    "letter_no",
    "site_words",
    "lead_reason",
    "about_places",
    "skills",
    "said",
    "note",
    "to",
}
"""Fields whose words may look like names or contents; only then is the reader asked to confirm."""
ROLES = (TeamRole.SAFETY, TeamRole.RECORDER, TeamRole.EXPERT)
"""Roles that are asked for by number; every team has one leader."""

NEED = (
    "duty",
    "measures",
    "people",
    "own",
    "women",
    "safety",
    "recorder",
    "expert",
    "skills",
    "wanted_units",
    "authorisations",
    "pages_attached",
    "carries_secrets",
)
WHEN = ("about_units", "about_places", "starts", "last", "site", "site_words")
SCOPE = ("method", "pointer", *NEED, *WHEN, "sure")
"""Fields in their order on the page."""


def day_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    """A day, written in any of the usual ways."""
    widget = forms.DateInput(
        attrs={"type": "date", "min": "2000-01-01", "max": "2199-12-31"}, format="%Y-%m-%d"
    )
    wrong = {"invalid": _("This is no day; expected one such as 2022-08-15.")}
    return forms.DateField(
        label=label, help_text=help_text, required=required, input_formats=WRITTEN_DAYS, widget=widget, error_messages=wrong
    )  # fmt: skip


def words_field(label: Any, help_text: Any = "", *, rows: int = 2, required: bool = False) -> forms.CharField:
    """A few words; how long they may be is said by the operation, so that nothing typed is cut off."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=9 * LONGEST_WORDS, widget=widget)  # fmt: skip


def line_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    """A number or a title: where something lies."""
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=9 * LONGEST)


def _number(label: Any, help_text: Any = "") -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"min": "0", "max": str(LARGEST), "inputmode": "numeric"})
    wrong = {"invalid": _("This is no number; expected one such as 2.")}
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=0, widget=widget, error_messages=wrong)  # fmt: skip


def _one(label: Any, help_text: Any = "", **more: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, help_text=help_text, coerce=int, required=False, empty_value=None, **more)  # fmt: skip


def _several(label: Any, help_text: Any = "") -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, help_text=help_text, coerce=int, required=False, widget=forms.CheckboxSelectMultiple()
    )


class RequestForm(forms.Form):
    """What all of them share: reasons told at their fields; `sure` is asked for only where words look suspicious."""

    def tell(self, reasons: Iterable[Reason]) -> None:
        """Show why the operation refused, each reason at its field if it has one."""
        told = list(reasons)
        if "sure" in self.fields and any(reason.code in SUSPECTED for reason in told):
            self.fields["sure"].widget = forms.CheckboxInput()
        for reason in told:
            self.add_error(reason.code if reason.code in self.fields else None, reason.text)

    def offer(self, **choices: Choices) -> None:
        """Give fields their choices; a field that has nothing to choose from is not asked for."""
        for name, found in choices.items():
            if name in self.fields:
                self.fields[name].choices = found


class StepForm(RequestForm):
    """One step of the conversation. `seen` is the version that it was made from; `key` makes it count once."""

    sure = forms.BooleanField(label=SURE, required=False, widget=forms.HiddenInput())
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)

    @staticmethod
    def first(asked: Asked) -> dict[str, Any]:
        """The fields as they stand."""
        raise NotImplementedError

    def said(self) -> dict[str, Any]:
        """What the step says, as fields of `Asked`."""
        raise NotImplementedError


class WhyForm(StepForm):
    """The first step: why, and by which method."""

    unit = _one(_("For which unit"))
    situation = forms.ChoiceField(
        label=_("What is the situation?"), required=False, widget=forms.RadioSelect()
    )
    method = forms.ChoiceField(label=_("By which method?"), required=False, widget=forms.RadioSelect())
    reason = words_field(_("Why help is needed"), _("In a few words, and nothing of what the matter is about: no names, no text of a clue."))  # fmt: skip
    pointer = line_field(_("Pointer"), _("A number or the title of a task, such as 专项〔2023〕2号: where the matter lies."))  # fmt: skip
    letter_no = line_field(_("No. of the letter"), _("If another organ asked by a letter."))
    field_order: Sequence[str] | None = (
        "unit",
        "situation",
        "method",
        "reason",
        "pointer",
        "letter_no",
        "sure",
    )

    @staticmethod
    def first(asked: Asked) -> dict[str, Any]:
        return {
            name: getattr(asked, name) for name in ("situation", "method", "reason", "pointer", "letter_no")
        }

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            name: given[name] for name in ("situation", "method", "reason", "pointer", "letter_no", "sure")
        }


class NeedForm(StepForm):
    """The second step: what is needed, as a profile and never as a name."""

    duty = forms.ChoiceField(label=_("What for"), required=False, choices=Duty.choices, widget=forms.RadioSelect(),
                             help_text=_("Nobody is in teams of two duties for one matter: they check each other (Supervision Law, article 39)."))  # fmt: skip
    measures = forms.MultipleChoiceField(label=_("What the team may do"), required=False, choices=Measure.choices, widget=forms.CheckboxSelectMultiple(),
                                         help_text=_("Nothing else is available to a collaboration team."))  # fmt: skip
    people = _number(_("How many people"))
    own = _number(_("Of them own staff, at least"), _("Two where evidence is gathered (Supervision Law, article 44); who is lent or in training does not count."))  # fmt: skip
    women = _number(_("Of them women, at least"), _("One where a woman is talked to or searched."))
    safety = _number(_("Safety officers, at least"), _("One where anybody is talked to."))
    recorder = _number(_("Recorders, at least"))
    expert = _number(_("Experts, at least"))
    skills = line_field(_("Specialities"), _("Such as 财务、工程; never the name of somebody."))
    wanted_units = _several(_("From which units, if it matters"))
    authorisations = _several(_("Support offices that help by authorisation"))
    carries_secrets = forms.BooleanField(label=_("State secrets are touched on"), required=False)
    pages_attached = _number(_("Pages that are handed over with it"), _("They stay on paper; the product keeps their number alone."))  # fmt: skip
    field_order: Sequence[str] | None = (*NEED, "sure")
    PLAIN: ClassVar[Sequence[str]] = ("duty", "measures", "people", "own", "women", "wanted_units", "authorisations", "carries_secrets", "pages_attached")  # fmt: skip

    @staticmethod
    def first(asked: Asked) -> dict[str, Any]:
        found = {name: getattr(asked, name) for name in NeedForm.PLAIN}
        least = {role.name.lower(): asked.roles.get(role.value) or None for role in ROLES}
        return {**found, **least, "skills": "、".join(asked.skills)}

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        roles = {role.value: given[role.name.lower()] for role in ROLES if given[role.name.lower()]}
        numbers = {name: given[name] or 0 for name in ("people", "own", "women", "pages_attached")}
        lists: dict[str, Any] = {name: tuple(given[name]) for name in ("measures", "wanted_units", "authorisations") if name in given}  # fmt: skip
        return {
            "duty": given["duty"] or Duty.SUPERVISION.value, "roles": roles, "skills": parts_of(given["skills"]),
            "carries_secrets": given["carries_secrets"], "sure": given["sure"], **numbers, **lists,
        }  # fmt: skip


class WhenForm(StepForm):
    """The third step: where and when, and what the ledger matches people against."""

    about_units = _several(_("Units that the matter concerns"), _("People are matched against them: who is or was there stands out."))  # fmt: skip
    about_places = line_field(_("Townships that the matter concerns"), _("Such as 东镇、西镇: natives of them stand out."))  # fmt: skip
    starts = day_field(pgettext_lazy("request", "From"))
    last = day_field(pgettext_lazy("request", "Up to and with"))
    site = _one(_("Room"), _("Rooms of the ledger; booked once the team is there."))
    site_words = words_field(_("Where else"), _("A place in a few words."), rows=1)
    field_order: Sequence[str] | None = (*WHEN, "sure")

    @staticmethod
    def first(asked: Asked) -> dict[str, Any]:
        found = {name: getattr(asked, name) for name in ("about_units", "starts", "site", "site_words")}
        return {**found, "about_places": "、".join(asked.about_places), "last": asked.ends - DAY if asked.ends else None}  # fmt: skip

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "about_units": tuple(given["about_units"]), "about_places": parts_of(given["about_places"]), "starts": given["starts"],
            "ends": given["last"] + DAY if given["last"] else None, "site": given["site"], "site_words": given["site_words"],
            "sure": given["sure"],
        }  # fmt: skip

    def tell(self, reasons: Iterable[Reason]) -> None:
        super().tell(Reason("last", each.text) if each.code == "ends" else each for each in reasons)


class CheckForm(StepForm):
    """The fourth step: who is in the lead."""

    lead = _one(_("Unit in the lead"), _("Exactly one. By default an office that takes matters in hand; it puts the team together and answers for the work."))  # fmt: skip
    lead_reason = words_field(_("Why it is another unit"), _("Only where the unit in the lead is none of these offices."), rows=2)  # fmt: skip
    field_order: Sequence[str] | None = ("lead", "lead_reason", "sure")

    @staticmethod
    def first(asked: Asked) -> dict[str, Any]:
        return {"lead": asked.lead, "lead_reason": asked.lead_reason}

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("lead", "lead_reason", "sure")}


class ScopeForm(NeedForm, WhenForm):
    """What was approved, to be changed as a whole; the approval then begins anew."""

    pointer = line_field(_("Pointer"))
    method = forms.ChoiceField(label=_("By which method?"), required=False, widget=forms.RadioSelect())
    field_order: Sequence[str] | None = SCOPE

    @staticmethod
    def first(asked: Asked) -> dict[str, Any]:
        return {
            **NeedForm.first(asked),
            **WhenForm.first(asked),
            "pointer": asked.pointer,
            "method": asked.method,
        }

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {**NeedForm.said(self), **WhenForm.said(self), "pointer": given["pointer"], "method": given["method"] or None}  # fmt: skip


class UrgentForm(ScopeForm):
    """A sudden event: begun on an oral agreement, written within 24 hours."""

    unit = _one(_("For which unit"))
    reason = words_field(
        _("Why help is needed"), _("In a few words, and nothing of what the matter is about.")
    )
    lead = _one(_("Unit in the lead"))
    lead_reason = words_field(_("Why it is another unit"), _("Only where the unit in the lead is no office that takes matters in hand."))  # fmt: skip
    oral_by = _one(_("Who agreed orally"), _("Whoever the work rule lets decide."))
    oral_at = forms.DateTimeField(
        label=_("When they agreed"), required=False, input_formats=("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Within the last 24 hours; the written request is due 24 hours after."),
    )  # fmt: skip
    field_order: Sequence[str] | None = (
        "unit",
        "oral_by",
        "oral_at",
        "reason",
        "lead",
        "lead_reason",
        *SCOPE,
    )

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {**super().said(), **{name: given[name] for name in ("reason", "lead", "lead_reason")}}


def parts_of(text: str) -> tuple[str, ...]:
    """Words in a row, however they are parted."""
    return tuple(each for each in re.split(r"[、，,;；\s]+", text) if each)


class ActForm(RequestForm):
    """One act on a request: `seen` and `key` go with each."""

    seen = forms.IntegerField(widget=forms.HiddenInput())
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)


class StartForm(ActForm):
    """The work has begun."""


class ExtendForm(ActForm):
    """More time."""

    units = forms.IntegerField(
        label=_("How much more"), min_value=1, widget=forms.NumberInput(attrs={"min": "1"})
    )
    said = words_field(pgettext_lazy("act", "Reason"), required=True)


class ReportForm(ActForm):
    """What it came to: one word, and how many problems were found."""

    result = forms.ChoiceField(label=_("Result"), widget=forms.RadioSelect())
    problems = forms.IntegerField(label=_("Problems found"), min_value=0, initial=0, widget=forms.NumberInput(attrs={"min": "0"}),
                                  help_text=_("Their number alone; what they are lies in the rectification letters."))  # fmt: skip


class CloseForm(ActForm):
    """A closing note."""

    note = words_field(_("Closing note"), _("Where the file lies; nothing of what the matter was about."), required=True, rows=3)  # fmt: skip


class SayForm(ActForm):
    """Why."""

    said = words_field(pgettext_lazy("act", "Reason"), required=True, rows=3)


class TransferForm(SayForm):
    """To whom, by a pointer to the paper of the hand-over."""

    to = line_field(
        _("Paper of the hand-over"), _("Its number, and the organ that takes it over."), required=True
    )
    field_order: Sequence[str] | None = ("to", "said")


class WidenForm(RequestForm):
    """Somebody else is to read a request, for a time."""

    account = forms.TypedChoiceField(label=_("Who"), coerce=int)
    last = day_field(pgettext_lazy("request", "Up to and with"), _("The right to read ends by itself after this day."), required=True)  # fmt: skip
    reason = words_field(pgettext_lazy("act", "Reason"), _("Why this person must know of it."), required=True)
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)
