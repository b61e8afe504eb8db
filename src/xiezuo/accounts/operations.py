"""The only writes of accounts."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from xiezuo.accounts.actor import Actor
from xiezuo.accounts.models import PasswordState, SavedView, User
from xiezuo.accounts.policies import view_name, view_path, view_query
from xiezuo.audit.api import Act, record
from xiezuo.shared.errors import BadInput, NotThere


@transaction.atomic
def set_account(*, name: str, full_name: str, password: str, by: Actor, now: datetime) -> User:
    """Create the account `name`, or give an existing one a new password. Raises `BadInput` for a weak password."""
    user = User.objects.filter(username=name).first() or User(username=name)
    _refuse_weak(password, user)
    act = Act.PASSWORD_SET if user.pk else Act.ACCOUNT_CREATED
    user.last_name = full_name or user.last_name
    user.set_password(password)
    user.save()
    PasswordState.objects.update_or_create(user=user, defaults={"set_at": now, "temporary_until": None})
    record(act, by=by, at=now, target=name)
    return user


def note_log_out(*, by: Actor, now: datetime) -> None:
    """Journal a log-out."""
    record(Act.LOGGED_OUT, by=by, at=now, target=by.name)


def note_printed(*, page: str, by: Actor, now: datetime) -> None:
    """Journal that a page which bears a mark of who looks was printed. Raises `BadInput` for no page of ours."""
    record(Act.PAGE_PRINTED, by=by, at=now, target=view_path(page))


@transaction.atomic
def save_view(*, user: User, path: str, query: str, name: str, by: Actor, now: datetime) -> SavedView:
    """Keep what `query` asks of the list at `path` as `name`, in place of the user's view of that name.

    Raises `BadInput` for a name that cannot be read, a page that is not ours and a question too long.
    """
    kept, path = view_name(name), view_path(path)
    view, _new = SavedView.objects.update_or_create(
        user=user, path=path, name=kept, defaults={"query": view_query(query)}
    )
    _change_views(user)
    record(Act.VIEW_SAVED, by=by, at=now, target=path, details={"name": kept})
    return view


@transaction.atomic
def forget_view(*, user: User, path: str, name: str, by: Actor, now: datetime) -> None:
    """Drop the user's view `name` of the list at `path`. Raises `NotThere` if there is none."""
    kept, path = view_name(name), view_path(path)
    gone, _each = SavedView.objects.filter(user=user, path=path, name=kept).delete()
    if not gone:
        raise NotThere(_("You have no view “%(name)s” of this list.") % {"name": kept})
    _change_views(user)
    record(Act.VIEW_FORGOTTEN, by=by, at=now, target=path, details={"name": kept})


def _change_views(user: User) -> None:
    User.objects.filter(pk=user.pk).update(views_edition=F("views_edition") + 1)


def _refuse_weak(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadInput(_("The password was refused: %(why)s") % {"why": " ".join(error.messages)}) from error
