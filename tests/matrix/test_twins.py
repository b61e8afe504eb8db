"""Twin worlds: what may not be seen changes nothing of what is seen, neither a count nor an order nor a page's end."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from tests import factories as made
from tests.matrix.canaries import Subject
from tests.matrix.office_targets import TARGETS
from tests.matrix.walk import Cell, Walker, is_allowed
from tests.matrix.world import County, World
from xiezuo.accounts.api import OPERATOR, set_actor
from xiezuo.book.models import Draft, Load
from xiezuo.config.gate import table
from xiezuo.directives.models import Directive
from xiezuo.reports import operations as reports
from xiezuo.shared import clock

HIDES_WHOLE_UNITS = ("unit_head", "staff", "site_keeper")
"""They know no totals of the commission, so that nothing of another unit's people may show anywhere."""
SUBJECTS = [
    "unit_head", "reader", "case_management",
    *(pytest.param(name, marks=pytest.mark.night) for name in (
        "staff", "site_keeper", "contact_leader", "deputy_secretary", "secretary", "report_writer", "moved", "upper",
    )),
]  # fmt: skip
ROUTES = sorted(
    route for route, method in table() if method == "GET" and not route.startswith(("accounts:", "consoles:"))
)
CHANGING = re.compile(
    rb'csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken[^}]+|name="key" value="[^"]+"|\d\d:\d\d(:\d\d)?|data-nonce="[^"]+"'
    rb"|DTSTAMP:\w+"
)


def normalised(response: Any) -> dict[str, bytes]:
    """What an answer says, without its tokens and times; a packed file part by part."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] != b"PK":
        return {"": CHANGING.sub(b"", body), "status": str(response.status_code).encode()}
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return {
            name: CHANGING.sub(b"", packed.read(name))
            for name in packed.namelist()
            if name != "docProps/core.xml"
        }


NAMES_THE_COUNTY = {"collaboration:team", "collaboration:team-member"}
"""Whoever puts a team together is told everybody in the county who can go: name, unit and post, and nothing more."""


def answers(walker: Walker, subject: Subject) -> dict[str, dict[str, bytes]]:
    """Everything that the subject may read, as it is read now."""
    found = {}
    for route in ROUTES:
        if route in NAMES_THE_COUNTY:
            continue
        row = table()[route, "GET"]
        for scope, targets in TARGETS[route, "GET"](walker.world, subject).items():
            if scope in ("plain", "export", "own") and is_allowed(row, subject, scope):
                for target in targets:
                    cell = Cell(route, "GET", subject, scope, target, allowed=True)
                    with walker.undone():
                        found[str(cell)] = normalised(walker.request(cell))
    return found


def differing(walker: Walker, subject: Subject, change: Callable[[], None]) -> list[str]:
    """The answers that are others once `change` has happened."""
    if subject.name not in AS_BUILT:
        AS_BUILT[subject.name] = answers(walker, subject)
    with walker.undone():
        set_actor(OPERATOR)
        change()
        after = answers(walker, subject)
    return [name for name, said in AS_BUILT[subject.name].items() if said != after[name]]


AS_BUILT: dict[str, dict[str, dict[str, bytes]]] = {}
"""What each subject reads in the world as every test finds it."""


def people_of(county: County, unit: str) -> None:
    """Two more people, one gone again, more matters: as much as a list or a count could give away."""
    where, of = county.units[unit], county.commission
    for number in (1, 2):
        who = made.person(of, "安安安", code=f"{county.code}-0{number}", order_no=-1)
        made.assignment(who, where, "工作人员", starts=clock.today() if number == 1 else made.BEGINNING)
    made.meeting(of, "检查调研", [where], name="安安安")
    made.plan_item(of, "推进", name="安安安", unit=where, due_on=made.BEGINNING)


def everything_of(county: County) -> None:
    """Of another commission: people, matters, sites, rules, reports, loads."""
    of, now = county.commission, clock.now()
    people_of(county, "U1")
    made.zone(of, "一级", name="安安安区")
    made.site(county.units["U1"], "谈话室", name="安安安室")
    made.regulation(of, "安安安制度", in_force_on=made.BEGINNING)
    Directive.objects.create(
        commission=of, source="虚构市", name="安安安", starts=made.BEGINNING, known_from=now
    )
    Load.objects.create(commission=of, file_name="安安安", sha256="1" * 64, at=now, by="nobody")
    writing = {"commission": of, "on": clock.today(), "template": reports.STANDARD, "by": OPERATOR}
    reports.issue_report(run=reports.write_report(now=now, **writing), by=OPERATOR, now=now, reason="虚构")


def drafts_of(county: County) -> None:
    """What only its makers may see: a report that was not issued, an upload, a load."""
    writing = {
        "commission": county.commission,
        "on": clock.today(),
        "template": reports.STANDARD,
        "by": OPERATOR,
    }
    reports.write_report(now=clock.now(), **writing)
    Draft.objects.create(file_name="安安安", stored_as="none", sha256="1" * 64, by="nobody", at=clock.now())


@pytest.mark.parametrize("name", SUBJECTS)
def test_another_commission_leaves_no_trace(name: str, world: World, walker: Walker) -> None:
    subject = world.subjects[name]
    others = [county for code, county in world.counties.items() if code != subject.commission]
    assert differing(walker, subject, lambda: [everything_of(county) for county in others] and None) == []


@pytest.mark.parametrize("name", [name for name in SUBJECTS if name in HIDES_WHOLE_UNITS])
def test_another_unit_leaves_no_trace_where_totals_are_not_known(
    name: str, world: World, walker: Walker
) -> None:
    subject = world.subjects[name]
    away = subject.away if subject.units else "U3"
    assert differing(walker, subject, lambda: people_of(world.of(subject), away)) == []


@pytest.mark.parametrize("name", ["reader", pytest.param("contact_leader", marks=pytest.mark.night)])
def test_drafts_leave_no_trace_but_with_their_makers(name: str, world: World, walker: Walker) -> None:
    subject = world.subjects[name]
    assert differing(walker, subject, lambda: drafts_of(world.of(subject))) == []


def test_what_may_be_seen_does_leave_its_trace(world: World, walker: Walker) -> None:
    """The control: a comparison that saw nothing change here would be blind."""
    subject = world.subjects["unit_head"]
    found = differing(walker, subject, lambda: people_of(world.of(subject), subject.here))
    assert {"organisation:people", "organisation:unit", "directives:plan", "directives:meetings"} <= {
        name.split()[2] for name in found
    }
