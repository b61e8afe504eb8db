"""What changed in the organisation between two days."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from xiezuo.organisation.models import Assignment, Commission, Portfolio, UnitRecord
from xiezuo.organisation.queries.names import person_names, unit_names
from xiezuo.organisation.states import Mode, MoveIn
from xiezuo.shared.asof import grouped
from xiezuo.shared.changes import Change, ChangeKind, begun_or_ended, between, in_order
from xiezuo.shared.periods import OPEN
from xiezuo.ui.choices import words_of

Days = tuple[date, date]


def changes(commission: Commission, first: date, last: date) -> list[Change]:
    """Units opened, closed and renamed, people who came, left and moved, shares in the division of work that began
    or ended, after `first` and up to `last`. By day. Five queries."""
    days = (first, last)
    return in_order([*_units(commission, days), *_posts(commission, days), *_shares(commission, days)])


def _units(commission: Commission, days: Days) -> Iterator[Change]:
    touched = UnitRecord.objects.current().filter(
        commission=commission, ends__gte=days[0], starts__lte=days[1]
    )
    for unit, rows in grouped(touched.order_by("starts", "position", "id"), "unit_id").items():
        yield from _life(unit, rows, days)


def _life(unit: int, rows: list[UnitRecord], days: Days) -> Iterator[Change]:
    """A description that follows another without a gap renames; otherwise it opens; one that nothing follows closes."""
    begins = {row.starts for row in rows}
    ends = {row.ends: row for row in rows}
    for row in rows:
        before = ends.get(row.starts)
        if between(days, row.starts) and before is None:
            yield _unit_change(row, row.starts, ChangeKind.UNIT_OPENED, _("%(unit)s was set up"))
        if between(days, row.starts) and before is not None and before.name != row.name:
            names = {"old": before.name, "unit": row.name}
            words = _("%(old)s is now called %(unit)s")
            yield Change(row.starts, ChangeKind.UNIT_RENAMED, words, names, ("unit", unit))
        if between(days, row.ends) and row.ends not in begins:
            yield _unit_change(row, row.ends, ChangeKind.UNIT_CLOSED, _("%(unit)s was closed"))


def _unit_change(row: UnitRecord, day: date, kind: ChangeKind, words: object) -> Change:
    return Change(day, kind, words, {"unit": row.name}, ("unit", row.unit_id))  # type: ignore[arg-type]


def _posts(commission: Commission, days: Days) -> Iterator[Change]:
    """Someone who gives up a post and takes up another on the same day has moved; the two are told as one."""
    touched = Assignment.objects.current().filter(begun_or_ended(days), commission=commission)
    rows = list(touched.order_by("position", "id"))
    people = person_names({row.person_id for row in rows}, days[1])
    units = unit_names({row.unit_id for row in rows}, days[1])
    left = {(row.person_id, row.ends): row for row in rows if between(days, row.ends)}
    came = {(row.person_id, row.starts) for row in rows if between(days, row.starts)}
    for row in rows:
        names = {
            "person": people.get(row.person_id, ""),
            "unit": units.get(row.unit_id, ""),
            "post": row.post,
        }
        if between(days, row.starts) and row.moves != [MoveIn.OPENING]:
            yield _came(row, names, left.get((row.person_id, row.starts)), units)
        if between(days, row.ends) and (row.person_id, row.ends) not in came:
            words = _("%(person)s left %(unit)s (%(post)s)")
            yield Change(row.ends, ChangeKind.PERSON_LEFT, words, names, ("person", row.person_id))


def _came(row: Assignment, names: dict[str, str], before: Assignment | None, units: dict[int, str]) -> Change:
    opens = ("person", row.person_id)
    if before is None:
        words = _("%(person)s took up %(post)s at %(unit)s")
        return Change(row.starts, ChangeKind.PERSON_JOINED, words, names, opens)
    if before.unit_id == row.unit_id:
        names |= {"before": f"{before.post}（{before.engagement}）", "now": f"{row.post}（{row.engagement}）"}
        words = _("%(person)s at %(unit)s: %(before)s → %(now)s")
        return Change(row.starts, ChangeKind.PERSON_MOVED, words, names, opens)
    names |= {"from": units.get(before.unit_id, "")}
    words = _("%(person)s moved from %(from)s to %(unit)s (%(post)s)")
    return Change(row.starts, ChangeKind.PERSON_MOVED, words, names, opens)


def _shares(commission: Commission, days: Days) -> Iterator[Change]:
    touched = Portfolio.objects.current().filter(begun_or_ended(days), commission=commission)
    rows = list(touched.order_by("position", "id"))
    people = person_names({row.person_id for row in rows}, days[1])
    units = unit_names({row.unit_id for row in rows if row.unit_id}, days[1])
    for row in rows:
        names = {
            "person": people.get(row.person_id, ""),
            "mode": words_of(Mode, row.mode),
            "what": units.get(row.unit_id, row.line),
        }
        opens = ("person", row.person_id)
        if between(days, row.starts):
            yield Change(
                row.starts, ChangeKind.PORTFOLIO_BEGUN, _("%(person)s: %(mode)s %(what)s"), names, opens
            )
        if between(days, row.ends) and row.ends != OPEN:
            words = _("%(person)s: no longer %(mode)s %(what)s")
            yield Change(row.ends, ChangeKind.PORTFOLIO_ENDED, words, names, opens)
