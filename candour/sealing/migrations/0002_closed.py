"""Who reaches what is sealed, and what holds against everybody: the log and custody only grow."""

from django.db import migrations

from candour.database.row_security import enable

ONLY_ADDED = ("sealed_log", "sealed_custody")
REFUSE = """
CREATE FUNCTION sealed_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: who opened what, and who might, is never changed or removed',
        TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'A change is a new row.';
END $$
"""

# Where a person saw something, it was a custodian of that body, in a post held that day.
LOG_FITS = """
CREATE FUNCTION sealed_log_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    on_day date := (NEW.at AT TIME ZONE 'Europe/London')::date;
BEGIN
    IF NEW.what IN ('opened', 'given') AND (
        NEW.by_id IS NULL OR btrim(NEW.reason) = ''
        OR NOT coalesce((
            SELECT c.named FROM sealed_custody c
            WHERE c.body_id = NEW.body_id AND c.role = NEW.role ORDER BY c.id DESC LIMIT 1
        ), false)
        OR NOT EXISTS (
            SELECT FROM people_post p
            WHERE p.user_id = NEW.by_id AND p.body_id = NEW.body_id AND p.role = NEW.role
              AND coalesce(p.from_date, on_day) <= on_day
              AND coalesce(p.to_date, on_day) >= on_day
        )
    ) THEN
        RAISE EXCEPTION 'only a custodian opens what is sealed, and says why'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Who spoke, and what they said, goes only with a line in the log that says so.
GOES_WITH_A_WORD = """
CREATE FUNCTION sealed_goes_with_a_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.purpose IN ('person', 'words') AND NOT EXISTS (
        SELECT FROM sealed_log l
        WHERE l.body_id = OLD.body_id AND l.context = OLD.context AND l.purpose = OLD.purpose
          AND l.what = 'destroyed'
    ) THEN
        RAISE EXCEPTION 'what is sealed is deleted only with a line in sealed_log'
            USING ERRCODE = 'restrict_violation', HINT = 'Use candour.sealing.keeping.destroy.';
    END IF;
    RETURN OLD;
END $$
"""

# For whoever runs the site: keys and how much is under each, of all bodies, and nothing else.
KEYS = """
CREATE FUNCTION sealing_keys() RETURNS TABLE (
    key_id bigint, body_id bigint, number integer, master text, newest boolean, sealed bigint
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT k.id, k.body_id, k.number, k.master,
           k.number = max(k.number) OVER (PARTITION BY k.body_id),
           (SELECT count(*) FROM sealed_identity s WHERE s.key_id = k.id)
    FROM sealing_key k ORDER BY k.body_id, k.number
$$
"""

TRIGGERS = (
    *((table, "sealed_refuses", "BEFORE UPDATE OR DELETE OR TRUNCATE", "STATEMENT")
      for table in ONLY_ADDED),
    ("sealed_log", "sealed_log_fits", "BEFORE INSERT", "ROW"),
    ("sealed_identity", "sealed_goes_with_a_word", "BEFORE DELETE", "ROW"),
)


def _trigger(table: str, name: str, when: str, for_each: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {for_each} "
            f"EXECUTE FUNCTION {name}()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        ],
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    """Row security, rights and triggers."""

    dependencies = [("sealing", "0001_initial"), ("people", "0003_site_cache")]

    operations = [
        *enable("sealing_key", rights=("SELECT", "INSERT", "DELETE")),
        *enable("sealed_identity", rights=("SELECT", "INSERT", "DELETE")),
        *(step for table in ONLY_ADDED for step in enable(table, rights=("SELECT", "INSERT"))),
        migrations.RunSQL(
            [
                "GRANT UPDATE (master, wrapped) ON sealing_key TO candour_app",
                "GRANT UPDATE (key_id, sealed) ON sealed_identity TO candour_app",
                # The auditor sees that something is sealed and under which key, not the thing.
                "REVOKE SELECT ON sealing_key, sealed_identity FROM candour_auditor",
                "GRANT SELECT (id, body_id, number, master, made_at) ON sealing_key "
                "TO candour_auditor",
                "GRANT SELECT (id, body_id, purpose, context, key_id) ON sealed_identity "
                "TO candour_auditor",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(REFUSE, "DROP FUNCTION sealed_refuses()"),
        migrations.RunSQL(LOG_FITS, "DROP FUNCTION sealed_log_fits()"),
        migrations.RunSQL(GOES_WITH_A_WORD, "DROP FUNCTION sealed_goes_with_a_word()"),
        *(_trigger(*each) for each in TRIGGERS),
        migrations.RunSQL(
            [
                KEYS,
                "REVOKE ALL ON FUNCTION sealing_keys() FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sealing_keys() TO candour_app",
            ],
            "DROP FUNCTION sealing_keys()",
        ),
    ]
