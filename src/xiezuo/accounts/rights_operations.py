"""The only writes of rights and grants."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.utils import timezone

from xiezuo.accounts.actor import as_the_product
from xiezuo.accounts.deriving import Days, Holding, effective, tied
from xiezuo.accounts.models import Grant, Right, User
from xiezuo.accounts.roles import Role, Scope
from xiezuo.shared.asof import grouped


def set_rights(
    *,
    of: Mapping[int, Sequence[Holding]],
    posts: Mapping[int, Mapping[int, Sequence[Days]]],
    now: datetime,
) -> None:
    """Make the rights of each account in `of` follow from its posts there and from its grants.

    `of` gives what follows from the ledger for each account, `posts` the days of each account in each unit, to which
    grants may be tied. Runs inside the transaction of whatever changed; rows that still follow stay as they are.
    """
    with as_the_product():
        grants = grouped(Grant.objects.filter(user__in=of, outcome="confirmed").order_by("id"), "user_id")
        rows = grouped(Right.objects.filter(user__in=of, known_until=None), "user_id")
        changes = [
            _change(account, [*of[account], *_granted(grants.get(account, ()), posts.get(account, {}))], rows.get(account, ()))
            for account in of
        ]  # fmt: skip
        _make([each for each in changes if each.gone or each.added], now)


def _granted(grants: Iterable[Grant], posts: Mapping[int, Sequence[Days]]) -> list[Holding]:
    return [each for grant in grants for each in _of_grant(grant, posts)]


def _of_grant(grant: Grant, posts: Mapping[int, Sequence[Days]]) -> list[Holding]:
    ends = min(grant.ends, grant.ended_on or date.max)
    if ends <= grant.starts:
        return []
    whole = Holding(
        Role(grant.role), grant.commission, Scope(grant.scope_kind), grant.scope_id, grant.starts, ends,
        {"grant": grant.pk}, grant.pk,
    )  # fmt: skip
    return [whole] if grant.while_in is None else tied(whole, posts.get(grant.while_in, ()))


@dataclass(frozen=True)
class _Change:
    """What an account loses and gains."""

    account: int
    gone: Sequence[Right]
    added: Sequence[Holding]

    def wider(self, today: date) -> bool:
        """Whether it changes what the account holds today, beyond reading one matter, which comes and goes with its steps.

        Anything else opens and closes no page yet, so the session of whoever has just decided goes on, and so do the
        pages kept for them; what changes on a later day is asked again on that day.
        """
        return _held(self.gone, today) != _held(self.added, today)


def _held(rights: Iterable[Right | Holding], today: date) -> set[tuple[object, ...]]:
    """What of some rights is held on a day, without those over single matters."""
    return {
        (each.role, each.commission, each.scope_kind, each.scope_id)
        for each in rights
        if each.starts <= today < each.ends and each.scope_kind != Scope.MATTER
    }


def _change(account: int, holdings: Sequence[Holding], rows: Iterable[Right]) -> _Change:
    current = {_holding(row).key(): row for row in rows}
    new = {each.key(): each for each in effective(holdings)}
    gone = [row for key, row in current.items() if key not in new]
    return _Change(account, gone, [each for key, each in new.items() if key not in current])


def _make(changes: Sequence[_Change], now: datetime) -> None:
    """Write all changes at once: as many statements for one account as for many."""
    today = timezone.localdate(now)
    wider = [each.account for each in changes if each.wider(today)]
    if wider:
        User.objects.filter(pk__in=wider).update(rights_edition=F("rights_edition") + 1)
    gone = [row.pk for each in changes for row in each.gone]
    if gone:
        Right.objects.filter(pk__in=gone).update(known_until=now)
    Right.objects.bulk_create(_row(each.account, held, now) for each in changes for held in each.added)


def _holding(row: Right) -> Holding:
    return Holding(
        Role(row.role), row.commission, Scope(row.scope_kind), row.scope_id, row.starts, row.ends, row.because, row.grant_id
    )  # fmt: skip


def _row(account: int, holding: Holding, now: datetime) -> Right:
    return Right(
        user_id=account, role=holding.role, commission=holding.commission, scope_kind=holding.scope_kind,
        scope_id=holding.scope_id, starts=holding.starts, ends=holding.ends, because=holding.because,
        grant_id=holding.grant, known_from=now,
    )  # fmt: skip
