"""Keeps what is rated under seal from everybody but its author, until the round is opened.

The log carries the seal (SHA-256 of the envelope, `candour.engine.sealing`); the envelope itself
stands here. Reading another's takes an entry `ratings_opened` that another transaction has committed:
who opens a round, reads, and rolls back, has read nothing. docs/adr has the whole argument.
"""

from django.db import migrations

from candour.database.row_security import PERSON

TABLES = """
CREATE TABLE sealed_rating (
    entry_id uuid PRIMARY KEY,
    case_id bigint NOT NULL,
    seq integer NOT NULL,
    round_id uuid NOT NULL,
    agency text NOT NULL,
    author_id bigint,
    envelope text NOT NULL
);
CREATE INDEX sealed_rating_of_round ON sealed_rating (round_id, agency);
CREATE TABLE rating_opening (
    round_id uuid PRIMARY KEY,
    opened_by uuid NOT NULL,
    opened_in xid8 NOT NULL
);
"""

# Everything but the envelope is read from the log, so that a row cannot say anything else. Runs with
# the caller's rights: who may not see the case finds no entry.
FITS = """
CREATE FUNCTION sealed_rating_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sealed record;
BEGIN
    SELECT e.case_id, e.seq, e.author_id, e.payload -> 'data' ->> 'agency' AS agency,
           e.payload -> 'data' ->> 'commitment' AS commitment,
           (SELECT c.id FROM case_entry c
            WHERE c.case_id = e.case_id AND c.kind = 'ratings_called'
              AND c.id::text IN (SELECT json_array_elements_text(e.payload -> 'refers_to')))
               AS round_id
    INTO sealed FROM case_entry e WHERE e.id = NEW.entry_id AND e.kind = 'rating_sealed';
    IF sealed.commitment IS DISTINCT FROM encode(sha256(convert_to(NEW.envelope, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the envelope is not the one that entry % sealed', NEW.entry_id
            USING ERRCODE = 'integrity_constraint_violation',
                  HINT = 'Seal ratings through candour.cases.actions.';
    END IF;
    NEW.case_id := sealed.case_id;
    NEW.seq := sealed.seq;
    NEW.round_id := sealed.round_id;
    NEW.agency := sealed.agency;
    NEW.author_id := sealed.author_id;
    RETURN NEW;
END $$
"""

# The system opens a round by itself only when everybody called on has sealed a rating. A person
# says why. Either way the entry is in the log for good.
OPENS = """
CREATE FUNCTION ratings_opened_opens() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    the_round record;
BEGIN
    FOR the_round IN
        SELECT c.id, c.payload -> 'data' -> 'agencies' AS agencies FROM case_entry c
        WHERE c.case_id = NEW.case_id AND c.kind = 'ratings_called'
          AND c.id::text IN (SELECT json_array_elements_text(NEW.payload -> 'refers_to'))
    LOOP
        IF NEW.author_id IS NULL AND EXISTS (
            SELECT FROM json_array_elements_text(the_round.agencies) AS called (agency)
            WHERE NOT EXISTS (
                SELECT FROM sealed_rating s
                WHERE s.round_id = the_round.id AND s.agency = called.agency
            )
        ) THEN
            RAISE EXCEPTION 'the system opens a round only when everybody called on has rated'
                USING ERRCODE = 'restrict_violation',
                      HINT = 'Whoever chairs the meeting may open it earlier, with a reason.';
        END IF;
        INSERT INTO rating_opening (round_id, opened_by, opened_in)
        VALUES (the_round.id, NEW.id, pg_current_xact_id()) ON CONFLICT DO NOTHING;
    END LOOP;
    RETURN NULL;
END $$
"""

# A rating that its author replaced stays sealed: only the last of each agency is shown.
SHOWN = """
CREATE FUNCTION rating_shown(an_entry uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM sealed_rating s JOIN rating_opening o ON o.round_id = s.round_id
        WHERE s.entry_id = an_entry
          AND o.opened_in IS DISTINCT FROM pg_current_xact_id_if_assigned()
          AND NOT EXISTS (
              SELECT FROM sealed_rating later
              WHERE later.round_id = s.round_id AND later.agency = s.agency AND later.seq > s.seq
          )
    )
$$
"""

REACHED = "EXISTS (SELECT 1 FROM case_file WHERE case_file.id = case_id)"
OWN = f"author_id = {PERSON}"

RIGHTS = [
    "ALTER TABLE sealed_rating ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE sealed_rating FORCE ROW LEVEL SECURITY",
    "ALTER TABLE rating_opening ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE rating_opening FORCE ROW LEVEL SECURITY",
    f"""
    CREATE POLICY sealed_rating_read ON sealed_rating FOR SELECT TO candour_app
    USING ({REACHED} AND ({OWN} OR rating_shown(entry_id)))
    """,
    f"""
    CREATE POLICY sealed_rating_put ON sealed_rating FOR INSERT TO candour_app
    WITH CHECK ({REACHED} AND {OWN})
    """,
    "CREATE POLICY sealed_rating_owner ON sealed_rating FOR SELECT TO candour_owner USING (true)",
    """
    CREATE POLICY rating_opening_owner ON rating_opening TO candour_owner
    USING (true) WITH CHECK (true)
    """,
    "REVOKE ALL ON sealed_rating, rating_opening FROM PUBLIC, candour_app, candour_auditor",
    "GRANT SELECT, INSERT ON sealed_rating TO candour_app",
    "GRANT SELECT ON rating_opening TO candour_auditor",
    "CREATE POLICY rating_opening_read ON rating_opening FOR SELECT TO candour_auditor USING (true)",
    "REVOKE ALL ON FUNCTION ratings_opened_opens() FROM PUBLIC",
    "REVOKE ALL ON FUNCTION rating_shown(uuid) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION rating_shown(uuid) TO candour_app",
]

TRIGGERS = {
    "sealed_rating_fits": ("sealed_rating", "BEFORE INSERT ON sealed_rating FOR EACH ROW"),
    "case_log_refuses": (
        "sealed_rating",
        "BEFORE UPDATE OR DELETE OR TRUNCATE ON sealed_rating FOR EACH STATEMENT",
    ),
    "ratings_opened_opens": (
        "case_entry",
        "AFTER INSERT ON case_entry FOR EACH ROW WHEN (NEW.kind = 'ratings_opened')",
    ),
}


class Migration(migrations.Migration):
    """Sealed ratings: where they stand, who reads them, and what opens them."""

    dependencies = [("cases", "0007_record_unlocked")]

    operations = [
        migrations.RunSQL(TABLES, "DROP TABLE rating_opening; DROP TABLE sealed_rating"),
        migrations.RunSQL(FITS, "DROP FUNCTION sealed_rating_fits()"),
        migrations.RunSQL(OPENS, "DROP FUNCTION ratings_opened_opens()"),
        migrations.RunSQL(SHOWN, "DROP FUNCTION rating_shown(uuid)"),
        *(
            migrations.RunSQL(
                [
                    f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()",
                    f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
                ],
                f"DROP TRIGGER {name} ON {table}",
            )
            for name, (table, when) in TRIGGERS.items()
        ),
        migrations.RunSQL(
            RIGHTS,
            "DROP POLICY sealed_rating_put ON sealed_rating; "
            "DROP POLICY sealed_rating_read ON sealed_rating",
        ),
    ]
