"""Taking a regulation out of the product as a file: an act, as with every other file."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.approvals.api import Approval
from xiezuo.audit.api import Act, record
from xiezuo.organisation.api import unit_names
from xiezuo.papers import Document, MissingFonts, MissingGlyph, write_docx, write_pdf
from xiezuo.rules import regulation_queries as queries
from xiezuo.rules.models import Edition
from xiezuo.rules.regulation_paper import overview_document, text_document
from xiezuo.rules.regulation_policies import may_draft, may_enter
from xiezuo.shared.errors import BadInput, NotThere
from xiezuo.shared.lists import listed

WRITERS: dict[str, Callable[[Document], bytes]] = {"docx": write_docx, "pdf": write_pdf}


def take_text(*, edition: Edition, ending: str, by: Actor, now: datetime) -> bytes:
    """The text of an edition as a docx or pdf file."""
    content = _written(text_document(edition, queries.clauses_of(edition)), ending)
    _tell(edition, f"text.{ending}", by, now)
    return content


def take_overview(*, edition: Edition, ending: str, by: Actor, now: datetime) -> bytes:
    """The overview of the opinions on an edition as a docx or pdf file, as far as `by` may see them."""
    opinions, asked = queries.opinions_of(edition), queries.consultations_of(edition)
    today = timezone.localdate(now)
    units = [row.unit_id for row in asked] + [row.unit_id for row in opinions]
    names = unit_names([*units, *([edition.unit_id] if edition.unit_id else [])], today)
    whole = sees_all(edition, by)
    content = _written(overview_document(edition, opinions, asked, names, whole=whole, on=today), ending)
    _tell(edition, f"opinions.{ending}", by, now)
    return content


def sees_all(edition: Edition, by: Actor) -> bool:
    """Whether `by` sees the opinions of all units: who drafts, who keeps the files, and who signs while they are asked."""
    if not may_draft(by, edition.commission_id, edition.unit_id) or not may_enter(by, edition.commission_id):
        return True
    number = edition.approval
    return number is not None and Approval.objects.filter(pk=number, settled_at__isnull=True).exists()


def _written(document: Document, ending: str) -> bytes:
    if ending not in WRITERS:
        words = _("A regulation is printed as %(known)s; found “%(found)s”.")
        raise NotThere(words % {"known": "docx, pdf", "found": ending[:10]})
    try:
        return WRITERS[ending](document)
    except MissingGlyph as error:
        words = _("No font draws “%(found)s”, found in “%(text)s”; write it otherwise or add a font.")
        raise BadInput(words % {"found": error.characters, "text": error.text[:60]}) from error
    except MissingFonts as error:
        words = _("Fonts are missing: %(names)s. Run the set-up again.")
        raise BadInput(words % {"names": listed(error.names)}) from error


def _tell(edition: Edition, name: str, by: Actor, now: datetime) -> None:
    details = {"file": name, "edition": edition.number}
    record(
        Act.REGULATION_TAKEN, by=by, at=now, commission_code=edition.commission.code, target=f"edition:{edition.pk}",
        details=details,
    )  # fmt: skip
