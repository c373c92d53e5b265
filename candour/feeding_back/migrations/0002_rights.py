"""Closes the tables to all but their bodies, and refuses every change of what was released."""

from django.db import migrations

from candour.database.row_security import enable

TABLES = (
    "feedback_cycle",
    "feedback_quotation",
    "feedback_digest",
    "feedback_digest_experience",
    "feedback_reply",
)
REFUSE = """
CREATE FUNCTION feedback_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what was fed back is never changed or removed',
        TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'Release a correction.';
END $$
"""


class Migration(migrations.Migration):
    """Rights, row security, and triggers that hold against everybody."""

    dependencies = [("feeding_back", "0001_digests")]

    operations = [
        *(
            operation
            for table in TABLES
            for operation in enable(table, rights=("SELECT", "INSERT"))
        ),
        migrations.RunSQL(REFUSE, "DROP FUNCTION feedback_refuses()"),
        *(
            migrations.RunSQL(
                [
                    f"CREATE TRIGGER feedback_refuses BEFORE UPDATE OR DELETE OR TRUNCATE "
                    f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION feedback_refuses()",
                    f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER feedback_refuses",
                ],
                f"DROP TRIGGER feedback_refuses ON {table}",
            )
            for table in TABLES
        ),
    ]
