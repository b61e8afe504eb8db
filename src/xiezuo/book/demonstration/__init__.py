"""The demonstration county 安澜县 (code AL): its ledger book, built from the plain facts of this package.

安澜县, 云泽市, every unit, place, person, document number, coordinate and telephone number here is
fictional; a likeness to a real one is chance. The facts run from an opening position of 2021 to the end
of 2023, so that every day of 2022 and 2023 shows something of its own.

One module is one chapter of the ledger; each holds text tables whose first line names the columns of the
book. `build.write_book` puts them into the sixteen sheets.
"""

from xiezuo.book.demonstration.build import book_bytes, write_book

__all__ = ["book_bytes", "write_book"]
