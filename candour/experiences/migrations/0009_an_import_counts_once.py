"""An import puts its rows in by many statements, and counts them once, when it has put in the last.

Counted by each statement, the counts would be held from an import's first row to its last, and
whoever tells the same body something meanwhile would wait for it.
"""

from importlib import import_module

from django.db import migrations

before = import_module("candour.experiences.migrations.0005_taken_out_of_use")

COUNT_ADDED = before.again(before.COUNT_ADDED).replace(
    "BEGIN\n",
    "BEGIN\n    IF current_setting('candour.counting', true) = 'later' THEN RETURN NULL; END IF;\n",
    1,
)
COUNT_IMPORT = (
    before.COUNT_ADDED.replace(
        "experience_count_added() RETURNS trigger",
        "experience_count_import(batch bigint) RETURNS void",
    )
    .replace(
        "SELECT * FROM added WHERE",
        "SELECT body_id, service_name, sentiment, themes FROM experience WHERE batch_id = batch AND",
    )
    .replace("RETURN NULL;", "RETURN;")
)


class Migration(migrations.Migration):
    """The same counts, at another moment."""

    dependencies = [("experiences", "0008_cleaned_and_erased")]

    operations = [
        migrations.RunSQL(COUNT_ADDED, before.again(before.COUNT_ADDED)),
        migrations.RunSQL(COUNT_IMPORT, "DROP FUNCTION experience_count_import(bigint)"),
    ]
