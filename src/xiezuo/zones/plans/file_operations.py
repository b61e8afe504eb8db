"""Taking a zone plan out of the product as a file: an act, as with every other file."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.approvals.api import Approval
from xiezuo.audit.api import Act, record
from xiezuo.organisation.api import unit_names
from xiezuo.papers import Document, MissingFonts, MissingGlyph, write_docx, write_pdf
from xiezuo.shared.errors import BadInput, NotThere
from xiezuo.shared.lists import listed
from xiezuo.zones.models import Plan
from xiezuo.zones.plans.documents import Written, decision_document, overview_document, sheet_document
from xiezuo.zones.plans.policies import may_draw, may_enter
from xiezuo.zones.queries.plans import compared, consultations_of, opinions_of
from xiezuo.zones.queries.schemes import known_on

WRITERS: dict[str, Callable[[Document], bytes]] = {"docx": write_docx, "pdf": write_pdf}


def take_sheet(*, plan: Plan, ending: str, by: Actor, now: datetime) -> bytes:
    """Both levels of a plan on a sheet, as a docx or pdf file."""
    return _taken(plan, sheet_document(_written(plan)), "sheet", ending, by, now)


def take_decision(*, plan: Plan, ending: str, by: Actor, now: datetime) -> bytes:
    """The notice that tells of the decision on a plan, as a docx or pdf file; of a draft its draft."""
    return _taken(plan, decision_document(_written(plan)), "decision", ending, by, now)


def take_overview(*, plan: Plan, ending: str, by: Actor, now: datetime) -> bytes:
    """The overview of the opinions on a plan as a docx or pdf file, as far as `by` may see them."""
    opinions, asked = opinions_of(plan), consultations_of(plan)
    today = timezone.localdate(now)
    named = [
        *(row.unit_id for row in asked),
        *(row.unit_id for row in opinions),
        *([plan.unit_id] if plan.unit_id else []),
    ]
    names = unit_names(named, today)
    document = overview_document(_written(plan), opinions, asked, names, whole=sees_all(plan, by), on=today)
    return _taken(plan, document, "opinions", ending, by, now)


def _written(plan: Plan) -> Written:
    before, after, _changes = compared(plan)
    return Written(
        plan, after, before, known_on(plan.commission, plan.starts, (before, after)), plan.commission.name
    )


def sees_all(plan: Plan, by: Actor) -> bool:
    """Whether `by` sees the opinions of all units: who draws, who keeps the files, and who signs while they are asked."""
    if not may_draw(by, plan.commission_id) or not may_enter(by, plan.commission_id):
        return True
    return (
        plan.approval is not None
        and Approval.objects.filter(pk=plan.approval, settled_at__isnull=True).exists()
    )


def _taken(plan: Plan, document: Document, name: str, ending: str, by: Actor, now: datetime) -> bytes:  # noqa: PLR0917 - one act
    content = _in_file(document, ending)
    details = {"file": f"{name}.{ending}", "number": plan.number, "version": plan.version}
    record(
        Act.PLAN_TAKEN,
        by=by,
        at=now,
        commission_code=plan.commission.code,
        target=f"zone_plan:{plan.pk}",
        details=details,
    )
    return content


def _in_file(document: Document, ending: str) -> bytes:
    if ending not in WRITERS:
        words = _("A plan is printed as %(known)s; found “%(found)s”.")
        raise NotThere(words % {"known": "docx, pdf", "found": ending[:10]})
    try:
        return WRITERS[ending](document)
    except MissingGlyph as error:
        words = _("No font draws “%(found)s”, found in “%(text)s”; write it otherwise or add a font.")
        raise BadInput(words % {"found": error.characters, "text": error.text[:60]}) from error
    except MissingFonts as error:
        words = _("Fonts are missing: %(names)s. Run the set-up again.")
        raise BadInput(words % {"names": listed(error.names)}) from error
