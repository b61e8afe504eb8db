"""Forms of the register of interference: parse and shape, no writes. What cannot be done is refused at its field."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.collaboration.recusal.interference_filed import Filing
from xiezuo.collaboration.recusal.interference_policies import LONGEST_HOW, LONGEST_NAME, LONGEST_OFFICE
from xiezuo.collaboration.states import InterferenceKind
from xiezuo.shared.errors import Reason

WRITTEN_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
SURE = _(
    "I have looked again: it names nobody but whoever intervened, and says nothing of what the matter is about"
)


class _Form(forms.Form):
    """What both share: reasons told at their fields; `sure` is only asked for when words look like contents."""

    asks_sure_for: tuple[str, ...] = ()

    def tell(self, reasons: Iterable[Reason]) -> None:
        """Show why the operation refused, each reason at its field if it has one."""
        told = list(reasons)
        if any(reason.code in self.asks_sure_for for reason in told):
            self.fields["sure"].widget = forms.CheckboxInput()
        for reason in told:
            self.add_error(reason.code if reason.code in self.fields else None, reason.text)


class FilingForm(_Form):
    """What somebody files."""

    asks_sure_for = ("how",)
    kind = forms.ChoiceField(label=pgettext_lazy("interference", "Kind"), choices=InterferenceKind.choices, widget=forms.RadioSelect())  # fmt: skip
    on = forms.DateField(
        label=_("Day"), input_formats=WRITTEN_DAYS, error_messages={"invalid": _("This is no day; expected one such as 2022-08-15.")},
        widget=forms.DateInput(attrs={"type": "date", "min": "2000-01-01", "max": "2199-12-31"}, format="%Y-%m-%d"),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Who intervened: name"), max_length=4 * LONGEST_NAME,
        help_text=_("Kept sealed. Read by leaders outside the matter and the auditor alone; each reading is recorded."),
    )  # fmt: skip
    office = forms.CharField(label=_("Who intervened: unit and post"), required=False, max_length=4 * LONGEST_OFFICE)  # fmt: skip
    how = forms.CharField(
        label=pgettext_lazy("interference", "How"), max_length=4 * LONGEST_HOW, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("By telephone, by word of mouth, in writing or through others, and what was wanted. Nothing of what the matter is about, and no name."),
    )  # fmt: skip
    sure = forms.BooleanField(label=SURE, required=False, widget=forms.HiddenInput())
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)

    def filing(self, request: int | None) -> Filing:
        """What the form says, for the operation."""
        given = self.cleaned_data
        names = ("kind", "on", "how", "name", "office", "sure")
        return Filing(**{name: given[name] for name in names}, request=request, filer=given.get("filer", ""))


class PaperFilingForm(FilingForm):
    """The same from a paper."""

    filer = forms.CharField(
        label=_("Whose paper it is"), max_length=60, help_text=_("Whoever signed form F15.")
    )
    field_order = ("filer", "kind", "on", "name", "office", "how", "sure")


class NoteForm(_Form):
    """What was done about an entry."""

    asks_sure_for = ("said",)
    said = forms.CharField(
        label=pgettext_lazy("interference", "What was done"), max_length=800, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Noted, or handed on: to which office, under which number. Entries are added and never changed."),
    )  # fmt: skip
    sure = forms.BooleanField(label=SURE, required=False, widget=forms.HiddenInput())
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)


def first_values(**given: Any) -> dict[str, Any]:
    """What a blank form says by itself."""
    return {"kind": InterferenceKind.ASKING.value, **given}
