"""Keeps the words to search by up to date, and the history as it was written."""

from django.db import migrations

from candour.database.address import APP
from candour.database.text_search import ACCENTED, UNACCENTED

FOLDED = f"""
CREATE FUNCTION directory_folded(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
    SELECT trim(regexp_replace(
        lower(translate(words, '{ACCENTED}''’', '{UNACCENTED}')), '[^a-z0-9]+', ' ', 'g'))
$$
"""

# A word's beginnings of four to seven letters, each whole and with one letter left out: two words
# that differ by one slip of the finger have one of these in common.
SLIPS = """
CREATE FUNCTION directory_slips(word text, shortest integer, longest integer) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT slip) FROM (
        SELECT left(word, size) AS beginning, size FROM generate_series(
            least(shortest, length(word)), least(longest, length(word))) AS size
    ) AS beginnings CROSS JOIN LATERAL (
        SELECT beginning AS slip
        UNION ALL
        SELECT left(beginning, gap - 1) || substr(beginning, gap + 1)
        FROM generate_series(1, size) AS gap
    ) AS slips
$$
"""

REFRESH = """
CREATE FUNCTION directory_refresh(services bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO directory_search (service_id, name, named, words)
    SELECT id, name, array_to_tsvector(array_remove(named, '')),
        array_to_tsvector(array_remove(named || placed, ''))
    FROM (
        SELECT s.id, directory_folded(s.name) AS name,
            string_to_array(directory_folded(
                s.name || ' ' || s.name_cy || ' ' || coalesce(l.names, '')), ' ') AS named,
            string_to_array(directory_folded(
                s.address || ' ' || s.postcode || ' ' || replace(s.postcode, ' ', '') || ' ' ||
                p.name || ' ' || p.name_cy), ' ') AS placed
        FROM bodies_service s JOIN bodies_body p ON p.id = s.provider_id
        LEFT JOIN (
            SELECT service_id, string_agg(also_known_as, ' ' ORDER BY id) AS names
            FROM directory_listing WHERE service_id = ANY (services) GROUP BY service_id
        ) AS l ON l.service_id = s.id
        WHERE s.id = ANY (services) ORDER BY s.id
    ) AS made
    ON CONFLICT (service_id) DO UPDATE
    SET name = excluded.name, named = excluded.named, words = excluded.words
    WHERE (directory_search.name, directory_search.named, directory_search.words)
        IS DISTINCT FROM (excluded.name, excluded.named, excluded.words);

    INSERT INTO directory_word (word, slips, services)
    SELECT word, directory_slips(word, 4, 7), 0 FROM (
        SELECT DISTINCT unnest(tsvector_to_array(words)) COLLATE "C" AS word
        FROM directory_search WHERE service_id = ANY (services)
    ) AS seen
    WHERE word ~ '^[a-z]{4,40}$' AND NOT EXISTS (
        SELECT FROM directory_word k WHERE k.word = seen.word)
    ORDER BY word
    ON CONFLICT (word) DO NOTHING;
$$
"""

KEEP = """
CREATE FUNCTION directory_keep_search() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint[];
BEGIN
    CASE TG_ARGV[0]
    WHEN 'service added' THEN
        changed := ARRAY(SELECT id FROM now_there);
    WHEN 'service changed' THEN
        changed := ARRAY(
            SELECT n.id FROM now_there n JOIN was_there w USING (id)
            WHERE (n.name, n.name_cy, n.address, n.postcode, n.provider_id)
                IS DISTINCT FROM (w.name, w.name_cy, w.address, w.postcode, w.provider_id));
    WHEN 'body changed' THEN
        changed := ARRAY(
            SELECT s.id FROM now_there n JOIN was_there w USING (id)
            JOIN bodies_service s ON s.provider_id = n.id
            WHERE (n.name, n.name_cy) IS DISTINCT FROM (w.name, w.name_cy));
    WHEN 'listing added' THEN
        changed := ARRAY(SELECT service_id FROM now_there WHERE also_known_as <> '');
    ELSE
        changed := ARRAY(
            SELECT n.service_id FROM now_there n JOIN was_there w USING (id)
            WHERE n.also_known_as <> w.also_known_as);
    END CASE;
    IF cardinality(changed) > 0 THEN
        PERFORM directory_refresh(changed);
    END IF;
    RETURN NULL;
END $$
"""

NEW = "REFERENCING NEW TABLE AS now_there"
BOTH = "REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there"
KEEPING = (
    ("directory_service_added", "INSERT", "bodies_service", NEW, "service added"),
    ("directory_service_changed", "UPDATE", "bodies_service", BOTH, "service changed"),
    ("directory_body_changed", "UPDATE", "bodies_body", BOTH, "body changed"),
    ("directory_listing_added", "INSERT", "directory_listing", NEW, "listing added"),
    ("directory_listing_changed", "UPDATE", "directory_listing", BOTH, "listing changed"),
)

ALL_AT_FIRST = "SELECT directory_refresh(ARRAY(SELECT id FROM bodies_service))"

NEVER = """
CREATE FUNCTION directory_never_altered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The history of the directory is added to and never altered (% of %).',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$
"""
REFUSED = (
    ("directory_change", "UPDATE OR DELETE OR TRUNCATE"),
    ("directory_merge", "DELETE OR TRUNCATE"),
)

# A merge may be undone once, and that is all that may ever change about it.
MERGE_STANDS = """
CREATE FUNCTION directory_merge_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.merged_id, NEW.kept_id, NEW.reason, NEW.at, NEW.by_id)
        IS DISTINCT FROM (OLD.id, OLD.merged_id, OLD.kept_id, OLD.reason, OLD.at, OLD.by_id)
        OR OLD.undone_at IS NOT NULL THEN
        RAISE EXCEPTION 'A merge may be undone once; nothing else about it changes.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""


def run(sql: str, reverse: str = migrations.RunSQL.noop) -> migrations.RunSQL:
    return migrations.RunSQL(sql, reverse)


class Migration(migrations.Migration):
    """What the models cannot say."""

    dependencies = [("directory", "0001_initial")]

    operations = [
        run(FOLDED, "DROP FUNCTION directory_folded(text)"),
        run(SLIPS, "DROP FUNCTION directory_slips(text, integer, integer)"),
        run(REFRESH, "DROP FUNCTION directory_refresh(bigint[])"),
        run(KEEP, "DROP FUNCTION directory_keep_search()"),
        *(
            run(
                f"CREATE TRIGGER {name} AFTER {when} ON {table} {tables} FOR EACH STATEMENT "
                f"EXECUTE FUNCTION directory_keep_search('{what}')",
                f"DROP TRIGGER {name} ON {table}",
            )
            for name, when, table, tables, what in KEEPING
        ),
        run(ALL_AT_FIRST),
        run(NEVER, "DROP FUNCTION directory_never_altered()"),
        *(
            run(
                f"CREATE TRIGGER {table}_never_altered BEFORE {when} ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION directory_never_altered()",
                f"DROP TRIGGER {table}_never_altered ON {table}",
            )
            for table, when in REFUSED
        ),
        run(MERGE_STANDS, "DROP FUNCTION directory_merge_stands()"),
        run(
            "CREATE TRIGGER directory_merge_stands BEFORE UPDATE ON directory_merge "
            "FOR EACH ROW EXECUTE FUNCTION directory_merge_stands()",
            "DROP TRIGGER directory_merge_stands ON directory_merge",
        ),
        run(
            f"REVOKE UPDATE, DELETE, TRUNCATE ON directory_change FROM {APP};"
            f"REVOKE DELETE, TRUNCATE ON directory_merge FROM {APP}"
        ),
    ]
