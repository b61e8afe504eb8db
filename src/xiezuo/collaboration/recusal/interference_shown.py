"""The register of interference in the words of its reader. No name stands in a list."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from xiezuo.collaboration.models import Interference, InterferenceStep
from xiezuo.collaboration.recusal.interference_filed import number_filed
from xiezuo.collaboration.states import InterferenceKind
from xiezuo.ui.choices import words_of
from xiezuo.ui.table import Column, Table


def list_row(row: Interference) -> dict[str, Any]:
    """One entry as the list tells it."""
    return {
        "pk": row.pk, "number": number_filed(row.year, row.number), "kind": words_of(InterferenceKind, row.kind), "on": row.on,
        "filed_on": timezone.localdate(row.filed_at), "of": _("a matter") if row.request_id else _("none"),
    }  # fmt: skip


def list_columns() -> list[Column]:
    """What a list of entries says."""
    return [
        Column("number", gettext_lazy("Number"), kind="code"),
        Column("kind", pgettext_lazy("interference", "Kind"), filterable=True),
        Column("on", gettext_lazy("Day"), kind="date"),
        Column("filed_on", gettext_lazy("Filed on"), kind="date"),
        Column("of", gettext_lazy("Matter")),
    ]


def facts_of(row: Interference, matter: str) -> list[tuple[Any, Any]]:
    """What an entry says but for the name."""
    sealed = _("a sealed matter") if row.request_id else _("none")
    return [
        (pgettext("interference", "Kind"), words_of(InterferenceKind, row.kind)), (_("Day"), row.on),
        (pgettext("interference", "How"), row.how), (_("Matter"), matter or sealed), (_("Filed by"), row.filed_name),
        (_("Filed on"), timezone.localdate(row.filed_at)),
    ]  # fmt: skip


def steps_table(steps: list[InterferenceStep]) -> Table:
    """What was done, the first first."""
    columns = [
        Column("day", _("Day"), kind="date"), Column("said", pgettext("interference", "What was done")), Column("by", _("By")),
    ]  # fmt: skip
    rows = [{"day": timezone.localdate(each.at), "said": each.said, "by": each.by} for each in steps]
    return Table(
        columns,
        rows,
        id="steps",
        caption=pgettext("interference", "What was done"),
        empty=_("Nothing was noted yet."),
    )
