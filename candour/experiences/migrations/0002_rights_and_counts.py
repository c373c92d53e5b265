"""Closes the tables to all but their bodies, counts at each insert, and finds across indexes."""

from django.db import migrations

from candour.database.row_security import BODIES, enable

COUNT = """
CREATE FUNCTION experience_count_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- In one order everywhere, so that two writers at once wait for each other and never lock up.
    INSERT INTO experience_tally (body_id, service_name, sentiment, theme, experiences)
    SELECT body_id, service_name, sentiment, theme, count(*) FROM (
        SELECT body_id, service_name, coalesce(sentiment, 0) AS sentiment, '' AS theme FROM added
        UNION ALL
        SELECT body_id, service_name, coalesce(sentiment, 0), named.theme
        FROM added CROSS JOIN LATERAL (SELECT DISTINCT unnest(themes) AS theme) AS named
    ) AS sorts
    GROUP BY body_id, theme, service_name, sentiment
    ORDER BY body_id, theme, service_name, sentiment
    ON CONFLICT (body_id, theme, service_name, sentiment)
    DO UPDATE SET experiences = experience_tally.experiences + excluded.experiences;
    RETURN NULL;
END $$
"""

COUNTING = """
CREATE TRIGGER experience_counted AFTER INSERT ON experience
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION experience_count_added()
"""

# Row security lets no index serve a text search or an array for the application's account, so
# this runs as the owner and names the bodies itself. It gives back ids alone: the rows are then
# read under row security like any others.
FIND = f"""
CREATE FUNCTION experience_found(
    words tsquery, service text, theme text, felt integer, organisation text, language text,
    batch bigint, since date, until date, listed date, id bigint, newer boolean, most integer
) RETURNS TABLE (found_id bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    way text := CASE WHEN newer THEN 'ASC' ELSE 'DESC' END;
    beyond text := CASE WHEN newer THEN '>' ELSE '<' END;
    wanted text := '';
BEGIN
    IF words IS NOT NULL THEN wanted := wanted || ' AND e.words @@ $2'; END IF;
    IF service IS NOT NULL THEN wanted := wanted || ' AND e.service_name = $3'; END IF;
    IF theme IS NOT NULL THEN wanted := wanted || ' AND e.themes @> ARRAY[$4]'; END IF;
    IF felt = 0 THEN wanted := wanted || ' AND e.sentiment IS NULL';
    ELSIF felt IS NOT NULL THEN wanted := wanted || ' AND e.sentiment = $5'; END IF;
    IF organisation IS NOT NULL THEN wanted := wanted || ' AND e.organisation = $6'; END IF;
    IF language IS NOT NULL THEN wanted := wanted || ' AND e.language = $7'; END IF;
    IF batch IS NOT NULL THEN wanted := wanted || ' AND e.batch_id = $8'; END IF;
    IF since IS NOT NULL THEN wanted := wanted || ' AND e.listed_on >= $9'; END IF;
    IF until IS NOT NULL THEN
        wanted := wanted || ' AND e.listed_on <= $10 AND e.received_on IS NOT NULL';
    END IF;
    IF id IS NOT NULL THEN
        wanted := wanted || format(' AND (e.listed_on, e.id) %s ($11, $12)', beyond);
    END IF;
    -- One body at a time, so that each is read in the order of its index and no further than asked.
    RETURN QUERY EXECUTE format(
        'SELECT f.id FROM unnest($1) AS own (body_id) CROSS JOIN LATERAL ('
        '  SELECT e.id, e.listed_on FROM experience e WHERE e.body_id = own.body_id %1$s'
        '  ORDER BY e.listed_on %2$s, e.id %2$s LIMIT $13'
        ') AS f ORDER BY f.listed_on %2$s, f.id %2$s LIMIT $13', wanted, way)
    USING {BODIES}::bigint[], words, service, theme, felt, organisation, language, batch,
        since, until, listed, id, most;
END $$
"""

FIND_SIGNATURE = (
    "experience_found(tsquery, text, text, integer, text, text, bigint, date, date, date, "
    "bigint, boolean, integer)"
)


class Migration(migrations.Migration):
    """What the models cannot say."""

    dependencies = [("experiences", "0001_initial")]

    operations = [
        *enable("experience_import", rights=("SELECT", "INSERT")),
        *enable("experience", rights=("SELECT", "INSERT")),
        *enable("experience_tally"),
        migrations.RunSQL(COUNT, "DROP FUNCTION experience_count_added()"),
        migrations.RunSQL(COUNTING, "DROP TRIGGER experience_counted ON experience"),
        migrations.RunSQL(FIND, f"DROP FUNCTION {FIND_SIGNATURE}"),
        migrations.RunSQL(
            f"REVOKE ALL ON FUNCTION {FIND_SIGNATURE} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {FIND_SIGNATURE} TO PUBLIC",
        ),
        migrations.RunSQL(
            f"GRANT EXECUTE ON FUNCTION {FIND_SIGNATURE} TO candour_app", migrations.RunSQL.noop
        ),
    ]
