"""The ledger before and after an act: the act is done, looked at and taken back, so that what is shown is what will be."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.organisation.models import Assignment, Person, Portfolio
from xiezuo.organisation.queries import entry, unit_names
from xiezuo.organisation.states import LENT, Engagement, Mode, MoveIn, MoveOut, Status
from xiezuo.shared.lists import listed
from xiezuo.shared.periods import OPEN, covers
from xiezuo.ui.absence import period_words
from xiezuo.ui.blocks import Changed, Difference
from xiezuo.ui.choices import words_of, words_of_all
from xiezuo.ui.words import long_day


@dataclass(frozen=True)
class Fact:
    """What one row says: its words, by what it is recognised when it is restated, and its values by their labels."""

    words: str
    marks: tuple[Any, ...]
    values: Mapping[str, str]
    summary: str


@dataclass(frozen=True)
class Seen:
    """The ledger around one person: facts by key of their row, and people of the units on the day."""

    facts: Mapping[int, Fact]
    numbers: Mapping[tuple[str, str], int]
    full_time_units: tuple[str, ...]
    posts: int
    shares: int


@dataclass(frozen=True)
class Rehearsed:
    """What an act would change, and what can be true but deserves a second look."""

    difference: Difference
    notes: tuple[str, ...]


def rehearse(person: Person, day: date, act: Callable[[], object]) -> Rehearsed:
    """Do `act`, look at the ledger around `person` on `day`, and take it back. Raises what `act` raises."""
    units = set(_units_of(person))
    mark = transaction.savepoint()
    try:
        act()
        units |= set(_units_of(person))
        after = _seen(person, units, day)
    finally:
        transaction.savepoint_rollback(mark)
    before = _seen(person, units, day)
    changed = [*_facts_changed(before, after), *_numbers_changed(before, after)]
    difference = Difference(changed, before_words=_("Ledger before"), after_words=_("Ledger after"))
    return Rehearsed(difference, tuple(_notes(after, day)))


def _units_of(person: Person) -> Iterator[int]:
    yield from Assignment.objects.current().filter(person=person).values_list("unit_id", flat=True)


def _seen(person: Person, units: set[int], day: date) -> Seen:
    posts = list(Assignment.objects.current().filter(person=person).order_by("starts", "position", "id"))
    shares = list(Portfolio.objects.current().filter(person=person).order_by("starts", "position", "id"))
    origins = [row.from_unit_id for row in posts if row.from_unit_id]
    names = unit_names({*units, *origins, *(row.unit_id for row in shares if row.unit_id)}, day)
    name = entry.named(person)
    facts = {row.pk: _post(row, name, names) for row in posts} | {
        -row.pk: _share(row, name, names) for row in shares
    }
    today = [row for row in posts if row.starts <= day < row.ends and row.engagement == Engagement.FULL_TIME]
    full_time = tuple(dict.fromkeys(names.get(row.unit_id, "") for row in today))
    held = sum(covers(row.starts, row.ends, day) for row in posts)
    shared = sum(covers(row.starts, row.ends, day) for row in shares)
    return Seen(facts, _people(units, names, day), full_time, held, shared)


def _people(units: Iterable[int], names: Mapping[int, str], day: date) -> dict[tuple[str, str], int]:
    """People in post at each unit on the day, each once."""
    rows = list(
        Assignment.objects.on(day)
        .filter(unit_id__in=units)
        .values_list("unit_id", "person_id", "engagement", "status")
    )
    on = {"day": long_day(day)}
    kinds: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
        (_("People in post on %(day)s") % on, lambda _engagement, _status: True),
        (_("Full-time on %(day)s") % on, lambda engagement, _status: engagement == Engagement.FULL_TIME),
        (_("Lent by others on %(day)s") % on, lambda _engagement, status: status in LENT),
    )
    return {
        (names.get(unit, ""), words): len(
            {row[1] for row in rows if row[0] == unit and counts(row[2], row[3])}
        )
        for unit in units
        for words, counts in kinds
    }


def post_values(row: Assignment, names: Mapping[int, str]) -> dict[str, str]:
    """What a row says of a post, label by label; units are called as `names` has them."""
    engagement, status = str(words_of(Engagement, row.engagement)), str(words_of(Status, row.status))
    return {
        _("Unit"): names.get(row.unit_id, ""), _("Post"): row.post, _("Full-time or part-time"): engagement,
        _("Status"): status, _("Taken up on"): long_day(row.starts), _("Given up on"): _end(row.ends),
        _("Kind of move"): words_of_all(MoveIn, row.moves),
        _("Came from"): names.get(row.from_unit_id or 0, row.from_outside),
        _("Way of leaving"): str(words_of(MoveOut, row.leaving)), _("Went to"): row.to_outside,
        _("Also holds"): row.other_posts, _("Basis"): row.basis,
    }  # fmt: skip


def _post(row: Assignment, name: str, names: Mapping[int, str]) -> Fact:
    unit, values = names.get(row.unit_id, ""), post_values(row, names)
    told = (values[_("Full-time or part-time")], values[_("Status")], period_words(row.starts, row.ends))
    summary = " · ".join(part for part in (*told, values[_("Kind of move")], row.basis) if part)
    return Fact(f"{name} · {unit} {row.post}", (row.unit_id, row.post, row.starts), values, summary)


def _share(row: Portfolio, name: str, names: Mapping[int, str]) -> Fact:
    what = names.get(row.unit_id or 0, row.line)
    mode = str(words_of(Mode, row.mode))
    values = {_("Begins on"): long_day(row.starts), _("Ended on"): _end(row.ends), _("Basis"): row.basis}
    summary = " · ".join(part for part in (period_words(row.starts, row.ends), row.basis) if part)
    return Fact(f"{name} · {mode} {what}", (row.unit_id, row.line, row.mode, row.starts), values, summary)


def _end(ends: date) -> str:
    return _("(still holds)") if ends == OPEN else long_day(ends)


def _facts_changed(before: Seen, after: Seen) -> Iterator[Changed]:
    """Rows restated are told value by value; the others are new or gone."""
    new = {key: fact for key, fact in after.facts.items() if key not in before.facts}
    for key, fact in before.facts.items():
        if key in after.facts:
            continue
        twin = max(new, key=lambda other: _alike(fact, new[other]), default=None)
        if twin is not None and _alike(fact, new[twin]):
            yield from _values_changed(fact, new.pop(twin))
        else:
            yield Changed(fact.words, fact.summary, None)
    yield from (Changed(fact.words, None, fact.summary) for fact in new.values())


def _alike(one: Fact, other: Fact) -> int:
    if len(one.marks) != len(other.marks):
        return 0
    return sum(mine == theirs for mine, theirs in zip(one.marks, other.marks, strict=True))


def _values_changed(was: Fact, now: Fact) -> Iterator[Changed]:
    for label, value in now.values.items():
        if was.values.get(label) != value:
            yield Changed(
                was.words, was.values.get(label) or _("(blank)"), value or _("(blank)"), field=label
            )


def _numbers_changed(before: Seen, after: Seen) -> Iterator[Changed]:
    for (unit, words), number in after.numbers.items():
        if before.numbers.get((unit, words)) != number:
            yield Changed(unit, before.numbers.get((unit, words), 0), number, field=words)


def _notes(after: Seen, day: date) -> Iterator[str]:
    if len(after.full_time_units) > 1:
        units = listed(after.full_time_units)
        yield _("On %(day)s this person would be full-time in more than one unit: %(units)s.") % {"day": long_day(day), "units": units}  # fmt: skip
    if after.shares and not after.posts:
        yield ngettext(
            "In no post on %(day)s, this person would still have %(number)s share in the division of work.",
            "In no post on %(day)s, this person would still have %(number)s shares in the division of work.",
            after.shares,
        ) % {"day": long_day(day), "number": after.shares}
