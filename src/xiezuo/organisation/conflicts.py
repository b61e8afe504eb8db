"""What cannot be true beside what the ledger holds: asked before a fact is written, told in words.

The database refuses the worst of it by itself; nobody should have to read that.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from xiezuo.organisation.models import Assignment, Commission, Leave, Person, Portfolio, Unit, UnitRecord
from xiezuo.organisation.queries import person_names, unit_names
from xiezuo.organisation.states import Engagement, LeaveKind, Mode, MoveIn, MoveOut, Sex, Status
from xiezuo.shared.errors import Reason
from xiezuo.shared.ledger import LedgerQuerySet, LedgerRow
from xiezuo.shared.lists import listed
from xiezuo.shared.periods import OPEN
from xiezuo.ui.absence import period_words

FIRST_DAY = date(1900, 1, 1)
AHEAD = timedelta(days=366)
"""How far ahead an entered day may lie: decisions are dated months ahead, slips of the pen are years off."""


def against_day(day: date, today: date) -> list[Reason]:
    """Reasons against a day that someone entered."""
    last = today + AHEAD
    if FIRST_DAY <= day <= last:
        return []
    words = _("The day is %(found)s; expected one from %(first)s to %(last)s.")
    said = words % {"found": day.isoformat(), "first": FIRST_DAY.isoformat(), "last": last.isoformat()}
    return [Reason("day-out-of-range", said)]


def against_end(starts: date, ends: date) -> list[Reason]:
    """Reasons against a period that has no day."""
    if starts < ends:
        return []
    words = _("The end is %(ends)s and the beginning %(starts)s; expected an end after the beginning: the first day on which it no longer holds.")  # fmt: skip
    return [Reason("end-not-after-start", words % {"ends": ends.isoformat(), "starts": starts.isoformat()})]


def against_post(
    draft: Assignment, *, also: Iterable[Reason] = (), instead_of: Collection[int] = ()
) -> list[Reason]:
    """Reasons against a post as `draft` says it, `also` before them; the ledger is asked only if there are none yet.

    Rows with a key in `instead_of` will no longer be there.
    """
    reasons = [*also, *_post_words(draft), *against_end(draft.starts, draft.ends), *_strangers(draft)]
    if reasons:
        return reasons
    return [*_not_standing(draft.unit, draft.starts, draft.ends), *_post_twice(draft, instead_of)]


def against_share(draft: Portfolio, *, also: Iterable[Reason] = ()) -> list[Reason]:
    """Reasons against a share in the division of work as `draft` says it, `also` before them."""
    reasons = [
        *also, *unknown(_("Mode"), draft.mode, Mode), *_one_object(draft), *against_end(draft.starts, draft.ends),
        *_of_commission(draft.commission, [draft.person, draft.unit]),
    ]  # fmt: skip
    if reasons:
        return reasons
    standing = _not_standing(draft.unit, draft.starts, draft.ends) if draft.unit else []
    return [*standing, *_share_twice(draft)]


def against_leave(draft: Leave, today: date) -> list[Reason]:
    """Reasons against days away as `draft` says them; the ledger is asked only if there are none yet."""
    days = [reason for day in (draft.starts, draft.ends) for reason in against_day(day, today)]
    reasons = [*days, *unknown(_("Kind"), draft.kind, LeaveKind), *against_end(draft.starts, draft.ends)]
    return reasons or _away_twice(draft)


def against_person(commission: Commission, code: str, name: str, sex: str) -> list[Reason]:
    """Reasons against a new person."""
    reasons = [*missing(_("Name"), name), *missing(_("Code"), code), *unknown(_("Sex"), sex, Sex)]
    if Person.objects.filter(commission=commission, code=code).exists():
        words = _("There is already a person with the code %(code)s; expected one that nobody has.")
        reasons.append(Reason("code-taken", words % {"code": code}))
    return reasons


def missing(what: str, given: str) -> list[Reason]:
    """A reason if a text that must be given is blank."""
    if given.strip():
        return []
    return [Reason("missing", _("%(what)s is blank; expected a text.") % {"what": what})]


def unknown(what: str, given: str, choices: type[TextChoices]) -> list[Reason]:
    """A reason if a word is none of the ledger's."""
    if given in choices.values:
        return []
    words = _("%(what)s is “%(found)s”; expected one of: %(expected)s.")
    return [
        Reason("unknown-choice", words % {"what": what, "found": given, "expected": listed(choices.values)})
    ]


