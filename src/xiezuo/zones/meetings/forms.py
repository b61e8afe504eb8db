"""Forms of zone meetings: parse and shape, no writes. What cannot be done is refused by the operation, at its field."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.shared.errors import Reason
from xiezuo.zones.meetings.agenda_sources import Suggested
from xiezuo.zones.meetings.minutes_operations import Came, Minutes, Said
from xiezuo.zones.meetings.operations import Agenda, Call, Topic
from xiezuo.zones.meetings.policies import LONGEST_LINE, LONGEST_WORDS, LOOKS_LIKE_A_MATTER
from xiezuo.zones.models import AgendaItem, Attendance, ZoneMeeting
from xiezuo.zones.states import Presence

Choices = Sequence[tuple[Any, Any]]
WRITTEN_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
OTHER_BUSINESS = 2
"""Blank rows of the minutes for what was not on the agenda."""


def day_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A day, written in any of the usual ways."""
    widget = forms.DateInput(
        attrs={"type": "date", "min": "2000-01-01", "max": "2199-12-31"}, format="%Y-%m-%d"
    )
    wrong = {"invalid": _("This is no day; expected one such as 2022-08-15.")}
    return forms.DateField(
        label=label, help_text=help_text, required=required, input_formats=WRITTEN_DAYS, widget=widget, error_messages=wrong
    )  # fmt: skip


def _line(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST_LINE)


def _words(label: Any, help_text: Any = "", *, rows: int = 2, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONGEST_WORDS, widget=widget
    )


class _Form(forms.Form):
    """What all of them share: reasons told at their fields; a box that is asked for only when words look suspicious."""

    def tell(self, reasons: Iterable[Reason]) -> None:
        """Show why the operation refused, each reason at its field if it has one."""
        for reason in reasons:
            if reason.code == LOOKS_LIKE_A_MATTER and reason.code in self.fields:
                self.fields[reason.code].widget = forms.CheckboxInput()
            self.add_error(reason.code if reason.code in self.fields else None, reason.text)


class _CheckedForm(_Form):
    checked = forms.BooleanField(
        label=_("I have looked again: it holds no contents of a matter and no data of persons concerned"),
        required=False, widget=forms.HiddenInput(),
    )  # fmt: skip


