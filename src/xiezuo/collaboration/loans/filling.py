"""What stands against a loan as it is asked for: no profile, a name, a limit that it breaks. Each reason names its field."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from xiezuo.collaboration.loans.asked import TO_A_POST, AskedLoan
from xiezuo.collaboration.loans.limits import against_acts, against_term
from xiezuo.collaboration.queries import loans as queries
from xiezuo.collaboration.states import LoanKind
from xiezuo.organisation.api import Commission
from xiezuo.shared.errors import Reason
from xiezuo.shared.pointers import against_words
from xiezuo.ui.absence import period_words

MOST = 50
LONG = 500
WITH_POST = (*TO_A_POST, LoanKind.HOLDING)


def against_asked(commission: Commission, unit: int, asked: AskedLoan, matter_open: bool, today: date, *, but: int | None = None) -> list[Reason]:  # noqa: FBT001 - what was looked up with other eyes  # fmt: skip
    """Everything that stands against it; `matter_open`: whoever asks sees the matter, and it is open. `but`: itself."""
    if asked.kind not in LoanKind.values:
        return [
            Reason(
                "kind",
                _("Found “%(found)s”; expected a kind of loan.") % {"found": asked.kind},
            )
        ]
    found = [*_against_words(asked), *_against_days(commission, unit, asked, today)]
    found += [*_against_profile(asked), *_against_matter(commission, asked, matter_open, but)]
    found += _against_training(commission, unit, asked)
    return found if any(each.code in {"starts", "ends"} for each in found) else [*found, *_against_limits(commission, asked, today)]  # fmt: skip


def _against_words(asked: AskedLoan) -> Iterator[Reason]:
    for field, most in (
        ("post", 60),
        ("criteria", LONG),
        ("reason", 200),
        ("basis", 200),
        ("plan", LONG),
    ):
        yield from against_words(getattr(asked, field), field=field, sure=asked.sure, most=most)
    for words in asked.skills:
        yield from against_words(words, field="skills", sure=asked.sure, most=30)


def _against_days(commission: Commission, unit: int, asked: AskedLoan, today: date) -> Iterator[Reason]:
    if asked.starts >= asked.ends:
        yield Reason("ends", _("The last day is before the first."))
    elif asked.ends <= today:
        words = _("Found %(found)s; expected a last day from today, %(today)s, on.")
        yield Reason("ends", words % {"found": period_words(asked.starts, asked.ends), "today": today})
    if not queries.unit_stands(commission, unit, max(asked.starts, today)):
        yield Reason("unit", _("This unit does not stand on the first day."))


def _against_profile(asked: AskedLoan) -> Iterator[Reason]:
    if not 1 <= asked.people <= MOST:
        words = _("Found %(found)s people; expected 1 to %(most)s.")
        yield Reason("people", words % {"found": asked.people, "most": MOST})
    if not asked.reason.strip():
        yield Reason("reason", _("Say why people are needed."))
    if not asked.basis.strip():
        yield Reason(
            "basis", _("Say on what it rests: a document, a meeting with its day, or a vacant establishment.")
        )
    if asked.kind in WITH_POST and not asked.post.strip():
        yield Reason("post", _("Say which post it is."))
    if asked.kind in TO_A_POST and not asked.criteria.strip():
        yield Reason("criteria", _("A vacancy is open: say by what candidates are judged."))


def _against_matter(commission: Commission, asked: AskedLoan, matter_open: bool, but: int | None) -> Iterator[Reason]:  # noqa: FBT001 - see above  # fmt: skip
    if asked.kind != LoanKind.MATTER:
        if asked.request is not None:
            yield Reason("request", _("Only a loan for one matter names a matter."))
        return
    if not matter_open or asked.request is None:
        yield Reason(
            "request", _("A loan for one matter names an open request for collaboration that you may see.")
        )
    elif other := queries.loans_of_matter(commission, asked.request, but=but).first():
        words = _("Loan no. %(year)s-%(number)s is for this matter already; expected one loan for one matter: %(rule)s.")  # fmt: skip
        told = {
            "year": other.year,
            "number": other.number,
            "rule": queries.words_of_rule(queries.rule_of(other)),
        }
        yield Reason("request", words % told)


def _against_training(commission: Commission, unit: int, asked: AskedLoan) -> Iterator[Reason]:
    if asked.kind != LoanKind.SHADOWING:
        return
    if not asked.plan.strip():
        yield Reason("plan", _("Training on the job has a plan: what is learned, by what steps."))
    if asked.mentor is None or not queries.in_post_at(commission, asked.mentor, unit, asked.starts):
        yield Reason("mentor", _("A mentor is somebody in post at the unit on the first day."))


def _against_limits(commission: Commission, asked: AskedLoan, today: date) -> list[Reason]:
    rule = queries.procedure_of(commission, asked.kind, today)
    limits = queries.limits_of(commission, asked.kind, rule, today)
    return [*against_term(asked.starts, asked.ends, limits), *against_acts(asked, limits)]
