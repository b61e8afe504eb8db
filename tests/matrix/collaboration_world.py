"""Requests, teams, recusal, loans and work in the matrix's world: for each way of seeing one a row, and each that is shut.

`request U1`, `request U2`, `request U3` are of those units, `request of NAME` lets the account NAME read it by name. Other
areas hang their own rows on them. All fictional.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.factories import BEGINNING, KNOWN
from tests.matrix import applications, safety_furnished, team_furnished, work_furnished
from tests.matrix.canaries import BUSINESS, Kind, Seen
from xiezuo.accounts.models import User
from xiezuo.collaboration.models import (
    Access,
    Declaration,
    Evaluation,
    Interference,
    InterferenceStep,
    Intervener,
    JointMeeting,
    Lent,
    Letter,
    Loan,
    LogEntry,
    Member,
    Pairing,
    PairingVisit,
    Paper,
    Recusal,
    RecusalGround,
    Request,
    RequestMove,
    Task,
    Widening,
    WorkPlan,
)
from xiezuo.rules.models import WorkRule
from xiezuo.shared import clock
from xiezuo.shared.periods import OPEN

if TYPE_CHECKING:
    from tests.matrix.world import County, World

UNITS = ("U1", "U2", "U3")
TODAY = clock.today()
DAY, MONTH = timedelta(days=1), timedelta(days=30)
NUMBERS = count(1)


class Furnishing:
    """One county that is being furnished: its marks, its rows, the accounts by the names of their subjects."""

    def __init__(self, world: "World", county: "County") -> None:
        self.world, self.county, self.things = world, county, county.things
        self.registrar = User.objects.get(username="registrar").pk

    def account(self, name: str) -> int:
        """The account of a subject, in the county that it is at home in."""
        return int(self.world.subjects[name].account.pk)

    def mark(self, *units: str, readers: Iterable[str] = (), office: bool = True) -> str:
        """A mark for the heads of `units`, the `readers` by name, and the case-management office if it reads it too."""
        kind = Kind.REQUESTS if office else Kind.SEALED
        return self.world.marks.mark(
            Seen(kind, self.county.code, frozenset(units), readers=frozenset(readers))
        )

    def request(self, name: str, unit: str, lead: str = "U3", *, marks: Callable[[], str] | None = None, **more: Any) -> Request:  # fmt: skip
        """One request, known as `request NAME`; `marks` gives the canaries of its words."""
        mark = marks or (lambda: self.mark(unit, lead))
        number, now, units = next(NUMBERS), clock.now(), self.county.units
        given = {
            "number": number, "year": TODAY.year, "applicant": self.registrar, "applicant_name": "made", "state": "执行",
            "situation": "Q03", "method": "M1", "rule": self.rule(), "zone": self.things["zone E1"].pk, "axis": [units["U1"].pk],
            "lead_reason": mark(), "reason": mark(), "pointer": mark(), "about_units": [units[unit].pk], "about_places": [mark()],
            "people": 3, "women": 1, "own": 2, "starts": TODAY - MONTH, "ends": TODAY + MONTH, "site_words": mark(),
            "due_on": TODAY + MONTH, "first_due_on": TODAY + MONTH, "next_due_on": TODAY + MONTH, "begun_on": TODAY - DAY,
            "submitted_at": now, "decided_at": now,
        } | more  # fmt: skip
        made = Request.objects.create(
            commission=self.county.commission,
            unit=units[unit],
            lead=units[lead],
            key=uuid4(),
            begun_at=now,
            **given,
        )
        self.things[f"request {name}"] = made
        if made.state != "草稿":
            RequestMove.objects.create(
                request=made, version=1, verb="save", state=made.state, account=self.registrar, by="made", at=now, said=mark(), digest="0",
        )  # fmt: skip
        return made

    def loan_mark(self, *units: str, readers: Iterable[str] = ()) -> str:
        """A mark for the heads of `units`, for whoever arranges loans of the commission, and for the `readers` by name."""
        return self.world.marks.mark(
            Seen(Kind.LOANS, self.county.code, frozenset(units), readers=frozenset(readers))
        )

    def rule(self, code: str = "R03") -> int:
        """The edition of a procedure."""
        return int(WorkRule.objects.filter(commission=self.county.commission, code=code).get().pk)

    def let_read(self, of: Request, account: int, because: str, **days: Any) -> None:
        given = {"starts": TODAY - DAY, "ends": OPEN} | days
        Access.objects.create(request=of, account=account, because=because, **given)


def furnish(world: "World") -> None:
    """Put all of it there, after accounts and applications."""
    for county in world.counties.values():
        _rule(world, county)
        here = Furnishing(world, county)
        _of_units(here)
        _work(here, here.things["request U1"], "U1")
        _work(here, here.things["request U3"], "U3")
        _pairing(here)
        _loans(here)
        _by_name(here)
    here = Furnishing(world, world.counties["A"])
    _shut(here)
    _waiting(here)
    _recusals(here)
    _teams(here)
    _interferences(here)
    for code in ("B", "P"):
        _register(Furnishing(world, world.counties[code]), "plain", None)
    team_furnished.furnish(world)
    for county in world.counties.values():
        work_furnished.furnish(Furnishing(world, county))
        safety_furnished.furnish(Furnishing(world, county))


def _rule(world: "World", county: "County") -> None:
    """One procedure with its situation; its method is in the world already."""

    def mark() -> str:
        return world.marks.mark(Seen(Kind.STRUCTURE, county.code))

    own = {"commission": county.commission, "known_from": KNOWN, "badge": "本地默认", "starts": BEGINNING, "ends": OPEN}  # fmt: skip
    for code in ("Q03", "Q16"):
        WorkRule.objects.create(kind="情形", code=code, name=mark(), rule=mark(), **own)
    WorkRule.objects.create(
        kind="程序",
        code="R16",
        name=mark(),
        situation="Q16",
        methods=["M1"],
        approvers=["书记"],
        decide_days=1,
        **own,
    )
    WorkRule.objects.create(
        kind="程序", code="R03", name=mark(), rule=mark(), situation="Q03", methods=["M1"], approvers=["联系常委"], decide_days=3,
        limit=30, limit_unit="日", extensions=1, clause=mark(), **own,
    )  # fmt: skip


def _of_units(here: Furnishing) -> None:
    for unit in UNITS:
        if unit == "U1" and here.county.code == "A":
            # A member of the staff applied: known by name, never by the unit.
            readers = lambda: here.mark("U1", "U3", readers=["staff"])  # noqa: E731
            made = here.request(unit, unit, marks=readers, applicant=here.account("staff"))
            here.let_read(made, here.account("staff"), "applicant")
        else:
            here.request(unit, unit)


def _by_name(here: Furnishing) -> None:
    """For every account with business a request of another unit that it reads by name."""
    for subject in here.world.subjects.values():
        if (
            subject.account is not None
            and subject.roles & BUSINESS
            and subject.commission == here.county.code
        ):
            mark = lambda name=subject.name: here.mark("U2", "U3", readers=[name])  # noqa: E731
            made = here.request(f"of {subject.name}", "U2", marks=mark)
            here.let_read(made, subject.account.pk, "widened")
            _own(here, subject.name, subject.account.pk)


def _own(here: Furnishing, name: str, account: int) -> None:
    """What somebody asked for: a draft, one at work, and one begun on an oral agreement that is to be written."""
    for_office = {"draft": False, "mine": True, "urgent": True}
    more: dict[str, dict[str, Any]] = {
        "draft": {"state": "草稿", "number": None, "year": None},
        "mine": {},
        "urgent": {
            "state": "组队",
            "situation": "Q16",
            "rule": here.rule("R16"),
            "urgent": True,
            "oral_at": clock.now(),
        },
    }
    for what, office in for_office.items():
        mark = lambda office=office: here.mark("U2", "U3" if office else "U2", readers=[name], office=office)  # noqa: E731
        made = here.request(f"{what} of {name}", "U2", marks=mark, applicant=account, **more[what])
        here.let_read(made, account, "applicant")


def _shut(here: Furnishing) -> None:
    """Drafts, requests that the own unit must not see, sealed ones, rights to read that are over, cut or have not begun."""
    for_staff = lambda: here.mark("U1", readers=["staff"], office=False)  # noqa: E731
    draft = here.request("draft", "U1", marks=for_staff, state="草稿", number=None, year=None)
    here.let_read(draft, here.account("staff"), "applicant")
    here.request("blocked", "U1", marks=lambda: here.mark("U3"), blocked=True)
    by_name = lambda: here.mark(readers=["deputy_secretary"], office=False)  # noqa: E731
    sealed = here.request("sealed", "U1", "U1", marks=by_name, sealed=True)
    here.let_read(sealed, here.account("deputy_secretary"), "widened")
    here.request("led", "U2", "U1", marks=lambda: here.mark("U1", "U2"))
    away = here.things["request U3"]
    here.let_read(away, here.account("staff"), "member", ends=TODAY)
    here.let_read(away, here.account("lent"), "member", cut_at=clock.now())
    here.let_read(away, here.account("moved"), "member", starts=TODAY + DAY)
    for name in ("none", "disabled"):
        here.let_read(away, here.account(name), "widened")
    Widening.objects.create(
        request=here.things["request led"], account=here.registrar, until=TODAY + MONTH, reason=here.mark("U1", "U2", readers=["contact_leader"]),
        asked_by=here.account("contact_leader"), asked_at=clock.now(), key=uuid4(),
    )  # fmt: skip
    here.things["widening"] = Widening.objects.get(request=here.things["request led"])
    Widening.objects.create(
        request=away, account=here.registrar, until=TODAY + MONTH, reason=here.mark("U3", readers=["contact_leader"]),
        asked_by=here.account("contact_leader"), asked_at=clock.now(), key=uuid4(),
    )  # fmt: skip


def _waiting(here: Furnishing) -> None:
    """One that waits for a contact leader: it is read by whoever is asked for as long as it waits."""
    leader = here.account("contact_leader")
    title = here.world.marks.mark(Seen(Kind.APPLICATIONS, "A", account="contact_leader"))
    approval = applications._application(
        here.county.commission, title, applicant=here.registrar, asked=leader
    )
    mark = lambda: here.mark("U2", "U3", readers=["contact_leader"])  # noqa: E731
    here.request("asked", "U2", marks=mark, state="审批中", approval=approval.pk)


def _question(here: Furnishing, of: Request, person: str, ground: str, **more: Any) -> Recusal:
    made = Recusal.objects.create(
        request=of, person=here.things[f"person {person}"], source="本人申报", clause="监察法 67", raised_at=clock.now(),
        due_on=TODAY + DAY, key=uuid4(), **more,
    )  # fmt: skip
    RecusalGround.objects.create(recusal=made, ground=ground, said=ground, decision_said=ground)
    return made


def _recusals(here: Furnishing) -> None:
    """Whoever stands out sees nothing, whatever else they hold; the ground is for its decider alone."""
    head, staff, leader = (here.account(name) for name in ("unit_head", "staff", "contact_leader"))
    grounds = lambda *readers: here.mark(readers=readers, office=False)  # noqa: E731
    frozen = here.request("frozen", "U1", marks=lambda: here.mark("U3"))
    here.let_read(frozen, head, "party")
    here.things["recusal open"] = _question(
        here, frozen, "head U1", grounds("contact_leader"), account=head, decider=leader
    )
    barred = here.request("barred", "U2", marks=lambda: here.mark("U2", "U3"))
    here.let_read(barred, staff, "member")
    _question(here, barred, "staff U1", grounds("contact_leader"), decision="回避", decider=leader)
    kept = here.request("kept", "U1")
    here.let_read(kept, head, "party")
    deputy = here.account("deputy_secretary")
    _question(here, kept, "head U1", grounds("deputy_secretary"), account=head, decision="不予回避", decider=leader, decided_by=deputy)  # fmt: skip
    here.let_read(kept, deputy, "party")
    # Each of these is seen in one way alone.
    away = here.things["request U3"]
    _question(here, away, "vice", grounds("contact_leader"), decision="不予回避", decider=leader)
    _question(here, away, "vice", grounds(), account=here.account("report_writer"), decision="不予回避")
    _question(here, away, "staff U1", grounds(), decision="不予回避")
    # The lead of this one would see it, were it not barred.
    led = here.request("led and barred", "U2", "U1", marks=lambda: here.mark("U2"))
    _question(here, led, "head U1", grounds(), account=head, decision="回避")
    clerk = here.request("barred to the office", "U1", marks=lambda: here.mark("U1", "U3", office=False, readers=["colleague"]))  # fmt: skip
    _question(here, clerk, "clerk", grounds(), decision="回避")
    asked = here.request(
        "asked and barred", "U2", approval=here.things["request asked"].approval, state="审批中"
    )
    _question(here, asked, "contact", grounds(), account=leader, decision="回避")


def _teams(here: Furnishing) -> None:
    away, own, now = here.things["request U3"], here.things["request U1"], clock.now()
    days = {"starts": TODAY - DAY, "ends": TODAY + MONTH, "chosen_by": "made", "chosen_at": now}
    person, units = here.things.__getitem__, here.county.units
    words = here.mark("U1", "U3", readers=["staff", "unit_head"])
    left = {"state": "离组", "why_left": "调换"}
    Member.objects.create(request=away, person=person("person staff U1"), unit=units["U2"], standing="在编", scope_words=words, **left, **days)  # fmt: skip
    Member.objects.create(request=away, person=person("person head U1"), unit=units["U1"], standing="在编", scope_words=words, **left, **days)  # fmt: skip
    Member.objects.create(request=own, person=person("person staff U3"), unit=units["U3"], standing="在编", **days)  # fmt: skip
    Declaration.objects.create(request=away, person=person("person staff U1"), asked_by="made", asked_at=now)
    Declaration.objects.create(request=own, person=person("person staff U3"), asked_by="made", asked_at=now)


def _interferences(here: Furnishing) -> None:
    """One of no request; one of a request in which nobody of the readers takes part; of one in which the secretary does."""
    _register(here, "plain", None)
    _register(here, "of a request", here.things["request U3"])
    _register(here, "of the secretary's", here.things["request of secretary"])


def _register(here: Furnishing, name: str, of: Request | None) -> None:
    readers = {
        "A": ["secretary", "deputy_secretary", "auditor"],
        "B": ["auditor"],
        "P": ["upper", "auditor"],
    }
    seen = [each for each in readers[here.county.code] if name != "of the secretary's" or each != "secretary"]
    mark = lambda: here.mark(readers=seen, office=False)  # noqa: E731
    made = Interference.objects.create(
        commission=here.county.commission, year=TODAY.year, number=next(NUMBERS), request=of, kind="过问案件", on=TODAY, how=mark(),
        filed_by=here.registrar, filed_name="made", filed_at=clock.now(), key=uuid4(),
    )  # fmt: skip
    here.things[f"interference {name}"] = made
    Intervener.objects.create(interference=made, name=mark(), office=mark())
    InterferenceStep.objects.create(interference=made, said=mark(), by="made", at=clock.now(), key=uuid4())


def _work(here: Furnishing, of: Request, unit: str) -> None:
    """One row of each table of the work; a letter to the first unit is that unit's too."""
    readers = ["staff"] if unit == "U1" and here.county.code == "A" else []
    mark, now = lambda *more: here.mark(unit, "U3", *more, readers=readers), clock.now()
    WorkPlan.objects.create(request=of, basis=mark(), steps=mark(), written_by="made", written_at=now)
    Task.objects.create(request=of, position=1, what=mark(), key=uuid4())
    LogEntry.objects.create(request=of, day=TODAY, what=mark(), by="made", at=now, key=uuid4())
    JointMeeting.objects.create(request=of, day=TODAY, resolved=mark(), by="made", at=now, key=uuid4())
    here.things[f"letter {unit}"] = Letter.objects.create(
        request=of, number=1, position=1, unit=here.county.units["U1"], problem=mark("U1"), sent_on=TODAY - DAY,
        first_due_on=TODAY + MONTH, due_on=TODAY + MONTH, key=uuid4(),
    )  # fmt: skip
    marks = dict.fromkeys(("timeliness", "quality", "discipline", "cooperation"), 4)
    Evaluation.objects.create(
        request=of,
        side="申请方",
        said=mark(),
        account=here.registrar,
        by="made",
        at=now,
        key=uuid4(),
        **marks,
    )
    Paper.objects.create(request=of, position=1, name=mark(), pages=1, by="made", at=now, key=uuid4())


