"""What must not stand where only a pointer belongs.

A pointer says where something lies (a number, a document, a task by its name) and nothing of what lies there.
"""

from django.utils.translation import gettext as _

from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.shared.suspect import Looks, plain, suspicions

LONGEST = 60
LONGEST_WORDS = 200
CERTAIN = (Looks.IDENTITY, Looks.TELEPHONE)
"""What is never taken, whatever whoever wrote it says."""


def against_pointer(text: str, *, sure: bool = False, field: str = "title") -> list[Reason]:
    """What stands against these words as a pointer; `sure`: whoever wrote them says that names and words are none of a
    matter's contents. Numbers of identity cards and telephones are never taken."""
    words = plain(text)
    if not words:
        return [
            Reason(field, _("There is no pointer; expected a number or a name, such as 专项〔2023〕2号."))
        ]
    if len(words) > LONGEST:
        long = _(
            "The pointer has %(found)s characters; expected at most %(most)s: only where the matter lies."
        )
        return [Reason(field, long % {"found": len(words), "most": LONGEST})]
    return _suspected(text, sure=sure, field=field)


def against_words(text: str, *, field: str, sure: bool = False, most: int = LONGEST_WORDS) -> list[Reason]:
    """The same of a few words that say why or what was done; none at all are allowed. `most` in characters."""
    words = plain(text)
    if len(words) > most:
        long = _(
            "This has %(found)s characters; expected at most %(most)s, and nothing of what a matter is about."
        )
        return [Reason(field, long % {"found": len(words), "most": most})]
    return _suspected(text, sure=sure, field=field)


def _suspected(text: str, *, sure: bool, field: str) -> list[Reason]:
    found = [each for each in suspicions([text]) if each.looks in CERTAIN or not sure]
    told = {looks: [each.shown for each in found if each.looks == looks] for looks in Looks}
    return [Reason(field, _told(looks, listed(shown))) for looks, shown in told.items() if shown]


def _told(looks: Looks, shown: str) -> str:
    if looks == Looks.IDENTITY:
        return _("This holds what looks like the number of an identity card; a pointer says nothing of people.")  # fmt: skip
    if looks == Looks.TELEPHONE:
        return _("This holds what looks like a telephone number; a pointer says nothing of people.")
    if looks == Looks.NAMES:
        return _("This looks like a list of names. Give a number instead; or confirm that they are no people.")  # fmt: skip
    words = _("“%(found)s” tells what the matter is about. Give a number instead; or confirm that it is a title.")  # fmt: skip
    return words % {"found": shown}
