"""The only writes of the book: loading one, withdrawing the last one, and saying what a county's own word means."""

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import Act, record
from xiezuo.book import cells, policies, writing
from xiezuo.book.changes import Difference, Kind
from xiezuo.book.checking import STEPS, Examined, Progress, examine
from xiezuo.book.errors import Problem
from xiezuo.book.exporting import ledger_book
from xiezuo.book.marking import marked_copy
from xiezuo.book.models import Load, WordMapping
from xiezuo.book.queries import entered_since, last_load
from xiezuo.book.words import MappedColumn, known_words
from xiezuo.organisation.api import (
    Commission,
    ledger_changed,
    ledger_version,
    restore_commission,
    set_up_commission,
)
from xiezuo.shared.errors import BadInput, refuse, refuse_if
from xiezuo.shared.lists import listed


@dataclass
class LoadResult:
    """What a load did, or would do. Counts are per sheet; `errors` empty and `loaded` true means that it was done."""

    commission: str
    name: str = ""
    added: dict[str, int] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    corrected: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    marked_copy: bytes | None = None
    differences: dict[str, list[Difference]] = field(default_factory=dict)
    loaded: bool = False
    load: int | None = None

    @property
    def changes_something(self) -> bool:
        """Whether loading the book changes the ledger."""
        return bool(self.added or self.ended or self.changed or self.corrected)

    def as_json(self, *, marked_copy: str | None = None) -> dict[str, Any]:
        """The document that the command line promises; corrections are counted among the changes and on their own."""
        changed = {
            name: self.changed.get(name, 0) + self.corrected.get(name, 0)
            for name in {**self.changed, **self.corrected}
        }
        return {
            "commission": self.commission,
            "added": self.added,
            "ended": self.ended,
            "changed": changed,
            "corrected": self.corrected,
            "unchanged": self.unchanged,
            "missing": self.missing,
            "errors": [problem.as_json() for problem in self.errors],
            "warnings": self.warnings,
            "marked_copy": marked_copy,
        }


def load_book(
    source: Path | bytes, *, by: Actor, now: datetime, dry_run: bool = False, file_name: str = "",
    progress: Progress | None = None,
) -> LoadResult:  # fmt: skip
    """Load a ledger book, all or nothing; with `dry_run`, or with any error in the book, nothing is written.

    `source` is the file or its bytes. Raises `NotABook` if the file cannot be opened as a workbook at all.
    """
    name = file_name or (source.name if isinstance(source, Path) else "")
    with _no_search_for_cycles(), transaction.atomic():
        # Two loads at once would each compare with a ledger that the other is changing.
        _one_at_a_time()
        refuse_if(policies.may_handle_books(by))
        examined = examine(source, on=timezone.localdate(now), progress=progress)
        if examined.particulars.get("code") or examined.commission:
            refuse_if(policies.may_load(by, examined.commission))
        result = _result(examined)
        if result.errors:
            result.marked_copy = marked_copy(source, result.errors)
        if result.errors and not dry_run:
            _record_refusal(examined, name, by, now)
        if result.errors or dry_run:
            return result
        if result.changes_something or _particulars_differ(examined):
            result.load = _write(examined, result, source, name, by=by, now=now)
        if progress:
            progress(_("loaded"), STEPS, STEPS)
    result.loaded = True
    return result


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    # A book's rows hold no cycles, and looking through all of them again and again takes a fifth of the reading.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('xiezuo.book.load', 0))")


def _result(examined: Examined) -> LoadResult:
    particulars, commission = examined.particulars, examined.commission
    result = LoadResult(
        particulars.get("code") or (commission.code if commission else ""),
        name=particulars.get("name") or (commission.name if commission else ""),
        errors=sorted(examined.problems.errors, key=lambda problem: (problem.sheet, problem.row)),
        warnings=examined.problems.warnings,
    )
    for name, changes in examined.changes.items():
        for kind in (*Kind, "unchanged"):
            if changes.counts[kind]:
                getattr(result, kind)[name] = changes.counts[kind]
        if changes.differences:
            result.differences[name] = changes.differences
    return result


def _particulars_differ(examined: Examined) -> bool:
    commission = examined.commission
    given = {name: value for name, value in examined.particulars.items() if value not in ("", None)}
    return commission is None or any(getattr(commission, name) != value for name, value in given.items())


def _record_refusal(examined: Examined, name: str, by: Actor, now: datetime) -> None:
    code = examined.particulars.get("code") or ""
    details = {"file": name, "errors": len(examined.problems.errors)}
    record(Act.BOOK_REFUSED, by=by, at=now, commission_code=code, target=name, details=details)


