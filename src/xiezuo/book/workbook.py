"""Opens a ledger book as a workbook that nobody vouches for, and says in words what is wrong with it as one."""

from pathlib import Path

from django.utils.translation import gettext as _

from xiezuo.book.errors import NotABook, Problems
from xiezuo.shared.lists import listed
from xiezuo.shared.workbooks import (
    LARGE_BYTES,
    MOST_BYTES,
    Progress,
    RawBook,
    RawSheet,
    Unfit,
    open_workbook,
    unfit_words,
)

__all__ = ["LARGE_BYTES", "MOST_BYTES", "RawBook", "RawSheet", "open_book"]

NAMED_CELLS = 20
"""So many cells are named in one warning; the rest are counted."""


def open_book(source: Path | bytes, problems: Problems, progress: Progress | None = None) -> RawBook:
    """Read a workbook; raises `NotABook` with words for the user if it is none or may not be read."""
    try:
        book = open_workbook(source, progress)
    except Unfit as unfit:
        raise NotABook(unfit_words(unfit.word)) from unfit
    _tell(book, problems)
    return book


def _tell(book: RawBook, problems: Problems) -> None:
    if book.external:
        problems.warn(
            _("The book refers to other files; their values were taken as the book last showed them.")
        )
    for sheet in book.sheets:
        if not sheet.visible:
            problems.warn(
                _("Sheet %(sheet)s is hidden; it was read like the others.") % {"sheet": sheet.name}
            )
    for name, cells in book.formulas.items():
        told = {"sheet": name, "cells": _named([cell for cell, _known in cells])}
        problems.warn(_("Sheet %(sheet)s holds formulas; their last values were taken: %(cells)s") % told)


def _named(cells: list[str]) -> str:
    more = len(cells) - NAMED_CELLS
    shown = listed(cells[:NAMED_CELLS])
    return shown if more <= 0 else _("%(cells)s and %(more)d more") % {"cells": shown, "more": more}
