"""What a stranger may know of a letter sent: by which template, whose, when; not what it says."""

from django.db import migrations

KNOWN = """
CREATE FUNCTION letter_known(a_code text, a_file text) RETURNS json
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT json_build_object(
        'seal', l.seal, 'template', l.template, 'on', l.sent_at,
        'procedure', l.sealed ->> 'procedure', 'version', l.sealed ->> 'version',
        'body', b.name, 'body_cy', b.name_cy
    )
    FROM letter_file f
    JOIN letter_sent l ON l.id = f.letter_id
    JOIN bodies_body b ON b.id = l.body_id
    WHERE f.use = 'pdf' AND (f.code = a_code OR f.sha256 = a_file)
    ORDER BY l.sent_at DESC
    LIMIT 1
$$
"""
NAME = "letter_known(text, text)"


class Migration(migrations.Migration):
    """One question about letters that needs no body."""

    dependencies = [("signing", "0002_never_altered"), ("letters", "0002_as_sent")]

    operations = [
        migrations.RunSQL(
            [
                KNOWN,
                f"REVOKE ALL ON FUNCTION {NAME} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {NAME} TO candour_app",
            ],
            f"DROP FUNCTION {NAME}",
        )
    ]
