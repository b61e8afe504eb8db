"""Tables of the notices: what was told to whom, and the secret addresses of calendars."""

from django.db import models
from django.db.models import Q

from xiezuo.home.notices.states import TASKS, Because, NoticeKind


class Notice(models.Model):
    """One row is one notice to one account: what happened, why it comes to this account, and when it was dealt with.

    It points (`about` is the printed number, `subject` the row of the matter) and holds nothing of a matter, not even
    its title: a notice stays readable after the right to read the matter is gone. `day` marks the one daily notice.
    """

    account = models.BigIntegerField()
    commission = models.BigIntegerField(null=True, blank=True)
    kind = models.TextField(choices=NoticeKind)
    because = models.TextField(choices=Because)
    matter = models.TextField(default="", blank=True)
    about = models.TextField(default="", blank=True)
    subject = models.BigIntegerField(null=True, blank=True)
    particulars = models.JSONField(default=dict, blank=True)
    day = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # Told once as long as it is open: what is told again comes up again instead of standing twice.
            models.UniqueConstraint(
                name="notice_open_once",
                fields=["account", "kind", "subject"],
                condition=Q(done_at__isnull=True, subject__isnull=False),
            ),
            models.UniqueConstraint(
                name="daily_notice_once", fields=["account", "day"], condition=Q(day__isnull=False)
            ),
            models.CheckConstraint(
                name="daily_notice_has_its_day", condition=Q(kind=NoticeKind.DAILY) ^ Q(day__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                name="notice_open", fields=["account", "-made_at"], condition=Q(done_at__isnull=True)
            ),
            models.Index(name="notice_of_account", fields=["account", "-made_at", "-id"]),
            models.Index(name="notice_about", fields=["subject", "kind"], condition=Q(done_at__isnull=True)),
        ]

    @property
    def is_task(self) -> bool:
        """Whether only the thing itself clears it."""
        return self.kind in TASKS


class CalendarFeed(models.Model):
    """One row is one secret address at which an account's own deadlines can be read as a calendar, until it is ended.

    Of the address only a keyed hash is kept; the address itself was shown once.
    """

    account = models.BigIntegerField()
    hash = models.TextField(unique=True)
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_calendar_of_an_account", fields=["account"], condition=Q(ended_at__isnull=True)
            ),
        ]
