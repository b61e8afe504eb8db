"""Forms of the inbox: what a browser posts with a deed, entries from paper, stand-ins, phrases, hand-over."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.approvals.api import LONGEST, SPOKEN, Form
from xiezuo.shared.errors import BadInput

LONGEST_WORDS = 2000
"""Characters that somebody may say with a deed."""


def form_of(sent: QueryDict) -> Form:
    """Which form was posted, and what it showed. Raises `BadInput` for one that no page of ours made."""
    try:
        return Form(UUID(sent.get("key", "")), int(sent.get("seen", "")))
    except ValueError:
        raise BadInput(_("This form lacks its key. Open the page again and send it from there.")) from None


def said_in(sent: QueryDict) -> str:
    """What was said with it. Raises `BadInput` for more than fits."""
    said = sent.get("said", "").strip()
    if len(said) > LONGEST_WORDS:
        words = _("The words have %(found)d characters; expected up to %(most)d.")
        raise BadInput(words % {"found": len(said), "most": LONGEST_WORDS})
    return said


def whole(sent: QueryDict, name: str) -> int:
    """A whole number that was sent. Raises `BadInput` for anything else."""
    asked = sent.get(name, "")
    digits = asked.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        words = _("The form says “%(found)s” for %(name)s; expected one of its choices.")
        raise BadInput(words % {"found": asked[:40], "name": name})
    return int(asked)


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PaperForm(forms.Form):
    """An agreement given on paper: who, which day, which paper."""

    signer = forms.TypedChoiceField(label=gettext_lazy("Who signed the paper"), coerce=int)
    on = _day(gettext_lazy("Day on the paper"))
    number = forms.CharField(
        label=gettext_lazy("Number of the paper"), max_length=100,
        help_text=gettext_lazy("As it stands on the sheet, or the number under which it is filed."),
    )  # fmt: skip
    said = forms.CharField(
        label=gettext_lazy("What stands on it"), required=False, max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, signers: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "paper_%s"
        self.fields["signer"].choices = signers


class DelegationForm(forms.Form):
    """Who decides for whom during an absence."""

    absent = forms.TypedChoiceField(label=gettext_lazy("Who is absent"), coerce=int)
    stand_in = forms.TypedChoiceField(label=gettext_lazy("Who decides in their place"), coerce=int)
    starts = _day(gettext_lazy("First day of the absence"))
    last = _day(
        gettext_lazy("Last day of the absence"), gettext_lazy("On the day after it the delegation is over.")
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason of the absence"), max_length=200,
        help_text=gettext_lazy("Leave, training, travel; no more than that."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, absent: Sequence[tuple[int, str]], people: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["absent"].choices = absent
        self.fields["stand_in"].choices = [("", "—"), *people]
        if len(absent) == 1:
            self.fields["absent"].widget = forms.HiddenInput()
            self.fields["absent"].initial = absent[0][0]


class PhraseForm(forms.Form):
    """A standard phrase, for oneself or for everybody of a unit that one heads."""

    verb = forms.ChoiceField(label=gettext_lazy("Said when"))
    words = forms.CharField(
        label=gettext_lazy("The phrase"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = forms.ChoiceField(label=gettext_lazy("For whom"), required=False)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [(verb.value, verb.label) for verb in SPOKEN]
        owners = [("", _("for me alone")), *((str(unit), _("for everybody of %(unit)s") % {"unit": name}) for unit, name in units)]  # fmt: skip
        self.fields["owner"].choices = owners
        if not units:
            self.fields["owner"].widget = forms.HiddenInput()


class HandOverForm(forms.Form):
    """Open work passes to another account."""

    to = forms.TypedChoiceField(label=gettext_lazy("Who takes it over"), coerce=int)
    said = forms.CharField(
        label=gettext_lazy("Reason"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "—"), *people]
