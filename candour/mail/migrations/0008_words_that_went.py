"""What somebody wrote by mail is erased in the tray when they take back what they told."""

from django.db import migrations

ERASED = """
CREATE FUNCTION mail_received_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.subject, NEW.text) IS DISTINCT FROM (OLD.subject, OLD.text)
        AND NOT (OLD.voice IS NOT NULL AND NEW.subject = '' AND NEW.text = '')
    THEN
        RAISE EXCEPTION 'What came by mail is not rewritten: it is erased with what they told.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGER = """
CREATE TRIGGER mail_received_words_kept BEFORE UPDATE OF subject, text ON mail_received
FOR EACH ROW EXECUTE FUNCTION mail_received_only_erased()
"""


class Migration(migrations.Migration):
    """Two columns that may be emptied, and a trigger for what the right cannot say."""

    dependencies = [("mail", "0007_voices")]

    operations = [
        migrations.RunSQL(ERASED, "DROP FUNCTION mail_received_only_erased()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER mail_received_words_kept ON mail_received"),
        migrations.RunSQL(
            "GRANT UPDATE (subject, text) ON mail_received TO candour_app",
            "REVOKE UPDATE (subject, text) ON mail_received FROM candour_app",
        ),
    ]
