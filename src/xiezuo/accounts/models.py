"""Accounts."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """One row is one person's account. Rights come from grants, never from Django's superuser flag."""
