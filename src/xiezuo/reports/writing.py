"""What a report is made from, asked of the ledger: for one county with its evidence, or for many in one go."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from xiezuo.figures.api import (
    Asking,
    Checked,
    Record,
    all_figures,
    balance_document,
    check,
    figure_of,
    record_document,
    records,
    values,
)
from xiezuo.papers import Document
from xiezuo.papers.profile import Profile
from xiezuo.reports.frozen import figures_in
from xiezuo.reports.language.sandbox import Compiled
from xiezuo.reports.queries.state import states_of
from xiezuo.reports.rendering import Given, compiled_template, keys_needed, render


def given_for(asking: Asking, template: Compiled) -> dict[int, Given]:
    """What the reports of the commissions asked about are made from: each figure, state and list asked once for all."""
    with _no_collecting():
        return _given(asking, template)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Leave Python's search for circles of objects alone for a while: hundreds of thousands of records without any are
    made here, and searching them over and over costs a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _given(asking: Asking, template: Compiled) -> dict[int, Given]:
    found = values(asking, keys_needed(template, asking.on))
    states = states_of(asking)
    listed = _records(asking, template)
    checked = check(asking, found)
    return {
        commission: Given(
            asking.on, found[commission], states[commission], listed[commission],
            shortfalls_in(checked[commission]), notices_in(checked[commission]),
        )
        for commission in asking.commissions
    }  # fmt: skip


def _records(asking: Asking, template: Compiled) -> dict[int, dict[str, list[Record]]]:
    found: dict[int, dict[str, list[Record]]] = {
        commission: {key: [] for key in template.needs.listed} for commission in asking.commissions
    }
    for key in template.needs.listed:
        for record in records(key, asking):
            found[record.commission][key].append(record)
    return found


def documents_for(asking: Asking, text: str, layout: Mapping[str, Any]) -> Iterator[tuple[int, Document]]:
    """The document of each commission, in the order asked. The ledger is asked a fixed number of questions."""
    template = compiled_template(text)
    profile = Profile.from_dict(layout)
    for commission, given in given_for(asking, template).items():
        yield commission, replace(render(template, given), profile=profile)


def notices_in(checked: Sequence[Checked]) -> tuple[str, ...]:
    """What stands boxed above a report: each identity that is broken."""
    broken = (found for found in checked if found.balance.kind == "identity" and found.holds is False)
    return tuple(
        f"勾稽不符，须先核实：{found.balance.rule}（{found.left} ≠ {found.right}）" for found in broken
    )


def shortfalls_in(checked: Sequence[Checked]) -> tuple[str, ...]:
    """Expectations that the county keeps to and does not meet, with what is missing where that is known."""
    unmet = (
        found
        for found in checked
        if found.balance.kind == "expectation" and found.holds is False and not found.off
    )
    return tuple(_shortfall(found) for found in unmet)


def _shortfall(found: Checked) -> str:
    missing = "、".join(found.shortfall)
    return f"{found.balance.rule}（{found.left}比{found.right}）{f'：{missing}' if missing else ''}"


def balances_of(asking: Asking) -> list[dict[str, Any]]:
    """The checks of one commission as frozen data; expectations that it switched off are left out."""
    found = check(asking)[asking.commissions[0]]
    return [
        {
            **balance_document(result),
            "words": str(result.balance.rule),
            "shortfall": [str(words) for words in result.shortfall],
        }
        for result in found
        if not result.off
    ]


def frozen_figures(asking: Asking, document: Document) -> list[dict[str, Any]]:
    """Every figure that the document shows, with value, wording, definition and the records counted."""
    known = {figure.key for figure in all_figures()}
    shown = {key: text for key, text in figures_in(document).items() if key.partition("@")[0] in known}
    found = values(asking, shown)[asking.commissions[0]]
    return [_frozen(asking, key, found[key], text) for key, text in shown.items()]


def _frozen(asking: Asking, key: str, value: int | None, shown: str) -> dict[str, Any]:
    figure, _month = figure_of(key)
    counted = [record_document(record) for record in records(key, asking)]
    columns = [column.name for column in figure.columns]
    return {
        "key": key,
        "title": str(figure.title),
        "definition": str(figure.definition),
        "unit": str(figure.unit),
        "value": value,
        "shown": shown,
        "records": [record["id"] for record in counted],
        "columns": [str(column.title) for column in figure.columns],
        "rows": [[record.get(name) for name in columns] for record in counted],
    }
