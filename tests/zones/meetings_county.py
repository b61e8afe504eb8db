"""A fictional county with two zones that meet: heads of their units, a leader of one of them, a clerk."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from tests import factories as make
from tests.subjects import Visitor
from xiezuo.accounts.api import OPERATOR, Actor, Role, Scope, acting_as, actor_of, set_actor
from xiezuo.accounts.models import Grant, User
from xiezuo.organisation.models import Commission, Unit
from xiezuo.rules.models import WorkRule
from xiezuo.shared import clock
from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.zones.api import renew_rights
from xiezuo.zones.meetings.minutes_operations import Came, Minutes, Said, write_minutes
from xiezuo.zones.meetings.operations import Agenda, Call, Topic, plan_meeting
from xiezuo.zones.models import AgendaItem, Zone, ZoneMeeting

TODAY = clock.today()


@dataclass
class Meeting:
    """The county: `east` (axis, member) and `west` (axis), each with heads who have accounts."""

    county: Commission
    zones: dict[str, Zone] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    accounts: dict[str, User] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The actor that an account is now."""
        return actor_of(User.objects.get(pk=self.accounts[name].pk))

    def do(self, name: str, verb: Any, /, **given: Any) -> Any:
        """Do something as somebody, in a transaction of its own."""
        with acting_as(self.actor(name)) as actor:
            return verb(by=actor, now=given.pop("now", clock.now()), **given)

    def called(self, by: str = "axis", zone: str = "east", day: date = TODAY, topics: Any = ("虚构事项",), **more: Any) -> ZoneMeeting:  # fmt: skip
        """A meeting that is called."""
        units = more.pop("units", [self.units[name].pk for name in ("axis", "member")])
        agenda = more.pop(
            "agenda", Agenda([each if isinstance(each, Topic) else Topic(each) for each in topics])
        )
        return self.do(
            by, plan_meeting, commission=self.county, zone=self.zones[zone].pk, call=Call(day, units, **more), agenda=agenda,
            key=uuid4(),
        )  # fmt: skip

    def minutes(self, meeting: ZoneMeeting, decision: str = "按期办理", due_on: date | None = None, **more: Any) -> Minutes:  # fmt: skip
        """Everybody came, and on each item the same was decided for the member unit."""
        said = [
            Said(item.pk, "", decision, self.units["member"].pk if decision else None, due_on)
            for item in items_of(meeting)
        ]
        came = {unit: Came("到会", "书记") for unit in meeting.units}
        return Minutes(**{"came": came, "said": said, "held": True, **more})

    def held(self, meeting: ZoneMeeting, by: str = "axis", **more: Any) -> ZoneMeeting:
        """The meeting with its minutes closed."""
        minutes = self.minutes(meeting, **more)
        return self.do(by, write_minutes, meeting=meeting, minutes=minutes, seen=now_of(meeting).version)

    def visitor(self, name: str, role: Role, unit: str = "") -> Visitor:
        """A browser of somebody with a role over the county, or over one unit."""
        set_actor(OPERATOR)
        return Visitor(f"{name}{self.county.pk}v").holds(
            role, self.county, self.units[unit].pk if unit else None
        )


def items_of(meeting: ZoneMeeting) -> list[AgendaItem]:
    """Its agenda."""
    with acting_as(OPERATOR):
        return list(AgendaItem.objects.filter(meeting=meeting).order_by("position"))


def now_of(meeting: ZoneMeeting) -> ZoneMeeting:
    """The meeting as it stands."""
    with acting_as(OPERATOR):
        return ZoneMeeting.objects.select_related("commission", "zone").get(pk=meeting.pk)


def meeting_county() -> Meeting:
    """Build it; as the operator."""
    with acting_as(OPERATOR):
        here = Meeting(make.commission())
        for zone, units in (("east", ("axis", "member")), ("west", ("other",))):
            here.zones[zone] = make.zone(here.county, "二级", "乡镇", name=f"{zone}片区")
            for place, name in enumerate(units):
                kind = "乡镇纪委" if place else "驻乡镇纪检监察工作室"
                here.units[name] = make.unit(here.county, kind, f"{name}单位")
                make.zone_member(here.zones[zone], here.units[name], "成员" if place else "轴")
        for name in here.units:
            _account(here, name, Role.UNIT_HEAD, Scope.UNIT, here.units[name].pk)
        _account(here, "leader", Role.CONTACT_LEADER, Scope.ZONE, here.zones["east"].pk)
        _account(here, "clerk", Role.CASE_MANAGEMENT, Scope.COMMISSION, here.county.pk)
    return here


def monthly(here: Meeting, months: int = 1) -> None:
    """The work rule that second-level zones meet so often."""
    WorkRule.objects.create(
        commission=here.county, known_from=make.KNOWN, kind="划区规则", code="Z15", name="例会周期", limit=months,
        limit_unit="个月", badge="本地默认", starts=make.BEGINNING, ends=OPEN,
    )  # fmt: skip


def _account(here: Meeting, name: str, role: Role, kind: Scope, scope: int) -> None:
    user = here.accounts[name] = User.objects.create_user(
        f"{name}{here.county.pk}", commission=here.county.pk
    )
    wanted = [(role, kind, scope)]
    if role == Role.CONTACT_LEADER:
        wanted += [(role, Scope.UNIT, here.units[unit].pk) for unit in ("axis", "member")]
    for each, over, number in wanted:
        Grant.objects.create(
            user=user, role=each, commission=here.county.pk, scope_kind=over, scope_id=number, starts=ALWAYS, ends=OPEN,
            reason="虚构授权", proposed_by="a", proposed_at=clock.now(), outcome="confirmed", decided_by="b",
            decided_at=clock.now(),
        )  # fmt: skip
    renew_rights(accounts=[user.pk], now=clock.now())


def days_ago(days: int) -> date:
    """A day before today."""
    return TODAY - timedelta(days=days)
