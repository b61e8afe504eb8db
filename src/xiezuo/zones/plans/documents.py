"""A zone plan on paper: the sheet of both levels, the notice that tells its decision (GB/T 9704), the overview of opinions.

Always in Chinese, as it is filed. Values in, a document out; what the reader may not see is not given here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.papers import ACROSS, Block, Column, Document, Heading, Lead, Paragraph, Table, Text, chinese_date
from xiezuo.rules.states import Outcome
from xiezuo.ui.choices import words_of
from xiezuo.zones.models import Plan, PlanConsultation, PlanOpinion
from xiezuo.zones.queries.schemes import Known
from xiezuo.zones.scheme import AXIS, FIRST, HELPER, LEAD, MEMBER, SECOND, PlannedZone, Scheme, difference
from xiezuo.zones.states import PlanStage, ZoneKind

LANGUAGE = "zh-hans"
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Written:
    """What a paper of a plan is written from: the plan, both levels, what the ledger would say otherwise, and all names."""

    plan: Plan
    scheme: Scheme
    before: Scheme
    known: Known
    commission: str

    def units(self, numbers: Iterable[int]) -> str:
        """Units by name."""
        return "、".join(self.known.unit(each) for each in numbers)

    def leaders(self, code: str) -> str:
        """Who leads a zone, by name."""
        return "、".join(self.known.person(each) for each in self.scheme.leaders_of(code))

    def in_role(self, code: str, *roles: str) -> str:
        """The units of a zone in one of these roles."""
        return self.units(each.unit for each in self.scheme.members_of(code) if each.role in roles)

    def second_under(self, code: str) -> tuple[PlannedZone, ...]:
        """The second-level zones under a first-level one; of the empty code, those under none."""
        return tuple(each for each in self.scheme.at_level(SECOND) if each.parent == code)


def numeral(number: int) -> str:
    """1 to 99 as Chinese numerals of a heading."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_NUMERALS[tens - 1]}十")
    return head + (_NUMERALS[ones - 1] if ones else "")


def sheet_document(written: Written) -> Document:
    """Both levels on a sheet: each first-level zone with a table of the zones under it, what rests on what, what changes."""
    with translation.override(LANGUAGE):
        blocks = (*_levels(written), *_outside(written), *_changes(written), *_rests_on(written))
        return Document(title=written.plan.name, number=_caption(written.plan), blocks=blocks, profile=ACROSS)


def _caption(plan: Plan) -> str:
    starts = _("from %(day)s") % {"day": chinese_date(plan.starts)}
    if plan.stage == PlanStage.DECIDED:
        lines = [plan.asked_document_no, starts]
    else:
        stage = str(PlanStage(plan.stage).label)
        draft = pgettext("paper", "%(stage)s, edition %(number)s of the content") % {
            "stage": stage,
            "number": plan.version,
        }
        lines = [draft, pgettext("paper", "planned %(starts)s") % {"starts": starts}]
    return "\n".join(f"（{line}）" for line in lines if line)


def _levels(written: Written) -> Iterator[Block]:
    firsts = written.scheme.at_level(FIRST)
    for number, zone in enumerate(firsts, 1):
        yield Heading(1, (Text(f"{numeral(number)}、{_headed(written, zone)}"),))
        own = written.in_role(zone.code, AXIS, LEAD, MEMBER)
        if own:
            yield Paragraph((Text(pgettext("paper", "Units directly in it: %(units)s.") % {"units": own}),))
        yield from _zone_table(written, written.second_under(zone.code))
    loose = written.second_under("")
    if loose:
        yield Heading(
            1, (Text(f"{numeral(len(firsts) + 1)}、{pgettext('paper', 'Zones under no first-level zone')}"),)
        )
        yield from _zone_table(written, loose)


def _headed(written: Written, zone: PlannedZone) -> str:
    leaders = written.leaders(zone.code)
    return (
        f"{zone.name}（{pgettext('paper', 'led by %(names)s') % {'names': leaders}}）"
        if leaders
        else zone.name
    )


def _zone_table(written: Written, zones: Sequence[PlannedZone]) -> Iterator[Block]:
    titles = (
        (pgettext("paper", "Second-level zone"), 9), (pgettext("paper", "Kind"), 5), (pgettext("paper", "Contact leader"), 5),
        (pgettext("paper", "Axis or lead units"), 13), (pgettext("paper", "Member units"), 22), (pgettext("paper", "Helpers"), 8),
    )  # fmt: skip
    rows = tuple(
        (zone.name, str(words_of(ZoneKind, zone.kind)), written.leaders(zone.code), written.in_role(zone.code, AXIS, LEAD),
         written.in_role(zone.code, MEMBER), written.in_role(zone.code, HELPER))
        for zone in zones
    )  # fmt: skip
    if rows:
        yield Table(tuple(Column(title, width) for title, width in titles), rows)


def _outside(written: Written) -> Iterator[Block]:
    inside = {each.unit for each in written.scheme.members if each.role != HELPER}
    outside = [unit for unit in written.known.units if unit not in inside]
    if outside:
        words = pgettext("paper", "In no zone: %(units)s.") % {"units": written.units(outside)}
        yield Paragraph((Text(words),))


