"""What may be done with a run; the operation and the button read the same list."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, may
from xiezuo.shared.errors import Reason

if TYPE_CHECKING:
    from xiezuo.reports.models import Run


PAPER = ("report.docx", "report.pdf")
"""The files of a run that say no more than the report itself."""


def broken_identities(run: "Run") -> list[dict[str, Any]]:
    """Checks of the run whose breach is a wrong number."""
    return [
        balance for balance in run.balances if balance["kind"] == "identity" and balance["holds"] is False
    ]


def shortfalls(run: "Run") -> list[dict[str, Any]]:
    """Checks of the run whose breach falls short of the county's standard."""
    return [
        balance for balance in run.balances if balance["kind"] == "expectation" and balance["holds"] is False
    ]


def may_write(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may write reports of the commission and edit its templates."""
    return may(actor, Ability.WRITE_REPORTS, commission=commission)


def may_take_file(actor: Actor, run: "Run", name: str) -> list[Reason]:
    """Whether `actor` may take this file of a run: the paper goes with the totals, the evidence holds records."""
    if run.issued_at is not None and name in PAPER:
        return may(actor, Ability.SEE_TOTALS, commission=run.commission_id)
    return may_write(actor, run.commission_id)


def may_issue(run: "Run", reason: str, by: Actor) -> list[Reason]:
    """Why `by` may not issue `run` with `reason`; empty means that it may."""
    if reasons := may_write(by, run.commission_id):
        return reasons
    if run.issued_at is not None:
        return [Reason("already_issued", _("This report has been issued already."))]
    broken = broken_identities(run)
    if broken and not reason.strip():
        text = _("%(count)d checks that must hold are broken; say why the report is issued all the same.")
        return [Reason("broken_identities", text % {"count": len(broken)})]
    return []
