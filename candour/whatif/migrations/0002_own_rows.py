"""Closes what a body asked to all others."""

from django.db import migrations

from candour.database.row_security import enable


class Migration(migrations.Migration):
    """Row security."""

    dependencies = [("whatif", "0001_initial")]

    operations = enable("what_if")