def _changes(written: Written) -> Iterator[Block]:
    """Who moves and which leaders change, against what the ledger says without the plan."""
    lines = list(change_lines(written))
    if lines:
        yield Paragraph(
            (Text(pgettext("paper", "Changed by this plan: "), bold=True), Text("；".join(lines) + "。"))
        )


def change_lines(written: Written) -> Iterator[str]:
    """What changes, a line for each zone, unit and leadership; in Chinese."""
    found = difference(written.before, written.scheme)
    names = {each.code: each.name for each in (*written.before.zones, *written.scheme.zones)}
    yield from (pgettext("paper", "%(zone)s is set up") % {"zone": each.name} for each in found.opened)
    yield from (pgettext("paper", "%(zone)s is closed") % {"zone": each.name} for each in found.closed)
    for old, new in found.described:
        if old.name != new.name:
            yield pgettext("paper", "%(old)s is called %(new)s") % {"old": old.name, "new": new.name}
    for moved in found.moved:
        places = {
            "unit": written.known.unit(moved.unit),
            "before": _places(moved.before, names),
            "after": _places(moved.after, names),
        }
        yield pgettext("paper", "%(unit)s from %(before)s to %(after)s") % places
    for handed in found.handed:
        people = (
            "、".join(map(written.known.person, side)) or pgettext("paper", "nobody")
            for side in (handed.before, handed.after)
        )
        told = dict(zip(("before", "after"), people, strict=True), zone=names.get(handed.zone, handed.zone))
        yield pgettext("paper", "%(zone)s is led by %(after)s instead of %(before)s") % told


def _places(places: Iterable[tuple[str, str]], names: Mapping[str, str]) -> str:
    told = [f"{names.get(zone, zone)}（{role}）" for zone, role in places]
    return "、".join(told) or pgettext("paper", "no zone")


def _rests_on(written: Written) -> Iterator[Block]:
    plan = written.plan
    pairs = (
        (pgettext("paper", "Meeting"), plan.asked_meeting), (pgettext("paper", "Document number"), plan.asked_document_no),
        (pgettext("paper", "Basis"), plan.asked_basis),
    )  # fmt: skip
    told = [f"{words}：{value}" for words, value in pairs if value]
    if told:
        yield Paragraph((Text("；".join(told) + "。"),))


def decision_document(written: Written) -> Document:
    """The notice that tells of the decision; a plan that is not decided yet gives its draft, without a number and a day."""
    with translation.override(LANGUAGE):
        plan, decided = written.plan, written.plan.stage == PlanStage.DECIDED
        title = f"{written.commission}\n关于调整监督执纪协作区划分的通知"
        number = plan.asked_document_no if decided else ""
        return Document(
            title=title, number=number, recipient="各派驻纪检监察组，各乡镇纪委，机关各室：", blocks=tuple(_notice(written)),
            signer=written.commission, date=plan.decided_on if decided else None,
            notices=() if decided else ("本通知为代拟稿，方案尚未决定。",),
        )  # fmt: skip


def _notice(written: Written) -> Iterator[Block]:
    plan = written.plan
    met = f"经{plan.asked_meeting}研究，" if plan.asked_meeting else "经研究，"
    rests = f"根据{plan.asked_basis}，" if plan.asked_basis else ""
    yield Paragraph(
        (
            Text(
                f"{rests}{met}决定自{chinese_date(plan.starts)}起调整监督执纪协作区划分。现将有关事项通知如下。"
            ),
        )
    )
    firsts = written.scheme.at_level(FIRST)
    for number, zone in enumerate(firsts, 1):
        yield from _told_first(written, number, zone)
    loose = written.second_under("")
    if loose:
        yield Heading(1, (Text(f"{numeral(len(firsts) + 1)}、其他二级协作区"),))
        yield from _told_seconds(written, loose)
    yield from _told_end(written, len(firsts) + bool(loose) + 1)


def _told_first(written: Written, number: int, zone: PlannedZone) -> Iterator[Block]:
    yield Heading(1, (Text(f"{numeral(number)}、{zone.name}"),))
    leaders = written.leaders(zone.code)
    seconds = written.second_under(zone.code)
    head = f"由{leaders}统筹联系，" if leaders else ""
    yield Paragraph((Text(f"{head}下设{len(seconds)}个二级协作区。"),))
    yield from _told_seconds(written, seconds)


def _told_seconds(written: Written, zones: Sequence[PlannedZone]) -> Iterator[Block]:
    for number, zone in enumerate(zones, 1):
        told = [
            f"联系领导：{leaders}" if (leaders := written.leaders(zone.code)) else "",
            f"以{axis}为轴" if (axis := written.in_role(zone.code, AXIS)) else "",
            f"由{leads}领办" if (leads := written.in_role(zone.code, LEAD)) else "",
            f"成员单位：{members}" if (members := written.in_role(zone.code, MEMBER)) else "",
            f"支援单位：{helpers}" if (helpers := written.in_role(zone.code, HELPER)) else "",
        ]  # fmt: skip
        said = "；".join(each for each in told if each)
        yield Paragraph((Lead(f"（{numeral(number)}）{zone.name}。"), Text(f"{said}。" if said else "")))


