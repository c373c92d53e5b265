"""What holds against everybody: nothing is changed, and a link opens once, in its time.

A visit is added only for the newest link of an invitation that stands. Whoever holds a secret learns
for which body to act, and nothing without one.
"""

from django.db import migrations

from candour.database.row_security import enable

TABLES = (
    "portal_invitation",
    "portal_link",
    "portal_visit",
    "portal_leaving",
    "portal_revocation",
)
REACHED = "EXISTS (SELECT 1 FROM case_file WHERE case_file.id = case_id)"

REFUSE = """
CREATE FUNCTION portal_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: invitations and visits are never changed or removed',
        TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'Revoke the invitation and invite anew.';
END $$
"""

# Two browsers that open one link at once wait here for each other.
VISIT_FITS = """
CREATE FUNCTION portal_visit_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    used portal_link%ROWTYPE;
BEGIN
    SELECT * INTO used FROM portal_link l WHERE l.id = NEW.link_id;
    PERFORM pg_advisory_xact_lock(hashtextextended(used.invitation_id::text, 0));
    IF used.id IS NULL
        OR NEW.opened_at < used.made_at OR NEW.opened_at >= used.expires_at
        OR EXISTS (
            SELECT FROM portal_link later
            WHERE later.invitation_id = used.invitation_id AND later.id > used.id
        )
        OR EXISTS (SELECT FROM portal_revocation r WHERE r.invitation_id = used.invitation_id)
        OR EXISTS (
            SELECT FROM portal_invitation i
            WHERE i.id = used.invitation_id AND i.until <= NEW.opened_at
        ) THEN
        RAISE EXCEPTION 'the link opens nothing'
            USING ERRCODE = 'restrict_violation', HINT = 'Send a new link.';
    END IF;
    RETURN NEW;
END $$
"""

# The body that leads the case now: cases are handed over while links are out.
LINK_FOR = """
CREATE FUNCTION portal_link_for(a_hash bytea) RETURNS TABLE (link_id bigint, body_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT l.id, c.body_id FROM portal_link l JOIN case_file c ON c.id = l.case_id
    WHERE l.token_hash = a_hash
$$
"""
VISIT_FOR = """
CREATE FUNCTION portal_visit_for(a_hash bytea, an_invitation uuid)
RETURNS TABLE (visit_id bigint, body_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT v.id, c.body_id
    FROM portal_visit v
    JOIN portal_link l ON l.id = v.link_id
    JOIN case_file c ON c.id = v.case_id
    WHERE v.secret_hash = a_hash AND l.invitation_id = an_invitation
$$
"""

FUNCTIONS = {"portal_refuses()": REFUSE, "portal_visit_fits()": VISIT_FITS}
OWNERS = {"portal_link_for(bytea)": LINK_FOR, "portal_visit_for(bytea, uuid)": VISIT_FOR}
ON_CHANGE = "BEFORE UPDATE OR DELETE OR TRUNCATE"


def _trigger(name: str, table: str, when: str, for_each: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {for_each} "
            f"EXECUTE FUNCTION {name}()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        ],
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    """Rules, rights and the two questions that need no body."""

    dependencies = [("portal", "0001_initial")]

    operations = [
        *(migrations.RunSQL(sql, f"DROP FUNCTION {name}") for name, sql in FUNCTIONS.items()),
        *(_trigger("portal_refuses", table, ON_CHANGE, "STATEMENT") for table in TABLES),
        _trigger("portal_visit_fits", "portal_visit", "BEFORE INSERT", "ROW"),
        *(
            step
            for table in TABLES
            for step in enable(table, using=REACHED, rights=("SELECT", "INSERT"))
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
            for name, sql in OWNERS.items()
        ),
    ]
