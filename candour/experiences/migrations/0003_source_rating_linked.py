"""Finds by source, by rating and by whether a case rests on an experience, too."""

from importlib import import_module

from django.db import migrations, models

from candour.database.row_security import BODIES

before = import_module("candour.experiences.migrations.0002_rights_and_counts")

FIND = f"""
CREATE FUNCTION experience_found(
    words tsquery, service text, theme text, felt integer, organisation text, language text,
    batch bigint, since date, until date, source text, rating text, linked boolean,
    listed date, id bigint, newer boolean, most integer
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
    IF source IS NOT NULL THEN wanted := wanted || ' AND e.source = $14'; END IF;
    IF rating IS NOT NULL THEN wanted := wanted || ' AND e.rating = $15'; END IF;
    -- Linked means: to a case that the bodies acted for may see.
    IF linked IS NOT NULL THEN
        wanted := wanted || CASE WHEN linked THEN ' AND' ELSE ' AND NOT' END
            || ' EXISTS (SELECT 1 FROM case_experience l JOIN case_file c ON c.id = l.case_id'
            || ' WHERE l.experience_id = e.id AND (c.body_id = ANY ($1) OR c.shared_with && $1))';
    END IF;
    -- One body at a time, so that each is read in the order of its index and no further than asked.
    RETURN QUERY EXECUTE format(
        'SELECT f.id FROM unnest($1) AS own (body_id) CROSS JOIN LATERAL ('
        '  SELECT e.id, e.listed_on FROM experience e WHERE e.body_id = own.body_id %1$s'
        '  ORDER BY e.listed_on %2$s, e.id %2$s LIMIT $13'
        ') AS f ORDER BY f.listed_on %2$s, f.id %2$s LIMIT $13', wanted, way)
    USING {BODIES}::bigint[], words, service, theme, felt, organisation, language, batch,
        since, until, listed, id, most, source, rating;
END $$
"""

FIND_SIGNATURE = (
    "experience_found(tsquery, text, text, integer, text, text, bigint, date, date, text, text, "
    "boolean, date, bigint, boolean, integer)"
)


def only_for_the_application(signature: str) -> list[str]:
    """Return the statements that let the application's account run a function, and nobody else."""
    return [
        f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {signature} TO candour_app",
    ]


class Migration(migrations.Migration):
    """More to filter by, and an index that knows the ratings in use."""

    # The finder looks into the links that cases keep.
    dependencies = [
        ("experiences", "0002_rights_and_counts"),
        ("cases", "0003_who_reaches_what"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="experience",
            index=models.Index(
                models.F("body"),
                models.F("rating"),
                models.OrderBy(models.F("listed_on"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="experience_newest_rated",
            ),
        ),
        migrations.RunSQL(
            [
                f"DROP FUNCTION {before.FIND_SIGNATURE}",
                FIND,
                *only_for_the_application(FIND_SIGNATURE),
            ],
            [
                f"DROP FUNCTION {FIND_SIGNATURE}",
                before.FIND,
                *only_for_the_application(before.FIND_SIGNATURE),
            ],
        ),
    ]
