"""What loans add to the page of a person: where they are or were lent, as far as it is for the reader."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from xiezuo.collaboration.loans.shown import lent_table
from xiezuo.collaboration.models import Lent
from xiezuo.collaboration.queries import loans as queries
from xiezuo.ui.panels import Panel, Subject, panel
from xiezuo.ui.table import render_table

MOST = 10


@panel("person", 30)
def loans_of_person(request: HttpRequest, subject: Subject) -> Panel | None:
    """The loans of a person."""
    return _panel(request, queries.lent_to(subject.key))


def _panel(request: HttpRequest, found: Sequence[Lent]) -> Panel | None:
    if not found:
        return None
    table = lent_table(request, found[:MOST], request.day)  # type: ignore[attr-defined]
    return Panel(_("Loans of people"), render_table(table))
