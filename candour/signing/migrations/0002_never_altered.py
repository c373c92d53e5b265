"""What holds against everybody: a document is what its seal says, and signing goes in order.

Nothing is ever changed or removed here. Signatures come in the order that was asked for, each once,
none once somebody declined, and an outsider's only by a link that still opened.
"""

from django.db import migrations

from candour.database.row_security import enable

TABLES = (
    "signing_document",
    "signing_request",
    "signing_signatory",
    "signing_link",
    "signing_event",
    "signing_copy",
)
REACHED = "EXISTS (SELECT 1 FROM case_file WHERE case_file.id = case_id)"

REFUSE = """
CREATE FUNCTION signing_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what was put to be signed is never changed or removed',
        TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation',
              HINT = 'A changed document is a new one, with a request of its own.';
END $$
"""

DOCUMENT_FITS = """
CREATE FUNCTION signing_document_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seal IS DISTINCT FROM encode(sha256(convert_to(NEW.sealed::text, 'UTF8')), 'hex')
        OR NEW.pdf_hash IS DISTINCT FROM encode(sha256(NEW.pdf), 'hex') THEN
        RAISE EXCEPTION 'the seal is not that of the document'
            USING ERRCODE = 'integrity_constraint_violation',
                  HINT = 'Fix documents through candour.signing.actions.';
    END IF;
    RETURN NEW;
END $$
"""

COPY_FITS = """
CREATE FUNCTION signing_copy_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.pdf_hash IS DISTINCT FROM encode(sha256(NEW.pdf), 'hex') THEN
        RAISE EXCEPTION 'the hash is not that of the signed copy'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Two who answer at once wait here for each other.
EVENT_FITS = """
CREATE FUNCTION signing_event_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.request_id::text, 0));
    SELECT * INTO who FROM signing_signatory s WHERE s.id = NEW.signatory_id;
    IF NEW.signatory_id IS NOT NULL AND who.request_id IS DISTINCT FROM NEW.request_id THEN
        RAISE EXCEPTION 'that signatory belongs to another request'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.what = 'revoked' THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT FROM signing_event e
        WHERE e.request_id = NEW.request_id AND e.what IN ('declined', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'this request has ended'
            USING ERRCODE = 'restrict_violation', HINT = 'Ask for signatures anew.';
    END IF;
    IF NEW.what = 'withdrawn' THEN
        RETURN NEW;
    END IF;
    IF NEW.what = 'signed' AND EXISTS (
        SELECT FROM signing_signatory before
        WHERE before.request_id = NEW.request_id AND before.place < who.place
          AND NOT EXISTS (
              SELECT FROM signing_event e WHERE e.signatory_id = before.id AND e.what = 'signed'
          )
    ) THEN
        RAISE EXCEPTION 'somebody else signs before'
            USING ERRCODE = 'restrict_violation', HINT = 'Signatures come in order.';
    END IF;
    IF who.user_id IS NULL THEN
        IF NOT EXISTS (
            SELECT FROM signing_link l
            WHERE l.id = NEW.link_id AND l.signatory_id = NEW.signatory_id
              AND l.made_at <= NEW.at AND NEW.at < l.expires_at
              AND NOT EXISTS (
                  SELECT FROM signing_link later
                  WHERE later.signatory_id = l.signatory_id AND later.id > l.id
              )
              AND NOT EXISTS (
                  SELECT FROM signing_event e WHERE e.link_id = l.id AND e.what = 'revoked'
              )
        ) THEN
            RAISE EXCEPTION 'the link opens nothing'
                USING ERRCODE = 'restrict_violation', HINT = 'Send a new link.';
        END IF;
    ELSIF who.user_id IS DISTINCT FROM NEW.by_id THEN
        RAISE EXCEPTION 'somebody else is asked to sign here'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Whoever holds a token learns for which body it acts, and nothing without one.
LINK_FOR = """
CREATE FUNCTION signing_link_for(a_hash bytea) RETURNS TABLE (link_id bigint, body_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT l.id, l.body_id FROM signing_link l WHERE l.token_hash = a_hash
$$
"""

# What a stranger may know: the sort of document, its body, who signed it when. Never what it says.
KNOWN = """
CREATE FUNCTION signing_known(a_code text, a_file text) RETURNS json
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT json_build_object(
        'seal', d.seal, 'sort', d.sort, 'sort_cy', d.sort_cy, 'on', d.made_at,
        'body', b.name, 'body_cy', b.name_cy,
        'became', CASE
            WHEN EXISTS (
                SELECT FROM signing_event e
                WHERE e.request_id = r.id AND e.what IN ('declined', 'withdrawn')
            ) THEN 'ended'
            WHEN EXISTS (
                SELECT FROM signing_signatory s WHERE s.request_id = r.id AND NOT EXISTS (
                    SELECT FROM signing_event e WHERE e.signatory_id = s.id AND e.what = 'signed'
                )
            ) THEN 'waiting'
            ELSE 'signed'
        END,
        'signatures', (
            SELECT json_agg(
                json_build_object('name', e.name, 'post', s.post, 'at', e.at) ORDER BY s.place
            )
            FROM signing_event e JOIN signing_signatory s ON s.id = e.signatory_id
            WHERE e.request_id = r.id AND e.what = 'signed'
        )
    )
    FROM signing_document d
    JOIN signing_request r ON r.document_id = d.id
    JOIN bodies_body b ON b.id = d.body_id
    LEFT JOIN signing_copy c ON c.request_id = r.id
    WHERE d.code = a_code OR d.pdf_hash = a_file OR c.pdf_hash = a_file
    ORDER BY d.made_at DESC
    LIMIT 1
$$
"""

FUNCTIONS = {
    "signing_refuses()": REFUSE,
    "signing_document_fits()": DOCUMENT_FITS,
    "signing_copy_fits()": COPY_FITS,
    "signing_event_fits()": EVENT_FITS,
}
OWNERS = {"signing_link_for(bytea)": LINK_FOR, "signing_known(text, text)": KNOWN}
ON_CHANGE = "BEFORE UPDATE OR DELETE OR TRUNCATE"
CHECKS = {
    "signing_document": "signing_document_fits",
    "signing_copy": "signing_copy_fits",
    "signing_event": "signing_event_fits",
}


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

    dependencies = [("signing", "0001_initial")]

    operations = [
        *(migrations.RunSQL(sql, f"DROP FUNCTION {name}") for name, sql in FUNCTIONS.items()),
        *(_trigger("signing_refuses", table, ON_CHANGE, "STATEMENT") for table in TABLES),
        *(_trigger(name, table, "BEFORE INSERT", "ROW") for table, name in CHECKS.items()),
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
