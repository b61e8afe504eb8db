"""Accounts: opened by the system administrator, tied to a person of the ledger by two."""

import unicodedata
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts import grant_policies as policies
from xiezuo.accounts.actor import Actor, as_the_product
from xiezuo.accounts.events import rights_asked_for
from xiezuo.accounts.models import User
from xiezuo.accounts.models.account import RESERVED_NAMES
from xiezuo.accounts.operations import set_account
from xiezuo.accounts.queries import active_holders
from xiezuo.accounts.roles import ADMINISTRATORS, Role
from xiezuo.audit.api import Act, record
from xiezuo.shared.errors import BadInput, refuse_if


@transaction.atomic
def open_account(
    *, name: str, full_name: str, password: str, commission: int | None, person: int | None, by: Actor, now: datetime
) -> User:  # fmt: skip
    """Open an account for somebody, without any right; its person waits for the security administrator.

    Raises `Refused` for who keeps no accounts, `BadInput` for a name that is taken or cannot be used, for a missing
    full name, for a weak password and for a person who has an account.
    """
    refuse_if(policies.may_keep_accounts(by))
    name = usable_name(name)
    if not full_name.strip():
        raise BadInput(_("An account bears the full name of the person who uses it."))
    user = set_account(name=name, full_name=full_name.strip(), password=password, by=by, now=now)
    User.objects.filter(pk=user.pk).update(commission=commission)
    if commission is not None and person is not None:
        return name_person(user=user, commission=commission, person=person, by=by, now=now)
    return User.objects.get(pk=user.pk)


@transaction.atomic
def name_person(*, user: User, commission: int, person: int, by: Actor, now: datetime) -> User:
    """Say which person of the ledger uses the account; whoever it was before no longer gives it rights."""
    refuse_if(policies.may_keep_accounts(by))
    other = User.objects.filter(person=person).exclude(pk=user.pk).first()
    if other is not None:
        raise BadInput(_("This person already has the account “%(name)s”.") % {"name": other.username})
    user = User.objects.select_for_update().get(pk=user.pk)
    user.commission, user.person, user.person_named_by, user.person_confirmed_by = (
        commission,
        person,
        by.name,
        "",
    )
    user.save(update_fields=["commission", "person", "person_named_by", "person_confirmed_by"])
    record(Act.PERSON_NAMED, by=by, at=now, target=user.username, details={"person": person})
    rights_asked_for.publish(accounts=[user.pk], now=now)
    return user


@transaction.atomic
def confirm_person(*, user: User, by: Actor, now: datetime) -> User:
    """Confirm as the second person who uses the account: from now on the person's posts give it rights."""
    user = User.objects.select_for_update().get(pk=user.pk)
    refuse_if(policies.may_confirm_person(by, user))
    user.person_confirmed_by = by.name
    user.save(update_fields=["person_confirmed_by"])
    record(Act.PERSON_CONFIRMED, by=by, at=now, target=user.username, details={"person": user.person})
    rights_asked_for.publish(accounts=[user.pk], now=now)
    return user


@transaction.atomic
def refuse_person(*, user: User, reason: str, by: Actor, now: datetime) -> User:
    """Say as the second person that the account is not this person's."""
    user = User.objects.select_for_update().get(pk=user.pk)
    refuse_if(policies.may_confirm_person(by, user))
    if not reason.strip():
        raise BadInput(_("Refusing a person needs a reason."))
    details = {"person": user.person, "reason": reason.strip()}
    user.person, user.person_named_by = None, ""
    user.save(update_fields=["person", "person_named_by"])
    record(Act.PERSON_REFUSED, by=by, at=now, target=user.username, details=details)
    return user


@transaction.atomic
def set_active(*, user: User, active: bool, reason: str, by: Actor, now: datetime) -> User:
    """Disable an account, which gets nothing from its next request on, or enable it again."""
    refuse_if(policies.may_set_active(by, user, active=active, last_of=last_office(user, now)))
    if not reason.strip():
        raise BadInput(_("Disabling or enabling an account needs a reason."))
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = active
    user.save(update_fields=["is_active"])
    act = Act.ACCOUNT_ENABLED if active else Act.ACCOUNT_DISABLED
    record(act, by=by, at=now, target=user.username, details={"reason": reason.strip()})
    return user


def last_office(user: User, now: datetime) -> Role | None:
    """The administrator's office of which `user` is the last active holder; None if there is none."""
    today = timezone.localdate(now)
    # The system administrator, who asks, sees nobody's rights.
    with as_the_product():
        return next((role for role in ADMINISTRATORS if active_holders(role, today) == [user.username]), None)


def usable_name(name: str) -> str:
    """The log-in name as it is kept. Raises `BadInput` for one that is taken in any spelling, or cannot be used."""
    kept = unicodedata.normalize("NFKC", name).strip()
    try:
        User.username_validator(kept)
    except ValidationError as error:
        raise BadInput(_("The name is “%(found)s”; expected letters, digits and . @ + - _ only.") % {"found": kept[:40]}) from error  # fmt: skip
    taken = User.objects.filter(username__iexact=kept).exists()
    if taken or kept.casefold() in {each.casefold() for each in RESERVED_NAMES} or len(kept) > 150:
        raise BadInput(_("The name “%(found)s” is taken; expected another.") % {"found": kept[:40]})
    return kept
