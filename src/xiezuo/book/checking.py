"""One pass over a book: read, complete, compare with the ledger, and check what would stand. Nothing is written."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.book import cells, checks
from xiezuo.book.changes import Changes, compare_facts
from xiezuo.book.columns import Column, Sheet, day_column
from xiezuo.book.errors import Problems
from xiezuo.book.lives import Earlier, compare_entities
from xiezuo.book.queries import Known, known_rows, meanings_of
from xiezuo.book.reading import Table, read_tables
from xiezuo.book.references import Directory, directory_of, give_codes, resolve
from xiezuo.book.sheets import BY_NAME, COMMISSION, ENTITIES, FACTS, HISTORY, INFORMATION, UNREAD
from xiezuo.book.workbook import RawBook, open_book
from xiezuo.organisation.api import Commission
from xiezuo.shared.lists import clauses, listed
from xiezuo.zones.api import name_variants

Progress = Callable[[str, int, int], None]
STEPS = 5

HISTORIES = Sheet(
    name=HISTORY,
    model="",
    key=(),
    columns=(
        Column("表", "sheet", required=True),
        Column("编码", "code", cells.code, required=True),
        day_column("截至", "until", required=True),
        Column("列", "column", required=True),
        Column("值", "value"),
    ),
)

WORDS_OF_BOOK = Sheet(
    name="用词",
    model="",
    key=(),
    columns=(
        Column("栏", "column", required=True),
        Column("词", "word", required=True),
        Column("义", "meaning", required=True),
    ),
)
"""Words of its own that a book brings along, as our exports do; they count for that load."""


@dataclass
class Examined:
    """What a book says of one commission, and what loading it would do."""

    particulars: dict[str, Any] = field(default_factory=dict)
    commission: Commission | None = None
    changes: dict[str, Changes] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)


def examine(source: Path | bytes, *, on: date, progress: Progress | None = None) -> Examined:
    """Read and check a book against the ledger; `on` is the day of loading, for a book that names no 截止日期."""
    tell = progress or (lambda _words, _done, _all: None)
    examined = Examined()
    problems = examined.problems
    tell(_("reading the workbook"), 0, STEPS)
    raw = open_book(source, problems)
    tell(_("reading the cells"), 1, STEPS)
    _find_commission(raw, examined)
    code = examined.particulars.get("code") or (examined.commission.code if examined.commission else "")
    sheets = {**BY_NAME, HISTORY: HISTORIES}
    meanings = {**_words_in(raw, problems), **meanings_of(code)}
    tables = read_tables(raw, sheets, meanings, problems, UNREAD | {COMMISSION, WORDS_OF_BOOK.name})
    raw.sheets.clear()
    if not any(name in tables for name in BY_NAME) and not examined.particulars:
        problems.error(COMMISSION, 0, "", _("no sheet of the ledger book"), listed(BY_NAME))
    tell(_("comparing with the ledger"), 2, STEPS)
    known = {sheet.name: known_rows(sheet, examined.commission) for sheet in (*ENTITIES, *FACTS)}
    _complete(tables, known, problems)
    tell(_("checking"), 3, STEPS)
    _compare(examined, tables, known, examined.particulars.get("kept_until") or on)
    checks.check_standing(examined.changes, problems)
    checks.warn_of_posts(examined.changes, set(meanings.values()), problems)
    tell(_("checked"), 4, STEPS)
    return examined


def _words_in(raw: RawBook, problems: Problems) -> dict[tuple[str, str], str]:
    name = WORDS_OF_BOOK.name
    only = RawBook([sheet for sheet in raw.sheets if sheet.name == name], {}, {}, external=False)
    table = read_tables(only, {name: WORDS_OF_BOOK}, {}, problems, frozenset()).get(name)
    if table is None:
        return {}
    columns = (table.columns[name] for name in ("column", "word", "meaning"))
    return {(column, word): meaning for column, word, meaning in zip(*columns, strict=True)}


def _find_commission(raw: RawBook, examined: Examined) -> None:
    only = RawBook(
        [s for s in raw.sheets if s.name.strip() == COMMISSION], raw.formulas, raw.faults, raw.external
    )
    table = read_tables(only, {COMMISSION: INFORMATION}, {}, examined.problems, frozenset()).get(COMMISSION)
    if table is not None and len(table) == 1:
        examined.particulars = {name: values[0] for name, values in table.columns.items()}
        examined.commission = Commission.objects.filter(code=examined.particulars["code"] or "").first()
    elif table is not None and len(table) > 1:
        examined.problems.error(
            COMMISSION, table.rows[1], "单位编码", len(table), _("one commission in one book")
        )
    else:
        _take_the_only_one(examined)


def _take_the_only_one(examined: Examined) -> None:
    several = list(Commission.objects.all()[:2])
    if len(several) == 1:
        examined.commission = several[0]
        examined.problems.warn(
            _("The book does not name its commission; taken as %(name)s.") % {"name": several[0].name}
        )
    else:
        examined.problems.error(
            COMMISSION, 0, "单位编码", _("no commission"), _("the commission that the book is of")
        )


def _complete(tables: dict[str, Table], known: dict[str, list[Known]], problems: Problems) -> None:
    directories = {}
    for sheet in ENTITIES:
        names = _names(sheet, known[sheet.name])
        table = tables.get(sheet.name)
        if table is not None:
            give_codes(table, {code: several[0] for code, several in names.items()}, problems)
        otherwise = name_variants if sheet.entity == "zone" else lambda _name: ()
        directories[sheet.name] = directory_of(table, names, otherwise)
    for sheet in (*ENTITIES, *FACTS):
        if sheet.name in tables:
            _finish(tables[sheet.name], directories, problems)


def _finish(table: Table, directories: dict[str, Directory], problems: Problems) -> None:
    resolve(table, directories, problems)
    for name, value in table.sheet.added.items():
        table.columns.setdefault(name, [value] * len(table))
    if table.sheet.shape:
        table.sheet.shape(table.columns)
    checks.check_periods(table, problems)
    checks.check_keys(table, problems)


def _names(sheet: Sheet, known: list[Known]) -> dict[str, tuple[str, ...]]:
    """Code → the names and aliases of each entity of the ledger, the present name first."""
    place = sheet.place
    aliases = place.get("aliases")
    found: dict[str, tuple[str, ...]] = {}
    for row in sorted(
        (row.values for row in known), key=lambda values: values[place["starts"]], reverse=True
    ):
        more = row[aliases] if aliases is not None else ()
        found[row[place["code"]]] = (*found.get(row[place["code"]], ()), row[place["name"]], *more)
    return found


def _compare(
    examined: Examined, tables: dict[str, Table], known: dict[str, list[Known]], cutoff: date
) -> None:
    earlier = _histories(tables.get(HISTORY), examined.problems)
    for sheet in (*ENTITIES, *FACTS):
        table = tables.get(sheet.name)
        rows, numbers = _sound_rows(table) if table else ([], [])
        held = known.pop(sheet.name)
        if sheet.entity:
            told = earlier.get(sheet.name, {})
            changes = compare_entities(sheet, rows, numbers, held, cutoff=cutoff, earlier=told)
        else:
            changes = compare_facts(sheet, rows, numbers, held, cutoff)
        _warn_of_missing(changes, table, examined.problems)
        examined.changes[sheet.name] = changes


def _sound_rows(table: Table) -> tuple[list[Any], list[int]]:
    rows = list(zip(*(table.columns[name] for name in table.sheet.fields), strict=True))
    if not table.bad:
        return rows, table.rows
    kept = [index for index in range(len(rows)) if index not in table.bad]
    return [rows[index] for index in kept], [table.rows[index] for index in kept]


NAMED_MISSING = 10


def _warn_of_missing(changes: Changes, table: Table | None, problems: Problems) -> None:
    missing = [difference.label for difference in changes.differences if difference.kind == "missing"]
    if table is None or not missing or table.bad:
        return
    shown = clauses(missing[:NAMED_MISSING]) + ("…" if len(missing) > NAMED_MISSING else "")
    told = {"sheet": changes.sheet.name, "number": len(missing), "rows": shown}
    problems.warn(
        _("Sheet %(sheet)s: %(number)d rows of the ledger are not in the book and were kept: %(rows)s") % told
    )


def _histories(table: Table | None, problems: Problems) -> dict[str, Earlier]:
    """What earlier descriptions said, per sheet and code, the latest day first."""
    found: dict[str, dict[str, dict[date, dict[str, Any]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(dict))
    )
    if table is None:
        return {}
    sheets = {sheet.name: sheet for sheet in ENTITIES}
    columns = ("sheet", "code", "until", "column", "value")
    for index, values in enumerate(zip(*(table.columns[name] for name in columns), strict=True)):
        name, code, until, heading, value = values
        column = _described_column(sheets.get(name), heading)
        if index in table.bad:
            continue
        if column is None:
            problems.error(
                HISTORY,
                table.rows[index],
                "列",
                f"{name} {heading}",
                _("a sheet and a column of the ledger book"),
            )
        else:
            found[name][code][until][column.field] = _earlier_value(table, index, column, value, problems)
    return {
        name: {code: sorted(days.items(), reverse=True) for code, days in codes.items()}
        for name, codes in found.items()
    }


def _described_column(sheet: Sheet | None, heading: str) -> Column | None:
    columns = sheet.columns if sheet else ()
    return next(
        (c for c in columns if c.heading == heading and c.field in (sheet.described if sheet else ())), None
    )


def _earlier_value(table: Table, index: int, column: Column, value: str, problems: Problems) -> Any:
    if value == "":
        return column.blank
    try:
        return column.read(value)
    except cells.Unreadable as error:
        problems.error(HISTORY, table.rows[index], "值", value, error.expected)
        return column.blank
