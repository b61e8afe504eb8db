"""The only writes of recoveries and of passwords that somebody else sets: two persons for a lost second factor."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.accounts.actor import Actor
from xiezuo.accounts.door_policies import ALPHABET, RECOVERY, TEMPORARY
from xiezuo.accounts.factors.card import new_recovery_code, recovery_hash
from xiezuo.accounts.holding import may
from xiezuo.accounts.models import PasswordState, Recovery, User
from xiezuo.accounts.roles import Ability
from xiezuo.accounts.session_operations import end_sessions
from xiezuo.audit.api import Act, record
from xiezuo.shared.errors import BadInput, NotThere, refuse, refuse_if

REASON_LENGTH = 400
GROUPS, LETTERS = 4, 4


@transaction.atomic
def open_recovery(*, account: User, reason: str, by: Actor, now: datetime) -> Recovery:
    """Ask that an account may enrol a new second factor; a second person must confirm it.

    Raises `Refused` for anybody but the system administrator, for one's own account, `BadInput` without a reason.
    """
    refuse_if(may(by, Ability.KEEP_ACCOUNTS))
    _refuse_own(account, by)
    words = " ".join(reason.split())
    if not words or len(words) > REASON_LENGTH:
        raise BadInput(
            _("The reason has %(found)d characters; expected 1 to %(most)d.")
            % {"found": len(words), "most": REASON_LENGTH}
        )
    recovery = Recovery.objects.create(user=account, reason=words, opened_by=by.name, opened_at=now)
    record(
        Act.RECOVERY_OPENED,
        by=by,
        at=now,
        target=account.username,
        details={"reason": words, "recovery": recovery.pk},
    )
    return recovery


def open_recoveries() -> list[Recovery]:
    """What was asked for and waits for a second person, oldest first."""
    return list(Recovery.objects.filter(confirmed_by="").select_related("user").order_by("opened_at", "pk"))


@transaction.atomic
def confirm_recovery(*, recovery: int, by: Actor, now: datetime) -> str:
    """Confirm what another asked for, and give out the paper code, this once.

    The security administrator confirms; where it is about that account, the secretary, who also decides grants.
    Raises `Refused` for others, for whoever asked, and for the account itself; `NotThere` if there is nothing open.
    """
    refuse_if(may(by, Ability.CONFIRM_GRANTS))
    row = (
        Recovery.objects.select_for_update()
        .select_related("user")
        .filter(pk=recovery, confirmed_by="")
        .first()
    )
    if row is None:
        raise NotThere(_("There is no such recovery to be confirmed."))
    _refuse_own(row.user, by)
    if row.opened_by == by.name:
        refuse("second-person", _("You asked for this recovery; another person must confirm it."))
    code = new_recovery_code()
    row.confirmed_by, row.confirmed_at, row.hash, row.good_until = (
        by.name,
        now,
        recovery_hash(code),
        now + RECOVERY,
    )
    row.save()
    record(Act.RECOVERY_CONFIRMED, by=by, at=now, target=row.user.username, details={"recovery": row.pk})
    return code


def _refuse_own(account: User, by: Actor) -> None:
    if account.username == by.name:
        refuse("own-account", _("Nobody opens or confirms this for their own account."))


@transaction.atomic
def use_recovery(*, account: User, code: str, by: Actor, now: datetime) -> bool:
    """Whether the code opens the way to a new second factor; it does so once."""
    good = Recovery.objects.filter(
        user=account,
        hash=recovery_hash(code),
        used_at__isnull=True,
        good_until__gt=now,
        confirmed_at__isnull=False,
    )
    if good.update(used_at=now) == 0:
        return False
    record(Act.RECOVERY_USED, by=by, at=now, target=account.username)
    return True


@transaction.atomic
def set_temporary_password(*, account: User, by: Actor, now: datetime) -> str:
    """Give the account a password that is good for three days and must be changed at once; its second factor stays.

    Raises `Refused` for anybody but the system administrator, and for one's own account.
    """
    refuse_if(may(by, Ability.KEEP_ACCOUNTS))
    _refuse_own(account, by)
    password = "-".join("".join(secrets.choice(ALPHABET) for _l in range(LETTERS)) for _g in range(GROUPS))
    account.set_password(password)
    account.save(update_fields=["password"])
    mark_temporary(account=account, now=now)
    record(
        Act.PASSWORD_SET, by=by, at=now, target=account.username, details={"temporary_until": now + TEMPORARY}
    )
    end_sessions(account=account, why="password", by=by, now=now)
    return password


def mark_temporary(*, account: User, now: datetime) -> None:
    """The password that somebody else set is good for three days, and must be changed at the first log-in."""
    PasswordState.objects.update_or_create(
        user=account, defaults={"set_at": now, "temporary_until": now + TEMPORARY}
    )
