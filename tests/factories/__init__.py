"""Small ledgers for tests: each function inserts one thing, with everything that a test does not name filled in.

They write rows as the ledger holds them, not through the operations, so that reading can be tested alone. They run
inside a transaction that has an actor (the fixture `actor`).
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from xiezuo.directives.models import Meeting, PlanItem
from xiezuo.organisation.models import (
    Assignment,
    Commission,
    Establishment,
    Leave,
    Person,
    PersonRecord,
    Unit,
    UnitRecord,
)
from xiezuo.rules.models import Regulation, RegulationRecord
from xiezuo.shared import clock
from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.sites.models import Equipment, Site, SiteRecord, Works
from xiezuo.zones.models import Zone, ZoneLeader, ZoneMember, ZoneRecord

KNOWN = datetime(2022, 1, 1, tzinfo=UTC)
BEGINNING = date(2018, 3, 1)

_numbers = count(1)


def commission(code: str = "", **details: Any) -> Commission:
    """A fictional county."""
    code = code or f"C{next(_numbers)}"
    return Commission.objects.create(code=code, **{"name": f"虚构县{code}", "region": "虚构县", **details})


def unit(of: Commission, kind: str, name: str = "", *, code: str = "", **details: Any) -> Unit:
    """A unit with one description, from 2018 on unless `starts` and `ends` say otherwise."""
    anchor = Unit.objects.create(commission=of, code=code or f"U{next(_numbers)}")
    described = {"name": name or f"{kind}{anchor.code}", "kind": kind, **details}
    UnitRecord.objects.create(unit=anchor, **_row(of, **described))
    return anchor


def person(of: Commission, name: str = "", *, code: str = "", **details: Any) -> Person:
    """A fictional person, described since always."""
    anchor = Person.objects.create(commission=of, code=code or f"P{next(_numbers)}")
    described = {"name": name or f"虚构{anchor.code}", "sex": "女", "starts": ALWAYS, **details}
    PersonRecord.objects.create(person=anchor, **_row(of, **described))
    return anchor


def leave(who: Person, starts: date | None = None, ends: date | None = None, kind: str = "年休") -> Leave:
    """Days away, from today on for ten days unless told otherwise."""
    first = starts or clock.today()
    return Leave.objects.create(
        commission=who.commission, person=who, kind=kind, starts=first, ends=ends or first + timedelta(days=10),
        entered_by="operator", known_from=KNOWN,
    )  # fmt: skip


def assignment(
    who: Person,
    where: Unit,
    post: str = "工作人员",
    *,
    engagement: str = "专职",
    moves: Sequence[str] = ("期初",),
    **details: Any,
) -> Assignment:
    """A post taken up in 2018 and kept, unless `starts` and `ends` say otherwise."""
    held = {"status": "在编", "engagement": engagement, "moves": list(moves), **details}
    return Assignment.objects.create(person=who, unit=where, post=post, **_row(who.commission, **held))


def standard(
    of: Commission, kind: str, post: str, people: int, full_time: int = 0, **details: Any
) -> Establishment:
    """So many people in a post of every unit of the kind, or of `unit` alone."""
    asked = {"kind": kind, "post": post, "people": people, "full_time": full_time, **details}
    return Establishment.objects.create(**_row(of, **asked))


def zone(
    of: Commission, level: str, kind: str = "", *, name: str = "", code: str = "", **details: Any
) -> Zone:
    """A zone with one description."""
    anchor = Zone.objects.create(commission=of, code=code or f"Z{next(_numbers)}")
    described = {"name": name or f"{anchor.code}协作区", "level": level, "kind": kind, **details}
    ZoneRecord.objects.create(zone=anchor, **_row(of, **described))
    return anchor


def zone_leader(of: Zone, who: Person, **details: Any) -> ZoneLeader:
    """A person who leads a zone."""
    return ZoneLeader.objects.create(zone=of, person=who, **_row(of.commission, **details))


def zone_member(of: Zone, member: Unit, role: str, level: str = "二级", **details: Any) -> ZoneMember:
    """A unit in a zone."""
    return ZoneMember.objects.create(
        zone=of, unit=member, role=role, level=level, **_row(of.commission, **details)
    )


def site(of: Unit, kind: str, *, name: str = "", code: str = "", **details: Any) -> Site:
    """A site in use since 2018 unless `opened_on` says otherwise."""
    anchor = Site.objects.create(commission=of.commission, code=code or f"S{next(_numbers)}")
    described = {"name": name or f"{kind}{anchor.code}", "kind": kind, "opened_on": BEGINNING, **details}
    SiteRecord.objects.create(site=anchor, unit=of, **_row(of.commission, **described))
    return anchor


def equipment(of: Site, item: str, **details: Any) -> Equipment:
    """An item in a site."""
    return Equipment.objects.create(site=of, item=item, **_row(of.commission, **details))


def works(of: Site, **details: Any) -> Works:
    """Works on a site."""
    planned = {"contents": ["改造"], "due_on": date(2022, 12, 31), **details}
    return Works.objects.create(site=of, **_row(of.commission, **planned))


def regulation(of: Commission, name: str = "虚构制度", *, code: str = "", **details: Any) -> Regulation:
    """A regulation; give the days of its life, of which `ends` is its repeal."""
    anchor = Regulation.objects.create(commission=of, code=code or f"R{next(_numbers)}")
    described = {"name": name, "starts": ALWAYS, **details}
    RegulationRecord.objects.create(regulation=anchor, **_row(of, **described))
    return anchor


def meeting(
    of: Commission, kind: str, units: Sequence[Unit] = (), *, name: str = "", **details: Any
) -> Meeting:
    """A meeting or visit that concerns units."""
    held = {"name": name or f"{kind}{next(_numbers)}", "units": [unit.pk for unit in units], **details}
    return Meeting.objects.create(kind=kind, **_row(of, **held))


def plan_item(of: Commission, category: str, *, name: str = "", **details: Any) -> PlanItem:
    """An item of the plan."""
    return PlanItem.objects.create(
        category=category, name=name or f"{category}{next(_numbers)}", **_row(of, **details)
    )


def _row(of: Commission, **details: Any) -> dict[str, Any]:
    return {"commission": of, "starts": BEGINNING, "ends": OPEN, "known_from": KNOWN, **details}


def described_again(anchor: Unit, name: str, *, starts: date, **details: Any) -> UnitRecord:
    """Another description of a unit, of the same kind; the one before must end first."""
    before = UnitRecord.objects.filter(unit=anchor).latest("starts")
    described = {"name": name, "kind": before.kind, "starts": starts, **details}
    return UnitRecord.objects.create(unit=anchor, **_row(anchor.commission, **described))
