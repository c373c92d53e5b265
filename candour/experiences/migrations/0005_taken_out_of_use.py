"""Experiences may be taken out of use: no list, search or count shows those any longer.

The counts follow every change of what they count by, and the indexes hold what is in use only.
"""

from importlib import import_module

import django.contrib.postgres.indexes
from django.db import migrations, models

from candour.database.address import APP

first = import_module("candour.experiences.migrations.0002_rights_and_counts")
before = import_module("candour.experiences.migrations.0003_source_rating_linked")

# What is put in while out of use already (copied from elsewhere, say) is not counted.
COUNT_ADDED = first.COUNT.replace(
    "FROM added", "FROM (SELECT * FROM added WHERE out_since IS NULL) AS added"
)

# A trigger that sees the rows before and after cannot be confined to some columns, so it looks
# at every change and does nothing where the counts stay as they are.
COUNT_CHANGED = """
CREATE FUNCTION experience_count_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sort record;
BEGIN
    -- In one order everywhere, so that two writers at once wait for each other and never lock up.
    FOR sort IN
        WITH moved AS (
            SELECT body_id, service_name, coalesce(sentiment, 0) AS sentiment, themes, 1 AS change
            FROM later WHERE out_since IS NULL
            UNION ALL
            SELECT body_id, service_name, coalesce(sentiment, 0), themes, -1
            FROM earlier WHERE out_since IS NULL
        )
        SELECT body_id, service_name, sentiment, theme, sum(change) AS change FROM (
            SELECT body_id, service_name, sentiment, '' AS theme, change FROM moved
            UNION ALL
            SELECT body_id, service_name, sentiment, named.theme, change
            FROM moved CROSS JOIN LATERAL (SELECT DISTINCT unnest(themes) AS theme) AS named
        ) AS sorts
        GROUP BY body_id, theme, service_name, sentiment HAVING sum(change) <> 0
        ORDER BY body_id, theme, service_name, sentiment
    LOOP
        IF sort.change > 0 THEN
            INSERT INTO experience_tally (body_id, service_name, sentiment, theme, experiences)
            VALUES (sort.body_id, sort.service_name, sort.sentiment, sort.theme, sort.change)
            ON CONFLICT (body_id, theme, service_name, sentiment)
            DO UPDATE SET experiences = experience_tally.experiences + excluded.experiences;
        ELSE
            UPDATE experience_tally SET experiences = experiences + sort.change
            WHERE body_id = sort.body_id AND theme = sort.theme
            AND service_name = sort.service_name AND sentiment = sort.sentiment;
            DELETE FROM experience_tally
            WHERE body_id = sort.body_id AND theme = sort.theme
            AND service_name = sort.service_name AND sentiment = sort.sentiment
            AND experiences = 0;
        END IF;
    END LOOP;
    RETURN NULL;
END $$
"""

COUNTING_CHANGES = """
CREATE TRIGGER experience_counted_anew AFTER UPDATE ON experience
REFERENCING OLD TABLE AS earlier NEW TABLE AS later
FOR EACH STATEMENT EXECUTE FUNCTION experience_count_changed()
"""

FROM_BODY = "WHERE e.body_id = own.body_id %1$s'"
FIND = before.FIND.replace(FROM_BODY, "WHERE e.body_id = own.body_id AND e.out_since IS NULL %1$s'")

CHANGEABLE = "out_since, out_because, themes, sentiment"


def again(function: str) -> str:
    """Return a function's statement so that it may take the place of the one that is there."""
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0001_initial"),
        ("experiences", "0004_marks_and_signs"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="experience",
            name="experience_once_per_source",
        ),
        migrations.RemoveIndex(
            model_name="experience",
            name="experience_newest",
        ),
        migrations.RemoveIndex(
            model_name="experience",
            name="experience_newest_of_service",
        ),
        migrations.RemoveIndex(
            model_name="experience",
            name="experience_newest_felt",
        ),
        migrations.RemoveIndex(
            model_name="experience",
            name="experience_service",
        ),
        migrations.RemoveIndex(
            model_name="experience",
            name="experience_words",
        ),
        migrations.RemoveIndex(
            model_name="experience",
            name="experience_themes",
        ),
        migrations.RemoveIndex(
            model_name="experience",
            name="experience_newest_rated",
        ),
        migrations.AddField(
            model_name="experience",
            name="out_because",
            field=models.TextField(
                blank=True,
                choices=[
                    ("import_undone", "The import that brought it was undone"),
                    ("withdrawn", "The person withdrew it"),
                    ("duplicate", "It is held twice"),
                ],
                db_default="",
                default="",
            ),
        ),
        migrations.AddField(
            model_name="experience",
            name="out_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="experience",
            index=models.Index(
                models.F("body"),
                models.OrderBy(models.F("listed_on"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("out_since__isnull", True)),
                name="experience_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="experience",
            index=models.Index(
                models.F("body"),
                models.F("service_name"),
                models.OrderBy(models.F("listed_on"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("out_since__isnull", True)),
                name="experience_newest_of_service",
            ),
        ),
        migrations.AddIndex(
            model_name="experience",
            index=models.Index(
                models.F("body"),
                models.F("sentiment"),
                models.OrderBy(models.F("listed_on"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("out_since__isnull", True)),
                name="experience_newest_felt",
            ),
        ),
        migrations.AddIndex(
            model_name="experience",
            index=models.Index(
                models.F("body"),
                models.F("rating"),
                models.OrderBy(models.F("listed_on"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("out_since__isnull", True)),
                name="experience_newest_rated",
            ),
        ),
        migrations.AddIndex(
            model_name="experience",
            index=models.Index(
                condition=models.Q(("service__isnull", False), ("out_since__isnull", True)),
                fields=["service"],
                name="experience_service",
            ),
        ),
        migrations.AddIndex(
            model_name="experience",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("out_since__isnull", True)),
                fields=["words"],
                name="experience_words",
            ),
        ),
        migrations.AddIndex(
            model_name="experience",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("out_since__isnull", True)),
                fields=["themes"],
                name="experience_themes",
            ),
        ),
        migrations.AddConstraint(
            model_name="experience",
            constraint=models.UniqueConstraint(
                condition=models.Q(("out_because", "import_undone"), _negated=True),
                fields=("body", "source", "source_ref"),
                name="experience_once_per_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="experience",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("out_because", ""), ("out_since__isnull", True)),
                    models.Q(
                        ("out_since__isnull", False),
                        ("out_because__in", ["import_undone", "withdrawn", "duplicate"]),
                    ),
                    _connector="OR",
                ),
                name="experience_out_for_a_reason",
            ),
        ),
        migrations.RunSQL(
            f"GRANT UPDATE ({CHANGEABLE}) ON experience TO {APP}",
            f"REVOKE UPDATE ({CHANGEABLE}) ON experience FROM {APP}",
        ),
        migrations.RunSQL(again(COUNT_ADDED), again(first.COUNT)),
        migrations.RunSQL(COUNT_CHANGED, "DROP FUNCTION experience_count_changed()"),
        migrations.RunSQL(COUNTING_CHANGES, "DROP TRIGGER experience_counted_anew ON experience"),
        migrations.RunSQL(again(FIND), again(before.FIND)),
    ]
