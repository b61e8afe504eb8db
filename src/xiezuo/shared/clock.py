"""The only place that reads the clock; the domain is given its days and instants."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This instant, aware."""
    return timezone.now()


def today() -> date:
    """Today in the time zone of the installation."""
    return timezone.localdate()
