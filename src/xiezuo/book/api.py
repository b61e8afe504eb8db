"""What other apps and commands may use of the book."""

from xiezuo.book.checking import Progress
from xiezuo.book.errors import NotABook, Problem
from xiezuo.book.operations import LoadResult, load_book, map_word, withdraw_last_load

__all__ = [
    "LoadResult",
    "NotABook",
    "Problem",
    "Progress",
    "load_book",
    "map_word",
    "withdraw_last_load",
]
