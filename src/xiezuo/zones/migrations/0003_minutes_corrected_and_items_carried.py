"""Minutes say when and why they were corrected; an item that was not done is taken up by the next meeting."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("zones", "0002_plans_joinings_meetings")]

    operations = [
        migrations.AddField("zonemeeting", "corrections", models.JSONField(blank=True, default=list)),
        migrations.AddField(
            "agendaitem",
            "carried_from",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried_to",
                to="zones.agendaitem",
            ),
        ),
    ]
