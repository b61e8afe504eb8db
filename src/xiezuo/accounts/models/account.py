"""Accounts, and what each keeps for itself."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from xiezuo.accounts.policies import NAME_LENGTH, PATH_LENGTH

RESERVED_NAMES = ("operator", "product", "anonymous", "Xiezuo")
"""Names in the journal of who has no account."""


class User(AbstractUser):
    """One row is one person's account. Rights come from `Right`, never from Django's superuser flag or its groups.

    `person` is the person of the ledger who uses it, named by the system administrator; the person's posts give
    rights only once the security administrator has confirmed it. Neither is a foreign key: accounts lie below the
    organisation.
    """

    # In the key of every kept page, so that a saved or forgotten view is seen by the next request.
    views_edition = models.PositiveIntegerField(default=0, editable=False)
    # Likewise for a right given, ended or withdrawn.
    rights_edition = models.PositiveIntegerField(default=0, editable=False)
    commission = models.BigIntegerField(null=True, blank=True)
    person = models.BigIntegerField(null=True, blank=True, unique=True)
    person_named_by = models.TextField(default="", blank=True)
    person_confirmed_by = models.TextField(default="", blank=True)

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                name="no_superuser_and_no_staff_flag", condition=Q(is_superuser=False, is_staff=False)
            ),
            models.CheckConstraint(
                name="person_confirmed_by_another",
                condition=Q(person_confirmed_by="") | ~Q(person_confirmed_by=models.F("person_named_by")),
            ),
            # The journal writes these names for who has no account.
            models.CheckConstraint(name="names_of_no_account", condition=~Q(username__in=RESERVED_NAMES)),
        ]


class SavedView(models.Model):
    """One row is one person's own view of one list: what its address asks for, under a name; it names no day."""

    # The constraint below already has an index that leads with the user.
    user = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False)
    path = models.CharField(max_length=PATH_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH)
    query = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path", "name"], name="one_view_of_a_name")]
