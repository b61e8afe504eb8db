"""Forms of 有合有分: parse and shape, no writes. What cannot be done is refused by the operation, at its field."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.shared.errors import Reason
from xiezuo.shared.pointers import LONGEST
from xiezuo.zones.joining.asked import AskedAuthorisation, AskedJoining
from xiezuo.zones.states import JoiningFor

Choices = Sequence[tuple[str, Any]]
WRITTEN_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
DAY = timedelta(days=1)
SURE = _("I have looked again: these are no names of people, and it says nothing of what the matter is about")


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(
        attrs={"type": "date", "min": "2000-01-01", "max": "2199-12-31"}, format="%Y-%m-%d"
    )
    wrong = {"invalid": _("This is no day; expected one such as 2022-08-15.")}
    return forms.DateField(label=label, help_text=help_text, input_formats=WRITTEN_DAYS, widget=widget, error_messages=wrong)  # fmt: skip


def _pointer() -> forms.CharField:
    return forms.CharField(
        label=_("Pointer"), max_length=4 * LONGEST,
        help_text=_("A number or the title of a task, such as 专项〔2023〕2号: where the matter lies, never what it is about."),
    )  # fmt: skip


def _choice(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, help_text=help_text, coerce=int)


class _Form(forms.Form):
    """What all of them share: reasons told at their fields; `sure` is only asked for when a pointer seems to be none."""

    def tell(self, reasons: Iterable[Reason]) -> None:
        """Show why the operation refused, each reason at its field if it has one."""
        told = list(reasons)
        if "sure" in self.fields and any(reason.code in {"title", "matter"} for reason in told):
            self.fields["sure"].widget = forms.CheckboxInput()
        for reason in told:
            self.add_error(reason.code if reason.code in self.fields else None, reason.text)

    def offer(self, field: str, choices: Choices) -> None:
        """Give a field its choices."""
        self.fields[field].choices = choices


class _Arranged(_Form):
    starts = _day(pgettext_lazy("arrangement", "First day"))
    ends = _day(pgettext_lazy("arrangement", "Last day"), _("It ends by itself after this day."))
    basis = forms.CharField(
        label=_("Basis"), required=False, max_length=300, help_text=_("Meeting and date, or a document.")
    )
    sure = forms.BooleanField(label=SURE, required=False, widget=forms.HiddenInput())
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)

    def days(self) -> dict[str, Any]:
        """The days, half-open, and what else every arrangement says."""
        given = self.cleaned_data
        return {
            "starts": given["starts"],
            "ends": given["ends"] + DAY,
            "basis": given["basis"],
            "sure": given["sure"],
        }


class JoiningForm(_Arranged):
    """Zones that are to act as one."""

    lead = _choice(_("Zone that leads"), _("It receives, dispatches and reports for all of them."))
    zones = forms.TypedMultipleChoiceField(
        label=_("Zones that join it"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("Of the same level."),
    )
    coordinator = _choice(_("Coordinator"), _("A leader of one of the zones."))
    purpose = forms.ChoiceField(label=_("For"), choices=JoiningFor.choices, widget=forms.RadioSelect())
    title = _pointer()
    field_order = ("lead", "zones", "coordinator", "purpose", "title", "sure", "starts", "ends", "basis")

    def asked(self) -> AskedJoining:
        """What the form asks for, for the operation."""
        given = self.cleaned_data
        zones = (given["lead"], *(each for each in given["zones"] if each != given["lead"]))
        return AskedJoining(
            zones, given["purpose"], given["title"], coordinator=given["coordinator"], **self.days()
        )


class AuthorisationForm(_Arranged):
    """A deputy secretary who is to coordinate a support office."""

    person = _choice(_("Deputy secretary"), _("Who is in charge of the office needs no authorisation."))
    unit = _choice(_("Support office"), _("Support offices stand outside the zones."))
    matter = _pointer()
    field_order = ("person", "unit", "matter", "sure", "starts", "ends", "basis")

    def asked(self) -> AskedAuthorisation:
        """What the form asks for, for the operation."""
        given = self.cleaned_data
        return AskedAuthorisation(given["person"], given["unit"], given["matter"], **self.days())


class EndForm(_Form):
    """Something is ended before its last day."""

    last = _day(
        pgettext_lazy("arrangement", "Last day"),
        _("The last day on which it still holds; yesterday ends it from today on."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
