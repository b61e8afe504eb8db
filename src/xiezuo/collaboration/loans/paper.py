"""F12 (借调审批表与鉴定) and F17 (跟班学习鉴定表): one page of A4 from the record, with a code that leads back. Always in Chinese."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.approvals.api import Approval
from xiezuo.collaboration.loans.kind import facts_of
from xiezuo.collaboration.models import Lent, Loan
from xiezuo.collaboration.queries import loans as queries
from xiezuo.collaboration.states import LoanKind, LoanOutcome
from xiezuo.organisation.api import unit_names
from xiezuo.papers import Column, Entry, Fields, Form, Grid, Line, chinese_date
from xiezuo.ui.absence import period_words

LANGUAGE = "zh-hans"


def paper_of(row: Loan, *, code: str, now: datetime) -> Form:
    """The application with its decisions, and the evaluation of everybody lent. Read with the eyes of who prints."""
    with translation.override(LANGUAGE):
        training = row.kind == LoanKind.SHADOWING
        people = [each for each in queries.lent_of([row]) if each.chosen]
        return Form(
            title=_("Evaluation of a training on the job") if training else _("Approval of a loan, and evaluation"),
            blocks=(_asked(row), *_decided(row), *_lent(row, people)), code=code or reference(row),
            number=_("No. %(number)s") % {"number": reference(row)}, office=row.commission.name, foot=_foot(row, now),
        )  # fmt: skip


def reference(row: Loan) -> str:
    """What a loan is known by where the installation has no address of its own."""
    return f"借-{row.year}-{row.number}"


def _asked(row: Loan) -> Fields:
    wide = {_("Work rule"), _("Plan of the training"), pgettext("loan", "Criteria"), pgettext("loan", "Reason")}  # fmt: skip
    facts = [(str(words), str(value)) for words, value in facts_of(row) if value]
    return Fields(tuple(Entry(words, value, wide=words in wide) for words, value in facts))


def _decided(row: Loan) -> Sequence[Grid]:
    """What each office said, and when; of an office outside the number of its paper stands in what was said."""
    found = Approval.objects.filter(pk=row.approval or 0).first()
    if found is None:
        return ()
    titles = {step.position: step.title for step in found.steps.all()}
    lines, place = [], 0
    for move in found.moves.order_by("edition"):
        if move.verb in {"approve", "refuse", "return"}:
            day = chinese_date(timezone.localdate(move.at))
            lines.append(Line((titles.get(place, ""), str(move.get_verb_display()), move.said, move.by, day)))
        place = move.step
    columns = (
        Column(pgettext("paper", "Office"), 12), Column(pgettext("paper", "Decision"), 7), Column(pgettext("paper", "Said"), 20),
        Column(pgettext("paper", "By"), 9), Column(pgettext("paper", "Day"), 12),
    )  # fmt: skip
    return (Grid(columns, tuple(lines), pgettext("paper", "Decisions")),) if lines else ()


def _lent(row: Loan, people: Sequence[Lent]) -> Sequence[Grid | Fields]:
    if not people:
        return ()
    names = queries.names_of(people, row.starts)
    homes = unit_names({each.home_id for each in people if each.home_id}, row.starts)
    return tuple(Fields(_of_person(each, names, homes)) for each in people)


def _of_person(row: Lent, names: Mapping[int, str], homes: Mapping[int, str]) -> tuple[Entry, ...]:
    agreed = f"{row.consent_no}　{chinese_date(row.consent_on)}" if row.consent_on else ""
    outcome = f"{LoanOutcome(row.outcome).label}　{row.meeting}".strip() if row.outcome else ""
    return (
        Entry(pgettext("paper", "Person"), names.get(row.person_id, "")),
        Entry(_("Home unit"), homes.get(row.home_id or 0, row.home_outside)),
        Entry(_("Consent of the home unit"), agreed, wide=True),
        Entry(
            pgettext("loan", "Days"),
            period_words(row.starts, row.ends) if row.starts and row.ends else "",
            wide=True,
        ),
        Entry(_("Evaluation"), row.evaluation, wide=True, by_hand=not row.evaluation),
        Entry(_("Seen by the person on"), chinese_date(row.shown_on) if row.shown_on else ""),
        Entry(pgettext("paper", "Kept or returned"), outcome),
    )


def _foot(row: Loan, now: datetime) -> tuple[str, ...]:
    told = {"edition": row.version, "at": f"{timezone.localtime(now):%Y-%m-%d %H:%M}", "known": reference(row)}  # fmt: skip
    return (
        _("%(known)s · edition %(edition)s · printed on %(at)s. The code leads back to the record.") % told,
    )
