"""Finds words in cases, the newest first, without looking at all of what is common.

As before it runs as the owner, names the bodies itself, gives back ids alone and bounds its own work.
Among few cases (open or closed) those are read. Else a sample of the newest texts tells whether the
words are so common that going through the newest in order soon finds enough. If they are not, the
index of words is asked for the latest weeks, then for more, then for all time.
"""

import importlib

from django.db import migrations

from candour.database.row_security import BODIES

before = importlib.import_module("candour.finding.migrations.0002_found")
WORDS_NAME = (
    "finding_by_words(tsquery, bigint[], text, text, text, timestamptz, timestamptz, integer)"
)

# The marks that each text carries (see candour.cases.words_rows): of these bodies, and of these weeks
# or of all time.
MARKS = """
CREATE FUNCTION finding_marks(bodies bigint[], first bigint, last bigint)
RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_agg(quote_literal(chr(1) || b || coalesce('/' || w, '')), ' | ')::tsquery
    FROM unnest(bodies) AS b CROSS JOIN LATERAL (
        SELECT g::text AS w FROM generate_series(first, last) AS g WHERE first IS NOT NULL
        UNION ALL SELECT NULL WHERE first IS NULL
    ) AS weeks
$$
"""
WEEK = """
CREATE FUNCTION finding_week(at timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN floor(extract(epoch FROM at AT TIME ZONE 'UTC') / 604800)::bigint
"""

# Looked through in order: `$9` of the newest texts of each body, as long as not enough is found.
LATELY = """
    SELECT f.id, f.case_id, f.happened_at, f.entry FROM unnest($2) AS b (body_id)
    CROSS JOIN LATERAL (
        SELECT w.id, w.case_id, w.happened_at, w.entry FROM (
            SELECT * FROM case_words l WHERE l.body_id = b.body_id AND l.sort = $6 {times}
            ORDER BY l.happened_at DESC, l.id DESC LIMIT $9
        ) AS w WHERE w.words @@ $1 {state} LIMIT $8
    ) AS f
"""
# By the index of words of this sort, which also knows bodies and weeks.
LED = """
    SELECT l.id, l.case_id, l.happened_at, l.entry FROM case_words l
    WHERE l.words @@ $1 AND l.body_id = ANY ($2) AND l.sort = %L %s %s
    ORDER BY l.happened_at DESC, l.id DESC LIMIT $5
"""
# How common a word is differs from sort to sort, and PostgreSQL only knows how common it is in all:
# for one that every entry has, it would go through every title of a case in order.
BY_WORDS = f"""
CREATE FUNCTION finding_by_words(
    marked tsquery, bodies bigint[], the_sort text, times text, states text,
    since timestamptz, until timestamptz, enough integer
) RETURNS TABLE (id bigint, case_id bigint, happened_at timestamptz, entry uuid)
LANGUAGE plpgsql STABLE ROWS 200 SET search_path = public, pg_temp
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off AS $$
BEGIN
    RETURN QUERY EXECUTE format('{LED.replace("'", "''")}', the_sort, times, states)
    USING marked, bodies, since, until, enough;
END $$
"""
AMONG = """
    SELECT l.id, l.case_id, l.happened_at, l.entry FROM case_words l
    WHERE l.case_id = ANY ($7) AND l.body_id = ANY ($2) AND l.sort = $6 AND l.words @@ $1 {times}
    ORDER BY l.happened_at DESC, l.id DESC LIMIT $8
"""
# In cases that others lead; there a provider finds only what is not kept from it.
LENT = """
    SELECT l.id, l.case_id, l.happened_at, l.entry FROM case_words l
    JOIN case_file c ON c.id = l.case_id LEFT JOIN bodies_service s ON s.id = c.service_id
    WHERE l.case_id = ANY ($7) AND l.sort = $6 AND l.words @@ $1 {times} {state_l}
      AND (NOT l.kept OR c.shared_with && array_remove($5, s.provider_id)) LIMIT $8
"""
ALL_OF = """
    SELECT array_agg(id), array_agg(case_id), array_agg(happened_at), array_agg(entry)
    FROM ({found}) AS found
"""
STATE = """
    AND (SELECT o.closed_at IS %s FROM case_file o WHERE o.id = {of}.case_id)
"""


def asked_for(sql: str) -> str:
    """Return PL/pgSQL text of a query, to which the conditions of times and state are added."""
    text = sql.replace("'", "''")
    for name, variable in (
        ("times", "times"), ("state", "states"), ("state_l", "states_l")
    ):
        text = text.replace("{" + name + "}", f"' || {variable} || '")
    return f"'{text}'"


def into_arrays(sql: str, *, among: str = "NULL::bigint[]", most: str = "enough",
                newest: str = "newest") -> str:
    """Return the PL/pgSQL that keeps what a query finds."""
    return (
        f"EXECUTE {asked_for(ALL_OF.replace('{found}', sql))} INTO ids, cases, ats, entries "
        f"USING asked, mine, since, until, agencies, the_sort, {among}, {most}, {newest};"
    )