class CallForm(_CheckedForm):
    """A meeting that is called or changed."""

    day = day_field(_("Day"))
    place = _line(pgettext_lazy("zone meeting", "Place"))
    chair = forms.TypedChoiceField(
        label=_("In the chair"), coerce=int, required=False, empty_value=None,
        help_text=_("A leader of the zone, or the head of its axis or lead unit."),
    )  # fmt: skip
    carried = forms.TypedMultipleChoiceField(
        label=_("Taken up again"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple(),
        help_text=_("Decided earlier and not done yet; they stand first on the agenda."),
    )  # fmt: skip
    suggested = forms.MultipleChoiceField(
        label=_("Open matters of the zone"), required=False, widget=forms.CheckboxSelectMultiple(),
        help_text=_("Tick what the meeting is to speak of: number and state alone go onto the agenda. You see those that you may read."),
    )  # fmt: skip
    topics = forms.CharField(
        label=_("Agenda"), required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One item a line. Point to matters by number and kind only: no names, no text of a clue. A line may end with the address of a page here, such as /rules/."),
    )  # fmt: skip
    units = forms.TypedMultipleChoiceField(
        label=_("Units invited"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple(),
        help_text=_("The members of the zone on that day come first; whoever is invited can read agenda and minutes."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)

    def offer(self, *, chairs: Choices, units: Choices, carried: Choices, suggested: Sequence[Suggested] = ()) -> None:  # fmt: skip
        """Give the fields their choices; what is not there to choose from is not asked for."""
        self.fields["suggested"].choices = [(each.href, each.words) for each in suggested]
        if not suggested:
            del self.fields["suggested"]
        self.fields["chair"].choices = [("", "—"), *chairs]
        self.fields["units"].choices = units
        self.fields["carried"].choices = carried
        if not carried:
            del self.fields["carried"]

    def call(self) -> Call:
        """What the form says, for the operation."""
        given = self.cleaned_data
        return Call(given["day"], given["units"], given["place"], given["chair"])

    def agenda(self, open_items: Mapping[int, AgendaItem]) -> Agenda:
        """The agenda: what is taken up again first, then the lines."""
        taken = [open_items[pk] for pk in self.cleaned_data.get("carried", ()) if pk in open_items]
        again = [Topic(each.topic, each.href, each.pk) for each in taken]
        topics = [*again, *self._ticked(), *topics_in(self.cleaned_data["topics"])]
        return Agenda(topics, checked=self.cleaned_data["checked"])

    def _ticked(self) -> list[Topic]:
        if "suggested" not in self.fields:
            return []
        ticked = self.cleaned_data["suggested"]
        return [Topic(str(words), href) for href, words in self.fields["suggested"].choices if href in ticked]


def topics_in(text: str) -> list[Topic]:
    """One topic a line; a last word that begins with / is the address of a page."""
    found = []
    for line in text.splitlines():
        words, _sign, last = line.strip().rpartition(" ")
        if words and last.startswith("/"):
            found.append(Topic(words.strip(), last))
        elif line.strip():
            found.append(Topic(line.strip()))
    return found


def lines_of(items: Iterable[AgendaItem]) -> str:
    """The items that are not taken up again, as they are written in the form."""
    own = (each for each in items if each.carried_from_id is None)
    return "\n".join(f"{each.topic} {each.href}".strip() for each in own)


class CancelForm(_Form):
    """A meeting that does not take place."""

    reason = _words(_("Reason"), _("Why the meeting does not take place."), required=True, rows=3)


class DoneForm(_Form):
    """An item that is done."""

    done_on = day_field(_("Done on"))


class MinutesForm(_CheckedForm):
    """The minutes of one meeting: who came, unit by unit; what was decided, item by item."""

    number = _line(_("Number of the minutes"), _("As it is printed, such as 安纪协纪〔2026〕3号."))
    reason = _words(_("Reason of the correction"), _("Shown with the minutes."), rows=2)
    seen = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(  # noqa: PLR0917 - what the form is made of
        self, data: Any, meeting: ZoneMeeting, names: Mapping[int, str], units: Choices, items: Sequence[AgendaItem],
        came: Mapping[int, Attendance], seen: int,
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"number": meeting.minutes_no, "seen": seen})
        self.names, self.items, self._came = names, items, came
        self._units = [("", "—"), *units]
        self.invited = list(dict.fromkeys([*names, *came]))
        for unit in self.invited:
            self._ask_unit(unit)
        for item in items:
            self._ask_item(item)
        for number in range(OTHER_BUSINESS):
            self._ask_other(number)

    def correcting(self, *, correcting: bool) -> None:
        """A correction needs its reason; minutes that are written the first time need none."""
        if not correcting:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True

    def _ask_unit(self, unit: int) -> None:
        held = self._came.get(unit)
        self.fields[f"came_{unit}"] = forms.ChoiceField(
            label=self.names.get(unit, f"#{unit}"), choices=Presence.choices, required=False, widget=forms.RadioSelect(),
            initial=held.presence if held else None,
        )  # fmt: skip
        self.fields[f"spoke_{unit}"] = _line(_("Who spoke for it (post, no name)"))
        self.fields[f"spoke_{unit}"].initial = held.spoke if held else ""

    def _ask_item(self, item: AgendaItem) -> None:
        self._ask_decision(f"{item.pk}", item.decision, item.unit_id, item.due_on)

    def _ask_other(self, number: int) -> None:
        self.fields[f"topic_x{number}"] = _line(pgettext_lazy("minutes", "Item"))
        self._ask_decision(f"x{number}", "", None, None)

    def _ask_decision(self, place: str, decision: str, unit: int | None, due_on: date | None) -> None:
        self.fields[f"decision_{place}"] = _words(pgettext_lazy("minutes", "Decision"))
        self.fields[f"decision_{place}"].initial = decision
        self.fields[f"unit_{place}"] = forms.TypedChoiceField(
            label=pgettext_lazy("minutes", "Done by"), choices=self._units, coerce=int, required=False, empty_value=None,
            initial=unit,
        )  # fmt: skip
        self.fields[f"due_{place}"] = day_field(pgettext_lazy("minutes", "By the day"), required=False)
        self.fields[f"due_{place}"].initial = due_on

    def minutes(self, *, held: bool) -> Minutes:
        """What the form says, for the operation."""
        given = self.cleaned_data
        came = {
            unit: Came(given[f"came_{unit}"], given[f"spoke_{unit}"])
            for unit in self.invited
            if given[f"came_{unit}"]
        }
        said = [self._said(f"{item.pk}", item.pk) for item in self.items]
        others = [self._said(f"x{number}", None) for number in range(OTHER_BUSINESS)]
        asked = [each for each in others if each.topic or each.decision]
        return Minutes(came, [*said, *asked], given["number"], held, given["checked"])

    def _said(self, place: str, item: int | None) -> Said:
        given = self.cleaned_data
        topic = given.get(f"topic_{place}", "").strip()
        decision = given[f"decision_{place}"]
        # Other business without a heading goes by the first words of what was decided.
        named = topic or (decision.strip()[:20] if item is None else "")
        return Said(item, named, decision, given[f"unit_{place}"], given[f"due_{place}"])

    def rows_of_units(self) -> list[tuple[Any, Any]]:
        """For each unit its two fields."""
        return [(self[f"came_{unit}"], self[f"spoke_{unit}"]) for unit in self.invited]

    def rows_of_items(self) -> list[dict[str, Any]]:
        """For each item its words and its three fields; blank ones for other business last."""
        own = [self._row(f"{item.pk}", item) for item in self.items]
        return [*own, *(self._row(f"x{number}", None) for number in range(OTHER_BUSINESS))]

    def _row(self, place: str, item: AgendaItem | None) -> dict[str, Any]:
        fields = [self[f"{name}_{place}"] for name in ("decision", "unit", "due")]
        topic = None if item else self[f"topic_{place}"]
        return {"item": item, "topic": topic, "fields": fields}
