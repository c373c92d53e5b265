"""Lets an entry be recorded on what is remembered of a case, if the case is still like that."""

from importlib import import_module

from django.db import migrations

LOCKED = import_module("candour.cases.migrations.0004_record")

# As before, and: where `last_settled` is given, the case was not locked and read first but is
# remembered. Then its log must still end there and be settled up to that instant; if not, or if the
# caller may not see it, the answer is “moved on” and nothing was written.
RECORD = """
CREATE FUNCTION case_record(
    the_case bigint, the_body bigint, last_seq integer, payloads text[], links bytea,
    facts jsonb, duties jsonb, duties_gone text[], in_force jsonb, suggested jsonb, linked jsonb,
    last_settled timestamptz
) RETURNS text LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    in_the_way text;
BEGIN
    IF last_settled IS NOT NULL THEN
        -- The lock comes before the entry here too, so that no two writers wait for each other.
        PERFORM FROM case_file
        WHERE id = the_case AND seq = last_seq AND head_hash = substr(links, 1, 32)
          AND settled_at = last_settled
        FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            RETURN 'moved on';
        END IF;
    END IF;
    FOR n IN 1 .. cardinality(payloads) LOOP
        INSERT INTO case_entry (case_id, seq, payload, prev_hash, hash)
        VALUES (
            the_case, last_seq + n, payloads[n]::json,
            substr(links, 32 * n - 31, 32), substr(links, 32 * n + 1, 32)
        );
    END LOOP;
    IF facts IS NOT NULL THEN
        UPDATE case_file AS c
        SET title = f.title, step = f.step, closed_at = f.closed_at, settled_at = f.settled_at,
            next_change = f.next_change, live_key = f.live_key
        FROM jsonb_to_record(facts) AS f (
            title text, step text, closed_at timestamptz, settled_at timestamptz,
            next_change timestamptz, live_key text
        )
        WHERE c.id = the_case;
    END IF;
    IF cardinality(duties_gone) > 0 THEN
        DELETE FROM case_duty WHERE case_id = the_case AND key = ANY (duties_gone);
    END IF;
    IF duties IS NOT NULL THEN
        INSERT INTO case_duty (
            case_id, body_id, key, duty_id, title, title_cy, owner_role, started_by, started_at,
            cycle, due_on, due_at, late_from, state, met_at
        )
        SELECT the_case, the_body, d.* FROM jsonb_to_recordset(duties) AS d (
            key text, duty_id text, title text, title_cy text, owner_role text, started_by uuid,
            started_at timestamptz, cycle integer, due_on date, due_at timestamptz,
            late_from timestamptz, state text, met_at timestamptz
        )
        ON CONFLICT (case_id, key) DO UPDATE SET
            title = excluded.title, title_cy = excluded.title_cy,
            owner_role = excluded.owner_role, started_by = excluded.started_by,
            started_at = excluded.started_at, cycle = excluded.cycle, due_on = excluded.due_on,
            due_at = excluded.due_at, late_from = excluded.late_from, state = excluded.state,
            met_at = excluded.met_at;
    END IF;
    IF in_force IS NOT NULL THEN
        DELETE FROM case_restriction WHERE case_id = the_case;
        INSERT INTO case_restriction (
            case_id, body_id, imposed_by, restriction, scope, since, reviewed_at
        )
        SELECT the_case, the_body, r.* FROM jsonb_to_recordset(in_force) AS r (
            imposed_by uuid, restriction text, scope text, since timestamptz,
            reviewed_at timestamptz
        );
    END IF;
    IF suggested IS NOT NULL THEN
        -- Those that stay keep their place in the worklist.
        DELETE FROM case_suggestion WHERE case_id = the_case AND auto_id NOT IN (
            SELECT s.auto_id FROM jsonb_to_recordset(suggested) AS s (auto_id text)
        );
        INSERT INTO case_suggestion (case_id, body_id, auto_id, title, title_cy, to_role)
        SELECT the_case, the_body, s.* FROM jsonb_to_recordset(suggested) AS s (
            auto_id text, title text, title_cy text, to_role text
        )
        ON CONFLICT (case_id, auto_id) DO UPDATE SET
            title = excluded.title, title_cy = excluded.title_cy, to_role = excluded.to_role;
    END IF;
    IF linked IS NOT NULL THEN
        DELETE FROM case_experience WHERE case_id = the_case;
        INSERT INTO case_experience (case_id, body_id, experience_id, linked_by)
        SELECT the_case, the_body, l.* FROM jsonb_to_recordset(linked) AS l (
            experience_id bigint, linked_by uuid
        );
    END IF;
    RETURN NULL;
EXCEPTION WHEN unique_violation THEN
    GET STACKED DIAGNOSTICS in_the_way = CONSTRAINT_NAME;
    RETURN in_the_way;
END $$
"""

SIGNATURE = LOCKED.SIGNATURE.replace("jsonb)", "jsonb, timestamptz)")


class Migration(migrations.Migration):
    """The one way in which cases are written, with or without locking them first."""

    dependencies = [("cases", "0006_lighter_rows")]

    operations = [
        migrations.RunSQL(f"DROP FUNCTION {LOCKED.SIGNATURE}", LOCKED.RECORD),
        migrations.RunSQL(
            [
                RECORD,
                f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {SIGNATURE} TO candour_app",
            ],
            f"DROP FUNCTION {SIGNATURE}",
        ),
    ]