def by_words(first: str) -> str:
    """Return the PL/pgSQL that keeps what the index of words finds from a week on."""
    return (
        "SELECT array_agg(f.id), array_agg(f.case_id), array_agg(f.happened_at), array_agg(f.entry)"
        " INTO ids, cases, ats, entries FROM finding_by_words("
        f"asked && finding_marks(mine, {first}, latest), mine, the_sort, times, states_l,"
        " since, until, enough) AS f;"
    )


IN_CASES = f"""
CREATE OR REPLACE FUNCTION finding_in_cases(
    asked tsquery, the_sort text, since timestamptz, until timestamptz, state text,
    enough integer, newest integer
) RETURNS TABLE (found_id bigint, of_case bigint, at timestamptz, entry uuid)
LANGUAGE plpgsql STABLE ROWS 200 SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    sampled CONSTANT integer := 200;  -- texts of which it is told how common the words are
    among_few CONSTANT integer := 300;  -- cases that are read one by one
    mine bigint[] := coalesce({BODIES}::bigint[], ARRAY[]::bigint[]);
    agencies bigint[]; shared bigint[]; few bigint[];
    ids bigint[]; cases bigint[]; ats timestamptz[]; entries uuid[];
    times text := ''; states text := ''; states_l text := '';
    seen integer; weeks integer; latest bigint; earliest bigint; done boolean := false;
BEGIN
    IF cardinality(mine) = 0 OR querytree(asked) IN ('', 'T') THEN RETURN; END IF;
    agencies := {before.AGENCIES};
    IF since IS NOT NULL THEN times := times || ' AND l.happened_at >= $3'; END IF;
    IF until IS NOT NULL THEN times := times || ' AND l.happened_at < $4'; END IF;
    IF state <> 'all' THEN
        states := format({asked_for(STATE.replace('{of}', 'w'))},
                         CASE WHEN state = 'open' THEN 'NULL' ELSE 'NOT NULL' END);
        states_l := replace(states, 'w.case_id', 'l.case_id');
        few := ARRAY(SELECT c.id FROM case_file c WHERE c.body_id = ANY (mine)
                     AND (c.closed_at IS NULL) = (state = 'open') LIMIT among_few + 1);
        IF cardinality(few) <= among_few THEN
            {into_arrays(AMONG, among="few")}
            done := true;
        END IF;
    END IF;
    IF NOT done AND newest > 0 THEN
        {into_arrays(LATELY, most="sampled", newest="sampled")}
        seen := coalesce(cardinality(ids), 0);
        IF seen >= enough THEN
            ids := ids[:enough]; cases := cases[:enough];
            ats := ats[:enough]; entries := entries[:enough];
            done := cardinality(mine) = 1;  -- of several bodies each has its own newest
        END IF;
        IF NOT done AND seen::bigint * newest >= enough::bigint * sampled THEN
            {into_arrays(LATELY)}
            done := coalesce(cardinality(ids), 0) >= enough;
        END IF;
    END IF;
    IF NOT done THEN
        SELECT max(n.week) INTO latest FROM unnest(mine) AS b (body_id) CROSS JOIN LATERAL (
            SELECT finding_week(w.happened_at) AS week FROM case_words w
            WHERE w.body_id = b.body_id AND w.sort = the_sort AND (until IS NULL OR w.happened_at < until)
            ORDER BY w.happened_at DESC, w.id DESC LIMIT 1
        ) AS n;
        earliest := finding_week(since);
        FOREACH weeks IN ARRAY CASE WHEN seen > 0 THEN ARRAY[2, 13] ELSE ARRAY[13] END LOOP
            EXIT WHEN done OR latest IS NULL OR latest - weeks < earliest;
            {by_words("latest - weeks + 1")}
            done := coalesce(cardinality(ids), 0) >= enough;
        END LOOP;
        IF NOT done AND latest IS NOT NULL THEN
            IF latest - earliest > 52 THEN earliest := NULL; END IF;
            {by_words("earliest")}
        END IF;
    END IF;
    RETURN QUERY SELECT * FROM unnest(ids, cases, ats, entries);
    shared := ARRAY(
        SELECT c.id FROM case_file c
        WHERE c.shared_with <> '{{}}' AND c.shared_with && mine AND c.body_id <> ALL (mine));
    IF cardinality(shared) > 0 THEN
        {into_arrays(LENT, among="shared")}
        RETURN QUERY SELECT * FROM unnest(ids, cases, ats, entries);
    END IF;
END $$
"""


class Migration(migrations.Migration):
    """The function under the name that it had; who may call it stays as it was."""

    dependencies = [("finding", "0002_found"), ("cases", "0018_words_by_week")]

    operations = [
        migrations.RunSQL(
            [
                MARKS,
                WEEK,
                BY_WORDS,
                f"REVOKE ALL ON FUNCTION {WORDS_NAME} FROM PUBLIC",
            ],
            [
                f"DROP FUNCTION {WORDS_NAME}",
                "DROP FUNCTION finding_marks(bigint[], bigint, bigint)",
                "DROP FUNCTION finding_week(timestamptz)",
            ],
        ),
        migrations.RunSQL(IN_CASES, before.IN_CASES.replace("CREATE ", "CREATE OR REPLACE ", 1)),
    ]
