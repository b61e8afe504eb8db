"""Rows of the screens of the ledger book."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.accounts.api import shown_actor
from xiezuo.book.changes import Kind
from xiezuo.book.models import Load, WordMapping
from xiezuo.book.sheets import IN_THE_BOOK
from xiezuo.book.words import MappedColumn
from xiezuo.book.words import known_words as known
from xiezuo.shared.lists import clauses, listed
from xiezuo.ui.blocks import Stat, Tab
from xiezuo.ui.links import address
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table

_KINDS = ("added", "ended", "changed", "corrected", "unchanged")


def kind_words() -> dict[str, str]:
    """How a row of the book stands to the ledger, in words."""
    return {
        Kind.ADDED: pgettext("row of a book", "new"),
        Kind.ENDED: pgettext("row of a book", "ended"),
        Kind.CHANGED: pgettext("row of a book", "changed"),
        Kind.CORRECTED: pgettext("row of a book", "corrected"),
        Kind.MISSING: pgettext("row of a book", "kept, not in the book"),
        "unchanged": pgettext("row of a book", "unchanged"),
    }


def tabs(request: HttpRequest, here: str) -> list[Tab]:
    """The pages of the chapter."""
    pages = (("book:loads", _("Loads")), ("book:words", _("Words")))
    return [Tab(words, address(request, route), route == here) for route, words in pages]


def steps(number: int) -> list[dict[str, Any]]:
    """The three steps of a load and where we stand."""
    words = (_("Choose the book"), _("See what would change"), _("Confirm"))
    return [{"words": each, "here": index == number} for index, each in enumerate(words, start=1)]


def moment(at: Any) -> str:
    """A moment in the installation's time, to the minute."""
    return date_format(localtime(at), "Y-m-d H:i") if at else ""


def loads(found: Iterable[Load]) -> Table:
    """Loads, the last one first."""
    columns = [
        Column("file", _("Book")), Column("at", _("Loaded")), Column("by", _("By")), Column("what", _("What it changed")),
        Column("state", pgettext("load", "State"), kind="state"), Column("reason", _("Reason")),
    ]  # fmt: skip
    rows = [
        {"file": load.file_name, "at": moment(load.at), "by": shown_actor(load.by), "what": _counted(load.counts),
         "state": State(_("withdrawn"), "quiet") if load.withdrawn_at else State(_("in the ledger"), "good"),
         "reason": f"{load.withdrawn_because} ({shown_actor(load.withdrawn_by)})" if load.withdrawn_at else ""}
        for load in found
    ]  # fmt: skip
    return Table(columns, rows, id="loads", caption=_("Loads"))


def _counted(counts: dict[str, dict[str, int]]) -> str:
    words = kind_words()
    totals = {kind: sum(counts.get(kind, {}).values()) for kind in _KINDS}
    return clauses(f"{words[kind]} {number}" for kind, number in totals.items() if number)


def mappings(found: Iterable[WordMapping]) -> Table:
    """Words that are mapped."""
    columns = [
        Column("column", _("Column")), Column("word", _("The county's word")), Column("meaning", _("What it means")),
        Column("at", pgettext("word", "Since")), Column("by", _("By")),
    ]  # fmt: skip
    rows = [
        {
            "column": m.column,
            "word": m.word,
            "meaning": m.meaning,
            "at": moment(m.at),
            "by": shown_actor(m.by),
        }
        for m in found
    ]
    return Table(columns, rows, id="words", caption=_("Words"), empty=_("No word has been mapped yet."))


def known_words() -> list[tuple[str, str]]:
    """The ledger's own words of each column."""
    return [(column.value, listed(known(column))) for column in MappedColumn]


def result(found: dict[str, Any]) -> dict[str, Any]:
    """What the second step shows."""
    if found.get("refused"):
        return {"refused": found["refused"]}
    return {
        "name": found["name"],
        "stats": [Stat(words, sum(found.get(kind, {}).values())) for kind, words in _shown_kinds()],
        "errors": _errors(found) if found["errors"] else None,
        "number_of_errors": found["number_of_errors"],
        "warnings": found["warnings"],
        "differences": _differences(found["differences"]) if found["differences"] else None,
        "more": found["number_of_differences"] - len(found["differences"]),
        "counts": _counts(found),
        "changes_something": found["changes_something"],
    }


def _shown_kinds() -> list[tuple[str, str]]:
    words = kind_words()
    # The document of the command line counts corrections among the changes.
    return [(kind, words[kind]) for kind in ("added", "ended", "changed", "unchanged", "missing")]


def _errors(found: dict[str, Any]) -> Table:
    columns = [
        Column("sheet", _("Sheet")), Column("row", _("Row"), numeric=True), Column("column", _("Column")),
        Column("found", _("Found")), Column("expected", _("Expected")),
    ]  # fmt: skip
    rows = [{**error, "expected": _expected(error, found["commission"])} for error in found["errors"]]
    return Table(columns, rows, id="errors", caption=_("What is wrong"))


def _expected(error: dict[str, Any], commission: str) -> Any:
    """Of a word that may be mapped, the words lead to the screen where that is done."""
    if error["column"] not in {column.value for column in MappedColumn} or not error["found"]:
        return error["expected"]
    query = urlencode({"column": error["column"], "word": error["found"], "commission": commission})
    return Link(error["expected"], f"{reverse('book:words')}?{query}")


def _differences(lines: list[dict[str, Any]]) -> Table:
    words = kind_words()
    columns = [
        Column("sheet", _("Sheet")), Column("row", _("Row")), Column("kind", _("What happens")),
        Column("label", _("Which")), Column("fields", _("Before → after")),
    ]  # fmt: skip
    rows = [
        {"sheet": line["sheet"], "row": str(line["row"] or ""), "kind": words[line["kind"]], "label": line["label"],
         "fields": clauses(f"{name}：{before or '—'} → {after or '—'}" for name, before, after in line["fields"])}
        for line in lines
    ]  # fmt: skip
    return Table(columns, rows, id="differences", caption=_("What differs"))


def _counts(found: dict[str, Any]) -> Table:
    kinds = _shown_kinds()
    columns = [Column("sheet", _("Sheet")), *(Column(kind, words, numeric=True) for kind, words in kinds)]
    names = [
        sheet.name
        for sheet in IN_THE_BOOK
        if any(sheet.name in found.get(kind, {}) for kind, _words in kinds)
    ]
    rows = [
        {"sheet": name, **{kind: found.get(kind, {}).get(name, 0) for kind, _words in kinds}}
        for name in names
    ]
    return Table(columns, rows, id="counts", caption=_("Rows of each sheet"))
