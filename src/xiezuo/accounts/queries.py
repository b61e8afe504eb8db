"""What the screens ask of the accounts."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from xiezuo.accounts.models import Grant, Right, SavedView, User
from xiezuo.accounts.roles import ADMINISTRATORS, DUTIES, Ability, Role, Scope


def saved_views(user: User, path: str) -> list[SavedView]:
    """The views that `user` saved of the list at `path`, oldest first."""
    return list(SavedView.objects.filter(user=user, path=path).order_by("pk"))


def persons_of(
    *, commission: int | None = None, accounts: Sequence[int] | None = None
) -> dict[int, int | None]:
    """The person behind each account, as far as the security administrator has confirmed it: account → person."""
    users = User.objects.all() if accounts is None else User.objects.filter(pk__in=accounts)
    if commission is not None:
        users = users.filter(commission=commission)
    known = users.order_by("pk").values_list("pk", "person", "person_confirmed_by")
    return {account: person if confirmed else None for account, person, confirmed in known}


def rights_in_force(on: date) -> QuerySet[Right]:
    """Every right in force on a day, as the ledger and the grants say now, with its account."""
    return (
        Right.objects.filter(known_until=None, starts__lte=on, ends__gt=on, user__is_active=True)
        .select_related("user", "grant")
        .order_by("user__username", "role", "scope_kind", "scope_id", "starts", "pk")
    )


def rights_of(user: User) -> list[Right]:
    """The rights of an account as they are known now, by their days."""
    return list(
        Right.objects.filter(user=user, known_until=None).order_by("starts", "role", "scope_id", "pk")
    )


def who_may(
    ability: Ability, *, on: date, commission: int, units: Sequence[int] = (), zone: int | None = None
) -> QuerySet[Right]:
    """The rights that give somebody the ability over this commission, or over one of its units or zones, on a day."""
    reach = DUTIES[ability]
    over = Q(scope_kind=Scope.COMMISSION) | Q(scope_kind=Scope.UNIT, scope_id__in=units)
    if zone is not None:
        over |= Q(scope_kind=Scope.ZONE, scope_id=zone)
    by_scope = Q(role__in=reach.scoped) & over
    return rights_in_force(on).filter(Q(role__in=reach.whole) | by_scope, commission=commission)


def active_holders(role: Role, on: date, *, commission: int | None = None) -> list[str]:
    """The names of the active accounts that hold a role on a day, over a commission or as administrators."""
    held = rights_in_force(on).filter(role=role, commission=commission)
    return list(held.values_list("user__username", flat=True))


def offices_of(account: int, *, but: int | None = None) -> list[tuple[Role, date, date]]:
    """The administrators' offices that an account holds or held, by confirmed grant."""
    confirmed = Grant.objects.filter(user=account, role__in=ADMINISTRATORS, outcome="confirmed")
    if but is not None:
        confirmed = confirmed.exclude(pk=but)
    return [(Role(each.role), each.starts, each.ended_on or each.ends) for each in confirmed]