def _write(
    examined: Examined, result: LoadResult, source: Path | bytes, name: str, *, by: Actor, now: datetime
) -> int:
    before = _before(examined.commission)
    commission = _commission_of(examined, by, now)
    load = Load.objects.create(
        commission=commission, file_name=name, sha256=_digest(source), at=now, by=by.name,
        kept_until=examined.particulars.get("kept_until"), counts=_counts(result), before=before,
    )  # fmt: skip
    writing.write_changes(commission, examined.changes, at=now, load=load.pk)
    details = {
        "load": load.pk, "sha256": load.sha256, **load.counts, "ledger_version": ledger_version(commission),
    }  # fmt: skip
    ledger_changed.publish(commission=commission.pk, now=now)
    record(Act.BOOK_LOADED, by=by, at=now, commission_code=commission.code, target=name, details=details)
    return load.pk


def _counts(result: LoadResult) -> dict[str, dict[str, int]]:
    return {
        kind: getattr(result, kind)
        for kind in ("added", "ended", "changed", "corrected", "unchanged", "missing")
    }


_PARTICULARS = ("name", "region", "county_type", "kept_until")


def _before(commission: Commission | None) -> dict[str, Any]:
    if commission is None:
        return {}
    kept = {name: getattr(commission, name) for name in _PARTICULARS}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()}


def _commission_of(examined: Examined, by: Actor, now: datetime) -> Commission:
    given = {name: examined.particulars.get(name) for name in _PARTICULARS}
    given = {name: value for name, value in given.items() if value not in ("", None)}
    code = examined.particulars.get("code") or (examined.commission.code if examined.commission else "")
    return set_up_commission(code=code, particulars=given, by=by, now=now)


def _digest(source: Path | bytes) -> str:
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@transaction.atomic
def withdraw_last_load(*, commission: Commission, by: Actor, now: datetime, reason: str) -> Load:
    """Take back the last load as one act: what it brought is no longer held true, what it closed is stated again."""
    refuse_if(policies.may_withdraw(by, commission))
    _one_at_a_time()
    load = last_load(commission)
    if load is None:
        refuse("nothing-to-withdraw", _("no load of this commission stands"))
    if entered_since(load):
        refuse(
            "entered-since",
            _(
                "facts were entered on screen after this load and may rest on it; correct them by a new edition"
            ),
        )
    if not reason.strip():
        raise BadInput(_("Withdrawing a load needs a reason."))
    # The commission first: whoever changes a ledger holds its row before any other.
    restore_commission(commission=commission, particulars=load.before)
    closed, restated = writing.undo_load(load.pk, at=now)
    load.withdrawn_at, load.withdrawn_by, load.withdrawn_because = now, by.name, reason.strip()
    load.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    ledger_changed.publish(commission=commission.pk, now=now)
    details = {
        "load": load.pk, "reason": reason.strip(), "closed": closed, "restated": restated,
        "ledger_version": ledger_version(commission),
    }  # fmt: skip
    record(
        Act.LOAD_WITHDRAWN,
        by=by,
        at=now,
        commission_code=commission.code,
        target=load.file_name,
        details=details,
    )
    return load


@transaction.atomic
def export_book(*, commission: Commission, by: Actor, now: datetime) -> bytes:
    """The ledger of a commission as a book that loads back to the same ledger; who took it is recorded."""
    refuse_if(policies.may_take_book_out(by, commission))
    content = ledger_book(commission)
    details = {"sha256": hashlib.sha256(content).hexdigest()}
    record(
        Act.BOOK_EXPORTED,
        by=by,
        at=now,
        commission_code=commission.code,
        target=commission.name,
        details=details,
    )
    return content


@transaction.atomic
def map_word(
    *, commission_code: str, column: MappedColumn, word: str, meaning: str, by: Actor, now: datetime
) -> WordMapping:
    """Say what a county's own word means; a post may stand for itself, other words mean one of the ledger's."""
    refuse_if(policies.may_map_word(by, Commission.objects.filter(code=commission_code).first()))
    word, meaning = "".join(word.split()), "".join(meaning.split())
    if not word or not meaning:
        raise BadInput(_("Give the word and what it means."))
    if not _is_a_meaning(column, word, meaning):
        told = {"meaning": meaning, "words": listed(known_words(column))}
        raise BadInput(_("%(meaning)s is not a word of the ledger; expected: %(words)s") % told)
    same = WordMapping.objects.filter(
        commission_code=commission_code, column=column, word=word, ended_at__isnull=True
    )
    same.update(ended_at=now)
    mapping = WordMapping.objects.create(
        commission_code=commission_code, column=column, word=word, meaning=meaning, at=now, by=by.name
    )
    details = {"column": column.value, "word": word, "meaning": meaning}
    record(Act.WORD_MAPPED, by=by, at=now, commission_code=commission_code, target=word, details=details)
    return mapping


def _is_a_meaning(column: MappedColumn, word: str, meaning: str) -> bool:
    if column == MappedColumn.POST:
        return meaning == word or meaning in known_words(column)
    parts = cells.words(meaning) if column == MappedColumn.MOVES else (meaning,)
    return all(part in known_words(column) for part in parts)
