"""Forms of proposals and of what zones are drawn on: parse and shape, no writes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.zones.proposals.asking import MOST_SECONDS, SECONDS, Asked, Wishes
from xiezuo.zones.proposals.policies import LARGEST_WEIGHT
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.valuing import STAFF, CountyGround, Weights

MOST_FILE = 5_000_000
"""Bytes of the largest sheet taken: a matrix of 400 units is a tenth of that."""
LOAD = "load:"


def _number(label: Any, help_text: Any, initial: float) -> forms.FloatField:
    wrong = {"invalid": _("This is no number; expected one such as 15 or 0.5.")}
    widget = forms.NumberInput(attrs={"step": "any", "min": "0", "inputmode": "decimal"})
    return forms.FloatField(
        label=label, help_text=help_text, min_value=0, max_value=LARGEST_WEIGHT, initial=_plain(initial), widget=widget,
        error_messages=wrong,
    )  # fmt: skip


def _plain(number: float) -> float:
    """A whole number without its zero."""
    return int(number) if number == int(number) else number


def _tick(label: Any, help_text: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=help_text, required=False)


def _lines(label: Any, help_text: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=4_000, widget=widget)


class _Form(forms.Form):
    """What both share: reasons told at their fields."""

    def tell(self, reasons: Iterable[Reason]) -> None:
        """Show why the operation refused, each reason at its field if it has one."""
        for reason in reasons:
            self.add_error(reason.code if reason.code in self.fields else None, reason.text)


_USUAL = Weights()


class AskForm(_Form):
    """A question for proposals: wishes first, then what each term weighs."""

    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)
    stay = forms.TypedMultipleChoiceField(
        label=_("Units that stay where they are today"), required=False, coerce=int,
        widget=forms.CheckboxSelectMultiple(),
    )  # fmt: skip
    put = _lines(
        _("Units that must be in a zone"), _("A line for each: the unit, then the zone, separated by 、.")
    )
    together = _lines(
        _("Units that stay together"), _("A line for each group: names of units, separated by 、.")
    )
    barred = _lines(
        _("Units that must not be in one zone"),
        _("A line for each pair: two names of units, separated by 、. No reason is asked or shown."),
    )
    touching = _tick(
        _("The townships of a zone lie together"), _("Counts only where the county gave neighbours.")
    )
    offices_stay = _tick(_("Offices stay in the direct zones that they lead"))
    leaders_stay = _tick(_("Leaders stay with their zones"))
    every_rule = _tick(
        _("Keep the rules that are hints as well"),
        _("Binding rules are always kept. Kept as well, hints such as the size of a zone may leave no plan."),
    )
    axes = forms.IntegerField(
        label=_("Choose so many axes anew"), required=False, min_value=1, max_value=100,
        help_text=_("Empty: township zones stay around today's axes. A number: any township may become an axis."),
    )  # fmt: skip
    way = _number(
        _("A minute of way to the axis"),
        _("The measure of all the others: 15 for another means as much as 15 minutes."),
        _USUAL.way,
    )
    change = _number(
        _("A unit that goes to another zone"), _("More keeps more as it is today."), _USUAL.change
    )
    function = _number(
        _("A unit whose functions its zone's lead offices do not have"),
        _("Of direct zones."),
        _USUAL.function,
    )
    portfolio = _number(
        _("A unit outside the work of who leads its zone"),
        _("In charge, assisting or contact, by the division of work of the day."),
        _USUAL.portfolio,
    )
    band = _number(
        _("Percent that a load may be off the mean"), _("Only what lies beyond counts."), 100 * _USUAL.band
    )
    share = _number(
        _("A zone none of whose units is in its leader's work"),
        _("Of leaders, at both levels."),
        _USUAL.share,
    )
    outside = _number(
        _("A zone whose leader assists another deputy secretary"), _("Of leaders."), _USUAL.outside
    )
    hands = _number(_("A zone that changes hands"), _("Of leaders, at both levels."), _USUAL.hands)
    seconds = forms.IntegerField(
        label=_("Seconds to think at most"), min_value=1, max_value=MOST_SECONDS, initial=SECONDS,
        help_text=_("A county takes two or three; the best so far is given when the time is over."),
    )  # fmt: skip
    seed = forms.IntegerField(
        label=pgettext_lazy("proposals", "Seed"), min_value=0, max_value=10**6, initial=0,
        help_text=_("Equal ledgers, wishes and seeds give equal proposals."),
    )  # fmt: skip

    def __init__(
        self, *given: Any, ground: CountyGround, today: Scheme, asked: Asked | None = None, **more: Any
    ) -> None:
        self._ground, self._today = ground, today
        asked = asked or Asked()
        names = [name for name in ground.load_names if name != STAFF]
        more["initial"] = _initial(asked, ground, today)
        super().__init__(*given, **more)
        self.fields["stay"].choices = _inside(ground, today)
        for at, name in enumerate([STAFF, *names]):
            label = _("A percent of uneven %(load)s beyond that") % {
                "load": pgettext("load", "people in post") if name == STAFF else name
            }
            self.fields[f"{LOAD}{at}"] = _number(label, "", asked.weights.balance.get(name, 0.0))
        self._loads = [STAFF, *names]
        self.order_fields([*_BEFORE, *(f"{LOAD}{at}" for at in range(len(self._loads)))])

    @property
    def wishes_part(self) -> list[Any]:
        """The fields of the wishes."""
        return [self[name] for name in _WISHES]

    @property
    def weights_part(self) -> list[Any]:
        """The fields of the weights, with limits of the reckoning."""
        return [self[name] for name in self.fields if name not in (*_WISHES, "key")]

    def clean(self) -> dict[str, Any]:
        """Names of units and zones as their numbers; each that is none is told with its line."""
        given = super().clean() or {}
        units = {each.name: unit for unit, each in self._ground.facts.units.items()}
        zones = {each.name: each.code for each in self._today.zones}
        given["put"] = self._pairs("put", given, units, zones)
        given["together"] = self._groups("together", given, units)
        given["barred"] = self._groups("barred", given, units, many=2)
        return given

    def _groups(
        self, field: str, given: Mapping[str, Any], units: Mapping[str, int], many: int | None = None
    ) -> list[list[int]]:
        found = []
        for number, names in _rows(given.get(field) or ""):
            strange = [each for each in names if each not in units]
            if strange:
                words = gettext(
                    "Line %(line)s: no unit is called “%(found)s”; expected names of units, separated by 、."
                )
                self.add_error(field, words % {"line": number, "found": strange[0][:30]})
            elif len(names) < 2 or (many and len(names) != many):
                words = gettext("Line %(line)s names %(found)s units; expected %(expected)s.")
                expected = gettext("two") if many else gettext("two or more")
                self.add_error(field, words % {"line": number, "found": len(names), "expected": expected})
            else:
                found.append(list(dict.fromkeys(units[each] for each in names)))
        return found

    def _pairs(
        self, field: str, given: Mapping[str, Any], units: Mapping[str, int], zones: Mapping[str, str]
    ) -> list[tuple[int, str]]:
        found = []
        for number, names in _rows(given.get(field) or ""):
            if len(names) != 2 or names[0] not in units or names[1] not in zones:
                words = gettext("Line %(line)s: found “%(found)s”; expected the name of a unit and the name of a zone of the day, separated by 、.")  # fmt: skip
                self.add_error(field, words % {"line": number, "found": listed(names)[:60]})
            else:
                found.append((units[names[0]], zones[names[1]]))
        return found

    def asked(self) -> Asked:
        """What the form says, for the operation."""
        given, stay = self.cleaned_data, []
        for unit in given["stay"]:
            place = self._today.place(unit)
            stay += [(unit, place.zone)] if place else []
        wishes = Wishes(
            tuple(dict.fromkeys([*stay, *given["put"]])), tuple((one, other) for one, other in given["barred"]),
            tuple(map(tuple, given["together"])), given["touching"], given["every_rule"], given["offices_stay"],
            given["leaders_stay"], given["axes"],
        )  # fmt: skip
        balance = {name: given[f"{LOAD}{at}"] for at, name in enumerate(self._loads)}
        told = {
            name: given[name]
            for name in ("way", "change", "function", "portfolio", "share", "outside", "hands")
        }
        weights = Weights(band=given["band"] / 100, balance={k: v for k, v in balance.items() if v}, **told)
        return Asked(wishes, weights, given["seconds"], given["seed"])


_WISHES = (
    "stay", "put", "together", "barred", "touching", "offices_stay", "leaders_stay", "every_rule", "axes",
)  # fmt: skip
_BEFORE = (*_WISHES, "key", "way", "change", "function", "portfolio", "band")


def _rows(text: str) -> Iterable[tuple[int, list[str]]]:
    """Lines with their numbers, each cut at its separators."""
    for number, line in enumerate(text.splitlines(), 1):
        names = [
            each.strip() for each in line.replace(",", "、").replace("，", "、").split("、") if each.strip()
        ]
        if names:
            yield number, names


def _inside(ground: CountyGround, today: Scheme) -> list[tuple[int, str]]:
    """Members of zones, in official order."""
    inside = {each.unit for each in today.members if today.place(each.unit)}
    return [(unit, each.name) for unit, each in ground.facts.units.items() if unit in inside]


def _initial(asked: Asked, ground: CountyGround, today: Scheme) -> dict[str, Any]:
    wishes, weights = asked.wishes, asked.weights
    names = {unit: each.name for unit, each in ground.facts.units.items()}
    places = {unit: place.zone for unit, _zone in wishes.fixed if (place := today.place(unit))}
    stay = [unit for unit, zone in wishes.fixed if places.get(unit) == zone]
    put = [(unit, zone) for unit, zone in wishes.fixed if places.get(unit) != zone]
    zones = {each.code: each.name for each in today.zones}
    return {
        "stay": stay,
        "put": "\n".join(f"{names.get(unit, unit)}、{zones.get(zone, zone)}" for unit, zone in put),
        "together": _shown(wishes.together, names), "barred": _shown(wishes.barred, names),
        "touching": wishes.touching, "offices_stay": wishes.offices_stay, "leaders_stay": wishes.leaders_stay,
        "every_rule": wishes.every_rule, "axes": wishes.axes, "way": _plain(weights.way), "change": _plain(weights.change),
        "function": _plain(weights.function), "portfolio": _plain(weights.portfolio), "band": _plain(round(100 * weights.band, 6)),
        "share": _plain(weights.share), "outside": _plain(weights.outside), "hands": _plain(weights.hands), "seconds": asked.seconds,
        "seed": asked.seed, "key": uuid4(),
    }  # fmt: skip


def _shown(groups: Sequence[Sequence[int]], names: Mapping[int, str]) -> str:
    return "\n".join("、".join(names.get(unit, f"#{unit}") for unit in group) for group in groups)


class TakeForm(_Form):
    """A plan begun from a proposal."""

    key = forms.UUIDField(widget=forms.HiddenInput(), initial=uuid4)
    name = forms.CharField(label=_("Name of the plan"), max_length=200)
    starts = forms.DateField(
        label=_("From which day it shall hold"), input_formats=("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is no day; expected one such as 2022-08-15.")},
    )  # fmt: skip


class GroundForm(_Form):
    """The county's sheets that zones are drawn on."""

    book = forms.FileField(
        label=_("Workbook of what zones are drawn on"),
        help_text=_("An Excel workbook (.xlsx) with the sheets 行程, 负荷, 相邻, or some of them. It is taken as a whole or not at all."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip

    def clean_book(self) -> Any:
        """A file of a size that can be read."""
        book = self.cleaned_data["book"]
        if book.size > MOST_FILE:
            raise forms.ValidationError(_("The file is larger than 5 MB; a workbook of travel times, loads and neighbours is smaller."))  # fmt: skip
        return book
