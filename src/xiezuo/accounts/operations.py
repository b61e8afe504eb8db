"""The only writes of accounts."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.accounts.actor import Actor
from xiezuo.accounts.models import User
from xiezuo.audit.api import Act, record
from xiezuo.shared.errors import BadInput


@transaction.atomic
def set_account(*, name: str, full_name: str, password: str, by: Actor, now: datetime) -> User:
    """Create the account `name`, or give an existing one a new password. Raises `BadInput` for a weak password."""
    user = User.objects.filter(username=name).first() or User(username=name)
    _refuse_weak(password, user)
    act = Act.PASSWORD_SET if user.pk else Act.ACCOUNT_CREATED
    user.last_name = full_name or user.last_name
    user.set_password(password)
    user.save()
    record(act, by=by, at=now, target=name)
    return user


def note_log_in(*, name: str, now: datetime) -> None:
    """Journal a log-in."""
    record(Act.LOGGED_IN, by=Actor(name), at=now, target=name)


def note_refused_log_in(*, name: str, now: datetime) -> None:
    """Journal a refused log-in under the name that was typed."""
    record(Act.LOG_IN_REFUSED, by=Actor("anonymous"), at=now, target=name)


def note_log_out(*, name: str, now: datetime) -> None:
    """Journal a log-out."""
    record(Act.LOGGED_OUT, by=Actor(name), at=now, target=name)


def _refuse_weak(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadInput(_("The password was refused: %(why)s") % {"why": " ".join(error.messages)}) from error
