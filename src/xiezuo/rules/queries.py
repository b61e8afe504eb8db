"""Questions about the regulations on a day, and which stages they reached between two days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.organisation.models import Commission
from xiezuo.rules.models import Regulation, RegulationRecord
from xiezuo.rules.states import RegulationStatus
from xiezuo.shared.asof import grouped, on_exactly, on_or_nearest
from xiezuo.shared.changes import Change, ChangeKind, between, in_order
from xiezuo.shared.errors import NotThere
from xiezuo.shared.periods import OPEN

# The furthest stage first: a regulation has the one status of the furthest stage that it reached.
STAGES = (
    ("in_force_on", RegulationStatus.IN_FORCE),
    ("trial_on", RegulationStatus.TRIAL),
    ("review_on", RegulationStatus.REVIEW),
    ("consulted_on", RegulationStatus.CONSULTATION),
    ("drafted_on", RegulationStatus.DRAFT),
)
REACHED = {
    "drafted_on": gettext_lazy("%(name)s was drafted"),
    "consulted_on": gettext_lazy("%(name)s went out for consultation"),
    "review_on": gettext_lazy("%(name)s was sent for review"),
    "trial_on": gettext_lazy("%(name)s came into force on trial"),
    "in_force_on": gettext_lazy("%(name)s came into force"),
    "revised_on": gettext_lazy("%(name)s was revised"),
}


def status_on(record: RegulationRecord, on: date) -> RegulationStatus:
    """The one status of a regulation on a day. `record` is its description on the day, or the last one before it."""
    if record.ends <= on:
        return RegulationStatus.REPEALED
    for field, status in STAGES:
        day = getattr(record, field)
        if day is not None and day <= on:
            return status
    return RegulationStatus.PLANNED


def status_since(record: RegulationRecord, on: date) -> date | None:
    """The day since which the status holds; None where nobody recorded one."""
    if record.ends <= on:
        return record.ends
    days = (getattr(record, field) for field, _status in STAGES)
    return next((day for day in days if day is not None and day <= on), None)


@dataclass(frozen=True)
class RegulationRow:
    """One regulation with its one status on the day."""

    regulation: int
    code: str
    name: str
    edition: str
    document_no: str
    status: RegulationStatus
    since: date | None
    revised_on: date | None


def regulations(commission: Commission, on: date) -> list[RegulationRow]:
    """Regulations begun by the day, repealed ones too, in the order of the book. One query."""
    rows = RegulationRecord.objects.current().filter(commission=commission, starts__lte=on)
    latest = grouped(rows.select_related("regulation").order_by("position", "starts", "id"), "regulation_id")
    found = (on_or_nearest(records, on) for records in latest.values())
    return [_row(record, on) for record in found if record is not None]


def _row(record: RegulationRecord, on: date) -> RegulationRow:
    revised = record.revised_on if record.revised_on and record.revised_on <= on else None
    return RegulationRow(
        record.regulation_id, record.regulation.code, record.name, record.edition, record.document_no,
        status_on(record, on), status_since(record, on), revised,
    )  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One stage of a regulation's life: when it is or was reached; `ahead` if that is after the day of the page."""

    status: str
    day: date
    ahead: bool


@dataclass(frozen=True)
class RegulationPage:
    """One regulation on a day; `record` is None for a day before it was begun."""

    regulation: int
    code: str
    on: date
    record: RegulationRecord | None
    records: tuple[RegulationRecord, ...]
    status: RegulationStatus | None
    since: date | None
    stages: tuple[Stage, ...]

    @property
    def named(self) -> str:
        """Its name on the day, or the first one it had."""
        record = self.record or on_or_nearest(self.records, self.on)
        return record.name if record else self.code


def regulation_page(commission: Commission, regulation: int, on: date) -> RegulationPage:
    """One regulation on a day with the stages of its life. Two queries.

    Raises `NotThere` if the commission has no such regulation on any day.
    """
    anchor = Regulation.objects.filter(commission=commission, pk=regulation).first()
    if anchor is None:
        raise NotThere(
            _("There is no regulation number %(number)s in this commission.") % {"number": regulation}
        )
    records = tuple(RegulationRecord.objects.current().filter(regulation=anchor).order_by("starts"))
    begun = [record for record in records if record.starts <= on]
    record = on_exactly(records, on) or (begun[-1] if begun else None)
    return RegulationPage(
        regulation=anchor.pk, code=anchor.code, on=on, record=record, records=records,
        status=status_on(record, on) if record else None, since=status_since(record, on) if record else None,
        stages=tuple(_stages(records, on)),
    )  # fmt: skip


def _stages(records: tuple[RegulationRecord, ...], on: date) -> list[Stage]:
    if not records:
        return []
    last = records[-1]
    named: list[tuple[str, date | None]] = [
        *((str(status.label), getattr(last, field)) for field, status in reversed(STAGES)),
        (_("revised"), last.revised_on),
        (str(RegulationStatus.REPEALED.label), None if last.ends == OPEN else last.ends),
    ]
    found = [Stage(words, day, day > on) for words, day in named if day is not None]
    return sorted(found, key=lambda stage: stage.day)


def changes(commission: Commission, first: date, last: date) -> list[Change]:
    """Stages that regulations reached after `first` and up to `last`, repeals among them. By day. One query."""
    rows = (
        RegulationRecord.objects.current().filter(commission=commission).order_by("position", "starts", "id")
    )
    days = (first, last)
    found = (
        change
        for records in grouped(rows, "regulation_id").values()
        for change in _reached(records[-1], days)
    )
    return in_order(found)


def _reached(record: RegulationRecord, days: tuple[date, date]) -> Iterator[Change]:
    names, opens = {"name": f"《{record.name.strip('《》')}》"}, ("regulation", record.regulation_id)
    for field, words in REACHED.items():
        day = getattr(record, field)
        if between(days, day):
            yield Change(day, ChangeKind.REGULATION_REACHED, words, names, opens)
    if between(days, record.ends):
        words = gettext_lazy("%(name)s was repealed")
        yield Change(record.ends, ChangeKind.REGULATION_REACHED, words, names, opens)
