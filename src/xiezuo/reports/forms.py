"""Forms of the reports: parse and shape, no writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiezuo.papers import BadProfile, Profile
from xiezuo.reports.language.budget import MOST_SOURCE
from xiezuo.ui.asof import FIRST, LAST

LONGEST_REASON = 1_000


class WriteForm(forms.Form):
    """A new report: its day and its template."""

    on = forms.DateField(
        label=_("Day"), help_text=_("The report says what the ledger knows of this day."),
        widget=forms.DateInput(attrs={"type": "date", "min": FIRST.isoformat(), "max": LAST.isoformat()}, format="%Y-%m-%d"),
    )  # fmt: skip
    template = forms.ChoiceField(label=_("Template"))

    def __init__(self, *args: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [(name, name) for name in names]


class IssueForm(forms.Form):
    """The reason for which a report with broken identities is issued."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed while a check that must hold is broken: who has verified the numbers, and how."),
    )  # fmt: skip


class TemplateForm(forms.Form):
    """An edition of a template."""

    name = forms.CharField(label=_("Name"), max_length=60)
    text = forms.CharField(
        label=_("Text"), max_length=MOST_SOURCE, strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "data-template-text": True}),
    )  # fmt: skip
    note = forms.CharField(label=_("What has changed"), required=False, max_length=200)
    layout = forms.JSONField(
        label=_("Page layout"), required=False, initial=dict,
        help_text=_('What differs from the standard page (GB/T 9704-2012), for example {"lines": 20}. Empty: the standard.'),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )  # fmt: skip

    def clean_text(self) -> str:
        """The text with plain line ends."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean_layout(self) -> dict[str, Any]:
        """A layout that pages can be made with."""
        layout = self.cleaned_data["layout"] or {}
        if not isinstance(layout, dict):
            raise forms.ValidationError(_("Expected {…}: names of the layout with their values."))
        try:
            Profile.from_dict(layout)
        except BadProfile as error:
            words = _("“%(field)s” is %(found)s; expected %(expected)s.")
            facts = {"field": error.field, "found": error.found, "expected": error.expected}
            raise forms.ValidationError(words % facts) from None
        return layout
