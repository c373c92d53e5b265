"""Finds the turns of somebody with an account, whichever case they are in."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """One index."""

    dependencies = [("signing", "0003_letters_known")]

    operations = [
        migrations.AddIndex(
            model_name="signatory",
            index=models.Index(
                fields=["user"],
                name="signing_signatory_account",
                condition=Q(user__isnull=False),
            ),
        ),
    ]
