"""Who decides a request: the offices of its procedure as steps of the engine, in the zone that receives it.

Source: domain.md §1.4. C and D follow from the division of work on the day (协管, 分管) of the unit or of the zone's axis.
An office outside the ledger (组织部, 上级纪委监委) decides on paper: the case-management office gives the paper's number.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from xiezuo.accounts.api import Role
from xiezuo.approvals.api import Ask, StepPlan, unheld
from xiezuo.approvals.states import Mode
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.queries.requests import office_named
from xiezuo.collaboration.states import LEVELS, RequestLevel
from xiezuo.organisation.states import Mode as Share
from xiezuo.rules.states import Approver

if TYPE_CHECKING:
    from xiezuo.rules.models import WorkRule

OUTSIDE = (Approver.ORGANISATION, Approver.UPPER)
REACHES = {Approver.DEPUTY: RequestLevel.FIRST, Approver.SECRETARY: RequestLevel.COMMISSION, Approver.UPPER: RequestLevel.COMMISSION}  # fmt: skip
"""How far the people reach over whom an office decides; the contact leader and those below decide over the second-level zone."""
ABOVE = {RequestLevel.FIRST: Approver.DEPUTY, RequestLevel.COMMISSION: Approver.SECRETARY}
"""The office that must agree as well where a request is taken up to a level."""


def starting_level(rule: "WorkRule", row: Request) -> RequestLevel:
    """The level at which a request starts: as far as the highest office of its procedure reaches, so that a raised level (M4),
    joint work across zones (M3) or a matter of cadres (R18) starts where its rule has it decided.

    The district of a unit in no zone is the commission's.
    """
    if row.zone is None:
        return RequestLevel.COMMISSION
    reached = [REACHES.get(Approver(each), RequestLevel.SECOND) for each in rule.approvers]
    return max(reached, key=LEVELS.index, default=RequestLevel.SECOND)


def offices_for(rule: "WorkRule", row: Request, on_own: Sequence[Approver]) -> list[Approver]:
    """The offices that decide, in turn: those of the rule and of the level, without those that the applicant holds.

    A head who applies has signed for the unit by applying. Where nobody would be left, the next level up decides.
    """
    named = [Approver(each) for each in rule.approvers]
    taken_up = LEVELS[LEVELS.index(starting_level(rule, row)) + 1 : LEVELS.index(RequestLevel(row.level)) + 1]
    named += [ABOVE[each] for each in taken_up if ABOVE[each] not in named]
    others = [each for each in named if each not in on_own]
    ladder = (Approver.CONTACT, Approver.DEPUTY, Approver.SECRETARY)
    return others or [next(each for each in ladder if each not in on_own)]


def steps_of_request(rule: "WorkRule", row: Request, on_own: Sequence[Approver], on: date) -> list[StepPlan]:
    """The steps of the engine for a request, each with its office as title and its share of the days of the rule."""
    offices = offices_for(rule, row, on_own)
    days = days_each(rule, len(offices))
    return [StepPlan(office, Mode.ANY_OF, asks_of(office, row, on), days) for office in offices]


def days_each(rule: "WorkRule", steps: int) -> int:
    """Working days for each step: those of each level, the shares of the whole rounded up, or one where words stand."""
    if rule.decide_days is None:
        return 1
    return rule.decide_days if rule.each_level else -(-rule.decide_days // steps)


def asks_of(office: Approver, row: Request, on: date) -> list[Ask]:
    """Whom an office means for a request on a day."""
    if office in OUTSIDE:
        return [{"role": Role.CASE_MANAGEMENT.value}]
    return _OF_REQUEST[office](row, on)


def _secretary(_row: Request, _on: date) -> list[Ask]:
    return [{"role": Role.SECRETARY.value}]


def _case_management(_row: Request, _on: date) -> list[Ask]:
    return [{"role": Role.CASE_MANAGEMENT.value}]


def _heads(*units: int | None) -> list[Ask]:
    return [{"role": Role.UNIT_HEAD.value, "unit": unit} for unit in units if unit is not None]


def _axis(row: Request, _on: date) -> list[Ask]:
    return _heads(*(row.axis or (row.lead_id,)))


def _share(mode: Share) -> Callable[[Request, date], list[Ask]]:
    def asks(row: Request, on: date) -> list[Ask]:
        """Of the unit itself if somebody holds it, else of the zone's axis, else of the unit in the lead."""
        for units in ([row.unit_id], row.axis, [row.lead_id]):
            found: list[Ask] = [{"mode": mode.value, "unit": unit} for unit in units if unit is not None]
            missing = unheld(found, row.commission_id, on)
            if held := [each for each in found if each not in missing]:
                return held
        return _secretary(row, on)

    return asks


def _office(words: str) -> Callable[[Request, date], list[Ask]]:
    def asks(row: Request, on: date) -> list[Ask]:
        """The head of that office; where the county has none, the case-management office sees to it on paper."""
        unit = office_named(row.commission, words, on)
        return _heads(unit) if unit else _case_management(row, on)

    return asks


_OF_REQUEST: dict[Approver, Callable[[Request, date], list[Ask]]] = {
    Approver.UNIT_HEAD: lambda row, _on: _heads(row.unit_id),
    Approver.AXIS: _axis,
    Approver.CONTACT: _share(Share.ASSISTING),
    Approver.DEPUTY: _share(Share.IN_CHARGE),
    Approver.MEASURE: _share(Share.IN_CHARGE),
    Approver.SECRETARY: _secretary,
    Approver.CASE_MANAGEMENT: _case_management,
    Approver.CADRE_SUPERVISION: _office("干部监督室"),
    Approver.ADJUDICATION: _office("案件审理室"),
    Approver.HOME_UNIT: lambda row, _on: _heads(*(row.wanted_units or (row.lead_id,))),
    Approver.TEAM_LEAD: lambda row, _on: _heads(row.lead_id),
}
