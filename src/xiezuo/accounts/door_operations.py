"""The acts at the door itself: a password tried, a factor tried, coming in, one's own password, the policy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from xiezuo.accounts.actor import Actor, set_actor
from xiezuo.accounts.attempt_operations import begin_try, note_let_in, settle_try
from xiezuo.accounts.door_policies import PASSWORD_LONGEST, normal
from xiezuo.accounts.door_queries import door_policy, needs_factor, password_ran_out
from xiezuo.accounts.factor_operations import Proof, prove
from xiezuo.accounts.holding import may
from xiezuo.accounts.models import DoorPolicy, PasswordState, Session, User, WhoMust
from xiezuo.accounts.origin import origin_of
from xiezuo.accounts.recovery_operations import use_recovery
from xiezuo.accounts.roles import Ability
from xiezuo.accounts.session_operations import end_oldest, end_sessions, note_proof
from xiezuo.audit.api import REFUSED, Act, record
from xiezuo.shared.errors import BadInput, refuse, refuse_if

BACKEND = "django.contrib.auth.backends.ModelBackend"
PASSWORD = "password"  # noqa: S105 - how somebody proved who it is


@dataclass(frozen=True)
class Caller:
    """Who asks at the door, as the journal names it, and from where."""

    account: User | None
    address: str

    @property
    def actor(self) -> Actor:
        """For the journal: the account once a password showed which, before that nobody."""
        if self.account is None:
            return Actor("anonymous", origin=self.address)
        return Actor(self.account.username, self.account.pk, self.address)


def try_password(*, name: str, password: str, address: str, now: datetime) -> User | None:
    """The account that name and password open; nothing for an unknown, disabled or shut-out name and a wrong password.

    In all those cases as much is done, so that the time tells nothing either.
    """
    made = begin_try(name=name, address=address, stage=PASSWORD, now=now)
    account = User.objects.filter(username=normal(name)[:150]).first()
    asked = None if made.locked or account is None else account
    right = _is_right(asked, password)
    good = right and asked is not None and asked.is_active and not password_ran_out(asked, now)
    # A name that is nobody's is not written down: people type passwords into the wrong field.
    known_as = account.username if account else ""
    caller = Caller(None, address).actor
    settle_try(made, passed=good, known_as=known_as, by=caller, now=now)
    if not good:
        details = {"known": account is not None, "shut": made.locked}
        record(Act.LOG_IN_REFUSED, by=caller, at=now, target=known_as, details=details, result=REFUSED)
    return asked if good else None


def _is_right(account: User | None, password: str) -> bool:
    if account is None or len(password) > PASSWORD_LONGEST:
        User().set_password(password[:PASSWORD_LONGEST])
        return False
    return account.check_password(password)


def try_factor(*, account: User, request: HttpRequest, proof: Proof, stage: str, now: datetime) -> str:
    """The kind of second factor that the proof is right for; nothing for a wrong one or while the name is shut out."""
    caller = Caller(account, origin_of(request))
    made = begin_try(name=account.username, address=caller.address, stage=stage, now=now)
    kind = "" if made.locked else prove(account=account, request=request, proof=proof, now=now)
    _settle(made, caller, passed=bool(kind), stage=stage, now=now)
    return kind


def try_recovery(*, account: User, request: HttpRequest, code: str, now: datetime) -> bool:
    """Whether the code of a confirmed recovery was given."""
    caller = Caller(account, origin_of(request))
    made = begin_try(name=account.username, address=caller.address, stage="recovery", now=now)
    good = not made.locked and use_recovery(account=account, code=code[:100], by=caller.actor, now=now)
    _settle(made, caller, passed=good, stage="recovery", now=now)
    return good


def try_own_password(
    *, account: User, request: HttpRequest, password: str, stage: str, now: datetime
) -> bool:
    """Whether whoever sits there knows the password of the account that is logged in."""
    caller = Caller(account, origin_of(request))
    made = begin_try(name=account.username, address=caller.address, stage=stage, now=now)
    good = _is_right(None if made.locked else account, password)
    _settle(made, caller, passed=good, stage=stage, now=now)
    return good


def _settle(made: Any, caller: Caller, *, passed: bool, stage: str, now: datetime) -> None:
    by = caller.actor
    settle_try(made, passed=passed, known_as=by.name, by=by, now=now)
    if not passed:
        details = {"stage": stage, "shut": made.locked}
        record(Act.FACTOR_REFUSED, by=by, at=now, target=by.name, details=details, result=REFUSED)


@transaction.atomic
def let_in(*, request: HttpRequest, account: User, how: str, now: datetime) -> None:
    """Begin a new session, in which the account is logged in; end the oldest where there are too many."""
    by = Caller(account, origin_of(request)).actor
    request.session.flush()
    login(request, account, backend=BACKEND)
    note_proof(request, how=how, now=now)
    request.session.save()
    note_let_in(name=account.username, address=by.origin, now=now)
    end_oldest(account=account, by=by, now=now)
    record(Act.LOGGED_IN, by=by, at=now, target=account.username, details={"factor": how})


@transaction.atomic
def change_own_password(
    *, account: User, password: str, by: Actor, now: datetime, keep_session: str = ""
) -> None:
    """Set one's own password; every other session ends. Raises `BadInput` with all that speaks against the password."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise BadInput(_("The password was refused: %(why)s") % {"why": " ".join(error.messages)}) from error
    if account.check_password(password):
        raise BadInput(_("This is the password that you have. Choose another one."))
    account.set_password(password)
    account.save(update_fields=["password"])
    PasswordState.objects.update_or_create(user=account, defaults={"set_at": now, "temporary_until": None})
    record(Act.PASSWORD_SET, by=by, at=now, target=account.username)
    end_sessions(account=account, but=keep_session, why="password", by=by, now=now)


