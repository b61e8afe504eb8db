"""Forms of loans and pairings: parse and shape, no writes. What cannot be done is refused by the operation, at its field."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.collaboration.loans.asked import AUXILIARY, TO_A_POST, AskedLoan
from xiezuo.collaboration.states import LoanKind, LoanOutcome
from xiezuo.shared.errors import Reason

WRITTEN_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
DAY = timedelta(days=1)
SURE = _("I have looked again: these are no names of people, and it says nothing of what a matter is about")
Choices = Sequence[tuple[Any, Any]]


def day(label: Any, help_text: Any = "") -> forms.DateField:
    """A day, as people write it."""
    widget = forms.DateInput(
        attrs={"type": "date", "min": "2000-01-01", "max": "2199-12-31"}, format="%Y-%m-%d"
    )
    wrong = {"invalid": _("This is no day; expected one such as 2022-08-15.")}
    return forms.DateField(label=label, help_text=help_text, input_formats=WRITTEN_DAYS, widget=widget, error_messages=wrong)  # fmt: skip


def words(label: Any, help_text: Any = "", *, rows: int = 0, required: bool = True) -> forms.CharField:
    """A few words, or with `rows` some lines."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, help_text=help_text, max_length=1000, widget=widget, required=required)  # fmt: skip


class LoanForm(forms.Form):
    """What all forms share: reasons told at their fields, `seen`, `key`, and `sure` once words seem to be names."""

    seen = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)
    sure = forms.BooleanField(label=SURE, required=False, widget=forms.HiddenInput())
    last: str = ""
    """The field with the last day, which is kept as the day after."""

    def tell(self, reasons: Iterable[Reason]) -> None:
        """Show why the operation refused, each reason at its field if it has one."""
        for reason in reasons:
            field = self.fields.get(reason.code)
            if isinstance(field, forms.CharField):
                self.fields["sure"].widget = forms.CheckboxInput()
            self.add_error(reason.code if field else None, reason.text)

    def offer(self, field: str, choices: Choices) -> None:
        """Give a field its choices."""
        self.fields[field].choices = choices

    def given(self) -> dict[str, Any]:
        """What an operation is given: the fields of the form itself, the last day as the first one after it."""
        own = {name: self.cleaned_data[name] for name in self.fields if name not in {"key", "seen", "sure"}}
        if self.last:
            own[self.last] += DAY
        return own


