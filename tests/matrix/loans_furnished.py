"""More loans in the matrix's world: rules of loans, an open vacancy, one to extend, one that each of the staff was on."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db.models import Max

from tests.factories import BEGINNING, KNOWN
from tests.matrix import applications
from tests.matrix.canaries import Kind, Seen, Subject
from xiezuo.accounts.models import User
from xiezuo.approvals.states import ApprovalState
from xiezuo.collaboration.models import Lent, Loan, Pairing
from xiezuo.organisation.models import Assignment
from xiezuo.organisation.states import LENT
from xiezuo.rules.models import WorkRule
from xiezuo.shared import clock
from xiezuo.shared.periods import OPEN

if TYPE_CHECKING:
    from tests.matrix.world import County, World

TODAY = clock.today()
DAY = timedelta(days=1)
STAFF = {"staff": "staff U1", "moved": "moved", "lent": "lent"}
"""Subjects of the staff, and the persons that they are."""
ARRANGERS = {"unit_head", "deputy_secretary", "secretary", "case_management"}


def furnish(world: "World") -> None:
    """Put all of it there, after the collaboration's own."""
    for county in world.counties.values():
        rule = _rule(county)
        for unit in ("U1", "U2", "U3"):
            county.things[f"lent {unit}"] = Lent.objects.get(loan=county.things[f"loan {unit}"])
        open_to_all = world.marks.mark(Seen(Kind.STRUCTURE, county.code))
        county.things["vacancy"] = _loan(county, "U3", open_to_all, rule, kind="试岗", state="已批准", criteria=open_to_all)  # fmt: skip
        arranged = _mark(world, county, "U3", *(("moved",) if county.code == "A" else ()))
        extended = _loan(county, "U3", arranged, rule, kind="岗位借调", starts=TODAY - 9 * DAY, ends=TODAY + 20 * DAY)  # fmt: skip
        county.things["lent to extend"] = _lent(extended, county.things["person moved"], arranged)  # fmt: skip
        for name, person in STAFF.items():
            mark = _mark(world, county, "U3", *((name,) if county.code == "A" else ()))
            past = {"starts": TODAY - 90 * DAY, "ends": TODAY - 60 * DAY}
            row = _lent(_loan(county, "U3", mark, rule, state="已结束", **past), county.things[f"person {person}"], mark, returned_on=past["ends"], outcome="返回")  # fmt: skip
            county.things[f"seen {name}"] = row
        lent = Assignment.objects.current().filter(commission=county.commission, status__in=LENT)
        county.things["ledger loan"] = lent.order_by("pk").first()
        county.things["pairing of U1"] = _pairing(county, world.marks.mark(Seen(Kind.STRUCTURE, county.code)))
    for subject in world.subjects.values():
        if subject.account is not None and subject.roles & ARRANGERS:
            _returned(world.of(subject), subject, world)


def _mark(world: "World", county: "County", unit: str, *readers: str) -> str:
    return world.marks.mark(Seen(Kind.LOANS, county.code, frozenset({unit}), readers=frozenset(readers)))


def _rule(county: "County") -> int:
    row = WorkRule.objects.create(
        commission=county.commission, kind="程序", code="R12", name="借调", situation="Q12", methods=["M5"], approvers=["组织部", "书记"],
        decide_days=5, limit=3, limit_unit="个月", extensions=1, extended_by=["书记"], badge="本地默认", starts=BEGINNING, ends=OPEN,
        known_from=KNOWN,
    )  # fmt: skip
    return int(row.pk)


def _loan(county: "County", unit: str, mark: str, rule: int, **more: Any) -> Loan:
    last = Loan.objects.filter(commission=county.commission, year=TODAY.year).aggregate(last=Max("number"))
    given: dict[str, Any] = {
        "kind": "跟班",
        "state": "在借",
        "starts": TODAY,
        "ends": TODAY + 30 * DAY,
    } | more
    return Loan.objects.create(
        commission=county.commission, unit=county.units[unit], year=TODAY.year, number=(last["last"] or 0) + 1, people=1,
        reason=mark, rule=rule, applicant=User.objects.get(username="registrar").pk, asked_by="made", asked_at=clock.now(),
        key=uuid4(), **given,
    )  # fmt: skip


def _lent(loan: Loan, person: Any, mark: str, **more: Any) -> Lent:
    return Lent.objects.create(
        loan=loan, person=person, home_outside=mark, chosen=True, consent_no=mark, consent_on=TODAY, starts=loan.starts,
        ends=loan.ends, evaluation=mark, evaluated_by="made", evaluated_at=clock.now(), **more,
    )  # fmt: skip


def _pairing(county: "County", mark: str) -> Pairing:
    return Pairing.objects.create(
        commission=county.commission, strong=county.units["U1"], weak=county.units["U2"], aims=mark, starts=TODAY - 30 * DAY,
        ends=TODAY + 30 * DAY, agreed_by="made", agreed_at=clock.now(), key=uuid4(),
    )  # fmt: skip


def _returned(county: "County", subject: Subject, world: "World") -> None:
    """A loan that the subject asked for and that was returned to be mended."""
    mark = world.marks.mark(Seen(Kind.APPLICATIONS, subject.commission, account=subject.name))
    registrar, mine = User.objects.get(username="registrar").pk, subject.account.pk
    approval = applications._application(county.commission, mark, applicant=mine, asked=registrar)
    approval.state, approval.waiting_for, approval.due_on = ApprovalState.RETURNED, [], None
    approval.save()
    rule = WorkRule.objects.get(commission=county.commission, code="R12")
    words = _mark(world, county, subject.here)
    row = _loan(
        county, subject.here, words, rule.pk, kind="挂职", state="审批中", approval=approval.pk, post="副主任"
    )
    Loan.objects.filter(pk=row.pk).update(applicant=mine)
    county.things[f"returned {subject.name}"] = row
