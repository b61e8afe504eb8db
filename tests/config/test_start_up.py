"""The installation refuses to start while something about it is unsafe."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from xiezuo.accounts.models import User
from xiezuo.config.start_up import refuse_unsafe_start
from xiezuo.shared.errors import Refused


def reasons() -> set[str]:
    with pytest.raises(Refused) as refusal:
        refuse_unsafe_start()
    return {reason.code for reason in refusal.value.reasons}


@pytest.mark.django_db
def test_a_sound_installation_starts() -> None:
    refuse_unsafe_start()


@pytest.fixture
def without_constraint(transactional_db: None) -> Iterator[None]:
    """A database from which somebody took the constraint away."""
    name, table = "no_superuser_and_no_staff_flag", "accounts_user"
    with connections["owner"].cursor() as owner:
        owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield
        owner.execute(f"DELETE FROM {table}")
        owner.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK (NOT is_staff AND NOT is_superuser)")


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_superuser_past_the_constraint_keeps_it_from_starting(without_constraint: None) -> None:
    User.objects.create_user("root", is_superuser=True)
    assert reasons() == {"superuser"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "value", "code"),
    [
        ("DEBUG", True, "debug"),
        ("ALLOWED_HOSTS", ["*"], "hosts"),
        ("INSTALLED_APPS", ["django.contrib.admin"], "django-admin"),
    ],
)
def test_open_settings_keep_it_from_starting(
    setting: str, value: Any, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, setting, value)
    assert code in reasons()
