"""Closes the tables to all but those they are for, and has the log itself say what waits."""

from django.db import migrations

from candour.database.row_security import PERSON, enable

CASE = "EXISTS (SELECT 1 FROM case_file WHERE case_file.id = case_id)"
OWN = f"person_id = {PERSON}"

# Written with the entry, in its transaction, whoever writes it: what is to be sent is never behind
# by more than a worker's sweep, and never ahead of what was kept.
WAITING = """
CREATE TABLE calendar_waiting (
    case_id bigint PRIMARY KEY REFERENCES case_file (id) ON DELETE CASCADE,
    seq integer NOT NULL
)
"""
KINDS = (
    "'meeting_called', 'correction_made', 'meeting_opened', 'meeting_held', 'message_received', "
    "'procedure_changed', 'case_closed', 'case_reopened'"
)
WAITS = """
CREATE FUNCTION calendar_entry_waits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO calendar_waiting (case_id, seq) VALUES (NEW.case_id, NEW.seq)
    ON CONFLICT (case_id) DO UPDATE SET seq = greatest(calendar_waiting.seq, excluded.seq);
    RETURN NULL;
END $$
"""
TRIGGER = f"""
CREATE TRIGGER calendar_entry_waits AFTER INSERT ON case_entry
FOR EACH ROW WHEN (NEW.kind IN ({KINDS})) EXECUTE FUNCTION calendar_entry_waits()
"""
# The worker learns which cases wait and for whom to act, and nothing else about them.
ASKED = """
CREATE FUNCTION calendar_cases_waiting(at_most integer)
RETURNS TABLE (case_id bigint, body_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT w.case_id, c.body_id FROM calendar_waiting w JOIN case_file c ON c.id = w.case_id
    ORDER BY w.case_id LIMIT at_most
$$
"""
SEEN = """
CREATE FUNCTION calendar_case_seen(the_case bigint, up_to integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM calendar_waiting WHERE case_id = the_case AND seq <= up_to
$$
"""
# A feed is asked for without signing in: the hash of its secret is all that is known of the asker.
FEED = """
CREATE FUNCTION calendar_feed_of(the_hash bytea)
RETURNS TABLE (person_id bigint, meetings text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT f.person_id, f.meetings FROM calendar_feed f
    WHERE f.secret_hash = the_hash AND f.revoked_at IS NULL
$$
"""
FUNCTIONS = {
    "calendar_cases_waiting(integer)": ASKED,
    "calendar_case_seen(bigint, integer)": SEEN,
    "calendar_feed_of(bytea)": FEED,
}


class Migration(migrations.Migration):
    """Row security, rights, and the questions that reach across bodies."""

    dependencies = [("calendars", "0001_initial"), ("cases", "0010_handing_over")]

    operations = [
        *enable("calendar_meeting", using=CASE),
        *enable("calendar_invitation", using=CASE, rights=("SELECT", "INSERT")),
        *enable("calendar_answer", using=CASE, rights=("SELECT", "INSERT")),
        *enable("calendar_feed", using=OWN, rights=("SELECT", "INSERT")),
        migrations.RunSQL(
            [
                "GRANT UPDATE (meetings, revoked_at) ON calendar_feed TO candour_app",
                "REVOKE ALL ON calendar_feed FROM candour_auditor",
                "GRANT SELECT (id, person_id, meetings, made_at, revoked_at) ON calendar_feed "
                "TO candour_auditor",
            ],
            "REVOKE UPDATE (meetings, revoked_at) ON calendar_feed FROM candour_app",
        ),
        migrations.RunSQL(
            [WAITING, "REVOKE ALL ON calendar_waiting FROM PUBLIC, candour_app, candour_auditor"],
            "DROP TABLE calendar_waiting",
        ),
        migrations.RunSQL(
            [
                WAITS,
                "REVOKE ALL ON FUNCTION calendar_entry_waits() FROM PUBLIC",
                TRIGGER,
                "ALTER TABLE case_entry ENABLE ALWAYS TRIGGER calendar_entry_waits",
            ],
            [
                "DROP TRIGGER calendar_entry_waits ON case_entry",
                "DROP FUNCTION calendar_entry_waits()",
            ],
        ),
        *(
            migrations.RunSQL(
                [
                    sql,
                    f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
                    f"GRANT EXECUTE ON FUNCTION {name} TO candour_app",
                ],
                f"DROP FUNCTION {name}",
            )
            for name, sql in FUNCTIONS.items()
        ),
    ]
