"""A small fictional county in which facts are entered one by one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from xiezuo.accounts.api import Actor, Role, Scope
from xiezuo.accounts.holding import Held
from xiezuo.organisation.models import Assignment, Commission, Person, PersonRecord, Unit, UnitRecord
from xiezuo.organisation.states import Sex, UnitKind
from xiezuo.shared.periods import ALWAYS, OPEN

DAY = date(2022, 8, 15)
NOW = datetime(2022, 8, 20, 9, 0, tzinfo=UTC)
CLERK = Actor("clerk", 1, held=(Held(Role.CASE_MANAGEMENT, None, Scope.INSTALLATION, 0),))
"""Who keeps the ledger of whatever commission a test makes."""


@dataclass(frozen=True)
class County:
    """A commission with its units and people, in the order in which they were made."""

    commission: Commission
    units: list[Unit]
    people: list[Person]

    def version(self) -> int:
        return Commission.objects.get(pk=self.commission.pk).ledger_version


def a_county(code: str = "T", units: int = 3, people: int = 3) -> County:
    """Units stand from 2020 on, the last one only until 2023."""
    commission = Commission.objects.create(code=code, name=f"测试县{code}纪委监委", region="测试县")
    known = NOW - timedelta(days=300)
    made = [Unit.objects.create(commission=commission, code=f"{code}-U{number}") for number in range(units)]
    for number, unit in enumerate(made):
        ends = date(2023, 1, 1) if number == units - 1 else OPEN
        UnitRecord.objects.create(
            commission=commission, unit=unit, name=f"第{number}监督检查室", kind=UnitKind.SUPERVISION_OFFICE,
            starts=date(2020, 1, 1), ends=ends, known_from=known, position=number,
        )  # fmt: skip
    persons = [
        Person.objects.create(commission=commission, code=f"{code}-P{number}") for number in range(people)
    ]
    for number, person in enumerate(persons):
        PersonRecord.objects.create(
            commission=commission, person=person, name=f"人员{number}", sex=Sex.FEMALE, starts=ALWAYS, known_from=known,
            position=number,
        )  # fmt: skip
    return County(commission, made, persons)


def a_post(county: County, **given: Any) -> dict[str, Any]:
    """Everything that `take_up_post` is told, with sound values where a test says nothing."""
    told: dict[str, Any] = {
        "person": county.people[0], "unit": county.units[0], "post": "副主任", "engagement": "专职", "status": "在编",
        "moves": ["调入"], "starts": DAY, "basis": "测纪干〔2022〕1号", "by": CLERK, "now": NOW,
    }  # fmt: skip
    return {**told, **given}


def known_posts(county: County, at: datetime | None = None) -> list[tuple[Any, ...]]:
    """What the ledger says, or said at an instant, of every post."""
    rows = Assignment.objects.known(at).filter(commission=county.commission)
    fields = ("person_id", "unit_id", "post", "engagement", "status", "starts", "ends", "leaving", "basis")
    return sorted(rows.values_list(*fields), key=str)
