"""The demonstration county as plain values, without a database: its zones, and what they are judged on, on any day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from xiezuo.book.demonstration.build import sheets
from xiezuo.rules.defaults import default_rules
from xiezuo.rules.states import RuleKind
from xiezuo.zones.judged import Breach, Fault, Ground, Judged, RuleSaid, Share, UnitFacts
from xiezuo.zones.judging import judge
from xiezuo.zones.scheme import PlannedLeader, PlannedMember, PlannedZone, Scheme

FACTS = sheets()
UNITS = {row["机构编码"]: number for number, row in enumerate(FACTS["机构"], 1)}
PEOPLE = {row["人员编号"]: number for number, row in enumerate(FACTS["人员"], 1001)}
RULES = tuple(
    RuleSaid(
        each["code"],
        each["name"],
        each.get("binding", False),
        each.get("limit"),
        each.get("limit_unit", ""),
        each.get("clause", ""),
        each["badge"],
    )
    for each in default_rules()
    if each["kind"] == RuleKind.ZONING
)
Row = Mapping[str, str]


def _on(day: date, sheet: str, starts: str = "起始日期", ends: str = "终止日期") -> Iterator[Row]:
    for row in FACTS[sheet]:
        if row.get(starts, "") <= day.isoformat() < (row.get(ends) or "9999"):
            yield row


def scheme_of(day: date) -> Scheme:
    """The zones of a day."""
    zones = _on(day, "协作区", "设立日期", "撤销日期")
    return Scheme(
        tuple(
            PlannedZone(
                row["协作区编码"],
                row["名称"],
                row["级别"],
                row.get("类别", ""),
                row.get("上级协作区编码", ""),
            )
            for row in zones
        ),
        tuple(
            PlannedMember(row["协作区编码"], UNITS[row["机构编码"]], row["角色"])
            for row in _on(day, "协作区成员")
        ),
        tuple(PlannedLeader(row["协作区编码"], PEOPLE[row["人员编号"]]) for row in _on(day, "协作区领导")),
    ).in_order()


def ground_of(day: date) -> Ground:
    """What the zones of a day are judged on."""
    posts = list(_on(day, "任职", "任职日期", "免职日期"))
    leading = {PEOPLE[row["人员编号"]]: row["职务"] for row in posts if row["机构编码"] == "LD"}
    staff: dict[str, set[str]] = defaultdict(set)
    for row in posts:
        staff[row["机构编码"]].add(row["人员编号"])
    return Ground(
        units={
            UNITS[row["机构编码"]]: UnitFacts(
                UNITS[row["机构编码"]],
                row["机构编码"],
                row["机构名称"],
                row["机构类型"],
                row.get("驻在单位", ""),
                row.get("所在地", ""),
                len(staff[row["机构编码"]]),
            )
            for row in _on(day, "机构", "设立日期", "撤销日期")
        },
        shares=tuple(
            Share(PEOPLE[row["人员编号"]], UNITS[row["对象"]], row["方式"])
            for row in _on(day, "领导分工")
            if row["对象"] in UNITS
        ),
        deputies=frozenset(person for person, post in leading.items() if post == "副书记"),
        standing=frozenset(person for person, post in leading.items() if post not in {"书记", "副书记"}),
        in_post=frozenset(PEOPLE[row["人员编号"]] for row in posts),
    )


@dataclass(frozen=True)
class County:
    """The zones of a day with their ground."""

    scheme: Scheme
    ground: Ground

    def judged(self, scheme: Scheme | None = None, rules: tuple[RuleSaid, ...] = RULES) -> list[Judged]:
        """The scheme, or another one, judged."""
        return judge(scheme or self.scheme, self.ground, rules)

    def broken(self, scheme: Scheme | None = None) -> dict[str, tuple[Breach, ...]]:
        """What breaks which rule."""
        return {each.rule.code: each.breaches for each in self.judged(scheme) if each.broken}


def county_on(day: date) -> County:
    """The county of a day."""
    return County(scheme_of(day), ground_of(day))


__all__ = ["PEOPLE", "RULES", "UNITS", "Breach", "County", "Fault", "county_on", "ground_of", "scheme_of"]
