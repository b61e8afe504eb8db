"""Forms of talks and incidents: parse and shape, no writes. What cannot be done is refused by the operation, at its field.

No field asks with whom somebody talked, nor what was said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xiezuo.collaboration.requests.forms import line_field, words_field
from xiezuo.collaboration.safety.asked import STRETCHES, Happened, Held, Stretch, Upward
from xiezuo.collaboration.states import IncidentKind
from xiezuo.collaboration.work.forms import WorkForm, one, several

WRITTEN = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")
OF_STRETCH = ("started", "stopped", "digest", "device")


def instant_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateTimeField:
    """A moment to the second, written in any of the usual ways."""
    widget = forms.DateTimeInput(
        attrs={"type": "datetime-local", "step": "1", "min": "2000-01-01T00:00", "max": "2199-12-31T23:59"}, format="%Y-%m-%dT%H:%M:%S"
    )  # fmt: skip
    wrong = {"invalid": _("This is no time; expected one such as 2022-08-15 09:30:00.")}
    return forms.DateTimeField(
        label=label, help_text=help_text, required=required, input_formats=WRITTEN, widget=widget, error_messages=wrong
    )  # fmt: skip


@dataclass(frozen=True)
class Group:
    """The fields of one stretch; shown open where something stands in it."""

    title: str
    fields: Sequence[BoundField]
    is_open: bool


class TalkForm(WorkForm):
    """A talk, and up to four stretches of its recording."""

    started = instant_field(_("The talk began"))
    ended = instant_field(_("The talk ended"), _("When the person left the room."))
    talkers = several(
        _("Who talked"), _("At least two own staff of the team. With whom is not entered here.")
    )
    room = line_field(_("Room"), _("Its name or number, such as 谈话室2."), required=True)
    custodian = one(_("Who keeps the recording"), _("Handed over after the talk, sealed; nothing is cut or deleted."), required=True)  # fmt: skip
    replaces = one(_("Replaces"), _("Only where a talk was entered wrongly. The earlier entry stays to be read, and so does its incident."))  # fmt: skip
    because = words_field(_("What was entered wrongly"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["talkers"].required = True
        for place in range(1, STRETCHES + 1):
            first = place == 1
            self.fields[f"started_{place}"] = instant_field(_("The recorder was started"), required=first)
            self.fields[f"stopped_{place}"] = instant_field(_("The recorder was stopped"), required=first)
            self.fields[f"digest_{place}"] = forms.CharField(
                label=_("Check number (SHA-256)"), required=first, max_length=200,
                help_text=_("64 digits that whoever holds the file reckoned; the file itself is not taken in."),
            )  # fmt: skip
            self.fields[f"device_{place}"] = line_field(_("Number of the device"), required=first)

    def clean(self) -> dict[str, Any]:
        """A stretch that was begun is told whole."""
        told = super().clean() or self.cleaned_data
        for place in range(2, STRETCHES + 1):
            names = [f"{name}_{place}" for name in OF_STRETCH]
            if any(self.data.get(name) for name in names):
                for name in names:
                    if not told.get(name) and name not in self.errors:
                        self.add_error(name, gettext("This stretch was begun; tell all of it."))
        return told

    def held(self) -> Held:
        """What the form says."""
        told = self.cleaned_data
        names = ("started", "ended", "custodian", "room", "replaces", "because")
        return Held(
            **{name: told[name] for name in names}, talkers=tuple(told["talkers"]), stretches=tuple(self._stretches()), sure=self.is_sure
        )  # fmt: skip

    def _stretches(self) -> Iterator[Stretch]:
        for place in range(1, STRETCHES + 1):
            if self.cleaned_data.get(f"started_{place}"):
                yield Stretch(*(self.cleaned_data[f"{name}_{place}"] for name in OF_STRETCH))

    @property
    def of_talk(self) -> list[BoundField]:
        """The fields of the talk itself."""
        return [self[name] for name in ("started", "ended", "talkers", "room", "custodian")]

    @property
    def of_mistake(self) -> Group:
        """What is only needed where an earlier entry was wrong; nothing where there is none."""
        fields = [self["replaces"], self["because"]] if len(cast("Any", self.fields["replaces"]).choices) > 1 else []  # fmt: skip
        return Group(gettext("Puts right an earlier entry"), fields, self._is_told(fields))

    @property
    def groups(self) -> list[Group]:
        """The stretches; those after the first are opened as they are needed."""
        told = []
        for place in range(1, STRETCHES + 1):
            fields = [self[f"{name}_{place}"] for name in OF_STRETCH]
            title = gettext("Stretch %(number)s of the recording") % {"number": place}
            told.append(Group(title, fields, place == 1 or self._is_told(fields)))
        return told

    def _is_told(self, fields: Sequence[BoundField]) -> bool:
        return any(each.errors or (self.is_bound and each.data) for each in fields)


class HappenedForm(WorkForm):
    """A safety incident."""

    kind = forms.ChoiceField(label=pgettext_lazy("incident", "Kind"), choices=IncidentKind.choices, widget=forms.RadioSelect())  # fmt: skip
    occurred_at = instant_field(_("When it happened"))
    known_at = instant_field(_("When it became known"), _("The time within which it is reported upward runs from here."))  # fmt: skip
    said = words_field(pgettext_lazy("incident", "Pointer"), _("A number or a place; nobody's name, and nothing of what the matter is about."))  # fmt: skip

    def happened(self) -> Happened:
        """What the form says."""
        told = self.cleaned_data
        return Happened(told["kind"], told["occurred_at"], told["known_at"], told["said"], self.is_sure)


class UpwardForm(WorkForm):
    """A report upward."""

    office = line_field(_("To which office"), _("Such as the case-management office of the city commission."), required=True)  # fmt: skip
    reported_at = instant_field(_("When it was reported"))
    paper_no = line_field(_("No. of the report"), required=True)

    def upward(self) -> Upward:
        """What the form says."""
        return Upward(*(self.cleaned_data[name] for name in ("office", "reported_at", "paper_no")))


class MeasuresForm(WorkForm):
    """What was done, with which an incident is closed."""

    said = words_field(_("Measures taken"), _("By a pointer: a document, a repair, a talk with staff; nobody's name."), rows=3, required=True)  # fmt: skip


def first_instants(form: forms.Form, now: datetime, *names: str) -> None:
    """Let fields say now until somebody says otherwise."""
    for name in names:
        form.fields[name].initial = now.replace(microsecond=0)
