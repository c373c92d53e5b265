"""A message knows what the log calls whoever gets it, where the log must not name them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("mail", "0004_received_own_rows")]

    operations = [
        migrations.AddField("mailmessage", "in_log", models.TextField(blank=True, default=""), preserve_default=False),
    ]
