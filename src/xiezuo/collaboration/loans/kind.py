"""A loan as a matter that is decided in steps: what a signer sees of it on one page. A profile and no names."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from xiezuo.accounts.api import as_the_product
from xiezuo.approvals.api import Approval, Kind, Matter, register
from xiezuo.collaboration.loans.limits import term_words
from xiezuo.collaboration.loans.operations import KIND
from xiezuo.collaboration.loans.policies import may_ask
from xiezuo.collaboration.models import Loan
from xiezuo.collaboration.queries.loans import rule_of, words_of_rule
from xiezuo.collaboration.states import LoanKind
from xiezuo.organisation.api import person_names, unit_names
from xiezuo.shared.lists import listed
from xiezuo.ui.choices import words_of


def register_loan_kind() -> None:
    """Declare the kind; called once, when the app is ready."""
    register(Kind(KIND, "借", gettext_lazy("Loan of people"), may_ask, matter_of))


def matter_of(approval: Approval) -> Matter:
    """What a signer sees: which unit needs how many of which profile, why, for how long, and the rule."""
    row = Loan.objects.select_related("commission").filter(pk=approval.subject_id).first()
    if row is None:
        return Matter([(_("Loan of people"), approval.title)])
    facts = [(str(words), str(value)) for words, value in facts_of(row) if value]
    return Matter(facts, href=reverse("collaboration:loan", args=[row.pk]))


def facts_of(row: Loan) -> list[tuple[Any, Any]]:
    """What was asked for, in the order of the form. Three queries."""
    with as_the_product():
        # Whoever sees the loan knows the mentor, though of another unit.
        mentor = person_names([row.mentor], row.starts).get(row.mentor, "") if row.mentor else ""
    training = row.kind == LoanKind.SHADOWING
    return [
        (_("Kind"), words_of(LoanKind, row.kind)),
        (_("Using unit"), unit_names([row.unit_id], row.starts).get(row.unit_id, "")),
        (_("Post"), row.post),
        (pgettext("loan", "People"), str(row.people)),
        (pgettext("loan", "Skills"), listed(row.skills)),
        (pgettext("loan", "Criteria"), row.criteria),
        (pgettext("loan", "Reason"), row.reason),
        (_("Basis"), row.basis),
        (_("Plan of the training") if training else _("Work to be done"), row.duties),
        (_("Mentor"), mentor),
        (pgettext("loan", "Term"), term_words(row.starts, row.ends)),
        (_("Work rule"), words_of_rule(rule_of(row))),
    ]
