"""A regulation on paper: its text as an official document (GB/T 9704), and the overview of the opinions on it.

Always in Chinese. What is printed is what the reader may see; an overview that is not whole says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.papers import ACROSS, Block, Column, Document, Heading, Paragraph, Table, Text, chinese_date
from xiezuo.papers.text import joined
from xiezuo.rules.models import Clause, Consultation, Edition, Opinion
from xiezuo.rules.regulation_queries import OpinionCount, counted
from xiezuo.rules.regulation_states import PUBLISHED, EditionStage
from xiezuo.rules.states import Outcome

LANGUAGE = "zh-hans"


def text_document(edition: Edition, clauses: Iterable[Clause]) -> Document:
    """The text of an edition with its number and days under the title; a draft says which draft it is."""
    with translation.override(LANGUAGE):
        blocks = tuple(_without_title(edition.name, (b for each in clauses for b in _clause_blocks(each))))
        return Document(title=edition.name, number=caption_of(edition), blocks=blocks)


def _without_title(title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """A pasted text often begins with its title, which stands over it already."""
    for number, block in enumerate(blocks):
        if number or not (isinstance(block, Paragraph) and joined(block.runs) == title):
            yield block


def caption_of(edition: Edition) -> str:
    """What stands in brackets under the title: document number and days on a line each, or the stage of a draft."""
    if edition.stage not in PUBLISHED:
        return f"（{_drafted(edition)}）"
    lines = (edition.document_no, "，".join(_days(edition)))
    return "\n".join(f"（{line}）" for line in lines if line)


def _days(edition: Edition) -> list[str]:
    told = []
    if edition.trial_on:
        told.append(_("on trial from %(day)s") % {"day": chinese_date(edition.trial_on)})
    if edition.stage == EditionStage.TRIAL and edition.trial_until:
        told.append(_("until %(day)s") % {"day": chinese_date(edition.trial_until)})
    if edition.in_force_on:
        told.append(_("in force from %(day)s") % {"day": chinese_date(edition.in_force_on)})
    if edition.ended_on:
        told.append(_("held until %(day)s") % {"day": chinese_date(edition.ended_on)})
    return told


def _drafted(edition: Edition) -> str:
    drafts = {
        EditionStage.CONSULTATION: pgettext("draft", "text for opinions"),
        EditionStage.REVIEW: pgettext("draft", "text for review"),
        EditionStage.DROPPED: pgettext("draft", "draft given up"),
    }
    kind = drafts.get(EditionStage(edition.stage), pgettext("draft", "draft"))
    return f"{kind}　{pgettext('paper', 'edition %(number)s') % {'number': edition.number}}"


def _clause_blocks(clause: Clause) -> Iterator[Block]:
    """A chapter's heading in the middle; a clause with its number set off, each of its lines a paragraph."""
    words = clause.text.strip().removeprefix(clause.label).strip(" 　\t")
    lines = [line.strip(" 　\t\r") for line in words.split("\n")]
    if clause.label.endswith(("章", "节", "编")):
        yield Heading(1, (Text(f"{clause.label}　{lines.pop(0)}".strip("　")),), centred=True)
    elif clause.label:
        yield Paragraph((Text(clause.label, bold=True), Text(f"　{lines.pop(0)}")))
    yield from (Paragraph((Text(line),)) for line in lines if line)


def overview_document(
    edition: Edition, opinions: Sequence[Opinion], asked: Sequence[Consultation], names: Mapping[int, str],
    *, whole: bool, on: date,
) -> Document:  # fmt: skip
    """The overview of a consultation: each opinion with what became of it, and which units answered.

    `names` are the units' names; not `whole` if the reader may see only a part of the opinions.
    """
    with translation.override(LANGUAGE):
        blocks = (
            Paragraph((Text(_summary(asked, counted(opinions), whole=whole)),)),
            _opinions_table(opinions, names),
            _units_table(asked, opinions, names),
        )
        signer = names.get(edition.unit_id or 0, "")
        title = f"{edition.name}\n{_('Overview of the opinions')}"
        return Document(title=title, blocks=blocks, signer=signer, date=on, profile=ACROSS)


def _summary(asked: Sequence[Consultation], count: OpinionCount, *, whole: bool) -> str:
    told = {
        "units": len(asked), "given": count.given, "adopted": count.adopted, "partly": count.partly,
        "refused": count.not_adopted, "open": count.open,
    }  # fmt: skip
    words = _(
        "%(units)s units were asked. %(given)s opinions: %(adopted)s adopted, %(partly)s in part, %(refused)s not, %(open)s open."
    )
    part = "" if whole else _("Only what the person who printed this may see is listed.")
    return words % told + part


def _opinions_table(opinions: Sequence[Opinion], names: Mapping[int, str]) -> Table:
    titles = (
        (pgettext("paper", "No."), 3), (pgettext("paper", "Clause"), 6), (pgettext("paper", "Unit"), 8),
        (pgettext("paper", "Opinion"), 20), (pgettext("paper", "Outcome"), 6), (pgettext("paper", "Reason"), 14),
        (pgettext("paper", "Remarks"), 8),
    )  # fmt: skip
    rows = tuple(_opinion_row(number, row, names) for number, row in enumerate(opinions, 1))
    return Table(_columns(titles), rows, pgettext("paper", "Opinions and what became of them"))


def _columns(titles: Iterable[tuple[str, float]]) -> tuple[Column, ...]:
    return tuple(Column(title, width) for title, width in titles)


def _opinion_row(number: int, row: Opinion, names: Mapping[int, str]) -> tuple[str, ...]:
    clause = row.clause_label or (pgettext("paper", "whole text") if row.anchor is None else "")
    paper = _("Entered from paper %(number)s of %(day)s")
    day = chinese_date(row.paper_on) if row.paper_on else ""
    remark = paper % {"number": row.paper_no, "day": day} if row.paper_no else ""
    outcome = str(Outcome(row.outcome).label)
    return str(number), clause, names.get(row.unit_id, ""), row.text, outcome, row.reason, remark


def _units_table(
    asked: Sequence[Consultation], opinions: Sequence[Opinion], names: Mapping[int, str]
) -> Table:
    titles = (
        (pgettext("paper", "Unit"), 14), (pgettext("paper", "Asked on"), 8), (pgettext("paper", "Last day"), 8),
        (pgettext("paper", "Answered on"), 8), (pgettext("paper", "Opinions"), 6),
    )  # fmt: skip
    rows = tuple(_unit_row(row, opinions, names) for row in asked)
    return Table(_columns(titles), rows, _("Units asked for their opinion"))


def _unit_row(row: Consultation, opinions: Sequence[Opinion], names: Mapping[int, str]) -> tuple[str, ...]:
    given = sum(opinion.unit_id == row.unit_id for opinion in opinions)
    answered = chinese_date(row.answered_on) if row.answered_on else pgettext("paper", "no answer")
    none = pgettext("paper", "none") if row.answered_on else ""
    return (
        names.get(row.unit_id, ""), chinese_date(row.opened_on), chinese_date(row.last_day), answered,
        str(given) if given else none,
    )  # fmt: skip
