"""Forms of the regulations: parse and shape, no writes. What cannot be done is refused by the operation, at its field."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.rules.regulation_operations import About
from xiezuo.rules.regulation_states import LeaningKind, Purpose
from xiezuo.rules.review_operations import Asked
from xiezuo.rules.states import Outcome
from xiezuo.shared.errors import Reason
from xiezuo.ui.choices import filled

Choices = Sequence[tuple[str, Any]]
WRITTEN_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
LONGEST = 300
LONG = 4_000


def _line(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=LONGEST)


def _words(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONG, widget=widget
    )


def _text(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 24) -> forms.CharField:
    # Blanks at the ends belong to the text, which is kept as it is.
    widget = forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})
    return forms.CharField(label=label, help_text=help_text, required=required, strip=False, widget=widget)


def _day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(
        attrs={"type": "date", "min": "2000-01-01", "max": "2199-12-31"}, format="%Y-%m-%d"
    )
    wrong = {"invalid": _("This is no day; expected one such as 2022-08-15.")}
    return forms.DateField(
        label=label, help_text=help_text, required=required, input_formats=WRITTEN_DAYS, widget=widget, error_messages=wrong
    )  # fmt: skip


def _units(label: Any, help_text: Any = "", *, required: bool = False) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, help_text=help_text, required=required, coerce=int, widget=forms.CheckboxSelectMultiple()
    )


class _Form(forms.Form):
    """What all of them share: reasons told at their fields."""

    def tell(self, reasons: Iterable[Reason]) -> None:
        """Show why the operation refused, each reason at its field if it has one."""
        for reason in reasons:
            self.add_error(reason.code if reason.code in self.fields else None, reason.text)

    def offer(self, field: str, choices: Choices) -> None:
        """Give a field its choices."""
        self.fields[field].choices = choices


class KeyedForm(_Form):
    """A form with a key of its own: posted again it does nothing more."""

    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)


class AboutForm(_Form):
    """What an edition is called, and what and whom it is for."""

    name = _line(_("Name"), _("As it is to be printed, with （试行） if it is."), required=True)
    scope = _line(_("Scope"), _("What and whom it is for, in a few words."))
    scope_units = _units(_("Units that are to take note of it"), _("None chosen: all units."))

    def about(self, unit: int | None) -> About:
        """What the form says, for the operation."""
        given = self.cleaned_data
        return About(given["name"], given["scope"], given["scope_units"], unit)


class BeginForm(AboutForm, KeyedForm):
    """A regulation that there was not before."""

    unit = forms.TypedChoiceField(label=_("Drafted by"), coerce=int)
    text = _text(
        _("Text"), _("Paste the whole text; it is cut into clauses at each 第…条. It may also be written later."),
        required=False, rows=12,
    )  # fmt: skip
    field_order = ("name", "scope", "unit", "scope_units", "text")


class RevisionForm(KeyedForm):
    """The next edition of a regulation."""

    unit = forms.TypedChoiceField(label=_("Drafted by"), coerce=int)


class TextForm(_Form):
    """A whole text."""

    text = _text(_("Text"), _("It is cut into clauses at each 第…条; nothing else of it is changed."))
    seen = forms.IntegerField(widget=forms.HiddenInput())


class FiledTextForm(_Form):
    """The text of a regulation that holds already."""

    text = _text(_("Text"), _("It is cut into clauses at each 第…条; nothing else of it is changed."))


class ClauseForm(TextForm):
    """One clause; empty, it is taken out."""

    text = _text(
        pgettext_lazy("regulation", "Clause"),
        _("With its number. Two numbers make two clauses; an empty clause is taken out."), required=False, rows=8,
    )  # fmt: skip


class ConsultForm(_Form):
    """Which units are asked, and until when."""

    units = _units(_("Units asked"), required=True)
    last_day = _day(_("Last day for opinions"))


class OpinionForm(KeyedForm):
    """What a unit thinks of a clause or of the whole."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    anchor = forms.TypedChoiceField(
        label=pgettext_lazy("regulation", "Clause"), coerce=int, required=False, empty_value=None
    )
    text = _words(_("Opinion"), _("What should be changed, how, and why."))
    paper_no = _line(
        _("Number of the paper"), _("Only if the opinion came on paper; it is then marked as entered later.")
    )
    paper_on = _day(_("Day of the paper"), required=False)
    field_order = ("unit", "anchor", "text", "paper_no", "paper_on")


class SettleForm(_Form):
    """What becomes of an opinion."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=filled(Outcome), widget=forms.RadioSelect())
    reason = _words(_("Reason"), _("Needed unless it is adopted as it stands."), required=False)
    seen = forms.CharField(widget=forms.HiddenInput(), required=False)


class ApplyForm(KeyedForm):
    """A decision that is applied for; `unit` is asked only where no unit answers for the text yet."""

    unit = forms.TypedChoiceField(
        label=_("Unit that answers for it"), coerce=int,
        help_text=_("Its head signs first. It is kept with the regulation."),
    )  # fmt: skip
    purpose = forms.ChoiceField(label=_("Applied for"), choices=Purpose.choices, widget=forms.RadioSelect())
    starts = _day(
        _("Takes effect on"), _("If the decision comes later, it takes effect on the day of the decision.")
    )
    until = _day(
        _("Trial until"), _("For a trial: the day from which it no longer holds on trial."), required=False
    )
    document_no = _line(_("Document number"), _("If it has one already."))
    basis = _line(_("Basis"), _("Meeting and date, or a document of the superior."))
    field_order = ("unit", "purpose", "starts", "until", "document_no", "basis")

    def asked(self) -> Asked:
        """What the form asks for, for the operation."""
        return Asked(**{name: value for name, value in self.cleaned_data.items() if name != "key"})


class DropForm(_Form):
    """A draft is given up."""

    reason = _words(_("Reason"), _("Why the draft is given up; the journal keeps it."))


class LinkForm(_Form):
    """What rests on a clause."""

    anchor = forms.TypedChoiceField(label=pgettext_lazy("regulation", "Clause"), coerce=int)
    rule = forms.ChoiceField(label=_("Work rule that rests on it"), required=False)
    kind = forms.ChoiceField(
        label=_("Or what else rests on it"), required=False,
        choices=[("", "—"), *(pair for pair in LeaningKind.choices if pair[0] != LeaningKind.RULE)],
    )  # fmt: skip
    code = _line(_("Code"), _("Of a form or table, such as F1."))
    name = _line(_("Name"))

    def linked(self) -> dict[str, Any]:
        """What the form says, for the operation."""
        given = self.cleaned_data
        if given["rule"]:
            rule_kind, _sign, code = given["rule"].partition(":")
            return {
                "anchor": given["anchor"],
                "kind": LeaningKind.RULE.value,
                "rule_kind": rule_kind,
                "code": code,
            }
        return {name: given[name] for name in ("anchor", "kind", "code", "name")}
