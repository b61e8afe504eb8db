"""What may be kept as somebody's own view of a list."""

from urllib.parse import parse_qsl, urlencode

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from xiezuo.shared.errors import BadInput

NAME_LENGTH = 40
PATH_LENGTH = 200
QUERY_LENGTH = 2000
OF_THE_MOMENT = ("on", "page", "after", "before", "format")
"""Parameters of a list's address that say when, where and in which form it was looked at, not what was asked for."""


def view_name(text: str) -> str:
    """The name of a view as it is kept. Raises `BadInput` if it is blank, too long or not to be read."""
    name = " ".join(text.split())
    if not name or len(name) > NAME_LENGTH or not name.isprintable():
        raise BadInput(
            _("The name of the view is “%(found)s”; expected 1 to %(length)d readable characters.")
            % {"found": _shown(name), "length": NAME_LENGTH}
        )
    return name


def view_path(path: str) -> str:
    """`path`, where a page of ours is. Raises `BadInput` for any other."""
    try:
        resolve(path)
    except Resolver404:
        found = False
    else:
        found = len(path) <= PATH_LENGTH and path.isprintable()
    if not found:
        raise BadInput(
            _("The view is of the page “%(found)s”; expected the address of a list here.")
            % {"found": _shown(path)}
        )
    return path


def view_query(query: str) -> str:
    """What a view keeps of `query`. Raises `BadInput` for more than it can hold."""
    kept = question_of(query)
    if len(kept) > QUERY_LENGTH:
        raise BadInput(
            _("The address of the list has %(found)d characters; a view holds up to %(length)d.")
            % {"found": len(kept), "length": QUERY_LENGTH}
        )
    return kept


def question_of(query: str) -> str:
    """What an address asks of its list: the same text for the same question, whatever the order of its parameters."""
    pairs = [(key, value) for key, value in parse_qsl(query) if key not in OF_THE_MOMENT]
    # By name only: of two orders the list takes the last one.
    return urlencode(sorted(pairs, key=lambda pair: pair[0]))


def narrows(query: str) -> bool:
    """Whether a search, filter, order or choice of columns is in force."""
    return any(key in ("q", "sort", "cols") or key.startswith("f.") for key, _value in parse_qsl(query))


def _shown(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text[:NAME_LENGTH])
