"""Figures and records as the documents of the command line; keys and their meaning are a contract."""

from datetime import date
from typing import Any

from xiezuo.figures.answers import Record, answer, values
from xiezuo.figures.asking import Asking
from xiezuo.figures.balances import Checked, check


def as_json_figures(commission: int, code: str, on: date) -> dict[str, Any]:
    """All figures and balances of one commission on a day; expectations that it switched off are left out."""
    asking = Asking((commission,), on)
    found = values(asking)
    checked = check(asking, found)[commission]
    return {
        "commission": code,
        "on": on.isoformat(),
        "figures": found[commission],
        "balances": [as_json_balance(result) for result in checked if not result.off],
    }


def as_json_balance(result: Checked) -> dict[str, Any]:
    """One balance as found."""
    balance = result.balance
    return {
        "id": balance.id,
        "kind": balance.kind,
        "rule": str(balance.rule),
        "left": result.left,
        "right": result.right,
        "holds": result.holds,
    }


def as_json_records(key: str, commission: int, on: date) -> dict[str, Any]:
    """One figure (`key` or `key@MM`) with the records that it counts; `NotThere` for an unknown key."""
    found = answer(key, Asking((commission,), on))
    return {
        "key": key,
        "definition": str(found.figure.definition),
        "value": found.value,
        "records": [as_json_record(record) for record in found.rows],
    }


def as_json_record(record: Record) -> dict[str, Any]:
    """One record: its id, its columns by name, the facts of the ledger that it rests on."""
    cells = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in record.cells.items()
    }
    return {"id": record.id, **cells, "facts": list(record.facts)}
