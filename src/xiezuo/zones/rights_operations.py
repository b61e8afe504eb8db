"""Keeps the rights of accounts in step with the ledger: whoever moves, is lent or leaves gains and loses on the day."""

from collections.abc import Sequence
from datetime import datetime

from xiezuo.accounts.api import as_the_product, persons_of, set_rights
from xiezuo.approvals.api import matters_held
from xiezuo.zones.queries.holdings import FromLedger, from_ledger


def renew_rights_in(*, commission: int, now: datetime) -> None:
    """Work out again what every account whose person is of this commission may see."""
    _renew(persons_of(commission=commission), now)


def renew_rights(*, accounts: Sequence[int], now: datetime) -> None:
    """Work out again what these accounts may see."""
    _renew(persons_of(accounts=accounts), now)


def _renew(persons: dict[int, int | None], now: datetime) -> None:
    if not persons:
        return
    with as_the_product():
        found = from_ledger([person for person in persons.values() if person is not None])
        matters = matters_held(list(persons))
    own = {account: found[person] if person else FromLedger() for account, person in persons.items()}
    set_rights(
        of={account: [*each.holdings, *matters[account]] for account, each in own.items()},
        posts={account: each.posts for account, each in own.items()},
        now=now,
    )
