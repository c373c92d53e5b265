"""Closes the tokens to all but their own people, and counts what each is used for."""

from django.db import migrations

from candour.database.row_security import PERSON, enable, within_bodies

OWN = f"person_id = {PERSON}"
# Whoever holds a token learns for whom to act, and what it may read; nothing without one. Each use
# is counted in the same statement, so that nobody can ask more often than may be asked.
ASKED = """
CREATE FUNCTION api_token_asked(the_hash bytea, the_moment timestamptz)
RETURNS TABLE (token_id bigint, person_id bigint, body_id bigint, may text[], asked integer)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE api_token t SET
        used_at = the_moment,
        minute = date_trunc('minute', the_moment),
        asked = CASE WHEN t.minute = date_trunc('minute', the_moment) THEN t.asked + 1 ELSE 1 END
    WHERE t.token_hash = the_hash AND t.revoked_at IS NULL AND the_moment < t.expires_at
    RETURNING t.id, t.person_id, t.body_id, t.may, t.asked
$$
"""
NAME = "api_token_asked(bytea, timestamptz)"
SEEN = (
    "id, person_id, body_id, name, may, ending, made_at, expires_at, revoked_at, used_at, minute, "
    "asked"
)


class Migration(migrations.Migration):
    """Row security, rights, and the one question that a token opens."""

    dependencies = [("api", "0001_initial")]

    operations = [
        *enable(
            "api_token",
            using=OWN,
            check=f"({OWN} AND {within_bodies('body_id')})",
            rights=("INSERT",),
        ),
        migrations.RunSQL(
            [
                f"GRANT SELECT ({SEEN}) ON api_token TO candour_app",
                "GRANT UPDATE (revoked_at) ON api_token TO candour_app",
                "REVOKE ALL ON api_token FROM candour_auditor",
                f"GRANT SELECT ({SEEN}) ON api_token TO candour_auditor",
                "CREATE POLICY api_token_asked ON api_token FOR UPDATE TO candour_owner USING (true)",
                # Somebody who has left a body may still put an end to what they made there.
                f"CREATE POLICY api_token_revoke ON api_token FOR UPDATE TO candour_app "
                f"USING ({OWN}) WITH CHECK ({OWN})",
            ],
            [
                "DROP POLICY api_token_revoke ON api_token",
                "DROP POLICY api_token_asked ON api_token",
                "REVOKE UPDATE (revoked_at) ON api_token FROM candour_app",
            ],
        ),
        migrations.RunSQL(
            [
                ASKED,
                f"REVOKE ALL ON FUNCTION {NAME} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {NAME} TO candour_app",
            ],
            f"DROP FUNCTION {NAME}",
        ),
    ]
