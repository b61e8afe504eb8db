"""What a scheme costs term by term beside another, and how the load lies on its zones: words, numbers and bars."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from xiezuo.ui.markup import drawn
from xiezuo.ui.parts import Drawn, State
from xiezuo.ui.table import Column, Table
from xiezuo.ui.words import Words
from xiezuo.zones.judged import Ground
from xiezuo.zones.scheme import SECOND, TOWNSHIP, Scheme
from xiezuo.zones.valuing import STAFF, Valued, ZoneValue


@dataclass(frozen=True)
class Bar(Drawn):
    """A number with a bar beside it that says how large it is among its like."""

    value: float
    most: float
    unit: Words = ""

    @property
    def plain(self) -> str:
        """The number alone."""
        return f"{amount(self.value)}{self.unit}"

    def __html__(self) -> str:
        share = round(100 * self.value / self.most, 1) if self.most else 0.0
        # The bar repeats the number and is not read out.
        return (
            f'<span class="xz-bar"><b>{escape(self.plain)}</b><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"'
            f' focusable="false"><rect width="100" height="8" class="xz-bar-room"/><rect width="{share}" height="8" class="xz-bar-full"/></svg></span>'
        )

    def __str__(self) -> str:
        return drawn(self.__html__())


def amount(value: float | None) -> str:
    """A number as people read it: whole if it is, else with one place; a dash for what is not known."""
    if value is None:
        return "—"
    rounded = round(value, 1)
    return f"{int(rounded)}" if rounded == int(rounded) else f"{rounded:.1f}"


@dataclass(frozen=True)
class Term:
    """One term on both sides, in the unit of the term; `better` says whether the second side is smaller, None if equal."""

    words: Words
    unit: Words
    before: float | None
    after: float | None

    @property
    def after_words(self) -> str:
        """The second side with its unit."""
        if self.after is None:
            return "—"
        unit = str(self.unit)
        return f"{amount(self.after)} {unit}" if unit.isascii() else f"{amount(self.after)}{unit}"

    @property
    def difference(self) -> State | str:
        """By how much the second side differs: every term is a cost, so less is better."""
        if self.before is None or self.after is None:
            return "—"
        gap = round(self.after - self.before, 1)
        if gap == 0:
            return State(pgettext("term", "the same"), "quiet")
        words = f"{'+' if gap > 0 else '−'}{amount(abs(gap))}"
        return State(words, "warn" if gap > 0 else "good")


def terms_of(before: Valued, after: Valued) -> list[Term]:
    """Every term of both sides; unevenness is told for each load."""
    loads = [
        Term(_("Uneven load: %(name)s") % {"name": load_words(name)}, _("% beyond the band"), before.uneven.get(name, 0.0), after.uneven.get(name, 0.0))
        for name in dict.fromkeys([*before.uneven, *after.uneven])
    ]  # fmt: skip
    minutes, points = _("minutes"), _("points")
    return [
        Term(_("Ways to the axes, added up"), minutes, before.travel, after.travel),
        Term(_("Longest way to an axis"), minutes, before.longest, after.longest), *loads,
        Term(_("Ties given up in direct zones"), points, before.ties_lost, after.ties_lost),
        Term(_("Leaders away from their work"), points, before.leaders.ties_lost, after.leaders.ties_lost),
        Term(_("Zones outside the deputy secretary assisted"), pgettext("unit of count", "zones"), before.leaders.outside, after.leaders.outside),
        Term(_("Units in another zone than today"), pgettext("unit of count", "units"), before.changes, after.changes),
        Term(_("Zones that change hands"), pgettext("unit of count", "zones"), before.leaders.changes, after.leaders.changes),
        Term(_("Cost of all terms by the county's weights"), points, before.cost, after.cost),
    ]  # fmt: skip


def load_words(name: str) -> Any:
    """What a load is called: the ledger's own is translated, the county's stand as they were given."""
    return pgettext("load", "people in post") if name == STAFF else name


def terms_table(before: Valued, after: Valued, before_words: Words, after_words: Words) -> Table:
    """The terms side by side with the difference."""
    columns = [
        Column("term", gettext_lazy("Term")), Column("before", before_words, kind="number"), Column("after", after_words, kind="number"),
        Column("difference", gettext_lazy("Difference"), kind="state"), Column("unit", pgettext_lazy("of a term", "In")),
    ]  # fmt: skip
    rows = [
        {"term": each.words, "before": amount(each.before), "after": amount(each.after), "difference": each.difference, "unit": each.unit}
        for each in terms_of(before, after)
    ]  # fmt: skip
    return Table(columns, rows, id="terms", caption=_("Term by term: less is better"))


def balance_table(scheme: Scheme, valued: Valued, ground: Ground) -> Table:
    """How the load lies on the second-level zones, in their order; bars compare zones of one kind only.

    People in post are left out where the number of a unit is not for the reader.
    """
    told = {each.code: each for each in valued.zones}
    shown = [name for name in _load_names(valued.zones) if name != STAFF or _staff_is_known(scheme, ground)]
    columns = [
        Column("zone", gettext_lazy("Zone")), Column("units", gettext_lazy("Units")),
        *(Column(f"load{number}", load_words(name)) for number, name in enumerate(shown)),
        Column("travel", gettext_lazy("Ways to the axis (minutes)")),
    ]  # fmt: skip
    most = _most(scheme, told, shown)
    rows = [
        _balance_row(zone.name, zone.kind, told[zone.code], shown, most)
        for zone in scheme.at_level(SECOND)
        if zone.code in told
    ]
    return Table(
        columns,
        rows,
        id="balance",
        caption=_("Load of each zone"),
        empty=_("There is no second-level zone yet."),
    )


def _load_names(zones: Iterable[ZoneValue]) -> list[str]:
    return list(dict.fromkeys(name for zone in zones for name in zone.loads))


def _staff_is_known(scheme: Scheme, ground: Ground) -> bool:
    units = {each.unit for each in scheme.members}
    return all(ground.units[unit].staff is not None for unit in units if unit in ground.units)


def _most(
    scheme: Scheme, told: Mapping[str, ZoneValue], shown: Iterable[str]
) -> dict[tuple[str, str], float]:
    """The largest number of each column among zones of a kind."""
    names, most = list(shown), {}  # type: list[str], dict[tuple[str, str], float]
    for zone in scheme.at_level(SECOND):
        if (value := told.get(zone.code)) is not None:
            numbers = {
                "units": float(value.units),
                "travel": value.travel or 0.0,
                **{name: value.loads.get(name, 0.0) for name in names},
            }
            for name, number in numbers.items():
                most[zone.kind, name] = max(most.get((zone.kind, name), 0.0), number)
    return most


def _balance_row(
    name: str, kind: str, value: ZoneValue, shown: list[str], most: Mapping[tuple[str, str], float]
) -> dict[str, Any]:
    travel = Bar(value.travel, most[kind, "travel"]) if kind == TOWNSHIP and value.travel is not None else "—"
    loads = {
        f"load{number}": Bar(value.loads.get(each, 0.0), most[kind, each])
        for number, each in enumerate(shown)
    }
    return {"zone": name, "units": Bar(value.units, most[kind, "units"]), "travel": travel, **loads}
