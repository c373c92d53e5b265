"""Lets what entries say be written by the statement that records them."""

from importlib import import_module

from django.db import migrations

EARLIER = import_module("candour.cases.migrations.0007_record_unlocked")

# What entries say goes along: a statement of its own would be sent, read and planned each time.
KEPT = """
    IF cardinality(said_gone) > 0 THEN
        DELETE FROM case_words WHERE case_id = the_case AND entry = ANY (said_gone);
    END IF;
    IF said IS NOT NULL THEN
        INSERT INTO case_words (
            case_id, body_id, name, entry, sort, kind, happened_at, kept, said
        )
        SELECT the_case, the_body, w.* FROM jsonb_to_recordset(said) AS w (
            name text, entry uuid, sort text, kind text, happened_at timestamptz, kept boolean,
            said text
        )
        ON CONFLICT (case_id, name) DO UPDATE SET
            entry = excluded.entry, sort = excluded.sort, kind = excluded.kind,
            happened_at = excluded.happened_at, kept = excluded.kept, said = excluded.said;
    END IF;
"""
SIGNED = "last_settled timestamptz\n)"
ENDS = "    RETURN NULL;\nEXCEPTION"
RECORD = EARLIER.RECORD.replace(
    SIGNED, "last_settled timestamptz, said jsonb, said_gone uuid[]\n)"
).replace(ENDS, KEPT.lstrip("\n") + ENDS)
SIGNATURE = EARLIER.SIGNATURE.replace("timestamptz)", "timestamptz, jsonb, uuid[])")


class Migration(migrations.Migration):
    """The one way in which cases are written, with the words that a search finds."""

    dependencies = [("cases", "0013_came_in")]

    operations = [
        migrations.RunSQL(
            f"DROP FUNCTION {EARLIER.SIGNATURE}",
            [
                EARLIER.RECORD,
                f"REVOKE ALL ON FUNCTION {EARLIER.SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {EARLIER.SIGNATURE} TO candour_app",
            ],
        ),
        migrations.RunSQL(
            [
                RECORD,
                f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO candour_app",
            ],
            f"DROP FUNCTION {SIGNATURE}",
        ),
    ]
