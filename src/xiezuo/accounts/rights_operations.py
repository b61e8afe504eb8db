"""The only writes of rights and grants."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import F

from xiezuo.accounts.actor import as_the_product
from xiezuo.accounts.deriving import Days, Holding, effective, tied
from xiezuo.accounts.models import Grant, Right, User
from xiezuo.accounts.roles import Role, Scope


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
        for account in of:
            granted = _granted(account, posts.get(account, {}))
            _restate(account, effective([*of[account], *granted]), now)


def _granted(account: int, posts: Mapping[int, Sequence[Days]]) -> list[Holding]:
    given = Grant.objects.filter(user_id=account, outcome="confirmed").order_by("id")
    return [each for grant in given for each in _of_grant(grant, posts)]


def _of_grant(grant: Grant, posts: Mapping[int, Sequence[Days]]) -> list[Holding]:
    ends = min(grant.ends, grant.ended_on or date.max)
    if ends <= grant.starts:
        return []
    whole = Holding(
        Role(grant.role), grant.commission, Scope(grant.scope_kind), grant.scope_id, grant.starts, ends,
        {"grant": grant.pk}, grant.pk,
    )  # fmt: skip
    return [whole] if grant.while_in is None else tied(whole, posts.get(grant.while_in, ()))


def _restate(account: int, wanted: Sequence[Holding], now: datetime) -> None:
    current = {_holding(row).key(): row.pk for row in Right.objects.filter(user=account, known_until=None)}
    new = {each.key(): each for each in wanted}
    gone = [number for key, number in current.items() if key not in new]
    added = [each for key, each in new.items() if key not in current]
    if not gone and not added:
        return
    ended = Right.objects.filter(pk__in=gone)
    # Reading one matter comes and goes with each of its steps. It opens no other page, so the session of whoever has
    # just decided goes on, and so do the pages kept for them.
    wider = [each for each in added if each.scope_kind != Scope.MATTER]
    if wider or ended.exclude(scope_kind=Scope.MATTER).exists():
        User.objects.filter(pk=account).update(rights_edition=F("rights_edition") + 1)
    ended.update(known_until=now)
    Right.objects.bulk_create(_row(account, each, now) for each in added)


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
