"""The edition of a commission's ledger."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds `Commission.ledger_version`."""

    dependencies = [("organisation", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="commission", name="ledger_version", field=models.BigIntegerField(default=0)
        ),
    ]
