"""Whoever it concerns is told once that zones act as one, that they part, and that they have parted."""

import django.contrib.postgres.fields
from django.db import migrations, models


def _told() -> models.Field:
    return django.contrib.postgres.fields.ArrayField(models.TextField(), blank=True, default=list)


class Migration(migrations.Migration):
    dependencies = [("zones", "0004_earlier_versions_of_plans")]

    operations = [
        migrations.AddField("joining", "told", _told()),
        migrations.AddField("authorisation", "told", _told()),
    ]
