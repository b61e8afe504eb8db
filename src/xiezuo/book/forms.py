"""Forms of the book: parse and shape, no writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiezuo.book.words import MappedColumn
from xiezuo.book.workbook import MOST_BYTES


class UploadForm(forms.Form):
    """A ledger book to look at."""

    book = forms.FileField(
        label=_("Ledger book"), help_text=_("An Excel workbook (.xlsx). Nothing is changed before you confirm."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip

    def clean_book(self) -> Any:
        """A file of a size that can be read."""
        book = self.cleaned_data["book"]
        if book.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 50 MB; split it or save it anew."))
        return book


class WithdrawForm(forms.Form):
    """Why the last load is withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}))


class WordForm(forms.Form):
    """What a county's own word means."""

    column = forms.ChoiceField(label=_("Column"), choices=[(c.value, c.value) for c in MappedColumn])
    word = forms.CharField(label=_("The county's word"), max_length=200)
    meaning = forms.CharField(
        label=_("What it means"), max_length=200,
        help_text=_("A word of the ledger. A post may stand for itself: write the same word again."),
    )  # fmt: skip
