"""A team checked rule by rule, however it was made: used for swaps by hand, and against our own solver in tests."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xiezuo.collaboration.teaming.problem import Kind, Need, Person, rules_of
from xiezuo.collaboration.teaming.roster import Why, why_not
from xiezuo.shared.periods import overlap


@dataclass(frozen=True)
class Broken:
    """One rule that a team breaks: `of` is the role, skill or unit, `person` who breaks it.

    `found` and `expected` are the numbers, the least or the most; both 0 where nothing is counted.
    """

    need: str
    kind: Kind
    of: str = ""
    person: str = ""
    found: int = 0
    expected: int = 0
    why: Why | None = None
    """Why a person cannot go."""
    reason: str = ""
    """The caller's code of a bar."""


def broken(people: Iterable[Person], need: Need, members: Sequence[str]) -> list[Broken]:
    """Every rule that these members break, none twice; a team that breaks none may go."""
    known = {person.id: person for person in people}
    team = [known[each] for each in dict.fromkeys(members) if each in known]
    return [
        *_persons(known, need, members),
        *_size(need, members),
        *_counted(need, team),
        *_units(need, team),
        *(Broken(need.id, Kind.PINNED, person=each) for each in sorted(need.pinned - set(members))),
    ]


def broken_plan(
    people: Sequence[Person], needs: Sequence[Need], teams: Mapping[str, Sequence[str]]
) -> list[Broken]:
    """Every rule that several teams break, each by itself and together: nobody is in two at once."""
    asked = {need.id: need for need in needs}
    found = [each for need, members in teams.items() for each in broken(people, asked[need], members)]
    return [*found, *_at_once(asked, teams)]


def _persons(known: Mapping[str, Person], need: Need, members: Sequence[str]) -> Iterator[Broken]:
    for member, times in Counter(members).items():
        if times > 1:
            yield Broken(need.id, Kind.TWICE, person=member, found=times, expected=1)
        if member not in known:
            yield Broken(need.id, Kind.PERSON, person=member)
        elif (why := why_not(known[member], need)) is not None:
            yield Broken(need.id, Kind.PERSON, person=member, why=why, reason=need.barred.get(member, ""))


def _size(need: Need, members: Sequence[str]) -> Iterator[Broken]:
    found = len(set(members))
    if found != need.size:
        yield Broken(need.id, Kind.SIZE, found=found, expected=need.size)


def _counted(need: Need, team: Sequence[Person]) -> Iterator[Broken]:
    for rule in rules_of(need):
        found = sum(rule.met_by(person) for person in team)
        if found < rule.least:
            yield Broken(need.id, rule.kind, rule.of, found=found, expected=rule.least)


def _units(need: Need, team: Sequence[Person]) -> Iterator[Broken]:
    of_unit = Counter(person.unit for person in team)
    for unit, found in sorted(of_unit.items()):
        if need.most_of_unit is not None and found > need.most_of_unit:
            yield Broken(need.id, Kind.MOST_OF_UNIT, unit, found=found, expected=need.most_of_unit)
    if len(of_unit) < need.least_units:
        yield Broken(need.id, Kind.LEAST_UNITS, found=len(of_unit), expected=need.least_units)


def _at_once(asked: Mapping[str, Need], teams: Mapping[str, Sequence[str]]) -> Iterator[Broken]:
    given = sorted((need, each) for need, members in teams.items() for each in set(members))
    of_person: dict[str, list[Need]] = {}
    for need, member in given:
        for other in of_person.setdefault(member, []):
            here = asked[need]
            if overlap((here.starts, here.ends), (other.starts, other.ends)):
                yield Broken(need, Kind.TWICE, of=other.id, person=member, found=2, expected=1)
        of_person[member].append(asked[need])