class AskForm(LoanForm):
    """A loan of one kind; fields of other kinds are taken out."""

    unit = forms.TypedChoiceField(label=_("Using unit"), coerce=int)
    request = forms.TypedChoiceField(
        label=_("Matter"), coerce=int, help_text=_("One loan is for one matter. Only open requests that you may see are offered."),
    )  # fmt: skip
    post = words(_("Post"), _("The vacant post, such as 纪检监察员."))
    people = forms.IntegerField(label=_("How many people"), initial=1, min_value=1, max_value=50)
    skills = words(
        pgettext_lazy("loan", "Skills"), _("A profile, no names: such as 财务、审计."), required=False
    )
    criteria = words(
        pgettext_lazy("loan", "Criteria"), _("What candidates are judged by; every candidate can read them."), rows=3,
    )  # fmt: skip
    acts = forms.MultipleChoiceField(label=_("Auxiliary work"), widget=forms.CheckboxSelectMultiple(),
                                     help_text=_("Talks and taking evidence are for own staff; who is on loan helps."))  # fmt: skip
    mentor = forms.TypedChoiceField(label=_("Mentor"), coerce=int)
    plan = words(_("Plan of the training"), _("What is learned, by what steps; no contents of a matter."), rows=3)  # fmt: skip
    reason = words(pgettext_lazy("loan", "Reason"), _("Why people are needed, and nothing of what a matter is about."), rows=2)  # fmt: skip
    basis = words(_("Basis"), _("A document, a meeting with its day, or a vacant establishment."))
    starts = day(pgettext_lazy("loan", "First day"))
    ends = day(pgettext_lazy("loan", "Last day"))
    last = "ends"
    field_order = ("unit", "request", "post", "people", "skills", "criteria", "mentor", "plan", "acts", "reason", "basis", "starts", "ends", "sure")  # fmt: skip

    def __init__(self, *args: Any, kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind = kind
        for name in _not_of(LoanKind(kind)):
            del self.fields[name]

    def asked(self) -> AskedLoan:
        """What the form asks for, for the operation."""
        own = self.given()
        own.pop("unit", None)
        own["acts"] = tuple(own.get("acts", ()))
        own["skills"] = tuple(each.strip() for each in own["skills"].replace(",", "、").replace("，", "、").split("、") if each.strip())  # fmt: skip
        return AskedLoan(kind=self.kind, sure=self.cleaned_data["sure"], **own)


def _not_of(kind: LoanKind) -> list[str]:
    gone = []
    if kind != LoanKind.MATTER:
        gone.append("request")
    if kind not in TO_A_POST:
        gone.append("criteria")
    if kind not in (*TO_A_POST, LoanKind.HOLDING):
        gone.append("post")
    if kind != LoanKind.SHADOWING:
        gone += ["mentor", "plan"]
    if kind not in AUXILIARY:
        gone.append("acts")
    return gone


class OfferForm(LoanForm):
    """A candidate."""

    person = forms.TypedChoiceField(label=_("Candidate"), coerce=int)
    home_outside = words(
        _("Body outside"), _("Only for somebody who has no post in this ledger: where they come from."), required=False,
    )  # fmt: skip


class JudgeForm(LoanForm):
    """A candidate held against the criteria."""

    words = words(_("Against the criteria"), _("In words, without marks: candidates are compared and not ranked."), rows=3)  # fmt: skip


class ConsentForm(LoanForm):
    """The home unit agrees."""

    no = words(_("No. of the paper"), _("Such as 安纪借〔2026〕3号."))
    on = day(_("Day of the consent"))


class SaidForm(LoanForm):
    """Only a reason."""

    said = words(pgettext_lazy("loan", "Reason"), rows=2)


class LendForm(LoanForm):
    """Somebody comes."""

    starts = day(pgettext_lazy("loan", "First day"))
    ends = day(pgettext_lazy("loan", "Last day"), _("The rights end by themselves after this day."))
    last = "ends"


class ExtendForm(LoanForm):
    """Somebody stays longer."""

    ends = day(_("New last day"))
    basis = words(_("Basis"), rows=2)
    last = "ends"


class ReturnForm(LoanForm):
    """A loan ends early."""

    on = day(_("Back from"), _("The first day on which the person is at home again."))
    said = words(pgettext_lazy("loan", "Reason"), rows=2)


class DecideForm(LoanForm):
    """What a meeting decided of a trial."""

    outcome = forms.ChoiceField(label=_("Decided"), choices=[(each.value, each.label) for each in (LoanOutcome.KEPT, LoanOutcome.RETURNED)], widget=forms.RadioSelect())  # fmt: skip
    meeting = words(_("Meeting"), _("Collective decision: which meeting, on which day."))
    on = day(_("From the day"), _("Kept: in post from this day. Returned: at home from this day."))


class EvaluateForm(LoanForm):
    """The evaluation."""

    words = words(_("Evaluation"), _("Work, discipline, learning. The person sees it."), rows=5)


class ShownForm(LoanForm):
    """The person has seen the evaluation."""

    on = day(_("Seen on"))


class RegisterForm(LoanForm):
    """A loan of the ledger is registered."""

    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect())
    criteria = words(pgettext_lazy("loan", "Criteria"), rows=2, required=False)
    reason = words(pgettext_lazy("loan", "Reason"), rows=2, required=False)
    basis = words(_("Basis"), _("Blank: what the ledger says."), required=False)


class PairingForm(LoanForm):
    """Two units are paired."""

    strong = forms.TypedChoiceField(label=_("Unit that helps"), coerce=int)
    weak = forms.TypedChoiceField(label=_("Unit that is helped"), coerce=int)
    aims = words(_("Aims"), rows=3)
    basis = words(_("Basis"), required=False)
    starts = day(pgettext_lazy("loan", "First day"))
    ends = day(pgettext_lazy("loan", "Last day"))
    last = "ends"


class VisitForm(LoanForm):
    """A visit within a pairing."""

    day = day(pgettext_lazy("pairing", "Day"))
    what = words(pgettext_lazy("pairing", "What was done"), rows=2)
    hours = forms.DecimalField(label=pgettext_lazy("pairing", "Hours"), max_digits=5, decimal_places=1)


class ReviewForm(LoanForm):
    """The review at the end of a pairing."""

    on = day(_("Reviewed on"))
    review = words(_("What was reached"), rows=4)
