"""What a form of entry offers to choose from, and whom its words mean."""

import re
from dataclasses import dataclass

from django.db.models import Count

from xiezuo.organisation.models import Assignment, Commission, Person, PersonRecord, Unit, UnitRecord
from xiezuo.organisation.queries.names import KIND_ORDER, official_key, person_names, unit_names
from xiezuo.organisation.states import UnitKind
from xiezuo.shared.periods import OPEN

MOST_PEOPLE = 2_000
"""How many people a form offers while typing; beyond them a code or a name still finds everyone."""

CODE_PREFIX = "P"
_NAMED_WITH_CODE = re.compile(r".*[(（]\s*([^()（）]+?)\s*[)）]")


@dataclass(frozen=True)
class UnitChoice:
    """A unit that a form offers: its kind, its last name, and its record of that name."""

    unit: int
    kind: str
    record: UnitRecord


def people_offered(commission: Commission) -> list[str]:
    """Name and code of the people of a commission, in official order. One query."""
    rows = PersonRecord.objects.current().filter(commission=commission, ends=OPEN)
    named = rows.order_by("order_no", "position", "id").values_list("name", "person__code")[:MOST_PEOPLE]
    return [f"{name}（{code}）" for name, code in named]


def people_meant(commission: Commission, words: str) -> list[Person]:
    """Everyone whom `words` can mean: a code, a name, or a name with its code in brackets."""
    words = words.strip()
    people = Person.objects.filter(commission=commission)
    bracketed = _NAMED_WITH_CODE.fullmatch(words)
    codes = [words, *([bracketed[1]] if bracketed else [])]
    by_code = list(people.filter(code__in=codes))
    if by_code or not words:
        return by_code
    named = PersonRecord.objects.current().filter(commission=commission, name=words)
    return list(people.filter(pk__in=named.values("person_id")).order_by("code"))


def units_offered(commission: Commission) -> list[UnitChoice]:
    """Every unit of a commission by its last record, in official order. One query."""
    rows = UnitRecord.objects.current().filter(commission=commission).order_by("starts")
    last = {row.unit_id: row for row in rows}
    ordered = sorted(last.values(), key=official_key)
    return [UnitChoice(row.unit_id, _kind(row.kind), row) for row in ordered]


def _kind(kind: str) -> str:
    return str(UnitKind(kind).label) if kind in KIND_ORDER else kind


def posts_offered(commission: Commission) -> list[str]:
    """Words of posts that the ledger knows, the most frequent first. One query."""
    rows = (
        Assignment.objects.current().filter(commission=commission).values("post").annotate(number=Count("id"))
    )
    return [row["post"] for row in rows.order_by("-number", "post")[:80]]


def post_is_known(commission: Commission, post: str) -> bool:
    """Whether anybody holds or held a post of that name."""
    return Assignment.objects.current().filter(commission=commission, post=post).exists()


def posts_open(person: Person) -> list[tuple[Assignment, str]]:
    """Posts of a person that have no end yet, each with the name of its unit. Two queries."""
    held = (
        Assignment.objects.current()
        .filter(person=person, ends=OPEN)
        .select_related("unit")
        .order_by("starts", "position", "id")
    )
    rows = list(held)
    names = unit_names([row.unit_id for row in rows], OPEN)
    return [(row, names.get(row.unit_id, row.unit.code)) for row in rows]


def free_code(commission: Commission) -> str:
    """The next code for a person, as the ledger book proposes it: P and four digits."""
    known = Person.objects.filter(commission=commission).values_list("code", flat=True)
    numbers = [int(code[1:]) for code in known if re.fullmatch(CODE_PREFIX + r"[0-9]{1,9}", code)]
    return f"{CODE_PREFIX}{max(numbers, default=0) + 1:04d}"


def named(person: Person) -> str:
    """The name of a person as last known; the code while there is none."""
    return person_names([person.pk], OPEN).get(person.pk, person.code)


def unit_named(unit: Unit) -> str:
    """The name of a unit as last known; the code while there is none."""
    return unit_names([unit.pk], OPEN).get(unit.pk, unit.code)
