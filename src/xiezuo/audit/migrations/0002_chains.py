"""Entries are chained. Those that stand already keep their order and become the first of their chains."""

import uuid

import django.contrib.postgres.indexes
import django.db.models.expressions
from django.db import migrations, models

from xiezuo.audit.canonical import NOTHING_BEFORE, entry_bytes, plain
from xiezuo.audit.hashing import hash_hex, hash_in_use

AT_ONCE = 5_000


def chain_what_stands(apps, schema_editor):
    """Give every entry its place, the hash before it and its own."""
    alias = schema_editor.connection.alias
    instance = apps.get_model("audit", "Instance").objects.using(alias).create().id
    entries = apps.get_model("audit", "Entry").objects.using(alias)
    for chain in entries.order_by("chain").values_list("chain", flat=True).distinct():
        sequence, previous = chain_one(entries.filter(chain=chain).order_by("id"), instance, entries)
        apps.get_model("audit", "Chain").objects.using(alias).create(code=chain, sequence=sequence, hash=previous)


def chain_one(own, instance, entries):
    """The number and the hash of the chain's last entry."""
    algorithm, previous, sequence, changed = hash_in_use(), NOTHING_BEFORE, 0, []
    for sequence, entry in enumerate(own.iterator(AT_ONCE), 1):
        entry.sequence, entry.previous, entry.instance, entry.algorithm = sequence, previous, instance, algorithm
        entry.details = plain(entry.details)
        entry.hash = previous = hash_hex(algorithm, entry_bytes(vars(entry)))
        changed.append(entry)
        if len(changed) == AT_ONCE:
            keep(entries, changed)
            changed = []
    keep(entries, changed)
    return sequence, previous


def keep(entries, changed):
    """Write a batch."""
    names = ["sequence", "previous", "instance", "algorithm", "details", "hash"]
    entries.bulk_update(changed, names, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Instance",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("code", models.TextField(primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField(default=0)),
                ("hash", models.TextField()),
            ],
        ),
        migrations.RemoveIndex("Entry", "entry_of_commission"),
        migrations.RenameField("Entry", "commission_code", "chain"),
        migrations.AddField("Entry", "sequence", models.BigIntegerField(null=True)),
        migrations.AddField("Entry", "origin", models.TextField(blank=True, default="")),
        migrations.AddField("Entry", "unit", models.TextField(blank=True, default="")),
        migrations.AddField("Entry", "result", models.TextField(default="done")),
        migrations.AddField("Entry", "before", models.JSONField(blank=True, null=True)),
        migrations.AddField("Entry", "after", models.JSONField(blank=True, null=True)),
        migrations.AddField("Entry", "instance", models.UUIDField(null=True)),
        migrations.AddField("Entry", "algorithm", models.TextField(default="")),
        migrations.AddField("Entry", "previous", models.TextField(default="")),
        migrations.AddField("Entry", "hash", models.TextField(default="")),
        migrations.RunPython(chain_what_stands, migrations.RunPython.noop, elidable=False),
    ]
