"""Figures and records as the documents of the command line; keys and their meaning are a contract."""

from datetime import date
from typing import Any, Protocol

from django.utils.translation import override

from xiezuo.figures.answers import Record, answer, values
from xiezuo.figures.asking import Asking
from xiezuo.figures.balances import Checked, check


class OfCommission(Protocol):
    """A commission, of which only its number and code are used here."""

    @property
    def pk(self) -> Any: ...

    @property
    def code(self) -> str: ...


def figures_document(commission: OfCommission, on: date) -> dict[str, Any]:
    """All figures and balances of one commission on a day; expectations that it switched off are left out."""
    asking = Asking((commission.pk,), on)
    found = values(asking)
    checked = check(asking, found)[commission.pk]
    return {
        "commission": commission.code,
        "on": on.isoformat(),
        "figures": found[commission.pk],
        "balances": [balance_document(result) for result in checked if not result.off],
    }


def balance_document(result: Checked) -> dict[str, Any]:
    """One balance as found. The rule stands as declared, in no language of a reader: scripts know balances by it."""
    balance = result.balance
    with override("en"):
        rule = str(balance.rule)
    return {
        "id": balance.id,
        "kind": balance.kind,
        "rule": rule,
        "left": result.left,
        "right": result.right,
        "holds": result.holds,
    }


def records_document(commission: OfCommission, on: date, key: str) -> dict[str, Any]:
    """One figure (`key` or `key@MM`) with the records that it counts; `NotThere` for an unknown key."""
    found = answer(key, Asking((commission.pk,), on))
    return {
        "key": key,
        "definition": str(found.figure.definition),
        "value": found.value,
        "records": [record_document(record) for record in found.rows],
    }


def record_document(record: Record) -> dict[str, Any]:
    """One record: its id, its columns by name, the facts of the ledger that it rests on."""
    cells = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in record.cells.items()
    }
    return {"id": record.id, **cells, "facts": list(record.facts)}
