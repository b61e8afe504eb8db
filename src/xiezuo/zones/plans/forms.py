"""Forms about zone plans: what they ask and how they tell what is wrong. Nothing is decided here."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.rules.states import Outcome
from xiezuo.shared.errors import Reason
from xiezuo.ui.choices import filled
from xiezuo.zones.states import Level, ZoneKind

Choices = Sequence[tuple[Any, Any]]
WRITTEN_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
LONGEST = 300
LONG = 4_000
NAME = 60


def _line(label: Any, help_text: Any = "", *, required: bool = False, most: int = LONGEST) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=most)


def _words(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONG, widget=widget
    )


def _day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(
        attrs={"type": "date", "min": "2000-01-01", "max": "2199-12-31"}, format="%Y-%m-%d"
    )
    wrong = {"invalid": _("This is no day; expected one such as 2022-08-15.")}
    return forms.DateField(
        label=label, help_text=help_text, required=required, input_formats=WRITTEN_DAYS, widget=widget, error_messages=wrong
    )  # fmt: skip


def _chosen(label: Any, help_text: Any = "", *, required: bool = True) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, help_text=help_text, required=required, coerce=int, empty_value=None
    )


def _several(
    label: Any, help_text: Any = "", *, required: bool = True, coerce: Any = int
) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label,
        help_text=help_text,
        required=required,
        coerce=coerce,
        widget=forms.CheckboxSelectMultiple(),
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


class SeenForm(_Form):
    """A form that knows which version of the plan it was made from."""

    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=1, max_value=2_000_000_000)


class PlanForm(_Form):
    """What a plan is called, why it is made, and from when it shall hold."""

    name = _line(
        _("Name"), _("As it is to be printed, such as 2026年协作区调整方案."), required=True, most=120
    )
    starts = _day(_("First day"), _("The day from which the zones shall be as planned."))
    why = _words(
        pgettext_lazy("plan", "Why"),
        _("What the plan is to mend; units that are asked read it."),
        required=False,
        rows=3,
    )


class BeginPlanForm(PlanForm, KeyedForm):
    """A plan that there was not before."""

    begin_from = forms.ChoiceField(
        label=_("Begins with"), help_text=_("The content that the plan has at first.")
    )
    unit = _chosen(pgettext_lazy("plan", "Drafted by"), required=False)
    field_order = ("name", "begin_from", "starts", "unit", "why")


class DescribePlanForm(PlanForm, SeenForm):
    """A plan described anew."""


class GuidedForm(PlanForm, KeyedForm):
    """What the guided acts share: which plan they make."""

    unit = _chosen(pgettext_lazy("plan", "Drafted by"), required=False)


class MergeForm(GuidedForm):
    """Zones that become one."""

    zones = _several(_("Zones to be merged"), _("Two or more of one level."), coerce=str)
    into = forms.ChoiceField(
        label=_("The zone that goes on"), help_text=_("It keeps its number, its history and its axis.")
    )
    zone_name = _line(_("Name of the merged zone"), required=True, most=NAME)
    person = _several(_("Contact leaders"), _("None chosen: those of the zone that goes on."), required=False)
    field_order = ("zones", "into", "zone_name", "person", "name", "starts", "unit", "why")


class SplitForm(GuidedForm):
    """A zone of which a part becomes a zone of its own."""

    zone = forms.ChoiceField(label=_("Zone to be split"))
    units = _several(
        _("Units of the new zone"), _("The first of them is its axis or lead unit where it has none.")
    )
    zone_name = _line(_("Name of the new zone"), required=True, most=NAME)
    person = _several(_("Contact leaders of the new zone"), required=False)
    field_order = ("zone", "units", "zone_name", "person", "name", "starts", "unit", "why")


class TransferForm(GuidedForm):
    """Units that go over to another zone."""

    units = _several(_("Units to be transferred"))
    zone = forms.ChoiceField(label=_("To zone"))
    role = forms.ChoiceField(label=_("Role"), initial="成员")
    field_order = ("units", "zone", "role", "name", "starts", "unit", "why")


class FilePlanForm(KeyedForm):
    """A decision that was made before the product was there."""

    name = _line(_("Name"), required=True, most=120)
    starts = _day(_("First day"), _("The zones are taken from the ledger as it stands on this day."))
    meeting = _line(_("Meeting"), _("Which meeting decided, and when."), required=True)
    document_no = _line(_("Document number"))
    basis = _line(_("Basis"), _("A document or instruction on which the decision rests."))


class ConsultForm(_Form):
    """Which units are asked, and until when."""

    units = _several(_("Units asked"))
    last_day = _day(_("Last day for opinions"))


class OpinionForm(KeyedForm):
    """What a unit thinks of a zone or of the whole plan."""

    unit = _chosen(_("Unit"))
    zone = forms.ChoiceField(label=_("Zone"), required=False)
    text = _words(_("Opinion"), _("What should be otherwise, how, and why."))
    paper_no = _line(
        _("Number of the paper"), _("Only if the opinion came on paper; it is then marked as entered later.")
    )
    paper_on = _day(_("Day of the paper"), required=False)


class SettleForm(_Form):
    """What becomes of an opinion."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=filled(Outcome), widget=forms.RadioSelect())
    reason = _words(_("Reason"), _("Needed unless it is adopted as it stands."), required=False)
    seen = forms.CharField(widget=forms.HiddenInput(), required=False)


class ApplyForm(KeyedForm):
    """The decision on a plan is applied for."""

    meeting = _line(
        _("Meeting"), _("The meeting that is to decide, such as 县纪委常委会会议."), required=True
    )
    document_no = _line(_("Document number"), _("If it has one already."))
    basis = _line(_("Basis"), _("A document or instruction on which the plan rests."))


class DropForm(_Form):
    """A plan is given up."""

    reason = _words(_("Reason"), _("Why the plan is given up; the journal keeps it."))


class ZoneForm(_Form):
    """A zone as the editor adds it."""

    name = _line(_("Name"), required=True, most=NAME)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    kind = forms.ChoiceField(label=_("Kind"), choices=ZoneKind.choices, required=False)


class WishesForm(SeenForm):
    """What proposals for a plan must keep."""

    fixed = _several(_("Units that stay where the plan has them"), required=False)
    together = _words(
        _("Units that stay together"),
        _("A line for each group: names of units, separated by 、."),
        required=False,
        rows=3,
    )
    barred = _words(_("Units that must not be in one zone"), _("A line for each pair: two names of units, separated by 、. No reason is asked or shown."), required=False, rows=3)  # fmt: skip
