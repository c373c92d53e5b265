"""Nobody but the owner may hang the function that moves the end of a log on a table.

It runs as the owner. Whoever may run it may make it the trigger of a temporary table, and there
give it any case they like; the trigger of the log itself asks for no such right.
"""

from django.db import migrations


class Migration(migrations.Migration):
    """Closes a trigger's function to all but the owner."""

    dependencies = [("cases", "0004_record")]

    operations = [
        migrations.RunSQL(
            "REVOKE ALL ON FUNCTION case_entry_moves_head() FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION case_entry_moves_head() TO PUBLIC",
        )
    ]
