"""What the door knows: its policy, second factors, tries, lock-outs, sessions, recoveries."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xiezuo.accounts.models.account import User


class WhoMust(models.TextChoices):
    """Whose log-in needs a second factor."""

    EVERYONE = "everyone", _("everyone")
    ADMINISTRATORS = "administrators", _("the three administrators")
    NOBODY = "nobody", _("nobody")


class Kind(models.TextChoices):
    """What a second factor is."""

    CARD = "card", _("Code card")
    KEY = "key", _("Hardware key")
    TOTP = "totp", _("Authenticator app")


class DoorPolicy(models.Model):
    """One row is the policy of the door, set by the security administrator; there is no second row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    second_factor = models.TextField(choices=WhoMust, default=WhoMust.EVERYONE)
    totp_allowed = models.BooleanField(default=False)
    idle_minutes = models.PositiveSmallIntegerField(default=15)
    absolute_hours = models.PositiveSmallIntegerField(default=12)
    sessions_at_once = models.PositiveSmallIntegerField(default=3)
    password_length = models.PositiveSmallIntegerField(default=12)
    password_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_policy_of_the_door", condition=Q(id=1)),
            models.CheckConstraint(
                name="limits_of_the_door",
                condition=Q(
                    idle_minutes__range=(15, 30), absolute_hours__range=(1, 12), sessions_at_once__gte=1,
                    password_length__range=(12, 128),
                ),
            ),
        ]  # fmt: skip


class PasswordState(models.Model):
    """One row is when an account's password was last set, and until when a temporary one is good."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="password_state"
    )
    set_at = models.DateTimeField()
    temporary_until = models.DateTimeField(null=True, blank=True)


class Factor(models.Model):
    """One row is one second factor of an account: a code card, a hardware key or an authenticator app.

    `secret` is sealed with the key of the home; a key's public half lies in `public`. `last_step` is the last
    counter that was accepted (step of time, signature counter): what is not above it is refused.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factors")
    kind = models.TextField(choices=Kind)
    label = models.CharField(max_length=40, blank=True)
    public = models.TextField(blank=True)
    secret = models.TextField(blank=True)
    last_step = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_card_of_an_account",
                fields=["user", "kind"],
                condition=Q(kind__in=("card", "totp"), ended_at__isnull=True, confirmed_at__isnull=False),
            ),
        ]


class CardCode(models.Model):
    """One row is one numbered code of a card; struck off with its first use."""

    card = models.ForeignKey(Factor, on_delete=models.CASCADE, related_name="codes", db_index=False)
    number = models.PositiveSmallIntegerField()
    hash = models.TextField()
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="code_once_on_a_card", fields=["card", "number"])]


class Attempt(models.Model):
    """One row is one try at the door, counted before it is judged.

    `name` is a keyed hash of the name as it is counted, for people type passwords into the wrong field. A try with
    no outcome counts as a failure until it has one.
    """

    name = models.TextField()
    address = models.TextField(blank=True)
    at = models.DateTimeField()
    stage = models.TextField()
    outcome = models.TextField(default="", blank=True)

    class Meta:
        indexes = [
            models.Index(name="attempt_of_name", fields=["name", "at"]),
            models.Index(name="attempt_from_address", fields=["address", "at"]),
        ]


class LockOut(models.Model):
    """One row is one lock-out from `since` to `until`: of a name at an address, a name elsewhere, or an address."""

    kind = models.TextField()
    name = models.TextField(blank=True)
    address = models.TextField(blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="lock_out_period", condition=Q(since__lte=F("until")))]
        indexes = [
            models.Index(name="lock_out_of_name", fields=["name", "until"]),
            models.Index(name="lock_out_of_address", fields=["address", "until"]),
        ]


class Session(AbstractBaseSession):
    """One row is one session of a browser, found by a hash of its key; without an account nobody has come in yet."""

    session_key = models.CharField(max_length=64, primary_key=True)
    account = models.BigIntegerField(null=True, blank=True, db_index=True)
    address = models.TextField(blank=True)
    agent = models.TextField(blank=True)
    factor = models.TextField(blank=True)
    started = models.DateTimeField(null=True, blank=True)
    seen = models.DateTimeField(null=True, blank=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False


class Recovery(models.Model):
    """One row is one opening for an account that lost its second factor: asked for by one, confirmed by another.

    The paper code is good once and for a day; with it the account enrols anew, and its old factors end.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recoveries")
    reason = models.TextField()
    opened_by = models.TextField()
    opened_at = models.DateTimeField()
    confirmed_by = models.TextField(default="", blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    hash = models.TextField(default="", blank=True)
    good_until = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="recovery_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="recovery_confirmed_by_another",
                condition=Q(confirmed_by="") | ~Q(confirmed_by=F("opened_by")),
            ),
        ]