def _post_words(draft: Assignment) -> Iterator[Reason]:
    yield from missing(_("Post"), draft.post)
    yield from unknown(_("Full-time or part-time"), draft.engagement, Engagement)
    yield from unknown(_("Status"), draft.status, Status)
    yield from (reason for word in draft.moves or [""] for reason in unknown(_("Kind of move"), word, MoveIn))
    if draft.leaving:
        yield from unknown(_("Way of leaving"), draft.leaving, MoveOut)
    if draft.ends == OPEN and (draft.leaving or draft.to_outside):
        yield Reason("leaving-without-end", _("A way of leaving is given without a day of leaving; expected both or neither."))  # fmt: skip
    if draft.from_unit_id and draft.from_outside:
        yield Reason("two-origins", _("Both a unit of this commission and a body outside are given as where the person came from; expected one of them."))  # fmt: skip


def _strangers(draft: Assignment) -> list[Reason]:
    return _of_commission(draft.commission, [draft.person, draft.unit, draft.from_unit])


def _of_commission(commission: Commission, things: Iterable[Person | Unit | None]) -> list[Reason]:
    """Whatever is spoken of must belong to the commission whose ledger is written."""
    words = _("%(code)s belongs to the ledger of %(found)s; expected one of %(expected)s.")
    return [
        Reason(
            "other-commission",
            words % {"code": thing.code, "found": thing.commission, "expected": commission},
        )
        for thing in things
        if thing is not None and thing.commission_id != commission.pk
    ]


def _not_standing(unit: Unit, starts: date, ends: date) -> list[Reason]:
    """A fact of a unit may last no longer than the unit: its descriptions must cover the period without a gap."""
    records = list(UnitRecord.objects.current().filter(unit=unit).order_by("starts"))
    reached = starts
    for record in records:
        if record.starts <= reached < record.ends:
            reached = record.ends
    if reached >= ends:
        return []
    stands = listed(period_words(record.starts, record.ends) for record in records) or "—"
    words = _("%(unit)s stands %(stands)s, and the entry would hold %(asked)s; expected a period in which it stands on every day.")  # fmt: skip
    named = records[-1].name if records else unit.code
    said = words % {"unit": named, "stands": stands, "asked": period_words(starts, ends)}
    return [Reason("unit-not-standing", said)]


def _post_twice(draft: Assignment, instead_of: Collection[int]) -> list[Reason]:
    same = Assignment.objects.current().filter(person=draft.person, unit=draft.unit, post=draft.post)
    other = _sharing_a_day(same, draft, instead_of)
    if other is None:
        return []
    words = _("%(person)s already holds the post %(post)s of %(unit)s %(period)s; expected a day on which that post is not theirs.")  # fmt: skip
    said = words % {
        "person": _person(draft.person), "post": draft.post, "period": period_words(other.starts, other.ends),
        "unit": unit_names([draft.unit.pk], draft.starts).get(draft.unit.pk, draft.unit.code),
    }  # fmt: skip
    return [Reason("same-post-twice", said)]


def _share_twice(draft: Portfolio) -> list[Reason]:
    same = Portfolio.objects.current().filter(
        person=draft.person, unit=draft.unit, line=draft.line, mode=draft.mode
    )
    other = _sharing_a_day(same, draft, ())
    if other is None:
        return []
    words = _("%(person)s already has this share in the division of work %(period)s; expected a day on which it is not theirs.")  # fmt: skip
    said = words % {"person": _person(draft.person), "period": period_words(other.starts, other.ends)}
    return [Reason("same-share-twice", said)]


def _away_twice(draft: Leave) -> list[Reason]:
    other = _sharing_a_day(Leave.objects.current().filter(person=draft.person), draft, ())
    if other is None:
        return []
    words = _("%(person)s is already entered as away %(period)s; expected days on which they are not. To change days, cancel them and enter them anew.")  # fmt: skip
    said = words % {"person": _person(draft.person), "period": period_words(other.starts, other.ends)}
    return [Reason("away-twice", said)]


def _sharing_a_day(rows: LedgerQuerySet, draft: LedgerRow, instead_of: Collection[int]) -> LedgerRow | None:
    overlapping = rows.filter(starts__lt=draft.ends, ends__gt=draft.starts)
    return overlapping.exclude(pk__in=instead_of).order_by("starts", "pk").first()


def _person(person: Person) -> str:
    return person_names([person.pk], OPEN).get(person.pk, person.code)


def _one_object(draft: Portfolio) -> list[Reason]:
    if (draft.unit is None) != (not draft.line.strip()):
        return []
    return [Reason("one-object", _("Expected either a unit or a line of work in words, and not both."))]
