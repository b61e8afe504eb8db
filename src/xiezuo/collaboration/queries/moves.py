"""Members of teams who no longer serve in the unit that they came from. As the product."""

from collections.abc import Iterable
from datetime import date

from xiezuo.collaboration.models import Member
from xiezuo.collaboration.states import ENDED, MemberState
from xiezuo.organisation.models import Assignment
from xiezuo.shared.asof import grouped
from xiezuo.shared.periods import covers


def moved_away(today: date, commission: int | None = None, member: int | None = None) -> list[tuple[int, int, date]]:  # fmt: skip
    """Request, member and the first day away of each who moved: of a commission, of one member, or of all. Two queries.

    Who came by a loan leaves with the loan. Somebody chosen for later days must serve in the unit on the first of them.
    """
    rows = Member.objects.filter(loan=None).exclude(state=MemberState.LEFT).exclude(request__state__in=ENDED)
    if commission is not None:
        rows = rows.filter(request__commission=commission)
    if member is not None:
        rows = rows.filter(pk=member)
    members = list(rows.order_by("request_id", "pk"))
    held = Assignment.objects.current().filter(person__in={each.person_id for each in members})
    posts = grouped(held.order_by("person_id", "starts", "pk"), "person_id")
    found = ((each, _day_away(each, posts.get(each.person_id, []), today)) for each in members)
    return [(each.request_id, each.pk, day) for each, day in found if day is not None]


def _day_away(member: Member, posts: Iterable[Assignment], today: date) -> date | None:
    """The first day on which somebody served there no more, never later than today; None if they serve there."""
    asked = max(today, member.starts)
    here = [post for post in posts if post.unit_id == member.unit_id]
    if any(covers(post.starts, post.ends, asked) for post in here):
        return None
    return max((post.ends for post in here if post.ends <= today), default=today)
