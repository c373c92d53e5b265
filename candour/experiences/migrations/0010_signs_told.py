"""Signs of which somebody was told by mail as they came in, and whose are still to be told."""

from django.db import migrations, models

from candour.database.address import APP

# What came in before there were such mails counts as told: it stands on My day, and nobody is to be
# woken by it once more. Its rows are closed to an UPDATE of the owner's, so a default fills them.
TOLD = [
    "ALTER TABLE experience_sign ADD COLUMN told_at timestamptz DEFAULT now()",
    "ALTER TABLE experience_sign ALTER COLUMN told_at DROP DEFAULT",
]
INDEX = """
CREATE INDEX experience_sign_untold ON experience_sign (body_id)
WHERE told_at IS NULL AND state = 'waiting' AND escalated_at IS NULL
"""
# The worker may not look into what bodies hold: it is told which of them have something to tell.
UNTOLD = """
CREATE FUNCTION safeguarding_untold()
RETURNS TABLE (sign_body bigint) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT DISTINCT s.body_id FROM experience_sign s JOIN experience e ON e.id = s.experience_id
    WHERE s.told_at IS NULL AND s.state = 'waiting' AND s.escalated_at IS NULL
    AND e.out_since IS NULL
$$
"""


class Migration(migrations.Migration):
    """A column, an index for what is asked every few seconds, and that question."""

    dependencies = [("experiences", "0009_an_import_counts_once")]

    operations = [
        migrations.RunSQL(
            TOLD,
            "ALTER TABLE experience_sign DROP COLUMN told_at",
            state_operations=[
                migrations.AddField("experiencesign", "told_at", models.DateTimeField(null=True)),
                migrations.AddIndex(
                    "experiencesign",
                    models.Index(
                        fields=["body"],
                        name="experience_sign_untold",
                        condition=models.Q(
                            state="waiting", told_at__isnull=True, escalated_at__isnull=True
                        ),
                    ),
                ),
            ],
        ),
        migrations.RunSQL(INDEX, "DROP INDEX experience_sign_untold"),
        migrations.RunSQL(UNTOLD, "DROP FUNCTION safeguarding_untold()"),
        migrations.RunSQL(
            [
                "REVOKE ALL ON FUNCTION safeguarding_untold() FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION safeguarding_untold() TO {APP}",
            ],
            migrations.RunSQL.noop,
        ),
    ]
