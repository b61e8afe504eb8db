"""The journal of acts."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """The app `audit` of the house."""

    name = "xiezuo.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """An installation gets its number when its tables are made."""
        post_migrate.connect(_number_installation, sender=self)


def _number_installation(using: str, **_more: Any) -> None:
    from xiezuo.audit.operations import number_installation  # noqa: PLC0415 - after the tables are known

    number_installation(using=using)
