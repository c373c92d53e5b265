"""Closes the outbox to all but the body that sends, and lets nobody change what a message says."""

from django.db import migrations

from candour.database.row_security import enable

ADDED_ONLY = ("SELECT", "INSERT")
# How far its sending has come; not whom it goes to, nor what it says.
SENDING = "state, next_at, first_tried_at, tries, said, settled_at, case_told_at, again_id"
TRYING = "handed_over_at, ended_at, outcome, code, said"

# The worker learns which messages to send, for whom and to which server, and nothing else of them.
DUE = """
CREATE FUNCTION due_mail(as_of timestamptz, at_most integer)
RETURNS TABLE (message_id bigint, body_id bigint, domain text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT m.id, m.body_id, lower(split_part(m.to_email, '@', -1)) FROM mail_message m
    WHERE m.next_at <= as_of ORDER BY m.next_at, m.id LIMIT at_most
$$
"""
SIGNATURE = "due_mail(timestamptz, integer)"


class Migration(migrations.Migration):
    """Row security, rights, and the worker's one question across bodies."""

    dependencies = [("mail", "0001_outbox")]

    operations = [
        *enable("mail_message", rights=ADDED_ONLY),
        *enable("mail_attempt", rights=ADDED_ONLY),
        *enable("mail_attachment", rights=ADDED_ONLY),
        *enable("mail_content", rights=ADDED_ONLY),
        migrations.RunSQL(
            [
                f"GRANT UPDATE ({SENDING}) ON mail_message TO candour_app",
                f"GRANT UPDATE ({TRYING}) ON mail_attempt TO candour_app",
                DUE,
                f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO candour_app",
            ],
            [
                f"DROP FUNCTION {SIGNATURE}",
                f"REVOKE UPDATE ({TRYING}) ON mail_attempt FROM candour_app",
                f"REVOKE UPDATE ({SENDING}) ON mail_message FROM candour_app",
            ],
        ),
    ]
