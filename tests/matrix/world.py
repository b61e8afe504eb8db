"""The world of the matrix: a superior commission and two sibling counties built alike, full of canaries. All fictional."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from openpyxl import load_workbook

from tests import factories as made
from tests.matrix import (
    applications,
    collaboration_world,
    loans_furnished,
    offices,
    regulations,
    zone_joinings,
    zone_meetings,
    zone_plans,
    zone_proposals,
)
from tests.matrix.canaries import MARK, Kind, Marks, Seen, Subject
from tests.subjects import give
from xiezuo.accounts.api import OPERATOR, Role, Scope, set_actor
from xiezuo.accounts.models import Grant, SavedView, User
from xiezuo.book import draft_operations
from xiezuo.book.models import Correction, Draft, Load, WordMapping
from xiezuo.book.operations import export_book
from xiezuo.directives.models import Directive
from xiezuo.organisation.models import Commission, Establishment, Portfolio
from xiezuo.organisation.states import UnitKind
from xiezuo.reports import operations as reports
from xiezuo.reports.models import TemplateEdition
from xiezuo.rules.models import CalendarDay, CalendarYear, WorkRule
from xiezuo.rules.states import Approver, RuleKind
from xiezuo.shared import clock
from xiezuo.shared.periods import OPEN
from xiezuo.zones.api import renew_rights

SINCE = date(2018, 3, 1)
MOVED = timedelta(days=20)
UNITS = {"U1": "乡镇纪委", "U2": "乡镇纪委", "U3": "监督检查室"}


@dataclass
class County:
    """One commission with the numbers of what it holds, by name: `things["person U1"]`."""

    code: str
    commission: Commission
    units: dict[str, Any] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    """Everything there is, and who asks."""

    marks: Marks = field(default_factory=Marks)
    counties: dict[str, County] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    offices: dict[str, Any] = field(default_factory=dict)
    """Numbers of what the consoles deal with."""

    def of(self, subject: Subject) -> County:
        """The county that the subject is at home in."""
        return self.counties[subject.commission]


def build() -> World:
    """The world, written as the operator into the current transaction."""
    set_actor(OPERATOR)
    world = World()
    for code in ("P", "A", "B"):
        world.counties[code] = _county(world, code)
    for county in ("A", "B"):
        Commission.objects.filter(code=county).update(parent=world.counties["P"].commission)
    _subjects(world)
    for county in world.counties.values():
        _written(world, county)
    for subject in world.subjects.values():
        if subject.account is not None:
            _view(world, subject)
    applications.furnish(world)
    collaboration_world.furnish(world)
    loans_furnished.furnish(world)
    offices.furnish(world)
    set_actor(OPERATOR)
    return world


def _marker(world: World, code: str) -> Callable[..., str]:
    def mark(kind: Kind, *units: str, words: str = "") -> str:
        return words + world.marks.mark(Seen(kind, code, frozenset(units)))

    return mark


def _county(world: World, code: str) -> County:
    mark = _marker(world, code)
    commission = made.commission(
        code, name=mark(Kind.NAMES, words="虚构县"), region=mark(Kind.NAMES, words="虚构县")
    )
    county = County(code, commission)
    kinds = {"LD": "领导班子", "CM": "综合科室", **UNITS}
    for name, kind in kinds.items():
        words = "案件监督管理室" if name == "CM" else kind
        county.units[name] = made.unit(
            commission, kind, mark(Kind.NAMES, words=words), code=f"{code}{name}", place=mark(Kind.STRUCTURE)
        )
    _zones(county, mark)
    _people(county, mark)
    _structure(county, mark)
    _matters(county, mark)
    return county


def _zones(county: County, mark: Callable[..., str]) -> None:
    for number, members in (("1", ("U1", "U2")), ("2", ("U3",))):
        first = made.zone(county.commission, "一级", name=mark(Kind.NAMES), code=f"{county.code}Y{number}")
        second = made.zone(
            county.commission,
            "二级",
            "乡镇",
            name=mark(Kind.NAMES),
            code=f"{county.code}E{number}",
            parent=first,
        )
        county.things |= {f"zone Y{number}": first, f"zone E{number}": second}
        for place, unit in enumerate(members):
            made.zone_member(second, county.units[unit], "成员" if place else "轴")


def _rules(county: County, mark: Callable[..., str]) -> None:
    own = {"commission": county.commission, "known_from": made.KNOWN, "basis": mark(Kind.STRUCTURE)}
    county.things["work rule"] = WorkRule.objects.create(
        **own, kind="方式", code="M1", name=mark(Kind.STRUCTURE), rule=mark(Kind.STRUCTURE), badge="本地默认",
        starts=SINCE, ends=OPEN,
    )  # fmt: skip
    for code, approver in (("N02", Approver.CASE_MANAGEMENT), ("N03", Approver.SECRETARY)):
        WorkRule.objects.create(
            **own, kind=RuleKind.INTERNAL, code=code, name=mark(Kind.STRUCTURE), rule=mark(Kind.STRUCTURE), badge="本地默认",
            approvers=[approver], decide_days=2, starts=SINCE, ends=OPEN,
        )  # fmt: skip
    CalendarYear.objects.create(**own, starts=date(2026, 1, 1), ends=date(2027, 1, 1))
    county.things["work day"] = CalendarDay.objects.create(
        **own,
        kind="放假",
        name=mark(Kind.STRUCTURE),
        starts=date(2026, 10, 1),
        ends=date(2026, 10, 2),
    )


def _person(
    county: County, mark: Callable[..., str], name: str, *units: str, kind: Kind = Kind.PEOPLE
) -> Any:
    who = made.person(
        county.commission, mark(kind, *units, words="安"), code=f"{county.code}-{name}".replace(" ", ""),
        origin=mark(Kind.PERSONAL, *units), telephone=mark(Kind.PERSONAL, *units), born=date(1980, 5, 1),
    )  # fmt: skip
    county.things[f"person {name}"] = who
    return who


def _people(county: County, mark: Callable[..., str]) -> None:
    units, today = county.units, clock.today()
    for unit in UNITS:
        head = _person(county, mark, f"head {unit}", unit)
        county.things[f"post {unit}"] = made.assignment(head, units[unit], "书记" if unit != "U3" else "主任")
        made.assignment(
            _person(county, mark, f"staff {unit}", unit), units[unit], basis=mark(Kind.PEOPLE, unit)
        )
    _leaves(county)
    secretary = _person(county, mark, "secretary", kind=Kind.LEADERS)
    made.assignment(secretary, units["LD"], "书记")
    made.assignment(_person(county, mark, "clerk", "CM"), units["CM"])
    made.assignment(_person(county, mark, "second clerk", "CM"), units["CM"])
    moved = _person(county, mark, "moved", "U1", "U3")
    made.assignment(moved, units["U1"], ends=today - MOVED, leaving="调整")
    made.assignment(moved, units["U3"], starts=today - MOVED, moves=["调整"], from_unit=units["U1"])
    made.leave(moved)
    lent = _person(county, mark, "lent", "U2", "U3")
    made.assignment(lent, units["U2"])
    made.assignment(lent, units["U3"], starts=today - MOVED, status="借调", moves=["借调"])
    for name, zone in (("contact", "zone E1"), ("deputy", "zone Y1")):
        made.zone_leader(county.things[zone], _person(county, mark, name, kind=Kind.LEADERS))
    county.things["share"] = Portfolio.objects.create(
        commission=county.commission, person=secretary, unit=units["U1"], mode="分管", basis=mark(Kind.STRUCTURE), starts=SINCE, ends=OPEN,
        known_from=made.KNOWN,
    )  # fmt: skip


def _leaves(county: County) -> None:
    """Who is away, from today on: in each unit its head, and whoever moved, who is away for the new unit alone."""
    for unit in UNITS:
        county.things[f"leave {unit}"] = made.leave(county.things[f"person head {unit}"])


def _structure(county: County, mark: Callable[..., str]) -> None:
    for unit in UNITS:
        site = made.site(
            county.units[unit], "谈话室", name=mark(Kind.STRUCTURE), code=f"{county.code}S{unit}"
        )
        county.things[f"site {unit}"] = site
        made.equipment(site, "同步录音录像", basis=mark(Kind.STRUCTURE))
        made.works(site, contents=[mark(Kind.STRUCTURE)])
    county.things["regulation"] = made.regulation(
        county.commission, mark(Kind.STRUCTURE), in_force_on=SINCE, document_no=mark(Kind.STRUCTURE)
    )
    _rules(county, mark)
    regulations.furnish(county, mark)
    zone_joinings.furnish(county, mark)
    zone_meetings.furnish(county, mark)
    zone_plans.furnish(county, mark)
    zone_proposals.furnish(county, mark)
    Establishment.objects.create(
        commission=county.commission, kind=UnitKind.TOWNSHIP_COMMISSION, post="书记", people=2, starts=SINCE, ends=OPEN,
        known_from=made.KNOWN, basis=mark(Kind.STRUCTURE),
    )  # fmt: skip


def _matters(county: County, mark: Callable[..., str]) -> None:
    of = county.commission
    county.things["directive"] = Directive.objects.create(
        commission=of, source="虚构市", name=mark(Kind.MATTERS), points=mark(Kind.MATTERS), starts=SINCE, ends=OPEN,
        known_from=made.KNOWN,
    )  # fmt: skip
    for unit in UNITS:
        county.things[f"meeting {unit}"] = made.meeting(
            of,
            "检查调研",
            [county.units[unit]],
            name=mark(Kind.MATTERS, unit),
            attended_by=[mark(Kind.MATTERS, unit)],
        )
        county.things[f"item {unit}"] = made.plan_item(
            of, "推进", name=mark(Kind.MATTERS, unit), unit=county.units[unit], aim=mark(Kind.MATTERS, unit),
            due_on=clock.today() + MOVED,
        )  # fmt: skip


def _account(world: World, name: str, county: str = "A", person: str = "", **more: Any) -> User:
    user = User.objects.create_user(name, **more)
    if person:
        user.commission = world.counties[county].commission.pk
        user.person = world.counties[county].things[f"person {person}"].pk
        user.person_named_by, user.person_confirmed_by = "sys", "sec"
        user.save()
    return user


def _subjects(world: World) -> None:
    over_u1, over_e1 = frozenset({"U1"}), frozenset({"U1", "U2"})
    ledger = {
        "unit_head": ("head U1", {"unit_head"}, over_u1, "A"), "staff": ("staff U1", {"staff"}, over_u1, "A"),
        "contact_leader": ("contact", {"contact_leader"}, over_e1, "A"),
        "deputy_secretary": ("deputy", {"deputy_secretary"}, over_e1, "A"),
        "secretary": ("secretary", {"secretary"}, frozenset(), "A"),
        "case_management": ("clerk", {"case_management"}, frozenset(), "A"),
        "colleague": ("second clerk", {"case_management"}, frozenset(), "A"),
        "moved": ("moved", {"staff"}, frozenset({"U3"}), "A"), "lent": ("lent", {"staff"}, frozenset({"U3"}), "A"),
        "upper": ("secretary", {"secretary"}, frozenset(), "P"), "sibling": ("clerk", {"case_management"}, frozenset(), "B"),
    }  # fmt: skip
    for name, (person, roles, units, county) in ledger.items():
        user = _account(world, name, county, person)
        world.subjects[name] = Subject(name, frozenset(roles), county, units, account=user)
    for name in ("moved", "lent"):
        world.subjects[name].here, world.subjects[name].away = "U3", {"moved": "U1", "lent": "U2"}[name]
    renew_rights(accounts=[each.account.pk for each in world.subjects.values()], now=clock.now())
    _granted(world)
    _nobodies(world)


def _granted(world: World) -> None:
    commission = world.counties["A"].commission.pk
    for role in (Role.SITE_KEEPER, Role.REPORT_WRITER, Role.READER):
        user = _account(world, role.value)
        give(user, role, commission, Scope.COMMISSION, commission)
        world.subjects[role.value] = Subject(role.value, frozenset({role.value}), account=user)
    for role in (Role.SYSTEM, Role.SECURITY, Role.AUDITOR):
        user = _account(world, role.value)
        give(user, role, None, Scope.INSTALLATION, 0)
        world.subjects[role.value] = Subject(role.value, frozenset({role.value}), account=user)


def _nobodies(world: World) -> None:
    """Who holds nothing today: nobody at all, no role, a role that ended or has not begun, and three with every right of
    the ledger who have not come in: disabled since, without the second factor yet, in a session that is over.
    """
    a, today = world.counties["A"], clock.today()
    world.subjects["anonymous"] = Subject("anonymous", logged_in=False)
    world.subjects["none"] = Subject("none", account=_account(world, "none"))
    for name, days in (("ended", {"ends": today}), ("early", {"starts": today + MOVED})):
        user = _account(world, name)
        give(user, Role.UNIT_HEAD, a.commission.pk, Scope.UNIT, a.units["U1"].pk, **days)
        world.subjects[name] = Subject(name, account=user)
    for name in ("disabled", "half", "over"):
        user = _account(world, name, is_active=name != "disabled")
        give(user, Role.CASE_MANAGEMENT, a.commission.pk, Scope.COMMISSION, a.commission.pk)
        world.subjects[name] = Subject(name, logged_in=False, account=user)


def _written(world: World, county: County) -> None:
    """What accounts of the county made: reports, uploads, words, views, grants."""
    mark, now = _marker(world, county.code), clock.now()
    clerk = {"A": "case_management", "B": "sibling", "P": "upper"}[county.code]
    reports.standard_template(now=now)
    writing = {
        "commission": county.commission,
        "on": clock.today(),
        "template": reports.STANDARD,
        "by": OPERATOR,
    }
    for name in ("draft", "issued"):
        county.things[f"run {name}"] = reports.write_report(now=now, **writing)
    reports.issue_report(run=county.things["run issued"], by=OPERATOR, now=now, reason="虚构")
    county.things["run issued"].refresh_from_db()
    world.marks.published[county.code] = set(MARK.findall(str(county.things["run issued"].document)))
    county.things["edition"] = reports.save_template(
        commission=county.commission, name="自用", text=reports.standard_text(), layout={}, note=mark(Kind.REPORTS),
        by=OPERATOR, now=now,
    )  # fmt: skip
    TemplateEdition.objects.get_or_create(
        commission=None,
        name="未用",
        number=1,
        defaults={"text": "虚构", "saved_at": now, "saved_by": "product"},
    )
    Load.objects.create(
        commission=county.commission,
        file_name=mark(Kind.KEEPERS),
        sha256="0" * 64,
        at=now,
        by=clerk,
        counts={},
    )
    Correction.objects.create(
        commission=county.commission, assignment=county.things["post U1"], before={}, changes={"post": mark(Kind.KEEPERS)},
        reason=mark(Kind.KEEPERS), proposed_by=clerk, proposed_at=now,
    )  # fmt: skip
    WordMapping.objects.create(
        commission_code=county.code, column="职务", word=mark(Kind.KEEPERS), meaning="书记", at=now, by=clerk
    )
    exported = export_book(commission=county.commission, by=OPERATOR, now=now)
    books = {sex: _book(county, exported, sex) for sex in ("女", "无")}
    county.things["book"] = books["女"]
    for name in {clerk, "colleague" if county.code == "A" else clerk}:
        _kept(world, county, name, books)


def _kept(world: World, county: County, name: str, books: dict[str, bytes]) -> None:
    own, now = Seen(Kind.ACCOUNT, county.code, account=name), clock.now()
    user = world.subjects[name].account
    Grant.objects.create(
        user=user, role=Role.READER, commission=county.commission.pk, scope_kind=Scope.COMMISSION,
        scope_id=county.commission.pk, starts=clock.today(), ends=clock.today() + MOVED, proposed_by="security",
        reason=world.marks.mark(Seen(Kind.GRANTS, county.code)), proposed_at=now,
    )  # fmt: skip
    for kind, sex in (("draft", "女"), ("broken draft", "无")):
        book = {"content": books[sex], "file_name": f"{world.marks.mark(own)}.xlsx"}
        draft = draft_operations.keep_upload(**book, by=OPERATOR, now=now)
        Draft.objects.filter(pk=draft.pk).update(by=name)
        draft_operations.check_draft(draft=draft, by=OPERATOR, now=now)
        county.things[f"{kind} {name}"] = draft


def _view(world: World, subject: Subject) -> None:
    """A view of a list that the account saved; its name is kept with the county's things."""
    name = world.marks.mark(Seen(Kind.ACCOUNT, subject.commission, account=subject.name))
    SavedView.objects.create(user=subject.account, path="/people/units/", name=name, query="q=x")
    world.of(subject).things[f"view {subject.name}"] = name


def _book(county: County, exported: bytes, sex: str) -> bytes:
    """The county's own book with one person more; a sex that is none is an error of its cell."""
    book = load_workbook(io.BytesIO(exported))
    sheet = book["人员"]
    head = [cell.value for cell in sheet[1]]
    told = {"人员编号": f"{county.code}-NEW", "姓名": "安新", "性别": sex}
    sheet.append([told.get(str(name)) for name in head])
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue()
