"""Forms of entry: parse and shape, no writes. What cannot be true is refused by the operation, in the same words."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.organisation.models import Assignment, Commission, Person, Unit
from xiezuo.organisation.queries import entry
from xiezuo.organisation.states import Engagement, LeaveKind, Mode, MoveIn, MoveOut, Sex, Status
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.shared.periods import OPEN
from xiezuo.ui.absence import period_words
from xiezuo.ui.choices import words_of

KEEPS = "keep"
"""The answer of someone who keeps every post that they hold."""

LONGEST = 200
WRITTEN_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
FIELD_OF_REASON = {
    "missing": "post", "unit-not-standing": "unit", "same-post-twice": "post", "two-origins": "from_outside",
    "other-commission": "person", "not-made-full-time": "moves", "code-taken": "code", "one-object": "line",
    "same-share-twice": "mode", "leaving-without-end": "ends", "away-twice": "starts",
}  # fmt: skip
"""Where on a form a reason belongs, if that field is there."""
DAY_FIELDS = ("ends", "day", "starts")


def day_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A day; typed ones may be written in any way of the ledger book."""
    widget = forms.DateInput(
        attrs={"type": "date", "min": "1900-01-01", "max": "2199-12-31"}, format="%Y-%m-%d"
    )
    wrong = {"invalid": gettext_lazy("This is no day; expected one such as 2022-08-15.")}
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        input_formats=WRITTEN_DAYS,
        widget=widget,
        error_messages=wrong,
    )


def text_field(
    label: Any, help_text: Any = "", *, required: bool = False, offers: str = ""
) -> forms.CharField:
    """A line of text; `offers` names the list of words that the page offers for it."""
    attrs = {"autocomplete": "off", **({"list": offers} if offers else {})}
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.TextInput(attrs=attrs),
    )


def choice_field(
    label: Any, choices: type[TextChoices], *, required: bool = True, radio: bool = False
) -> forms.ChoiceField:
    """One word of a closed list."""
    offered = choices.choices if radio else [("", "—"), *choices.choices]
    widget = forms.RadioSelect() if radio else forms.Select()
    return forms.ChoiceField(label=label, choices=offered, required=required, widget=widget)