def _told_end(written: Written, number: int) -> Iterator[Block]:
    yield Heading(1, (Text(f"{numeral(number)}、有关要求"),))
    lines = list(change_lines(written))
    if lines:
        yield Paragraph(
            (
                Lead("（一）交接。"),
                Text(f"本次调整涉及：{'；'.join(lines)}。有关单位应于施行之日前办结工作交接。"),
            )
        )
    word = "（二）" if lines else "（一）"
    yield Paragraph(
        (
            Lead(f"{word}施行。"),
            Text(
                f"本通知自{chinese_date(written.plan.starts)}起施行，此前有关协作区划分与本通知不一致的，以本通知为准。"
            ),
        )
    )


def overview_document(
    written: Written, opinions: Sequence[PlanOpinion], asked: Sequence[PlanConsultation], names: Mapping[int, str],
    *, whole: bool, on: date,
) -> Document:  # fmt: skip
    """The overview of a consultation: each opinion with what became of it, and which units answered.

    Not `whole` if the reader may see only a part of the opinions: then it says so.
    """
    with translation.override(LANGUAGE):
        zones = {each.code: each.name for each in (*written.before.zones, *written.scheme.zones)}
        blocks = (
            Paragraph((Text(_summary(asked, opinions, whole=whole)),)), _opinions_table(opinions, names, zones),
            _asked_table(asked, opinions, names),
        )  # fmt: skip
        title = f"{written.plan.name}\n{_('Overview of the opinions')}"
        return Document(
            title=title,
            blocks=blocks,
            signer=names.get(written.plan.unit_id or 0, ""),
            date=on,
            profile=ACROSS,
        )


def _summary(asked: Sequence[PlanConsultation], opinions: Sequence[PlanOpinion], *, whole: bool) -> str:
    count = {outcome: sum(each.outcome == outcome for each in opinions) for outcome in Outcome}
    told = {
        "units": len(asked), "given": len(opinions), "adopted": count[Outcome.ADOPTED], "partly": count[Outcome.PARTLY],
        "refused": count[Outcome.NOT_ADOPTED], "open": count[Outcome.OPEN],
    }  # fmt: skip
    words = _(
        "%(units)s units were asked. %(given)s opinions: %(adopted)s adopted, %(partly)s in part, %(refused)s not, %(open)s open."
    )
    return words % told + ("" if whole else _("Only what the person who printed this may see is listed."))


def _opinions_table(
    opinions: Sequence[PlanOpinion], names: Mapping[int, str], zones: Mapping[str, str]
) -> Table:
    titles = (
        (pgettext("paper", "No."), 3), (pgettext("paper", "Zone"), 8), (pgettext("paper", "Unit"), 8), (pgettext("paper", "Opinion"), 19),
        (pgettext("paper", "Outcome"), 6), (pgettext("paper", "Reason"), 13), (pgettext("paper", "Remarks"), 8),
    )  # fmt: skip
    rows = tuple(_opinion_row(number, row, names, zones) for number, row in enumerate(opinions, 1))
    columns = tuple(Column(title, width) for title, width in titles)
    return Table(columns, rows, pgettext("paper", "Opinions and what became of them"))


def _opinion_row(
    number: int, row: PlanOpinion, names: Mapping[int, str], zones: Mapping[str, str]
) -> tuple[str, ...]:
    day = chinese_date(row.paper_on) if row.paper_on else ""
    paper = _("Entered from paper %(number)s of %(day)s") % {"number": row.paper_no, "day": day}
    zone = zones.get(row.zone, row.zone) if row.zone else pgettext("paper", "whole plan")
    outcome = str(Outcome(row.outcome).label)
    return (
        str(number),
        zone,
        names.get(row.unit_id, ""),
        row.text,
        outcome,
        row.reason,
        paper if row.paper_no else "",
    )


def _asked_table(
    asked: Sequence[PlanConsultation], opinions: Sequence[PlanOpinion], names: Mapping[int, str]
) -> Table:
    titles = (
        (pgettext("paper", "Unit"), 14), (pgettext("paper", "Asked on"), 8), (pgettext("paper", "Last day"), 8),
        (pgettext("paper", "Answered on"), 8), (pgettext("paper", "Opinions"), 6),
    )  # fmt: skip
    rows = tuple(_asked_row(row, opinions, names) for row in asked)
    return Table(
        tuple(Column(title, width) for title, width in titles), rows, _("Units asked for their opinion")
    )


def _asked_row(
    row: PlanConsultation, opinions: Sequence[PlanOpinion], names: Mapping[int, str]
) -> tuple[str, ...]:
    given = sum(each.unit_id == row.unit_id for each in opinions)
    answered = chinese_date(row.answered_on) if row.answered_on else pgettext("paper", "no answer")
    none = pgettext("paper", "none") if row.answered_on else ""
    return (
        names.get(row.unit_id, ""),
        chinese_date(row.opened_on),
        chinese_date(row.last_day),
        answered,
        str(given) if given else none,
    )
