"""Lets no setting of a session keep a case's words from going along with it."""

from django.db import migrations


class Migration(migrations.Migration):
    """The trigger fires whatever a session says of itself, as the others of the table do."""

    dependencies = [("cases", "0014_record_words")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE case_file ENABLE ALWAYS TRIGGER case_words_handed",
            "ALTER TABLE case_file ENABLE TRIGGER case_words_handed",
        )
    ]
