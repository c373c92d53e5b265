"""Finds the letters that wait for a second person's yes."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """One index."""

    dependencies = [("letters", "0002_as_sent")]

    operations = [
        migrations.AddIndex(
            model_name="letterdraft",
            index=models.Index(
                fields=["body", "asked_at"],
                name="letter_draft_to_approve",
                condition=Q(
                    asked_by__isnull=False, approved_by__isnull=True, set_aside_at__isnull=True
                ),
            ),
        ),
    ]
