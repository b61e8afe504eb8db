"""Links from what the ledger says to what may be entered about it; what may not be entered is not offered."""

from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, actor_of
from xiezuo.organisation import policies
from xiezuo.organisation.proposals import Proposed
from xiezuo.organisation.queries.person import Post, Share
from xiezuo.shared.periods import OPEN
from xiezuo.ui.links import address
from xiezuo.ui.parts import Link, joined


def entry_action(request: HttpRequest, route: str, *key: int) -> dict[str, Any]:
    """What the button “Enter a move” is given: where it leads, and why it may be greyed."""
    return {
        "entry_href": address(request, route, *key),
        "may_not_enter": policies.may_take_up_post(_reader(request), _here(request)),
    }


def post_links(request: HttpRequest, post: Post, under_way: Proposed | None = None) -> SafeString:
    """What may be entered about one post: a change or an end while it has none, a correction unless one is under way."""
    if not may_enter_here(request):
        return joined(())
    open_ones = ((_("Change post"), "change-post"), (_("End post"), "end-post")) if post.ends == OPEN else ()
    may_propose = under_way is None or under_way.returned
    correct = ((_("Correct entry"), "correct-post"),) if may_propose else ()
    verbs = (*open_ones, *correct)
    links = [Link(words, address(request, f"organisation:{route}", post.id)) for words, route in verbs]
    return joined([*links, *([under_way_link(under_way)] if under_way else [])], "　")


def under_way_link(proposed: Proposed) -> Link:
    """Where a correction that waits for a second person is read."""
    words = _("Correction %(number)s returned to be mended") if proposed.returned else _("Correction %(number)s under way")  # fmt: skip
    return Link(words % {"number": proposed.number}, proposed.href)


def share_links(request: HttpRequest, share: Share) -> Link | str:
    """The end of one share in the division of work."""
    if share.ends != OPEN or not may_enter_here(request):
        return ""
    return Link(_("End share"), address(request, "organisation:end-share", share.id))


def may_enter_here(request: HttpRequest) -> bool:
    """Whether the reader may enter anything into the ledger of the page's commission."""
    return not policies.may_enter(_reader(request), _here(request))


def _here(request: HttpRequest) -> int:
    commission: int = request.commission.pk  # type: ignore[attr-defined]
    return commission


def _reader(request: HttpRequest) -> Actor:
    # Every page that offers something to enter needs a log-in.
    return actor_of(request.user)
