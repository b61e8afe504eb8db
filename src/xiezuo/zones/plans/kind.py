"""A zone plan as a matter that is decided in steps: who may apply, and what a signer sees of it on one page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.approvals.api import Approval, Kind, Matter, register
from xiezuo.organisation.api import unit_names
from xiezuo.shared.periods import shown
from xiezuo.ui.choices import words_of
from xiezuo.zones.models import Plan
from xiezuo.zones.plans.application_operations import KIND
from xiezuo.zones.plans.policies import may_draw
from xiezuo.zones.plans.told import difference_lines
from xiezuo.zones.queries.plans import compared, consultations_of, counted, opinions_of
from xiezuo.zones.queries.schemes import known_on
from xiezuo.zones.scheme import SchemeDifference
from xiezuo.zones.states import PlanKind


def register_kind() -> None:
    """Declare the kind; called once, when the app is ready."""
    register(Kind(KIND, "区划", gettext_lazy("Zone plan"), may_draw, matter_of))


def matter_of(approval: Approval) -> Matter:
    """What a signer sees of a plan: from when it shall hold, its consultation, and who moves and leads otherwise."""
    plan = Plan.objects.filter(pk=approval.subject_id).select_related("commission").first()
    if plan is None:
        return Matter([(_("Zone plan"), approval.title)])
    before, after, changes = compared(plan)
    facts = [(words, value) for words, value in _facts(plan, changes) if value]
    lines = difference_lines(changes, before, after, known_on(plan.commission, plan.starts, (before, after)))
    return Matter(facts, lines, reverse("zones:plan", args=[plan.pk]))


def _facts(plan: Plan, changes: SchemeDifference) -> list[tuple[str, str]]:
    unit = unit_names([plan.unit_id], plan.starts).get(plan.unit_id, "") if plan.unit_id else ""
    return [
        (_("Zone plan"), _("no. %(number)s “%(name)s”") % {"number": plan.number, "name": plan.name}),
        (_("Kind of plan"), str(words_of(PlanKind, plan.kind))),
        (_("Holds from"), shown(plan.starts)),
        (_("Why"), plan.why),
        (_("Drafted by"), unit),
        (_("What changes"), _change_words(changes)),
        (_("Consultation"), _consultation_words(plan)),
        (_("Meeting"), plan.asked_meeting),
        (_("Document number"), plan.asked_document_no),
        (_("Basis"), plan.asked_basis),
    ]


def _change_words(changes: SchemeDifference) -> str:
    words = _("%(opened)s zones opened, %(closed)s closed, %(described)s described otherwise; %(moved)s units move or change their role; %(handed)s zones change leaders")  # fmt: skip
    return words % {
        "opened": len(changes.opened), "closed": len(changes.closed), "described": len(changes.described),
        "moved": len(changes.moved), "handed": len(changes.handed),
    }  # fmt: skip


def _consultation_words(plan: Plan) -> str:
    asked, count = len(consultations_of(plan)), counted(opinions_of(plan))
    words = _(
        "%(units)s units asked; %(given)s opinions: %(adopted)s adopted, %(partly)s in part, %(refused)s not"
    )
    told = {
        "units": asked, "given": count.given, "adopted": count.adopted, "partly": count.partly,
        "refused": count.not_adopted,
    }  # fmt: skip
    return words % told if asked else ""
