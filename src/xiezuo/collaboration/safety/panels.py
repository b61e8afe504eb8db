"""What safety shows on the page of a request: who answers for it, the talks with their gaps, the incidents with their clocks."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.collaboration.queries import safety as queries
from xiezuo.collaboration.queries import work
from xiezuo.collaboration.safety import policies
from xiezuo.collaboration.safety.shown import incidents_table, talks_table
from xiezuo.collaboration.states import Measure
from xiezuo.organisation.api import person_names
from xiezuo.shared import clock
from xiezuo.shared.lists import listed

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Request


def safety_panel(row: "Request", reader: Actor, on: date) -> dict[str, Any] | None:
    """None before there is a team. As many queries for one talk and incident as for many."""
    if row.state not in policies.KNOWN_IN:
        return None
    talks, part = queries.talks_of(row), work.part_of(reader, row, on)
    return {
        "row": row, "answers": _answers(row, on), "incidents": incidents_table(queries.incidents_of(row), clock.now()),
        "talks": talks_table(talks, queries.talkers_called(row, on)) if talks or Measure.TALK in row.measures else None,
        "may_record": not policies.may_record(reader, row, part), "may_file": not policies.may_file(reader, row, part),
    }  # fmt: skip


def _answers(row: "Request", on: date) -> list[tuple[str, str]]:
    """Who answers for safety today (工作规则 70); a request whose team is not named yet says so."""
    with as_the_product():
        chain = queries.responsible_on(row, on)
        people = [
            chain.head,
            chain.leader and chain.leader.person_id,
            chain.officer and chain.officer.person_id,
        ]
        names = person_names({each for each in people if each}, on)
    head, leader, officer = (names.get(each or 0, "") for each in people)
    return [
        (_("First responsible"), listed(each for each in (head, leader) if each)),
        (_("Safety officer"), officer or _("nobody has been named yet")),
    ]
