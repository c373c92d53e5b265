"""What members of the public write by mail is sealed as it came, and goes with a word in the log."""

from importlib import import_module

from django.db import migrations, models

closed = import_module("candour.sealing.migrations.0002_closed")
BEFORE = closed.GOES_WITH_A_WORD.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
GOES_WITH_A_WORD = BEFORE.replace("('person', 'words')", "('person', 'words', 'letter')")


class Migration(migrations.Migration):
    """One more purpose, opened by people."""

    dependencies = [
        ('sealing', '0003_waiting_files'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sealedevent',
            name='purpose',
            field=models.TextField(choices=[('person', 'Who somebody is and how to reach them'), ('words', 'The words as they were given'), ('mail', 'A message to a member of the public'), ('file', 'A file that waits to be taken in'), ('letter', 'A message from a member of the public, as it came')]),
        ),
        migrations.AlterField(
            model_name='sealedidentity',
            name='purpose',
            field=models.TextField(choices=[('person', 'Who somebody is and how to reach them'), ('words', 'The words as they were given'), ('mail', 'A message to a member of the public'), ('file', 'A file that waits to be taken in'), ('letter', 'A message from a member of the public, as it came')]),
        ),
        migrations.RunSQL(GOES_WITH_A_WORD, BEFORE),
    ]
