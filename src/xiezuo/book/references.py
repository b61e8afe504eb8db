"""Codes: proposing those that are blank, refusing those claimed twice, and finding what a cell refers to."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.book.errors import Problems
from xiezuo.book.reading import Table
from xiezuo.shared.lists import listed

_CODE_LIKE = re.compile(r"[A-Za-z0-9_.#-]+")


class Directory:
    """The codes and names of one entity sheet, of the book and of the ledger together."""

    def __init__(self) -> None:
        self.codes: set[str] = set()
        self.named: dict[str, set[str]] = defaultdict(set)
        self.formerly: dict[str, set[str]] = defaultdict(set)

    def add(self, code: str, names: Iterable[str]) -> None:
        """Let `code` be found by itself and by its names."""
        self.codes.add(code)
        for name in names:
            self.named["".join(name.split())].add(code)

    def remember(self, code: str, names: Iterable[str]) -> None:
        """Let `code` be found by names that it had, where nobody has them now."""
        for name in names:
            self.formerly["".join(name.split())].add(code)

    def find(self, word: str) -> str | None:
        """The code that a cell means: a code, or a name that only one has."""
        if word in self.codes:
            return word
        found = self.named.get(word) or self.formerly.get(word) or set()
        return next(iter(found)) if len(found) == 1 else None

    def rivals(self, word: str) -> list[str]:
        """The codes that share a name."""
        return sorted(self.named.get(word, ()))


def give_codes(table: Table, known: Mapping[str, str], problems: Problems) -> None:
    """Fill blank codes: of the one with the same name in the ledger, otherwise the next free number.

    `known` is code → name in the ledger. People of the same name are never told apart by guessing.
    """
    codes, names = table.columns["code"], table.columns["name"]
    if table.sheet.code_prefix and "" in codes:
        _propose(table, codes, names, known, problems)
    _refuse_rivals(table, codes, problems)


def _propose(
    table: Table, codes: list[str], names: list[str], known: Mapping[str, str], problems: Problems
) -> None:
    rows_named: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        rows_named[name].append(index)
    ledger_named: dict[str, list[str]] = defaultdict(list)
    for known_code, name in known.items():
        ledger_named[name].append(known_code)
    free = _free_codes(table.sheet.code_prefix, {*known, *codes})
    for index, (code, name) in enumerate(zip(codes, names, strict=True)):
        if code == "" and name:
            same = _same_name(table, rows_named[name], ledger_named[name], index)
            if same:
                _ask(table, index, name, same, problems)
            else:
                codes[index] = ledger_named[name][0] if ledger_named[name] else next(free)


def _same_name(table: Table, rows: list[int], codes: list[str], index: int) -> list[str]:
    others = [_("row %(row)d") % {"row": table.rows[row]} for row in rows if row != index]
    return others + (codes if len(codes) > 1 or others else [])


def _ask(table: Table, index: int, name: str, same: list[str], problems: Problems) -> None:
    expected = _("a code, because the name is shared with %(others)s") % {"others": listed(same)}
    problems.error(table.sheet.name, table.rows[index], table.sheet.heading("code"), name, expected)
    table.bad.add(index)


def _free_codes(prefix: str, taken: set[str]) -> Iterator[str]:
    numbers = [
        int(code[len(prefix) :]) for code in taken if re.fullmatch(re.escape(prefix) + r"\d{1,9}", code)
    ]
    number = max(numbers, default=0)
    while True:
        number += 1
        yield f"{prefix}{number:04d}"


def _refuse_rivals(table: Table, codes: list[str], problems: Problems) -> None:
    first: dict[str, int] = {}
    for index, code in enumerate(codes):
        if code and first.setdefault(code, index) != index:
            expected = _("a code of its own; row %(row)d has this one") % {"row": table.rows[first[code]]}
            problems.error(table.sheet.name, table.rows[index], table.sheet.heading("code"), code, expected)
            table.bad.add(index)


def resolve(table: Table, directories: Mapping[str, Directory], problems: Problems) -> None:
    """Turn every reference of a table into a code, noting the cells that mean nothing or more than one thing."""
    if "target" in table.columns:
        _resolve_target(table, directories, problems)
    for column in table.sheet.columns:
        if column.refers_to:
            values = table.columns[column.field]
            one = _Finder(directories[column.refers_to])
            if column.blank == ():
                table.columns[column.field] = [tuple(one[word] or word for word in words) for words in values]
            else:
                table.columns[column.field] = [one[word] if word else word for word in values]
            if one.lost:
                _note_lost(table, column.heading, values, one, problems)


class _Finder(dict[str, Any]):
    def __init__(self, directory: Directory) -> None:
        super().__init__()
        self.directory = directory
        self.lost: set[str] = set()

    def __missing__(self, word: str) -> str | None:
        found = self[word] = self.directory.find(word)
        if found is None:
            self.lost.add(word)
        return found


def _note_lost(table: Table, heading: str, values: list[Any], one: _Finder, problems: Problems) -> None:
    for index, value in enumerate(values):
        for word in value if isinstance(value, tuple) else (value,):
            if word in one.lost:
                problems.error(
                    table.sheet.name, table.rows[index], heading, word, _expected(word, one.directory)
                )
                table.bad.add(index)


def _expected(word: str, directory: Directory) -> str:
    rivals = directory.rivals(word)
    if rivals:
        return _("a code, because several have this name: %(codes)s") % {"codes": listed(rivals[:8])}
    near = sorted(code for code in directory.codes if code[:2] == word[:2])[:5]
    more = _(", such as %(codes)s") % {"codes": listed(near)} if near else ""
    return _("a code or a unique name that the book or the ledger holds") + more


def _resolve_target(table: Table, directories: Mapping[str, Directory], problems: Problems) -> None:
    """对象 is a unit, or a line of work in words; what looks like a code must be one."""
    units = directories["机构"]
    found = []
    for index, word in enumerate(table.columns["target"]):
        written = "".join(word.split()) if word else ""
        unit = units.find(written)
        if word and unit is None and (_CODE_LIKE.fullmatch(written) or units.rivals(written)):
            problems.error(table.sheet.name, table.rows[index], "对象", word, _expected(written, units))
            table.bad.add(index)
        found.append(unit)
    table.columns["unit"] = found


def directory_of(
    table: Table | None,
    known: Mapping[str, Iterable[str]],
    otherwise: Callable[[str], Iterable[str]] = lambda _name: (),
) -> Directory:
    """Everything that may be referred to: what the book lists, and what the ledger knows already.

    `otherwise` gives other ways of saying a name, by which a thing is found where nothing is called so.
    """
    directory = Directory()
    in_book = set(table.columns["code"]) if table else set()
    for code, names in known.items():
        if code not in in_book:
            directory.add(code, names)
        directory.remember(code, (*names, *(each for name in names for each in otherwise(name))))
    if table:
        aliases = table.columns.get("aliases") or [()] * len(table)
        for code, name, more in zip(table.columns["code"], table.columns["name"], aliases, strict=True):
            if code:
                directory.add(code, (name or "", *more))
                directory.remember(code, otherwise(name or ""))
    return directory
