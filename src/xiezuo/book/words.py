"""Words of 职务, 人员性质 and 变动方式 that a county uses: known ones, and ones mapped to them once, on screen."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.book import cells
from xiezuo.organisation.states import HEAD, MEMBER, SECRETARY, MoveIn, Status
from xiezuo.shared.lists import listed

_LEADING = (
    "书记",
    "副书记",
    "常委",
    "委员",
    "组长",
    "副组长",
    "主任",
    "副主任",
    "室主任",
    "副室主任",
    "部长",
    "副部长",
)
_STAFF = (
    "组员",
    "纪检监察员",
    "监察员",
    "纪检员",
    "监察专员",
    "专员",
    "巡察专员",
    "科长",
    "副科长",
    "科员",
    "干部",
)
_OFFICE = ("干事", "办事员", "工作人员", "内勤", "书记员")
_RANKS = (
    *(f"{level}级调研员" for level in "一二三四"),
    *(f"{level}级主任科员" for level in "一二三四"),
    *(f"{level}级科员" for level in "一二"),
)
KNOWN_POSTS = (*_LEADING, *_STAFF, *_OFFICE, *_RANKS)
"""Posts that need no mapping, in official order; a county adds its own by mapping a word to itself."""

COUNTED_POSTS = (HEAD, SECRETARY, MEMBER)
"""Posts that figures ask for by name; 副书记 holds 书记."""


class MappedColumn(StrEnum):
    """The columns whose words a county may map. The values are the headings of the book."""

    POST = "职务"
    STATUS = "人员性质"
    MOVES = "变动方式"


Meanings = Mapping[tuple[str, str], str]
"""(column, the county's word) → what it means in the ledger's words."""


def known_words(column: MappedColumn) -> tuple[str, ...]:
    """The ledger's own words of a column."""
    return {
        MappedColumn.POST: KNOWN_POSTS,
        MappedColumn.STATUS: tuple(Status.values),
        MappedColumn.MOVES: tuple(MoveIn.values),
    }[column]


def post(value: Any, meanings: Meanings) -> str:
    """A post: a known word, the meaning that the county has given to its own word, or that word itself.

    Posts are an open list. A word that hides a post which figures count (党委委员、纪委书记) has to be mapped, because
    taking it as it stands would count wrongly; any other word is a post of its own, named in a warning.
    """
    word = "".join(cells.text(value).split())
    hides_a_counted_post = any(counted in word for counted in COUNTED_POSTS)
    if hides_a_counted_post or (MappedColumn.POST, word) in meanings:
        return _meant(MappedColumn.POST, word, meanings)
    narrow = cells.narrow(word)
    return narrow if narrow in KNOWN_POSTS else word


def status(value: Any, meanings: Meanings) -> str:
    """What binds a person to the unit (人员性质)."""
    return _meant(MappedColumn.STATUS, "".join(cells.text(value).split()), meanings)


def moves(value: Any, meanings: Meanings) -> tuple[str, ...]:
    """The ways in which a post was taken up; each part of the list is mapped by itself, or the cell as a whole."""
    whole = "".join(cells.text(value).split())
    whole = meanings.get((MappedColumn.MOVES, whole), whole)
    meant = [cells.words(_meant(MappedColumn.MOVES, part, meanings)) for part in cells.words(whole)]
    return tuple(dict.fromkeys(word for words in meant for word in words))


def _meant(column: MappedColumn, word: str, meanings: Meanings) -> str:
    meaning = meanings.get((column, word))
    if meaning is not None:
        return meaning
    if cells.narrow(word) in known_words(column):
        return cells.narrow(word)
    known = listed(known_words(column)[:12])
    raise cells.Unreadable(
        _("one of: %(words)s …; or map this word once, on the screen of words") % {"words": known}
    )
