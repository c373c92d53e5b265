"""Who reaches the registers: a body its own rows, and the public what is published, by one question.

Lines and switches are added and never changed, so that what was public when can always be told.
"""

from django.db import migrations

from candour.database.row_security import enable, within_bodies

ONLY_ADDED = ("publishing_switch", "publishing_line")
REFUSE = """
CREATE FUNCTION publishing_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what was public, and when, is never changed or removed',
        TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'Publish anew, or take the line down.';
END $$
"""

# The newest row of each subject, where it is shown and the register is open; and of those who may
# visit only the name and the days. A body that has gone keeps what it published.
PUBLIC = """
CREATE FUNCTION publishing_public(a_slug text, a_register text, a_day date) RETURNS json
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT json_build_object('body', b.name, 'body_cy', b.name_cy, 'lines', coalesce(
        CASE WHEN a_register = 'representatives' THEN (
            SELECT json_agg(
                json_build_object('name', r.name, 'from', r.from_date, 'to', r.to_date)
                ORDER BY r.name, r.id
            )
            FROM publishing_representative r
            WHERE r.body_id = b.id AND r.from_date <= a_day
              AND (r.to_date IS NULL OR a_day <= r.to_date)
        ) ELSE (
            SELECT json_agg(l.values ORDER BY l.sorts_on DESC, l.id DESC)
            FROM publishing_line l
            WHERE l.body_id = b.id AND l.register = a_register AND l.shown AND NOT EXISTS (
                SELECT FROM publishing_line later
                WHERE later.body_id = l.body_id AND later.register = l.register
                  AND later.subject = l.subject AND later.id > l.id
            )
        ) END, '[]'::json))
    FROM bodies_body b
    WHERE b.slug = a_slug AND (
        SELECT s.open FROM publishing_switch s
        WHERE s.body_id = b.id AND s.register = a_register ORDER BY s.id DESC LIMIT 1
    )
$$
"""
NAME = "publishing_public(text, text, date)"
# A line is of a case that the body leads, and says so of no other.
LINE = (
    f"({within_bodies('body_id')} AND EXISTS (SELECT 1 FROM case_file "
    "WHERE case_file.id = case_id AND case_file.body_id = publishing_line.body_id))"
)


class Migration(migrations.Migration):
    """Row security, what refuses changes, and what the public may ask."""

    dependencies = [("publishing", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION publishing_refuses()"),
        *(
            migrations.RunSQL(
                [
                    "CREATE TRIGGER publishing_refuses BEFORE UPDATE OR DELETE OR TRUNCATE "
                    f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION publishing_refuses()",
                    f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER publishing_refuses",
                ],
                f"DROP TRIGGER publishing_refuses ON {table}",
            )
            for table in ONLY_ADDED
        ),
        *enable("publishing_switch", rights=("SELECT", "INSERT")),
        *enable("publishing_line", using=LINE, rights=("SELECT", "INSERT")),
        *enable("publishing_representative", rights=("SELECT", "INSERT", "UPDATE")),
        migrations.RunSQL(
            [
                PUBLIC,
                f"REVOKE ALL ON FUNCTION {NAME} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {NAME} TO candour_app",
            ],
            f"DROP FUNCTION {NAME}",
        ),
    ]
