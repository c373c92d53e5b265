"""Closes the tables to all but their bodies, and answers the two questions that need no body."""

from django.db import migrations

from candour.database.row_security import enable

# Whoever holds a receipt learns for which body to act, and nothing without one.
RECEIPT_FOR = """
CREATE FUNCTION telling_receipt_for(hashes bytea[]) RETURNS TABLE (told_id bigint, body_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT t.id, t.body_id FROM telling_told t WHERE t.receipt_hash = ANY (hashes) LIMIT 1
$$
"""
# Whose drafts wait to be deleted.
DEAD_DRAFTS = """
CREATE FUNCTION telling_dead_drafts(moment timestamptz) RETURNS TABLE (body_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT d.body_id FROM telling_draft d WHERE d.dies_at <= moment
$$
"""
OWNERS = {
    "telling_receipt_for(bytea[])": RECEIPT_FOR,
    "telling_dead_drafts(timestamptz)": DEAD_DRAFTS,
}


class Migration(migrations.Migration):
    """Rights, row security and the owner's two functions."""

    dependencies = [("telling", "0001_initial")]

    operations = [
        *enable("telling_settings", rights=("SELECT", "INSERT")),
        *enable("telling_draft"),
        *enable("telling_told", rights=("SELECT", "INSERT")),
        migrations.RunSQL(
            "GRANT UPDATE (withdrawn_at) ON telling_told TO candour_app",
            "REVOKE UPDATE (withdrawn_at) ON telling_told FROM candour_app",
        ),
        *enable("telling_consent", rights=("SELECT", "INSERT")),
        *enable("telling_about", rights=("SELECT", "INSERT", "DELETE")),
        *enable("telling_message", rights=("SELECT", "INSERT", "DELETE")),
        *(
            migrations.RunSQL(
                [
                    sql,
                    f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
                    f"GRANT EXECUTE ON FUNCTION {name} TO candour_app",
                ],
                f"DROP FUNCTION {name}",
            )
            for name, sql in OWNERS.items()
        ),
    ]
