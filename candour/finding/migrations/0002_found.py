"""Finds words in cases and in documents: for the bodies that the transaction acts for, no others.

Row security lets no index serve a text search for the application's account, so these run as the
owner and name the bodies themselves. They give back ids alone: the rows are then read under row
security like any others. Both bound their own work, however common the words are.
"""

from django.db import migrations

from candour.database.row_security import BODIES
from candour.database.text_search import ACCENTED, UNACCENTED

# What a letter says in each of its languages, and what a paper to be signed says: the strings of
# their sealed texts that somebody reads.
LETTER_SAYS = """
    jsonb_path_query_array(a_sealed::jsonb, '$.letters[*].subject') ||
    jsonb_path_query_array(a_sealed::jsonb, 'strict $.letters[*].content.blocks.**.text', '{}', true)
"""
PAPER_SAYS = """
    jsonb_path_query_array(a_sealed::jsonb, '$.content.title') ||
    jsonb_path_query_array(a_sealed::jsonb, 'strict $.content.blocks.**.text', '{}', true)
"""


def said(name: str, says: str) -> list[str]:
    """Return the SQL of two functions: what a sealed text says, and the words of that."""
    return [
        f"CREATE FUNCTION {name}_said(a_sealed json) RETURNS jsonb "
        f"LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN {says}",
        f"CREATE FUNCTION {name}_words(a_sealed json) RETURNS tsvector "
        "LANGUAGE sql IMMUTABLE PARALLEL SAFE "
        f"RETURN to_tsvector('english'::regconfig, {name}_said(a_sealed)) || to_tsvector("
        f"'simple'::regconfig, translate({name}_said(a_sealed)::text, '{ACCENTED}', "
        f"'{UNACCENTED}')::jsonb)",
    ]


READ = """
CREATE FUNCTION finding_read(said jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT regexp_replace(string_agg(each.words, ' '), ' +([.,;:!?)])', '\\1', 'g')
    FROM jsonb_array_elements_text(said) AS each (words)
)
"""

# Where a service is and what it is called, word for word: names have no English endings.
SERVICE_WORDS = f"""
CREATE FUNCTION finding_service_words(name text, name_cy text, address text, postcode text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('simple'::regconfig, translate(
    name || ' ' || name_cy || ' ' || address || ' ' || postcode, '{ACCENTED}', '{UNACCENTED}'))
"""

INDEXES = [
    "CREATE INDEX service_words ON bodies_service "
    "USING gin (finding_service_words(name, name_cy, address, postcode))",
    "CREATE INDEX letter_sent_words ON letter_sent USING gin (finding_letter_words(sealed))",
    "CREATE INDEX signing_document_words ON signing_document "
    "USING gin (finding_paper_words(sealed))",
]

# Who reads as more than a provider: bodies of which it is no function to provide.
AGENCIES = """
    ARRAY(SELECT m FROM unnest(mine) AS m WHERE NOT EXISTS (
        SELECT FROM bodies_bodyfunction f WHERE f.body_id = m AND f.function = 'provider'))
"""

