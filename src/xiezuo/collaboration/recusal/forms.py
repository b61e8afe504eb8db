"""Forms of recusal: parse and shape, no writes. Kinds of kin are asked on the page and never stored."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from xiezuo.collaboration.recusal.policies import LONGEST_GROUND
from xiezuo.shared.errors import Reason

NONE, TIE = "none", "tie"
SURE = _("I have looked again: these are no names of people, and it says nothing of what the matter is about")


def _words(label: Any, help_text: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=4 * LONGEST_GROUND, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def _paper(help_text: Any) -> forms.CharField:
    return forms.CharField(label=_("No. of the paper"), required=False, max_length=60, help_text=help_text)


class RecusalForm(forms.Form):
    """What all of them share: reasons told at their fields; `sure` is asked for only when words look like names."""

    sure = forms.BooleanField(label=SURE, required=False, widget=forms.HiddenInput())
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)

    def tell(self, reasons: Iterable[Reason]) -> None:
        """Show why the operation refused, each reason at its field if it has one."""
        told = list(reasons)
        if any(reason.code in {"ground", "said"} for reason in told):
            self.fields["sure"].widget = forms.CheckboxInput()
        for reason in told:
            self.add_error(reason.code if reason.code in self.fields else None, reason.text)


class DeclarationForm(RecusalForm):
    """What a candidate declares, against the paper that was shown."""

    answer = forms.ChoiceField(
        label=_("Ties to the matter on the paper"), widget=forms.RadioSelect(),
        choices=[(NONE, _("None: none of what is asked above applies to me")), (TIE, _("There is a tie, or there may be one"))],
    )  # fmt: skip
    clause = forms.ChoiceField(label=_("Which ground"), required=False)
    ground = _words(
        _("What the tie is"),
        _("A few words, read by whoever decides and nobody else. No name of anybody concerned, and nothing of the matter."),
        required=False,
    )  # fmt: skip
    paper_no = _paper(_("Only where the case-management office enters a signed paper."))
    field_order = ("answer", "clause", "ground", "sure", "paper_no")

    def offer(self, clauses: Sequence[tuple[str, str]], *, on_paper: bool) -> None:
        """The grounds that may be named; the number of a paper only for the office that enters one."""
        self.fields["clause"].choices = [("", "—"), *clauses]
        if not on_paper:
            del self.fields["paper_no"]

    def clean(self) -> dict[str, Any]:
        """A tie needs its ground."""
        given = super().clean() or {}
        if given.get("answer") == TIE and not given.get("clause"):
            self.add_error("clause", _("Name the ground; whoever decides looks at it."))
        return given

    def declared(self) -> dict[str, Any]:
        """What the operation is given."""
        given = self.cleaned_data
        tie = given["answer"] == TIE
        return {
            "clause": given["clause"] if tie else "", "ground": given["ground"] if tie else "", "sure": given["sure"], "key": given["key"],
            "paper_no": given.get("paper_no", ""),
        }  # fmt: skip


class PaperForm(RecusalForm):
    """The day on which a candidate was shown the paper."""

    on = forms.DateField(
        label=_("Shown on"), help_text=_("Only the day is kept, nothing of what stands on the paper."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip


class RaiseForm(RecusalForm):
    """Somebody is asked to stand out."""

    person = forms.TypedChoiceField(label=_("Who should stand out"), coerce=int)
    clause = forms.ChoiceField(label=_("Which ground"))
    ground = _words(
        _("Why"),
        _("A few words, read by whoever decides and nobody else. Who asked for it is not named: neither a subject nor an informant."),
    )  # fmt: skip
    field_order = ("person", "clause", "ground", "sure")

    def offer(self, people: Sequence[tuple[str, str]], clauses: Sequence[tuple[str, str]]) -> None:
        """Who takes part, and the grounds of the county."""
        self.fields["person"].choices = [("", "—"), *people]
        self.fields["clause"].choices = [("", "—"), *clauses]


class DecisionForm(RecusalForm):
    """What the decider decides."""

    recused = forms.TypedChoiceField(
        label=_("Decision"), widget=forms.RadioSelect(), coerce=lambda value: value == "yes",
        choices=[("yes", _("Recused: stands out from now on")), ("no", _("Not recused: takes part"))],
    )  # fmt: skip
    said = _words(_("Reason"), _("Kept with the ground, for you alone."))
    paper_no = _paper(_("The number of the paper by which the upper commission decided."))
    field_order = ("recused", "said", "sure", "paper_no")

    def ask_for_paper(self, *, asked: bool) -> None:
        """The number of a paper only where the upper commission decides on paper."""
        if not asked:
            del self.fields["paper_no"]


class AskOverrideForm(RecusalForm):
    """Whoever puts the team together asks the secretary to let somebody take part."""

    said = _words(
        _("Why the work needs this person"),
        _("Read by the secretary. Nothing of the matter or of the ground, and no names."),
    )
    field_order = ("said", "sure")


class OverrideForm(RecusalForm):
    """The secretary lets somebody take part all the same, or lets the recusal stand where that was asked."""

    granted = forms.TypedChoiceField(
        label=_("Decision"), widget=forms.RadioSelect(), coerce=lambda value: value == "yes",
        choices=[("yes", _("Takes part all the same")), ("no", _("The recusal stands"))],
    )  # fmt: skip
    said = _words(_("Reason"), _("Kept with the decision; not shown to anybody else."))
    field_order = ("granted", "said", "sure")

    def ask_whether(self, *, asked: bool) -> None:
        """Nobody lets stand what nobody asked to set aside."""
        if not asked:
            del self.fields["granted"]
