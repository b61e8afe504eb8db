"""Whether a zone plan can be decided on: weighed against the rules, the ledger of its first day, and its consultation.

The page, the application and the decision read the same reasons. Whoever applies or decides weighs as the product does,
so that nothing is overlooked because the reader may not see it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xiezuo.organisation.api import Commission, person_names
from xiezuo.organisation.models import Assignment, UnitRecord
from xiezuo.shared.errors import Reason
from xiezuo.shared.ledger import LedgerQuerySet, LedgerRow
from xiezuo.shared.periods import OPEN
from xiezuo.zones.judged_words import reasons
from xiezuo.zones.judging import blocking
from xiezuo.zones.models import Plan, Zone, ZoneLeader, ZoneMember, ZoneRecord
from xiezuo.zones.plans import policies
from xiezuo.zones.queries.judging import judged_on, known_of
from xiezuo.zones.queries.plans import consultations_of, last_decided, opinions_of, scheme_of
from xiezuo.zones.queries.schemes import scheme_on
from xiezuo.zones.scheme import HELPER, PlannedZone, Scheme, difference


def against_application(plan: Plan, today: date) -> list[Reason]:
    """Everything that stands against applying for a decision on the plan now, but for the particulars of the form."""
    return [
        *policies.against_consultation(consultations_of(plan), opinions_of(plan), today),
        *policies.against_first_day(plan.starts, last_decided(plan.commission), today),
        *against_content(plan),
    ]


def against_decision(plan: Plan, today: date) -> list[Reason]:
    """Everything that stands against the ledger taking the plan over now, judged again on the ledger as it is."""
    return [
        *policies.against_first_day(plan.starts, last_decided(plan.commission), today, deciding=True),
        *against_content(plan),
    ]


def against_content(plan: Plan) -> list[Reason]:
    """What a plan says that cannot be: by itself, by the binding rules, or by the ledger of its first day."""
    scheme = scheme_of(plan)
    return [
        *policies.against_content(scheme),
        *against_rules(plan.commission, scheme, plan.starts),
        *against_ledger(plan.commission, scheme, plan.starts),
    ]


def against_rules(commission: Commission, scheme: Scheme, on: date) -> list[Reason]:
    """Each thing that breaks a binding rule on the day, by the name of the rule and where."""
    broken = blocking(judged_on(commission, scheme, on))
    known = known_of(commission, on, (scheme,), broken)
    return reasons(broken, scheme, known)


def against_ledger(commission: Commission, scheme: Scheme, starts: date) -> list[Reason]:
    """What the ledger says of the plan's first day, or after it, that does not go together with the plan."""
    return [
        *_no_change(commission, scheme, starts),
        *_other_level(commission, scheme, starts),
        *_gone_people(commission, scheme, starts),
        *(_later_reason(each) for each in later_facts(commission, scheme, starts)),
    ]


def _no_change(commission: Commission, scheme: Scheme, starts: date) -> list[Reason]:
    if difference(scheme_on(commission, starts), scheme):
        return []
    words = _("The plan changes nothing: the ledger of %(day)s says the same.")
    return [Reason("nothing-changed", words % {"day": starts})]


def _other_level(commission: Commission, scheme: Scheme, starts: date) -> Iterator[Reason]:
    """A zone keeps its level as long as it stands; under its code nothing of the other level can follow it."""
    rows = ZoneRecord.objects.current().filter(commission=commission, ends__gt=starts).select_related("zone")
    for row in rows.order_by("zone_id", "starts"):
        zone = scheme.zone(row.zone.code)
        if zone is not None and zone.level != row.level:
            words = _("“%(name)s” (%(code)s) is of the %(found)s in the ledger; give the zone of the plan another code.")  # fmt: skip
            yield Reason("level", words % {"name": zone.name, "code": zone.code, "found": row.get_level_display()})  # fmt: skip


def _gone_people(commission: Commission, scheme: Scheme, starts: date) -> Iterator[Reason]:
    named = list(dict.fromkeys(each.person for each in scheme.leaders))
    posts = Assignment.objects.on(starts).filter(commission=commission, person__in=named)
    there = set(posts.order_by().values_list("person", flat=True))
    gone = [each for each in named if each not in there]
    names = person_names(gone, starts) if gone else {}
    for person in gone:
        words = _("%(person)s holds no post on %(day)s; name another leader.")
        yield Reason("person-gone", words % {"person": names.get(person, f"#{person}"), "day": starts})


