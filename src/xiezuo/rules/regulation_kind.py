"""A regulation as a matter that is decided in steps: who may apply, and what a signer sees of it on one page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.approvals.api import Approval, Kind, Matter, register
from xiezuo.organisation.api import unit_names
from xiezuo.rules import clauses
from xiezuo.rules import regulation_queries as queries
from xiezuo.rules.models import Edition
from xiezuo.rules.regulation_policies import may_apply
from xiezuo.rules.regulation_shown import leaning_words
from xiezuo.rules.regulation_states import Purpose
from xiezuo.rules.review_operations import KIND
from xiezuo.shared.lists import listed
from xiezuo.shared.periods import shown
from xiezuo.ui.choices import words_of


def register_kind() -> None:
    """Declare the kind; called once, when the app is ready."""
    register(Kind(KIND, "制度", gettext_lazy("Regulation"), may_apply, matter_of))


def matter_of(approval: Approval) -> Matter:
    """What a signer sees of a regulation: what is asked for, its consultation, and which clauses change."""
    edition = Edition.objects.filter(pk=approval.subject_id).first()
    if edition is None:
        return Matter([(_("Regulation"), approval.title)])
    facts = [(words, value) for words, value in _facts(edition) if value]
    return Matter(facts, _changes(edition), reverse("rules:edition", args=[edition.pk]))


def _facts(edition: Edition) -> list[tuple[str, str]]:
    count = queries.counted(queries.opinions_of(edition))
    asked = len(queries.consultations_of(edition))
    opinions = _(
        "%(units)s units asked; %(given)s opinions: %(adopted)s adopted, %(partly)s in part, %(refused)s not"
    )
    told = {
        "units": asked, "given": count.given, "adopted": count.adopted, "partly": count.partly, "refused": count.not_adopted,
    }  # fmt: skip
    return [
        (_("Regulation"), edition.name),
        (_("Edition"), _("edition %(number)s") % {"number": edition.number}),
        (_("Applied for"), str(words_of(Purpose, edition.purpose)) if edition.purpose else ""),
        (_("Takes effect on"), shown(edition.asked_from)),
        (_("Trial until"), shown(edition.asked_until)),
        (_("Document number"), edition.asked_document_no),
        (_("Scope"), edition.scope),
        (_("Drafted by"), _unit_words(edition)),
        (_("Consultation"), opinions % told if asked else ""),
        (_("Basis"), edition.asked_basis),
        (_("Lose their clause"), listed(map(leaning_words, queries.losing_their_clause(edition)))),
    ]


def _unit_words(edition: Edition) -> str:
    if edition.unit_id is None or edition.drafted_on is None:
        return ""
    return unit_names([edition.unit_id], edition.drafted_on).get(edition.unit_id, "")


def _changes(edition: Edition) -> list[tuple[str, str, str]]:
    """The clauses that a revision changes; a repeal and a first text change none of an earlier edition."""
    holding = queries.holding_edition(edition.regulation_id)
    if holding is None or holding.pk == edition.pk or edition.purpose == Purpose.REPEAL:
        return []
    found = clauses.changes(queries.clauses_of(holding), queries.clauses_of(edition))
    return [
        (each.label or _("text before the first clause"), (each.before or "").strip(), (each.after or "").strip())
        for each in found
    ]  # fmt: skip
