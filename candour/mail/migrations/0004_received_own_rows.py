"""Closes what came in to all but its body, and lets the worker ask whose a message is."""

from django.db import migrations

from candour.database.row_security import enable

ADDED_ONLY = ("SELECT", "INSERT")
# Where a message was filed; not who sent it, nor what it says.
FILING = "place, unfiled, case_id, entry_id, filed_at, filed_by_id"

CASE_CALLED = """
CREATE FUNCTION mail_case_called(a_ref text) RETURNS TABLE (case_id bigint, body_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.id, c.body_id FROM case_file c WHERE c.ref = a_ref
$$
"""
OURS = """
CREATE FUNCTION mail_ours(numbers bigint[], message_ids text[])
RETURNS TABLE (message_id bigint, body_id bigint, case_id bigint, entry_id uuid, to_email text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT m.id, m.body_id, m.case_id, m.entry_id, m.to_email FROM mail_message m
    WHERE m.id = ANY (numbers) OR m.message_id = ANY (message_ids) ORDER BY m.id DESC LIMIT 20
$$
"""
KEEPER = """
CREATE FUNCTION mail_keeper(a_slug text) RETURNS TABLE (body_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT b.id FROM bodies_body b
    WHERE CASE WHEN a_slug = '' THEN EXISTS (SELECT FROM people_post p WHERE p.body_id = b.id)
               ELSE b.slug = a_slug END
    ORDER BY b.id LIMIT 2
$$
"""
FUNCTIONS = {
    "mail_case_called(text)": CASE_CALLED,
    "mail_ours(bigint[], text[])": OURS,
    "mail_keeper(text)": KEEPER,
}


class Migration(migrations.Migration):
    """Row security, rights, and three questions across bodies."""

    dependencies = [("mail", "0003_received")]

    operations = [
        *enable("mail_received", rights=ADDED_ONLY),
        *enable("mail_received_part", rights=ADDED_ONLY),
        migrations.RunSQL(
            f"GRANT UPDATE ({FILING}) ON mail_received TO candour_app",
            f"REVOKE UPDATE ({FILING}) ON mail_received FROM candour_app",
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