# `led`: by the index of words, which also knows bodies and sorts. Where that finds more than
# enough, which of them are the newest is not known, so `lately` looks among the newest of all.
# `lent`: in cases that others lead; there a provider finds only what is not kept from it.
IN_CASES = f"""
CREATE FUNCTION finding_in_cases(
    asked tsquery, the_sort text, since timestamptz, until timestamptz, state text,
    enough integer, newest integer
) RETURNS TABLE (found_id bigint, of_case bigint, at timestamptz, entry uuid)
LANGUAGE plpgsql STABLE ROWS 200 SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    mine bigint[] := coalesce({BODIES}::bigint[], ARRAY[]::bigint[]);
    agencies bigint[];
    shared bigint[];
    own tsquery;
    wanted text := '';
BEGIN
    IF cardinality(mine) = 0 OR querytree(asked) IN ('', 'T') THEN RETURN; END IF;
    agencies := {AGENCIES};
    shared := ARRAY(
        SELECT c.id FROM case_file c
        WHERE c.shared_with <> '{{}}' AND c.shared_with && mine AND c.body_id <> ALL (mine));
    own := (
        SELECT string_agg(quote_literal(chr(1) || 'b' || m), ' | ') FROM unnest(mine) AS m
    )::tsquery && quote_literal(chr(1) || 's' || the_sort)::tsquery;
    IF since IS NOT NULL THEN wanted := wanted || ' AND w.happened_at >= $7'; END IF;
    IF until IS NOT NULL THEN wanted := wanted || ' AND w.happened_at < $8'; END IF;
    IF state <> 'all' THEN
        wanted := wanted || format(
            ' AND EXISTS (SELECT FROM case_file o WHERE o.id = w.case_id AND o.closed_at IS %s)',
            CASE WHEN state = 'open' THEN 'NULL' ELSE 'NOT NULL' END);
    END IF;
    RETURN QUERY EXECUTE format(
        'WITH led AS MATERIALIZED ('
        '  SELECT w.id, w.case_id, w.happened_at, w.entry FROM case_words w'
        '  WHERE w.words @@ ($1 && $2) AND w.body_id = ANY ($3) %1$s LIMIT $9'
        '), lately AS ('
        '  SELECT f.id, f.case_id, f.happened_at, f.entry FROM unnest($3) AS b (body_id)'
        '  CROSS JOIN LATERAL ('
        '    SELECT w.id, w.case_id, w.happened_at, w.entry FROM ('
        '      SELECT * FROM case_words l WHERE l.body_id = b.body_id AND l.sort = $6'
        '      ORDER BY l.happened_at DESC, l.id DESC LIMIT $10'
        '    ) AS w WHERE w.words @@ $1 %1$s LIMIT $9'
        '  ) AS f WHERE (SELECT count(*) FROM led) >= $9'
        '), lent AS ('
        '  SELECT w.id, w.case_id, w.happened_at, w.entry FROM case_words w'
        '  JOIN case_file c ON c.id = w.case_id LEFT JOIN bodies_service s ON s.id = c.service_id'
        '  WHERE w.case_id = ANY ($4) AND w.sort = $6 AND w.words @@ $1 %1$s'
        '    AND (NOT w.kept OR c.shared_with && array_remove($5, s.provider_id)) LIMIT $9'
        ') SELECT * FROM led UNION SELECT * FROM lately UNION SELECT * FROM lent', wanted)
    USING asked, own, mine, shared, agencies, the_sort, since, until, enough, newest;
END $$
"""

# Whoever sees a case sees what was sent and signed in it; a provider what was not kept from it.
IN_PAPERS = f"""
CREATE FUNCTION finding_in_papers(
    asked tsquery, since timestamptz, until timestamptz, state text, enough integer
) RETURNS TABLE (source text, found_id uuid, of_case bigint, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    mine bigint[] := coalesce({BODIES}::bigint[], ARRAY[]::bigint[]);
    agencies bigint[];
BEGIN
    IF cardinality(mine) = 0 OR querytree(asked) IN ('', 'T') THEN RETURN; END IF;
    agencies := {AGENCIES};
    RETURN QUERY
    WITH papers AS (
        (SELECT 'letter' AS source, l.id, l.case_id, l.sent_at AS at, l.sealed ->> 'audience' AS heard
         FROM letter_sent l WHERE finding_letter_words(l.sealed) @@ asked)
        UNION ALL
        (SELECT 'paper', d.id, d.case_id, d.made_at, d.audience
         FROM signing_document d WHERE finding_paper_words(d.sealed) @@ asked)
    )
    SELECT p.source, p.id, p.case_id, p.at FROM papers p
    JOIN case_file c ON c.id = p.case_id LEFT JOIN bodies_service s ON s.id = c.service_id
    WHERE (c.body_id = ANY (mine) OR (c.shared_with && mine AND (
            p.heard IN ('provider', 'public', 'network')
            OR c.shared_with && array_remove(agencies, s.provider_id))))
      AND (since IS NULL OR p.at >= since) AND (until IS NULL OR p.at < until)
      AND (state = 'all' OR (c.closed_at IS NULL) = (state = 'open'))
    LIMIT enough;
END $$
"""

FUNCTIONS = {
    "finding_in_cases(tsquery, text, timestamptz, timestamptz, text, integer, integer)": IN_CASES,
    "finding_in_papers(tsquery, timestamptz, timestamptz, text, integer)": IN_PAPERS,
}


class Migration(migrations.Migration):
    """What the models cannot say."""

    dependencies = [
        ('finding', '0001_initial'),
        ('cases', '0012_words'),
        ('letters', '0002_as_sent'),
        ('signing', '0003_letters_known'),
    ]

    operations = [
        migrations.RunSQL(
            [
                *said("finding_letter", LETTER_SAYS),
                *said("finding_paper", PAPER_SAYS),
                READ,
                SERVICE_WORDS,
                *INDEXES,
            ],
            [
                "DROP INDEX letter_sent_words",
                "DROP INDEX signing_document_words",
                "DROP INDEX service_words",
                "DROP FUNCTION finding_service_words(text, text, text, text)",
                "DROP FUNCTION finding_read(jsonb)",
                "DROP FUNCTION finding_letter_words(json)",
                "DROP FUNCTION finding_letter_said(json)",
                "DROP FUNCTION finding_paper_words(json)",
                "DROP FUNCTION finding_paper_said(json)",
            ],
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
            for name, sql in FUNCTIONS.items()
        ),
    ]
