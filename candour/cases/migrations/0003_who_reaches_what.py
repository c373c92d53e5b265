"""Closes the tables to all but the bodies that lead a case or share it, and says who may write."""

from django.db import migrations

from candour.database.row_security import BODIES, enable, within_bodies

SHARED = f"shared_with && {BODIES}::bigint[]"
CASE = f"({within_bodies('body_id')} OR {SHARED})"
# The second half is asked only of rows that another body leads, and then once a statement.
DRAWN = f"({within_bodies('body_id')} OR case_id IN (SELECT id FROM case_file WHERE {SHARED}))"
ENTRY = "EXISTS (SELECT 1 FROM case_file WHERE case_file.id = case_id)"
DRAWN_TABLES = ("case_duty", "case_restriction", "case_suggestion", "case_experience")

# What the log comes to. Not: whose the case is, its number, its procedure, or the end of its log.
CHANGING = "title, step, closed_at, settled_at, next_change, live_key"

NEXT_NUMBER = """
CREATE FUNCTION case_next_number(a_prefix text, a_year integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO case_number (prefix, year, last) VALUES (a_prefix, a_year, 1)
    ON CONFLICT (prefix, year) DO UPDATE SET last = case_number.last + 1
    RETURNING last
$$
"""

# A body that is about to open a case must hear of one that another body leads already (CV-14).
LIVE_CASE = """
CREATE FUNCTION case_live(a_key text)
RETURNS TABLE (case_id bigint, ref text, body_id bigint, body_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.id, c.ref, b.id, b.name FROM case_file c JOIN bodies_body b ON b.id = c.body_id
    WHERE c.live_key = a_key
$$
"""

# The sweep learns which cases to wake and for whom to act, and nothing else about them.
DUE_WAKEUPS = """
CREATE FUNCTION due_wakeups(as_of timestamptz, at_most integer)
RETURNS TABLE (case_id bigint, body_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.id, c.body_id FROM case_file c
    WHERE c.next_change <= as_of ORDER BY c.next_change LIMIT at_most
$$
"""

FUNCTIONS = {
    "case_next_number(text, integer)": NEXT_NUMBER,
    "case_live(text)": LIVE_CASE,
    "due_wakeups(timestamptz, integer)": DUE_WAKEUPS,
}


class Migration(migrations.Migration):
    """Row security, rights, and the three questions that reach across bodies."""

    dependencies = [("cases", "0002_append_only")]

    operations = [
        *enable("case_file", using=CASE, rights=("SELECT", "INSERT")),
        migrations.RunSQL(
            [
                f"GRANT UPDATE ({CHANGING}) ON case_file TO candour_app",
                "CREATE POLICY case_file_opens ON case_file AS RESTRICTIVE FOR INSERT "
                f"TO candour_app WITH CHECK ({within_bodies('body_id')})",
                "CREATE POLICY case_file_head ON case_file FOR UPDATE TO candour_owner USING (true)",
            ],
            [
                "DROP POLICY case_file_head ON case_file",
                "DROP POLICY case_file_opens ON case_file",
                f"REVOKE UPDATE ({CHANGING}) ON case_file FROM candour_app",
            ],
        ),
        *enable("case_entry", using=ENTRY, rights=("SELECT", "INSERT")),
        *(step for table in DRAWN_TABLES for step in enable(table, using=DRAWN)),
        migrations.RunSQL(
            "REVOKE ALL ON case_number FROM candour_app",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON case_number TO candour_app",
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
