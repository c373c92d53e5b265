"""A page of the form asks once how it is set and what its browser has written so far."""

from django.db import migrations

# How a form is set is public; a draft is found by the hash of a secret that one browser has, and
# stays sealed.
FORM = """
CREATE FUNCTION telling_form(whose bigint, secret bytea, moment timestamptz)
RETURNS TABLE (is_open boolean, words jsonb, colour text, sites text[], sealed bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.is_open, s.words, s.colour, s.sites,
           (SELECT d.sealed FROM telling_draft d
            WHERE d.secret_hash = secret AND d.body_id = whose AND d.dies_at > moment)
    FROM telling_settings s WHERE s.body_id = whose ORDER BY s.id DESC LIMIT 1
$$
"""
NAME = "telling_form(bigint, bytea, timestamptz)"


class Migration(migrations.Migration):
    """One more function of the owner."""

    dependencies = [("telling", "0003_withdrawn_words")]

    operations = [
        migrations.RunSQL(
            [
                FORM,
                f"REVOKE ALL ON FUNCTION {NAME} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {NAME} TO candour_app",
            ],
            f"DROP FUNCTION {NAME}",
        )
    ]
