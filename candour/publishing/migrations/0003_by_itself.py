"""A line that was taken down by itself says so, and every public line can be asked for by itself."""

from importlib import import_module

from django.db import migrations, models

# As before, with the number of its entry, by which a line has a page of its own.
LINES = "json_agg(l.values ORDER BY l.sorts_on DESC, l.id DESC)"
NUMBERED = (
    "json_agg(l.values || jsonb_build_object('line', l.subject) ORDER BY l.sorts_on DESC, l.id DESC)"
)

BEFORE = import_module("candour.publishing.migrations.0002_what_is_public").PUBLIC
ANEW = BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    """A column, and the public's question told anew."""

    dependencies = [("publishing", "0002_what_is_public")]

    operations = [
        migrations.AddField("publishedline", "itself", models.BooleanField(default=False)),
        migrations.RunSQL(
            ANEW.replace(LINES, NUMBERED),
            ANEW,
        ),
    ]