def must_have_factor(account: User) -> bool:
    """Whether the policy asks this account for a second factor; asked by the account itself, as the database wants it."""
    with transaction.atomic():
        set_actor(Actor(account.username, account.pk))
        return needs_factor(account)


POLICY_FIELDS = (
    "second_factor", "totp_allowed", "idle_minutes", "absolute_hours", "sessions_at_once", "password_length",
    "password_days",
)  # fmt: skip


@transaction.atomic
def set_door_policy(*, by: Actor, now: datetime, **wanted: Any) -> DoorPolicy:
    """Change the policy of the door, field by field; sessions that no longer fit it end.

    Raises `Refused` for anybody but the security administrator, and for a log-in without a second factor outside of a
    demonstration; `BadInput` for a value out of its bounds.
    """
    refuse_if(may(by, Ability.GIVE_GRANTS))
    policy = DoorPolicy.objects.select_for_update().first() or door_policy()
    before = {name: getattr(policy, name) for name in POLICY_FIELDS}
    for name, value in wanted.items():
        setattr(policy, _field(name), value)
    _refuse_policy(policy)
    policy.save()
    after = {name: getattr(policy, name) for name in POLICY_FIELDS}
    record(Act.DOOR_POLICY_SET, by=by, at=now, target="door", before=before, after=after)
    if policy.second_factor != before["second_factor"]:
        _end_without_factor(by, now)
    return policy


def _field(name: str) -> str:
    if name not in POLICY_FIELDS:
        raise BadInput(_("“%(found)s” is no part of the policy of the door.") % {"found": name[:40]})
    return name


def _refuse_policy(policy: DoorPolicy) -> None:
    try:
        policy.clean_fields()
        policy.validate_constraints()
    except ValidationError as error:
        raise BadInput(
            _(
                "Expected: idle 15 to 30 minutes, in all 1 to 12 hours, at least one session, passwords of 12 to 128."
            )
        ) from error
    demonstration = settings.DEMONSTRATION or settings.DEMONSTRATION_FILE.exists()
    if policy.second_factor != WhoMust.EVERYONE and not demonstration:
        refuse("factor-for-all", _("Only a demonstration may let anybody in without a second factor."))


def _end_without_factor(by: Actor, now: datetime) -> None:
    without = Session.objects.filter(account__isnull=False, factor__in=("", PASSWORD))
    for account in User.objects.filter(pk__in=without.values("account")):
        if must_have_factor(account):
            end_sessions(account=account, why="policy", by=by, now=now)
    set_actor(by)
