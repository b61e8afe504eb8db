"""Runs and editions of templates."""

import difflib
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xiezuo.figures.api import Asking, all_figures, values
from xiezuo.organisation.models import Commission
from xiezuo.reports.models import Run, TemplateEdition
from xiezuo.shared.errors import NotThere
from xiezuo.shared.lists import listed


@dataclass(frozen=True)
class Drift:
    """A figure whose value has changed since the run: what was written, and what the ledger answers now."""

    key: str
    frozen: int | None
    now: int | None


def editions(commission: Commission, name: str | None = None) -> QuerySet[TemplateEdition]:
    """Editions that a commission may use, its own and the product's, the newest of a name first."""
    found = TemplateEdition.objects.filter(Q(commission=commission) | Q(commission__isnull=True))
    return (found.filter(name=name) if name else found).order_by("name", "-number", "pk")


def templates(commission: Commission) -> list[TemplateEdition]:
    """The edition in force of each template that a commission may use; its own stand before the product's."""
    own_first = sorted(
        editions(commission), key=lambda edition: (edition.commission_id is None, edition.name)
    )
    newest: dict[str, TemplateEdition] = {}
    for edition in own_first:
        newest.setdefault(edition.name, edition)
    return list(newest.values())


def template_named(commission: Commission, name: str) -> TemplateEdition:
    """The edition in force of the template `name`. Raises `NotThere` naming those that there are."""
    known = {edition.name: edition for edition in templates(commission)}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3) or sorted(known)
        raise NotThere(
            _("There is no template “%(name)s”; there are: %(near)s")
            % {"name": name[:60], "near": listed(near) or "—"}
        )
    return known[name]


def edition_of(commission: Commission, number: int) -> TemplateEdition:
    """One edition that a commission may use. Raises `NotThere`."""
    found = editions(commission).filter(pk=number).first()
    if found is None:
        raise NotThere(_("There is no edition number %(number)s in this county.") % {"number": number})
    return found


def runs_of(commission: Commission) -> QuerySet[Run]:
    """Runs of a commission, the newest first, without their frozen contents."""
    return (
        Run.objects.filter(commission=commission)
        .select_related("template")
        .defer("document", "figures", "balances")
    )


def runs_not_issued(commission: Commission) -> QuerySet[Run]:
    """Runs of a commission that were written and not issued, the oldest first."""
    return runs_of(commission).filter(issued_at=None).order_by("written_at", "pk")


def run_of(commission: Commission, number: int) -> Run:
    """One run of a commission. Raises `NotThere`."""
    found = (
        Run.objects.filter(commission=commission, pk=number).select_related("template", "commission").first()
    )
    if found is None:
        raise NotThere(_("There is no report number %(number)s in this county.") % {"number": number})
    return found


def drift(run: Run) -> list[Drift]:
    """Figures of the run whose value the ledger gives differently today, in the order of the report.

    A figure that this release no longer knows is left out.
    """
    known = {figure.key for figure in all_figures()}
    frozen = {
        entry["key"]: entry["value"] for entry in run.figures if entry["key"].partition("@")[0] in known
    }
    now = values(Asking((run.commission_id,), run.on), frozen)[run.commission_id]
    return [Drift(key, value, now[key]) for key, value in frozen.items() if value != now[key]]
