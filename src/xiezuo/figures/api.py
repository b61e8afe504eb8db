"""What other apps may use of the figures.

Ask: `values(Asking((commission_id,), on=day))` for all figures, `answer(key, asking)` for one with its records
(`Record.id`, `.cells` by column name, `.links` to pages), `check(asking, known)` for the balances.
Declare: `register(Figure(…))` and `register_balances(Balance(…))` from an app's `figures.py`, called in `ready()`.
"""

from xiezuo.figures.answers import Answer, Record, Values, all_keys, answer, records, values
from xiezuo.figures.asking import COMMISSIONS, Asked, Asking, Question
from xiezuo.figures.balances import (
    Ask,
    Balance,
    Checked,
    Part,
    Sides,
    all_balances,
    between,
    check,
    register_balances,
    switched_by,
)
from xiezuo.figures.bands import figure_band
from xiezuo.figures.counting import counting, total_is_known
from xiezuo.figures.documents import balance_document, figures_document, record_document, records_document
from xiezuo.figures.registry import Column, Figure, all_figures, figure_of, register

__all__ = [
    "COMMISSIONS",
    "Answer",
    "Ask",
    "Asked",
    "Asking",
    "Balance",
    "Checked",
    "Column",
    "Figure",
    "Part",
    "Question",
    "Record",
    "Sides",
    "Values",
    "all_balances",
    "all_figures",
    "all_keys",
    "answer",
    "balance_document",
    "between",
    "check",
    "counting",
    "figure_band",
    "figure_of",
    "figures_document",
    "record_document",
    "records",
    "records_document",
    "register",
    "register_balances",
    "switched_by",
    "total_is_known",
    "values",
]