@dataclass(frozen=True)
class LaterFact:
    """One fact of the ledger that begins or ends on `day`, after a plan's first day, and says otherwise than the plan."""

    day: date
    begins: bool
    what: str


def later_facts(commission: Commission, scheme: Scheme, starts: date) -> list[LaterFact]:
    """Facts of the zones that change after the day, so that the plan could not hold from then on. In order of days.

    A helper who is to help until a day may: a help has an end of its own. Six queries.
    """
    codes = dict(Zone.objects.filter(commission=commission).values_list("pk", "code"))
    rows = [row for model in (ZoneRecord, ZoneMember, ZoneLeader) for row in _touching(model.objects.all(), commission, starts)]  # fmt: skip
    units = _unit_names(row.unit_id for row in rows if isinstance(row, ZoneMember))
    people = person_names({row.person_id for row in rows if isinstance(row, ZoneLeader)}, starts)
    found = [
        LaterFact(row.starts if row.starts > starts else row.ends, row.starts > starts, _said(row, codes, units, people))
        for row in rows
        if row.starts > starts or _kept(row, codes, scheme)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.day, each.what))


def _touching(rows: LedgerQuerySet, commission: Commission, starts: date) -> Iterator[LedgerRow]:
    """Rows that begin after the day, and those that hold on it and end later."""
    current = rows.current().filter(commission=commission, ends__gt=starts).order_by("starts", "pk")
    return (row for row in current if row.starts > starts or row.ends != OPEN)


def _kept(row: LedgerRow, codes: dict[int, str], scheme: Scheme) -> bool:
    """Whether the plan goes on saying what a row says that ends later. Those that it ends itself do not matter."""
    if isinstance(row, ZoneMember):
        told = ((each.zone, each.unit, each.role) for each in scheme.members if each.role != HELPER)
        return (codes[row.zone_id], row.unit_id, row.role) in told
    if isinstance(row, ZoneLeader):
        return (codes[row.zone_id], row.person_id) in ((each.zone, each.person) for each in scheme.leaders)
    zone = scheme.zone(codes[row.zone_id]) if isinstance(row, ZoneRecord) else None
    return isinstance(row, ZoneRecord) and zone is not None and _record_says(row, codes) == zone_says(zone)


def _record_says(row: ZoneRecord, codes: dict[int, str]) -> tuple[str, str, str, str]:
    return row.name, row.level, row.kind, codes[row.parent_id] if row.parent_id else ""


def zone_says(zone: PlannedZone) -> tuple[str, str, str, str]:
    """What a planned zone says beside its code."""
    return zone.name, zone.level, zone.kind, zone.parent


def _unit_names(units: Iterable[int]) -> dict[int, str]:
    rows = UnitRecord.objects.current().filter(unit__in=set(units)).order_by("starts")
    return dict(rows.values_list("unit", "name"))


def _said(row: LedgerRow, codes: dict[int, str], units: dict[int, str], people: dict[int, str]) -> str:
    if isinstance(row, ZoneMember):
        told = {
            "unit": units.get(row.unit_id, ""),
            "zone": codes[row.zone_id],
            "role": row.get_role_display(),
        }
        return _("%(unit)s in %(zone)s as %(role)s") % told
    if isinstance(row, ZoneLeader):
        return _("%(person)s as leader of %(zone)s") % {"person": people.get(row.person_id, ""), "zone": codes[row.zone_id]}  # fmt: skip
    return f"{row.name}（{codes[row.zone_id]}）" if isinstance(row, ZoneRecord) else ""


def _later_reason(fact: LaterFact) -> Reason:
    if fact.begins:
        words = _("The ledger says that from %(day)s on, after the first day of the plan: %(what)s. End or correct that fact, or choose a later first day.")  # fmt: skip
    else:
        words = _("The ledger says until %(day)s: %(what)s. The plan says so without an end; correct that fact, or choose %(day)s or a later first day.")  # fmt: skip
    return Reason("later-fact", words % {"day": fact.day, "what": fact.what})
