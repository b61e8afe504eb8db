"""Accounts, and what each keeps for itself."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from xiezuo.accounts.policies import NAME_LENGTH, PATH_LENGTH


class User(AbstractUser):
    """One row is one person's account. Rights come from grants, never from Django's superuser flag."""

    # In the key of every kept page, so that a saved or forgotten view is seen by the next request.
    views_edition = models.PositiveIntegerField(default=0, editable=False)


class SavedView(models.Model):
    """One row is one person's own view of one list: what its address asks for, under a name; it names no day."""

    # The constraint below already has an index that leads with the user.
    user = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False)
    path = models.CharField(max_length=PATH_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH)
    query = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path", "name"], name="one_view_of_a_name")]
