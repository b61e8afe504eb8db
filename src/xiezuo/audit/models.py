"""The journal: entries in chains, the tip of each chain, heads signed from time to time, the keys of the signatures.

No table has foreign keys, so that the journal outlives whatever it speaks of.
"""

import uuid

from django.contrib.postgres.indexes import BrinIndex, OpClass
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class Instance(models.Model):
    """One row is this installation: a number that no other has, so that entries of one cannot pass for another's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)


class Chain(models.Model):
    """One row is the tip of one chain: a commission's, or with an empty code the installation's own.

    `hash` is that of its last entry, `previous` that of the entry before it.
    """

    code = models.TextField(primary_key=True)
    sequence = models.BigIntegerField(default=0)
    previous = models.TextField(default="", blank=True)
    hash = models.TextField()


class Entry(models.Model):
    """One row is one act: who did what, when, from where, on what, with which result. Appended, never changed.

    `hash` is taken of all other columns but `id`, the hash of the entry before it among them.
    """

    chain = models.TextField(_("chain"), default="", blank=True)
    sequence = models.BigIntegerField(_("number"))
    at = models.DateTimeField(_("time"))
    actor = models.TextField(_("who"))
    origin = models.TextField(_("from where"), default="", blank=True)
    unit = models.TextField(_("unit"), default="", blank=True)
    act = models.TextField(_("act"))
    target = models.TextField(_("on what"), default="", blank=True)
    result = models.TextField(_("result"), default="done")
    before = models.JSONField(_("before"), null=True, blank=True)
    after = models.JSONField(_("after"), null=True, blank=True)
    details = models.JSONField(_("details"), default=dict)
    instance = models.UUIDField()
    algorithm = models.TextField()
    previous = models.TextField()
    hash = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(name="entry_once_in_chain", fields=["chain", "sequence"])]
        indexes = [
            models.Index(OpClass("target", "text_pattern_ops"), F("chain"), name="entry_on_target"),
            models.Index(name="entry_by_actor", fields=["actor", "id"]),
            # Entries come in the order of time: a few bytes for each block of rows find a range of days.
            BrinIndex(name="entry_by_time", fields=["at"], autosummarize=True),
        ]


class Key(models.Model):
    """One row is one key that heads were or are signed with: its public half, announced by an entry of the journal."""

    id = models.TextField(primary_key=True)
    algorithm = models.TextField()
    public = models.TextField()
    at = models.DateTimeField()


class Head(models.Model):
    """One row is one signature: at this time this chain ended with this entry. Appended, never changed.

    `number` counts all heads of the installation and `previous` is the hash of the one before it with its signature, so that
    one that was taken away is missed, and the last signature vouches for all.
    """

    number = models.BigIntegerField(primary_key=True)
    previous = models.TextField()
    chain = models.TextField()
    sequence = models.BigIntegerField()
    hash = models.TextField()
    at = models.DateTimeField()
    algorithm = models.TextField()
    instance = models.UUIDField()
    signed_with = models.TextField()
    key_id = models.TextField()
    signature = models.TextField()

    class Meta:
        indexes = [models.Index(name="head_of_chain", fields=["chain", "-sequence"])]
