"""Lets no setting of a session keep what is drawn of a case from going along with it."""

from django.db import migrations


class Migration(migrations.Migration):
    """The trigger fires whatever a session says of itself, as the others of the table do."""

    dependencies = [("cases", "0016_registers")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE case_file ENABLE ALWAYS TRIGGER case_registers_follow",
            "ALTER TABLE case_file ENABLE TRIGGER case_registers_follow",
        )
    ]