class EntryForm(forms.Form):
    """What all forms of entry share: the ledger whose words they take, and reasons told at their fields."""

    def __init__(self, *args: Any, commission: Commission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commission = commission
        for name in ("unit", "from_unit"):
            if name in self.fields:
                self.fields[name].choices = unit_choices(commission)

    def tell(self, reasons: Iterable[Reason]) -> None:
        """Show why the operation refused, each reason at its field."""
        for reason in reasons:
            self.add_error(self._field_of(reason.code), reason.text)

    def _field_of(self, code: str) -> str | None:
        if code in ("day-out-of-range", "end-not-after-start"):
            return next((name for name in DAY_FIELDS if name in self.fields), None)
        name = FIELD_OF_REASON.get(code, "")
        return name if name in self.fields else None

    def unit_of(self, name: str) -> Unit | None:
        """The unit chosen in a field."""
        chosen = self.cleaned_data.get(name)
        return Unit.objects.get(commission=self.commission, pk=chosen) if chosen else None


def unit_choices(commission: Commission) -> list[Any]:
    """Units by kind; one that has ended says so."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for offered in entry.units_offered(commission):
        groups.setdefault(offered.kind, []).append((str(offered.unit), _unit_words(offered)))
    return [("", "—"), *groups.items()]


def _unit_words(offered: entry.UnitChoice) -> str:
    record = offered.record
    return (
        record.name if record.ends == OPEN else f"{record.name}（{period_words(record.starts, record.ends)}）"
    )


class PostFields(EntryForm):
    """What the ledger says of a post."""

    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    post = text_field(gettext_lazy("Post"), required=True, offers="posts-offered")
    engagement = choice_field(gettext_lazy("Full-time or part-time"), Engagement, radio=True)
    status = choice_field(gettext_lazy("Status"), Status)
    other_posts = text_field(gettext_lazy("Also holds"))
    moves = forms.MultipleChoiceField(
        label=gettext_lazy("Kind of move"), choices=MoveIn.choices, widget=forms.CheckboxSelectMultiple(),
        help_text=gettext_lazy("How the post is taken up; several may be true at once."),
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """The post in the words of the operations."""
        names = ("post", "engagement", "status", "other_posts", "moves", "basis")
        return {**{name: self.cleaned_data[name] for name in names}, "unit": self.unit_of("unit")}


class MoveForm(PostFields):
    """Someone takes up a post, and perhaps leaves another on the same day."""

    person = text_field(
        gettext_lazy("Person"), gettext_lazy("Name or code."), required=True, offers="people-offered"
    )
    day = day_field(gettext_lazy("Day"), gettext_lazy("The first day in the new post."))
    from_unit = forms.ChoiceField(label=gettext_lazy("Came from a unit"), required=False)
    from_outside = text_field(
        gettext_lazy("Came from outside"), gettext_lazy("A body outside this commission.")
    )
    basis = text_field(gettext_lazy("Basis"), gettext_lazy("Document number, meeting and date."))
    field_order = ("person", "leaves", "unit", "post", "engagement", "status", "moves", "day", "from_unit", "from_outside",
                   "other_posts", "basis")  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.data.get("person") if self.is_bound else self.initial.get("person")
        meant = entry.people_meant(self.commission, str(words or ""))
        self.held = entry.posts_open(meant[0]) if len(meant) == 1 else []
        if self.held:
            self.fields["leaves"] = _leaves(self.held)
            self.order_fields(self.field_order)

    def clean_person(self) -> Person:
        """The one person whom the words mean."""
        words = self.cleaned_data["person"]
        meant = entry.people_meant(self.commission, words)
        if len(meant) == 1:
            return meant[0]
        if meant:
            several = listed(person.code for person in meant)
            raise forms.ValidationError(_("Several people are called “%(found)s”: %(codes)s. Enter the code of the one meant.") % {"found": words, "codes": several})  # fmt: skip
        raise forms.ValidationError(_("Nobody in this ledger is called “%(found)s” or has that code. Add the person first, or look for another spelling.") % {"found": words})  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Whoever leaves a unit of the commission comes from there, and need not say so twice."""
        cleaned = super().clean() or {}
        if self.leaving and (cleaned.get("from_unit") or cleaned.get("from_outside")):
            self.add_error(
                "from_unit", _("Leave this blank: the person comes from the post that ends on that day.")
            )
        return cleaned

    @property
    def leaving(self) -> Assignment | None:
        """The post that ends on the same day."""
        chosen = self.cleaned_data.get("leaves", KEEPS)
        return next((row for row, _unit in self.held if str(row.pk) == chosen), None)


def _leaves(held: list[tuple[Assignment, str]]) -> forms.ChoiceField:
    """The question that is asked of someone who holds a post already."""
    posts = [(str(row.pk), _("Ends on that day: %(post)s") % {"post": f"{unit} {row.post}（{words_of(Engagement, row.engagement)}）"}) for row, unit in held]  # fmt: skip
    keeps = (KEEPS, _("Nothing ends: the new post comes on top"))
    return forms.ChoiceField(
        label=_("The posts held until now"), choices=[*posts, keeps], widget=forms.RadioSelect(),
        error_messages={"required": _("This person already holds a post; say whether it ends on that day.")},
    )  # fmt: skip


class EndPostForm(EntryForm):
    """A post is given up."""

    ends = day_field(gettext_lazy("Day"), gettext_lazy("The first day on which the post is no longer held."))
    leaving = choice_field(gettext_lazy("Way of leaving"), MoveOut)
    to_outside = text_field(gettext_lazy("Went to"), gettext_lazy("A body outside this commission."))
    basis = text_field(gettext_lazy("Basis"), gettext_lazy("Document number, meeting and date."))


class CorrectPostForm(PostFields):
    """What the ledger says of a post is wrong."""

    starts = day_field(gettext_lazy("Taken up on"))
    ends = day_field(
        gettext_lazy("Given up on"), gettext_lazy("Blank while the post is held."), required=False
    )
    leaving = choice_field(gettext_lazy("Way of leaving"), MoveOut, required=False)
    to_outside = text_field(gettext_lazy("Went to"), gettext_lazy("A body outside this commission."))
    from_unit = forms.ChoiceField(label=gettext_lazy("Came from a unit"), required=False)
    from_outside = text_field(
        gettext_lazy("Came from outside"), gettext_lazy("A body outside this commission.")
    )
    basis = text_field(gettext_lazy("Basis"), gettext_lazy("Document number, meeting and date."))
    reason = text_field(
        gettext_lazy("Reason"), gettext_lazy("How it came to be wrong; the journal keeps it."), required=True
    )

    def told(self) -> dict[str, Any]:
        """New values of what may be corrected."""
        names = ("from_outside", "leaving", "to_outside", "starts")
        more = {name: self.cleaned_data[name] for name in names}
        ends: date = self.cleaned_data["ends"] or OPEN
        return {**super().told(), **more, "ends": ends, "from_unit": self.unit_of("from_unit")}


def said_by(row: Assignment) -> Mapping[str, Any]:
    """What a form of correction begins with."""
    names = (
        "post",
        "engagement",
        "status",
        "other_posts",
        "moves",
        "starts",
        "leaving",
        "to_outside",
        "from_outside",
        "basis",
    )
    said = {name: getattr(row, name) for name in names}
    ends = None if row.ends == OPEN else row.ends
    return {**said, "ends": ends, "unit": str(row.unit_id), "from_unit": str(row.from_unit_id or "")}


class StrikePostForm(EntryForm):
    """A post was never held."""

    reason = text_field(
        gettext_lazy("Reason"), gettext_lazy("How it came to be wrong; the journal keeps it."), required=True
    )


class PersonForm(EntryForm):
    """Someone new to the ledger: no more than is needed to name them."""

    name = text_field(gettext_lazy("Name"), required=True)
    sex = choice_field(gettext_lazy("Sex"), Sex, radio=True)
    code = text_field(gettext_lazy("Code"), gettext_lazy("The next free one is proposed."), required=True)
    order_no = forms.IntegerField(
        label=gettext_lazy("Order number"), required=False, min_value=0, max_value=1_000_000,
        help_text=gettext_lazy("The official order; blank: after everyone who has one."),
    )  # fmt: skip


class ShareForm(EntryForm):
    """A leader's share in the division of work begins."""

    mode = choice_field(gettext_lazy("Mode"), Mode, radio=True)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    line = text_field(gettext_lazy("Line of work"), gettext_lazy("In words, where it is no unit."))
    starts = day_field(gettext_lazy("Day"), gettext_lazy("The first day on which it holds."))
    basis = text_field(gettext_lazy("Basis"), gettext_lazy("Document number, meeting and date."))


class EndShareForm(EntryForm):
    """A leader's share in the division of work ends."""

    ends = day_field(gettext_lazy("Day"), gettext_lazy("The first day on which it no longer holds."))
    basis = text_field(gettext_lazy("Basis"), gettext_lazy("Document number, meeting and date."))


class LeaveForm(EntryForm):
    """Days on which somebody is away."""

    kind = choice_field(gettext_lazy("Kind of absence"), LeaveKind, radio=True)
    starts = day_field(gettext_lazy("Away from"), gettext_lazy("The first day away."))
    back = day_field(gettext_lazy("Back on"), gettext_lazy("The first day back at work."))

    def told(self) -> dict[str, Any]:
        """The absence in the words of the operation."""
        given = self.cleaned_data
        return {"kind": given["kind"], "starts": given["starts"], "ends": given["back"]}

    def _field_of(self, code: str) -> str | None:
        return "back" if code == "end-not-after-start" else super()._field_of(code)
