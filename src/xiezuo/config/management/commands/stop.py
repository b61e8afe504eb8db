"""`xiezuo stop`: shut the embedded database of this home down."""

from typing import Any

from django.core.management.base import BaseCommand

from xiezuo.config import installation


class Command(BaseCommand):
    """Stop the embedded database; nothing to do where another server is used."""

    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        """Stop it cleanly."""
        server = installation.this().embedded
        if server is not None:
            server.stop()
