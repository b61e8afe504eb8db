"""What changed between two days: one list of facts, whatever part of the ledger they come from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Q
from django.utils.functional import Promise


class ChangeKind(StrEnum):
    """Every kind of fact that a list of changes knows."""

    PERSON_JOINED = "person.joined"
    PERSON_LEFT = "person.left"
    PERSON_MOVED = "person.moved"
    UNIT_OPENED = "unit.opened"
    UNIT_CLOSED = "unit.closed"
    UNIT_RENAMED = "unit.renamed"
    PORTFOLIO_BEGUN = "portfolio.begun"
    PORTFOLIO_ENDED = "portfolio.ended"
    ZONE_OPENED = "zone.opened"
    ZONE_CLOSED = "zone.closed"
    ZONE_RENAMED = "zone.renamed"
    MEMBER_JOINED = "zone.member_joined"
    MEMBER_LEFT = "zone.member_left"
    LEADER_BEGUN = "zone.leader_begun"
    LEADER_ENDED = "zone.leader_ended"
    SITE_PLANNED = "site.planned"
    SITE_OPENED = "site.opened"
    SITE_CLOSED = "site.closed"
    EQUIPMENT_PLACED = "equipment.placed"
    EQUIPMENT_REMOVED = "equipment.removed"
    EQUIPMENT_FAULTY = "equipment.faulty"
    EQUIPMENT_REPAIRED = "equipment.repaired"
    WORKS_BEGUN = "works.begun"
    WORKS_FINISHED = "works.finished"
    REGULATION_REACHED = "regulation.reached"
    DIRECTIVE_ISSUED = "directive.issued"
    MEETING_HELD = "meeting.held"
    PLAN_BEGUN = "plan.begun"
    PLAN_DONE = "plan.done"


@dataclass(frozen=True)
class Change:
    """One fact that began or ended on `day`.

    `words` is a translatable sentence with named places, `names` fills them with words of the ledger.
    `opens` is the kind (unit, person, zone, site, regulation, directive, meeting, plan_item) and key of the thing that
    it speaks of, for a link to its page.
    """

    day: date
    kind: ChangeKind
    words: str | Promise
    names: Mapping[str, str] = field(default_factory=dict)
    opens: tuple[str, int] | None = None

    @property
    def text(self) -> str:
        """The sentence in the reader's language."""
        return str(self.words) % self.names


def between(days: tuple[date, date], day: date | None) -> bool:
    """Whether something that happened on `day` lies between two days: after the first, up to the last."""
    return day is not None and days[0] < day <= days[1]


def begun_or_ended(days: tuple[date, date]) -> Q:
    """The condition that a dated row began or ended between two days: most rows of a ledger did neither."""
    begun, ended = ({f"{day}__gt": days[0], f"{day}__lte": days[1]} for day in ("starts", "ends"))
    return Q(**begun) | Q(**ended)


def in_order(changes: Iterable[Change]) -> list[Change]:
    """Changes by day; within a day in the order in which they were given."""
    return sorted(changes, key=lambda change: change.day)
