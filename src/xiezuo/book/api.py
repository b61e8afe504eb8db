"""What other apps and commands may use of the book."""

from xiezuo.book.checking import Progress
from xiezuo.book.correction_operations import propose_correction, settle_correction, take_proposal_up
from xiezuo.book.errors import NotABook, Problem
from xiezuo.book.exporting import empty_book as template_book
from xiezuo.book.models import Draft
from xiezuo.book.operations import LoadResult, export_book, load_book, map_word, withdraw_last_load
from xiezuo.book.queries import drafts_waiting

__all__ = [
    "Draft",
    "LoadResult",
    "NotABook",
    "Problem",
    "Progress",
    "drafts_waiting",
    "export_book",
    "load_book",
    "map_word",
    "propose_correction",
    "settle_correction",
    "take_proposal_up",
    "template_book",
    "withdraw_last_load",
]
