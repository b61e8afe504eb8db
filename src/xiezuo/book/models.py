"""Tables of the loads: who loaded which book, and what a county's own words mean."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Load(models.Model):
    """One row is one load of a book into the ledger of one commission; ledger rows name it in `load`.

    `counts` says per sheet how many rows it added, ended, changed and left; `before` keeps what the commission's own
    particulars were, so that the load can be withdrawn as one act.
    """

    commission = models.ForeignKey("organisation.Commission", on_delete=models.PROTECT, related_name="loads")
    file_name = models.TextField(_("file"))
    sha256 = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    kept_until = models.DateField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.TextField(default="", blank=True)
    withdrawn_because = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(name="load_of_commission", fields=["commission", "-id"])]

    def __str__(self) -> str:
        return self.file_name


class Draft(models.Model):
    """One row is one uploaded book that waits for the user's confirmation; its file is kept for at most seven days.

    `result` is what loading it would do, or the words that refused the file.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CHECKING = "checking", _("checking")
        CHECKED = "checked", _("checked")
        LOADING = "loading", _("loading")
        LOADED = "loaded", _("loaded")

    file_name = models.TextField(_("file"))
    stored_as = models.TextField()
    sha256 = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    state = models.TextField(choices=State, default=State.WAITING)
    result = models.JSONField(default=dict)


class WordMapping(models.Model):
    """One row says once what a county's own word in a column of the book means in the ledger's words."""

    commission_code = models.TextField()
    column = models.TextField()
    word = models.TextField()
    meaning = models.TextField()
    at = models.DateTimeField()
    by = models.TextField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="word_mapped_once",
                fields=["commission_code", "column", "word"],
                condition=Q(ended_at__isnull=True),
            )
        ]


class Correction(models.Model):
    """One row is one proposal to correct what the ledger says of a post, or to strike it, and what became of it.

    `before` is what the ledger said then, `changes` new values of its fields: units by number, days in ISO; a proposal to
    strike has no changes. It is decided by the approval; of one post only one proposal is open.
    """

    class Outcome(models.TextChoices):
        APPLIED = "applied", _("entered into the ledger")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    commission = models.ForeignKey(
        "organisation.Commission", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    assignment = models.ForeignKey(
        "organisation.Assignment", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    before = models.JSONField()
    changes = models.JSONField(default=dict)
    strikes = models.BooleanField(default=False)
    reason = models.TextField()
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    approval = models.BigIntegerField(null=True, blank=True)
    outcome = models.TextField(choices=[("", ""), *Outcome.choices], default="", blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="correction_of_post_once", fields=["assignment"], condition=Q(outcome="")
            ),
            models.CheckConstraint(
                name="correction_says_why", condition=~Q(reason="") & (Q(strikes=True) ^ ~Q(changes={}))
            ),
        ]
        indexes = [models.Index(name="correction_of_approval", fields=["approval"])]
