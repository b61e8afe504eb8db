"""What must hold before the installation answers anybody; where it does not, it refuses to start and says why."""

from collections.abc import Callable
from importlib.util import find_spec

from django.conf import settings
from django.core import checks
from django.db import connection
from django.utils.translation import gettext as _

from xiezuo.accounts.api import User
from xiezuo.shared.errors import Reason, refuse_if

SUPERUSERS_IN_GRANTS = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


def refuse_unsafe_start() -> None:
    """Raise `Refused` with every reason why the installation may not be served."""
    refuse_if(against_start())


def against_start() -> list[Reason]:
    """Every reason why the installation may not be served."""
    return [reason for check in CHECKS for reason in check()]


def _superusers() -> list[Reason]:
    """The database refuses the flags; whoever took that constraint away is found here."""
    found = User.objects.filter(is_superuser=True) | User.objects.filter(is_staff=True)
    names = ", ".join(found.values_list("username", flat=True))
    if not names:
        return []
    return [Reason("superuser", _("Django's superuser plays no part here; remove the flags of: %(names)s") % {"names": names})]  # fmt: skip


def _django_admin() -> list[Reason]:
    if "django.contrib.admin" not in settings.INSTALLED_APPS:
        return []
    return [Reason("django-admin", _("Django's own administration must not be installed."))]


def _role_above_the_wall() -> list[Reason]:
    with connection.cursor() as cursor:
        cursor.execute(SUPERUSERS_IN_GRANTS)
        too_strong = cursor.fetchone()[0]
    return [Reason("role", _("The application's database role stands above the wall."))] if too_strong else []


def _open_settings() -> list[Reason]:
    told = []
    if settings.DEBUG:
        told.append(Reason("debug", _("DEBUG shows the inside of the program to everybody.")))
    if "*" in settings.ALLOWED_HOSTS:
        told.append(
            Reason("hosts", _("The installation answers to any host name; name those it has (--host)."))
        )
    if find_spec("defusedxml") is None:
        told.append(Reason("xml", _("Workbooks cannot be read safely without defusedxml; run make.")))
    return told


def _own_tables() -> list[Reason]:
    """The table of the gate, and whatever else registered a check with Django."""
    return [Reason(str(error.id), error.msg) for error in checks.run_checks() if error.is_serious()]


CHECKS: tuple[Callable[[], list[Reason]], ...] = (
    _superusers, _django_admin, _role_above_the_wall, _open_settings, _own_tables,
)  # fmt: skip
