"""What holds against everybody: the log only grows, at its end, and by entries that fit.

Corrections are new entries. The triggers are set to fire ALWAYS, so that no session setting turns
them off; only the tables' owner could, and the verifier would then tell what was done.
"""

from django.db import migrations

# An entry's own columns are read from what was hashed, so they can never say anything else.
CHECK_ENTRY = """
CREATE FUNCTION case_entry_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.hash IS DISTINCT FROM sha256(NEW.prev_hash || convert_to(NEW.payload::text, 'UTF8')) THEN
        RAISE EXCEPTION 'the hash of entry % of case % is not that of its words after the entry '
            'before', NEW.seq, NEW.case_id
            USING ERRCODE = 'integrity_constraint_violation',
                  HINT = 'Record entries through candour.cases.actions.';
    END IF;
    NEW.id := NEW.payload ->> 'id';
    NEW.kind := NEW.payload ->> 'kind';
    NEW.happened_at := NEW.payload ->> 'happened_at';
    NEW.recorded_at := NEW.payload ->> 'recorded_at';
    NEW.author_id := nullif(NEW.payload ->> 'author', 'system');
    NEW.role := NEW.payload ->> 'role';
    NEW.audience := NEW.payload ->> 'audience';
    RETURN NEW;
END $$
"""

# Runs as the owner, since nobody else may move the end of a log. The row lock that the update
# takes lets one writer at a time add to a case.
MOVE_HEAD = """
CREATE FUNCTION case_entry_moves_head() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE case_file SET seq = NEW.seq, head_hash = NEW.hash,
        settled_at = greatest(settled_at, NEW.recorded_at)
    WHERE id = NEW.case_id AND seq = NEW.seq - 1 AND head_hash = NEW.prev_hash;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'entry % does not follow the last entry of case %', NEW.seq, NEW.case_id
            USING ERRCODE = 'integrity_constraint_violation',
                  HINT = 'Somebody else recorded something first. Read the log again.';
    END IF;
    RETURN NULL;
END $$
"""

REFUSE_CHANGE = """
CREATE FUNCTION case_log_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: nothing recorded is ever changed or removed',
        TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation',
              HINT = 'A correction is a new entry: correction_made.';
END $$
"""

# A case begins with an empty log, whatever the row that is added says.
BEGIN_LOG = """
CREATE FUNCTION case_file_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.seq := 0;
    NEW.head_hash := sha256(convert_to(NEW.ref, 'UTF8'));
    RETURN NEW;
END $$
"""

TRIGGERS = {
    "case_entry": {
        "case_entry_fits": "BEFORE INSERT ON case_entry FOR EACH ROW",
        "case_entry_moves_head": "AFTER INSERT ON case_entry FOR EACH ROW",
        "case_log_refuses": "BEFORE UPDATE OR DELETE OR TRUNCATE ON case_entry FOR EACH STATEMENT",
    },
    "case_file": {
        "case_file_begins": "BEFORE INSERT ON case_file FOR EACH ROW",
        "case_log_refuses": "BEFORE DELETE OR TRUNCATE ON case_file FOR EACH STATEMENT",
    },
}
FUNCTIONS = {
    "case_entry_fits": CHECK_ENTRY,
    "case_entry_moves_head": MOVE_HEAD,
    "case_log_refuses": REFUSE_CHANGE,
    "case_file_begins": BEGIN_LOG,
}


class Migration(migrations.Migration):
    """What the models cannot say about the log."""

    dependencies = [("cases", "0001_initial")]

    operations = [
        *(
            migrations.RunSQL(sql, f"DROP FUNCTION {function}()")
            for function, sql in FUNCTIONS.items()
        ),
        *(
            migrations.RunSQL(
                [
                    f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()",
                    f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
                ],
                f"DROP TRIGGER {name} ON {table}",
            )
            for table, triggers in TRIGGERS.items()
            for name, when in triggers.items()
        ),
    ]
