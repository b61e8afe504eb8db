"""Who may read a request, by name and for a time. Called inside the transaction of the act that it follows from."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from xiezuo.accounts.api import as_the_product
from xiezuo.collaboration.models import Access, Request
from xiezuo.shared.periods import OPEN

DAY = timedelta(days=1)


def let_read(
    request: Request, accounts: Iterable[int], because: str, starts: date, ends: date = OPEN
) -> None:
    """Let accounts read a request on `[starts, ends)`; a longer term takes the place of a shorter one."""
    with as_the_product():
        for account in dict.fromkeys(accounts):
            Access.objects.update_or_create(
                request=request, account=account, because=because, cut_at=None, defaults={"starts": starts, "ends": ends}
            )  # fmt: skip


def cut(request: Request, account: int, now: datetime, because: str = "") -> None:
    """End at once what an account may read of a request: all of it, or what it may for one reason."""
    with as_the_product():
        rows = Access.objects.filter(request=request, account=account, cut_at=None)
        (rows.filter(because=because) if because else rows).update(cut_at=now)
