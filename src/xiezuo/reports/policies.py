"""What may be done with a run; the operation and the button read the same list."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from xiezuo.shared.errors import Reason

if TYPE_CHECKING:
    from xiezuo.reports.models import Run


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


def may_issue(run: "Run", reason: str) -> list[Reason]:
    """Why `run` may not be issued with `reason`; empty means that it may."""
    if run.issued_at is not None:
        return [Reason("already_issued", _("This report has been issued already."))]
    broken = broken_identities(run)
    if broken and not reason.strip():
        text = _("%(count)d checks that must hold are broken; say why the report is issued all the same.")
        return [Reason("broken_identities", text % {"count": len(broken)})]
    return []
