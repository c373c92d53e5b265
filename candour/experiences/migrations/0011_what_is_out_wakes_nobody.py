"""What is out of use wakes nobody, and a file that waits too long is found whoever sends another."""

from importlib import import_module

from django.db import migrations

from candour.database.address import APP

before = import_module("candour.experiences.migrations.0004_marks_and_signs")

UNSEEN = """
CREATE OR REPLACE FUNCTION safeguarding_unseen(as_of timestamptz, most integer)
RETURNS TABLE (sign_id bigint, sign_body bigint) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT s.id, s.body_id FROM experience_sign s JOIN experience e ON e.id = s.experience_id
    WHERE s.state = 'waiting' AND s.escalated_at IS NULL AND s.look_by <= as_of
    AND e.out_since IS NULL
    ORDER BY s.look_by, s.id LIMIT most
$$
"""
# The worker may not look into what bodies hold: it is told who has a file that waited too long.
LATE = """
CREATE FUNCTION experience_files_late(as_of timestamptz)
RETURNS TABLE (late_body bigint) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT DISTINCT body_id FROM experience_file
    WHERE expires_at <= as_of AND pieces > 0 AND state NOT IN ('checking', 'taking')
$$
"""
SIGNATURE = "experience_files_late(timestamptz)"


class Migration(migrations.Migration):
    """Two questions of the worker's."""

    dependencies = [("experiences", "0010_signs_told")]

    operations = [
        migrations.RunSQL(
            UNSEEN, before.UNSEEN.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        ),
        migrations.RunSQL(LATE, f"DROP FUNCTION {SIGNATURE}"),
        migrations.RunSQL(
            [
                f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO {APP}",
            ],
            migrations.RunSQL.noop,
        ),
    ]
