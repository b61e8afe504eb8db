"""What accounts of the tests were told, as rows."""

from tests.approvals.office import Office
from xiezuo.accounts.api import OPERATOR, set_actor
from xiezuo.home.notices.models import Notice


def told(here: Office, name: str, *, done: bool = False) -> list[tuple[str, str]]:
    """Kind and reason of every open notice of somebody, or of every one that was dealt with, in their order."""
    set_actor(OPERATOR)
    mine = Notice.objects.filter(account=here.at(name), done_at__isnull=not done).order_by("pk")
    return [(each.kind, each.because) for each in mine]


def everybody_told(here: Office) -> dict[str, list[tuple[str, str]]]:
    """The open notices of each account that has any."""
    found = {name: told(here, name) for name in here.accounts}
    return {name: notices for name, notices in found.items() if notices}
