"""Writes of uploaded books that wait for confirmation: keeping one, checking it, loading it, forgetting old ones."""

import hashlib
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import Act, record
from xiezuo.book import files
from xiezuo.book.changes import Difference
from xiezuo.book.errors import NotABook
from xiezuo.book.exporting import as_text
from xiezuo.book.models import Draft
from xiezuo.book.operations import LoadResult, load_book
from xiezuo.book.policies import may_handle_books
from xiezuo.book.sheets import BY_NAME
from xiezuo.shared.errors import refuse, refuse_if

MOST_SHOWN = 500
"""So many errors and differing rows are kept for the screen; the marked copy names the rest."""


@transaction.atomic
def keep_upload(*, content: bytes, file_name: str, by: Actor, now: datetime) -> Draft:
    """Keep an uploaded book until it is confirmed, at most seven days; older ones go."""
    refuse_if(may_handle_books(by))
    forget_old_drafts(now=now)
    draft = Draft.objects.create(
        file_name=file_name[:200], stored_as=files.keep(content), sha256=hashlib.sha256(content).hexdigest(),
        by=by.name, at=now,
    )  # fmt: skip
    record(Act.BOOK_UPLOADED, by=by, at=now, target=draft.file_name, details={"sha256": draft.sha256})
    return draft


def forget_old_drafts(*, now: datetime) -> None:
    """Delete uploads and marked copies that are older than seven days."""
    old = Draft.objects.filter(at__lt=now - files.KEPT_FOR)
    for draft in old:
        files.forget(draft.stored_as)
    old.delete()


@transaction.atomic
def start_check(*, draft: Draft) -> None:
    """Say that a check has begun."""
    Draft.objects.filter(pk=draft.pk).update(state=Draft.State.CHECKING)


@transaction.atomic
def check_draft(*, draft: Draft, by: Actor, now: datetime) -> None:
    """Check an uploaded book against the ledger and keep what loading it would do."""
    try:
        result = _load(draft, by, now, dry_run=True)
    except NotABook as refusal:
        kept: dict[str, Any] = {"refused": str(refusal)}
        record(Act.BOOK_REFUSED, by=by, at=now, target=draft.file_name, details={"sha256": draft.sha256})
    else:
        kept = _for_screen(result)
        if result.marked_copy:
            files.keep_marked(draft.stored_as, result.marked_copy)
    Draft.objects.filter(pk=draft.pk).update(state=Draft.State.CHECKED, result=kept)


@transaction.atomic
def start_load(*, draft: Draft) -> None:
    """Say that loading has begun; refuses a book that may not be loaded or is being loaded."""
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    if held.state != Draft.State.CHECKED or held.result.get("errors") or held.result.get("refused"):
        refuse("not-loadable", _("this book has errors, was not checked, or was loaded already"))
    Draft.objects.filter(pk=draft.pk).update(state=Draft.State.LOADING)


@transaction.atomic
def load_draft(*, draft: Draft, by: Actor, now: datetime) -> LoadResult:
    """Load a confirmed book. If the ledger has changed since the check, errors stop it as they would have then."""
    result = _load(draft, by, now, dry_run=False)
    if result.errors:
        files.keep_marked(draft.stored_as, result.marked_copy or b"")
    state = Draft.State.CHECKED if result.errors else Draft.State.LOADED
    Draft.objects.filter(pk=draft.pk).update(state=state, result=_for_screen(result))
    return result


def _load(draft: Draft, by: Actor, now: datetime, *, dry_run: bool) -> LoadResult:
    return load_book(
        files.book_of(draft.stored_as), by=by, now=now, dry_run=dry_run, file_name=draft.file_name,
        progress=partial(files.tell_progress, draft.stored_as),
    )  # fmt: skip


def _for_screen(result: LoadResult) -> dict[str, Any]:
    document = result.as_json()
    document["number_of_errors"] = len(result.errors)
    document["errors"] = document["errors"][:MOST_SHOWN]
    document["warnings"] = result.warnings[:MOST_SHOWN]
    differing = [(name, each) for name, several in result.differences.items() for each in several]
    document["differences"] = [_as_line(name, each) for name, each in differing[:MOST_SHOWN]]
    document["number_of_differences"] = len(differing)
    document["name"], document["changes_something"] = result.name, result.changes_something
    return document


def _as_line(name: str, difference: Difference) -> dict[str, Any]:
    sheet = BY_NAME[name]
    fields = [
        [sheet.heading(field), as_text(before), as_text(after)] for field, before, after in difference.fields
    ]
    return {
        "sheet": name,
        "kind": difference.kind.value,
        "row": difference.row,
        "label": difference.label,
        "fields": fields,
    }
