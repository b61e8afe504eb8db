"""What the door and the page of an account ask."""

from datetime import datetime, timedelta

from django.conf import settings

from xiezuo.accounts.door_policies import Limits
from xiezuo.accounts.holding import held_on
from xiezuo.accounts.models import CardCode, DoorPolicy, Factor, Kind, PasswordState, Session, User, WhoMust
from xiezuo.accounts.roles import ADMINISTRATORS
from xiezuo.shared import clock


def door_policy() -> DoorPolicy:
    """The policy in force. Only a demonstration may let anybody in without a second factor."""
    policy = DoorPolicy.objects.first() or DoorPolicy(second_factor=_at_first())
    if not settings.DEMONSTRATION:
        policy.second_factor = WhoMust.EVERYONE
    return policy


def _at_first() -> WhoMust:
    return WhoMust.ADMINISTRATORS if settings.DEMONSTRATION else WhoMust.EVERYONE


def limits() -> Limits:
    """How long a session may stand."""
    policy = door_policy()
    return Limits(timedelta(minutes=policy.idle_minutes), timedelta(hours=policy.absolute_hours))


def needs_factor(user: User) -> bool:
    """Whether the policy asks this account for a second factor. To be asked by the account itself, of its own rights."""
    who = door_policy().second_factor
    if who == WhoMust.ADMINISTRATORS:
        return any(held.role in ADMINISTRATORS for held in held_on(user, clock.today()))
    return who == WhoMust.EVERYONE


def factors_of(user: User) -> list[Factor]:
    """The second factors in force, in the order in which they were made."""
    standing = Factor.objects.filter(user=user, ended_at__isnull=True, confirmed_at__isnull=False).order_by(
        "pk"
    )
    allowed = standing if door_policy().totp_allowed else standing.exclude(kind=Kind.TOTP)
    return list(allowed)


def card_in_force(user: User) -> Factor | None:
    """The code card of the account."""
    return next((each for each in factors_of(user) if each.kind == Kind.CARD), None)


def next_number(card: Factor) -> int | None:
    """The number of the code that is asked for next; None once all are struck off."""
    open_codes = CardCode.objects.filter(card=card, struck_at__isnull=True).order_by("number")
    return open_codes.values_list("number", flat=True).first()


def codes_left(card: Factor) -> int:
    """How many codes of a card are not yet struck off."""
    return CardCode.objects.filter(card=card, struck_at__isnull=True).count()


def sessions_of(user: User, now: datetime) -> list[Session]:
    """The sessions in which the account is logged in, the one used last first."""
    bounds = limits()
    return list(
        Session.objects.filter(
            account=user.pk, expire_date__gt=now, started__gt=now - bounds.whole, seen__gt=now - bounds.idle
        ).order_by("-seen", "pk")
    )


def password_due(user: User, now: datetime) -> str:
    """Why the password must be changed before anything else: `temporary`, `old`, or nothing."""
    state = PasswordState.objects.filter(user=user).first()
    days = door_policy().password_days
    if state is None:
        return ""
    if state.temporary_until is not None:
        return "temporary"
    return "old" if days and now - state.set_at > timedelta(days=days) else ""


def password_ran_out(user: User, now: datetime) -> bool:
    """Whether the password was a temporary one and its time is over: it opens nothing any more."""
    return PasswordState.objects.filter(user=user, temporary_until__lte=now).exists()
