"""What a person chose and was told is theirs alone; the worker hears whom to look at, no more."""

from django.db import migrations

from candour.database.row_security import PERSON, enable

OWN = f"person_id = {PERSON}"
DUE = """
CREATE FUNCTION reminders_due(as_of timestamptz, at_most integer)
RETURNS TABLE (person_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    (SELECT c.person_id FROM reminder_choice c
     WHERE c.look_at <= as_of ORDER BY c.look_at LIMIT at_most)
    UNION ALL
    (SELECT u.id FROM people_user u
     WHERE u.is_active AND NOT EXISTS (SELECT 1 FROM reminder_choice c WHERE c.person_id = u.id)
       AND EXISTS (SELECT 1 FROM people_post p WHERE p.user_id = u.id)
     LIMIT at_most)
$$
"""
SIGNATURE = "reminders_due(timestamptz, integer)"


class Migration(migrations.Migration):
    """Row security, rights, and the worker's one question across people."""

    dependencies = [("reminders", "0001_initial"), ("people", "0003_site_cache")]

    operations = [
        *enable("reminder_choice", using=OWN, rights=("SELECT", "INSERT", "UPDATE")),
        *enable("reminder_digest", using=OWN, rights=("SELECT", "INSERT")),
        *enable("reminder_told", using=OWN, rights=("SELECT", "INSERT")),
        migrations.RunSQL(
            [
                DUE,
                f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO candour_app",
            ],
            f"DROP FUNCTION {SIGNATURE}",
        ),
    ]
