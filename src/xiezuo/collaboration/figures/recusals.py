"""Figures of recusal: questions raised and how they were decided. They count questions, and name nobody."""

from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiezuo.collaboration.figures.matters import DAY, adds_up, columns_of, figure
from xiezuo.collaboration.models import Recusal
from xiezuo.collaboration.states import RecusalDecision
from xiezuo.figures.api import Asked, Figure

Rows = QuerySet[Any, Any]


def _named(asked: Asked) -> Rows:
    rows = Recusal.objects.annotate(
        commission_id=F("request__commission_id"),
        position=F("pk"),
        settled=Coalesce("overridden_at", "decided_at"),
    )
    return asked.of_commissions(rows)


def raised(asked: Asked) -> Rows:
    """Questions raised in the period, by the ledger, the person or somebody else."""
    return _named(asked).filter(raised_at__gte=asked.begins, raised_at__lt=asked.closes).annotate(day=TruncDate("raised_at"))  # fmt: skip


def _decided(*decisions: RecusalDecision) -> Any:
    def rows(asked: Asked) -> Rows:
        inside = _named(asked).filter(
            settled__gte=asked.begins, settled__lt=asked.closes, decision__in=decisions
        )
        return inside.annotate(day=TruncDate("settled"))

    return rows


def _figure(key: str, title: Any, definition: Any, place: int, rows: Any) -> Figure:
    # Whoever is in question is for the decider; a figure opens to the requests alone.
    return figure(
        f"recusals_{key}", title, definition, place, rows, unit=pgettext_lazy("unit of count", "questions"), record="recusal",
        columns=(*columns_of("request__"), DAY), monthly=True,
    )  # fmt: skip


_D = RecusalDecision
FIGURES = (
    _figure("raised", _("Questions of recusal raised"), _("Questions of recusal raised in the period: matched by the ledger, declared, or asked for by somebody else."), 20, raised),
    _figure("decided", _("Questions of recusal decided"), _("Questions of recusal decided in the period, by the day of the last decision."), 21, _decided(_D.RECUSED, _D.REFUSED, _D.OVERRIDDEN)),
    _figure("granted", _("Of which recused"), _("Of the questions decided, those after which the person stood out."), 22, _decided(_D.RECUSED)),
    _figure("refused", _("Of which not recused"), _("Of the questions decided, those that were found to be no ground."), 23, _decided(_D.REFUSED)),
    _figure("overridden", _("Of which taking part by decision of the higher approver"), _("Of the questions decided, those in which the higher approver let the person take part all the same."), 24, _decided(_D.OVERRIDDEN)),
)  # fmt: skip

BALANCES = (
    adds_up("recusals_by_decision", _("Questions of recusal decided = recused + not recused + taking part by decision"), 3, "recusals_decided", "recusals_granted", "recusals_refused", "recusals_overridden"),
)  # fmt: skip
