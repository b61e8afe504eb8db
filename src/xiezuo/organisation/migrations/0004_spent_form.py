"""Confirmed forms, so that none is counted twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds `SpentForm`."""

    dependencies = [("organisation", "0003_days_once")]

    operations = [
        migrations.CreateModel(
            name="SpentForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                ("account", models.BigIntegerField()),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
