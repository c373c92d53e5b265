"""Lets a case go on under another procedure or body, and the sweep ask only for cases it can read."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("candour.cases.migrations.0003_who_reaches_what")

# Runs as the owner, since nobody else may change whose a case is. It takes no instruction: it makes
# the row say what the last change of procedure in the log says, so doing it twice does nothing.
HAND_OVER = """
CREATE FUNCTION case_hand_over(the_case bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    said json;
    heir bigint;
    former bigint;
BEGIN
    SELECT payload -> 'data' INTO said FROM case_entry
    WHERE case_id = the_case AND kind = 'procedure_changed' ORDER BY seq DESC LIMIT 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE case_file SET procedure = said ->> 'procedure', version = said ->> 'version'
    WHERE id = the_case;
    heir := (said ->> 'to_body_number')::bigint;
    SELECT body_id INTO former FROM case_file WHERE id = the_case;
    IF heir IS NULL OR heir = former THEN
        RETURN;
    END IF;
    UPDATE case_file SET body_id = heir, shared_with = array_remove(shared_with, heir) || CASE
        WHEN (said ->> 'former_body_sees')::boolean THEN ARRAY[former] ELSE ARRAY[]::bigint[] END
    WHERE id = the_case;
    UPDATE case_duty SET body_id = heir WHERE case_id = the_case;
    UPDATE case_restriction SET body_id = heir WHERE case_id = the_case;
    UPDATE case_suggestion SET body_id = heir WHERE case_id = the_case;
    UPDATE case_experience SET body_id = heir WHERE case_id = the_case;
    UPDATE case_recipient SET body_id = heir WHERE case_id = the_case;
END $$
"""

# Each of `packs` is a name, a space and a version. A case of any other waits until that pack is
# back: its instant stays as it is, so what fell due meanwhile is then done as of when it fell due.
DUE_WAKEUPS = """
CREATE FUNCTION due_wakeups(as_of timestamptz, at_most integer, packs text[] DEFAULT NULL)
RETURNS TABLE (case_id bigint, body_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.id, c.body_id FROM case_file c
    WHERE c.next_change <= as_of
      AND (packs IS NULL OR c.procedure || ' ' || c.version = ANY (packs))
    ORDER BY c.next_change LIMIT at_most
$$
"""
SIGNATURES = {
    "case_hand_over(bigint)": HAND_OVER,
    "due_wakeups(timestamptz, integer, text[])": DUE_WAKEUPS,
}


class Migration(migrations.Migration):
    """Whose a case is follows its log."""

    dependencies = [("cases", "0009_recipients")]

    operations = [
        migrations.RunSQL(
            "DROP FUNCTION due_wakeups(timestamptz, integer)", BEFORE.DUE_WAKEUPS
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
            for name, sql in SIGNATURES.items()
        ),
        *(
            migrations.RunSQL(
                f"CREATE POLICY {table}_handed ON {table} FOR UPDATE TO candour_owner USING (true)",
                f"DROP POLICY {table}_handed ON {table}",
            )
            for table in (*BEFORE.DRAWN_TABLES, "case_recipient")
        ),
    ]