def _pairing(here: Furnishing) -> None:
    mark = here.world.marks.mark(Seen(Kind.STRUCTURE, here.county.code))
    units = here.county.units
    made = Pairing.objects.create(
        commission=here.county.commission, strong=units["U3"], weak=units["U2"], aims=mark, starts=TODAY - MONTH, ends=TODAY + MONTH,
        agreed_by="made", agreed_at=clock.now(), key=uuid4(),
    )  # fmt: skip
    here.things["pairing"] = made
    PairingVisit.objects.create(pairing=made, day=TODAY, what=mark, by="made", at=clock.now(), key=uuid4())


def _loans(here: Furnishing) -> None:
    """One of each unit with somebody lent to it; one of the third unit from the first; one that waits for its approver."""
    for unit in UNITS:
        here.things[f"loan {unit}"] = made = _loan(here, here.loan_mark(unit), unit)
        _lent(here, made, f"head {unit}", unit, here.loan_mark(unit))
    home = _loan(here, here.loan_mark("U1", "U3", readers=["staff"]), "U3")
    here.things["loan from U1"] = home
    _lent(here, home, "vice", "U1", here.loan_mark("U1", "U3"))
    _lent(here, home, "staff U1", "U2", here.loan_mark("U2", "U3", readers=["staff"]))
    if here.county.code == "A":
        approval = here.things["asked contact_leader"].pk
        _loan(here, here.loan_mark("U3", readers=["contact_leader"]), "U3", approval=approval, state="审批中")


def _loan(here: Furnishing, mark: str, unit: str, **more: Any) -> Loan:
    given: dict[str, Any] = {
        "rule": here.rule(),
        "applicant": here.registrar,
        "state": "在借",
        "kind": "跟班",
        "people": 1,
    }
    return Loan.objects.create(
        commission=here.county.commission, unit=here.county.units[unit], year=TODAY.year, number=next(NUMBERS), reason=mark,
        starts=TODAY - DAY, ends=TODAY + MONTH, asked_by="made", asked_at=clock.now(), key=uuid4(), **given | more,
    )  # fmt: skip


def _lent(here: Furnishing, of: Loan, person: str, home: str, mark: str) -> None:
    Lent.objects.create(
        loan=of, person=here.things[f"person {person}"], home=here.county.units[home], chosen=True, judged=mark, consent_no=mark,
        consent_on=TODAY, starts=TODAY - DAY, ends=TODAY + MONTH,
    )  # fmt: skip
