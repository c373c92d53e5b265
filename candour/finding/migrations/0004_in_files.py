"""Finds words in the documents that were filed: for whoever may read the entries they came with.

Runs as the owner and names the bodies itself, like the other functions of a search. Whom the words
of a document are for follows from its entry as it holds: what is said of that in case_words is asked
here too, so that a document is found by nobody who does not find its entry, and by nobody at all
once that is withdrawn.
"""

import importlib

from django.db import migrations

from candour.database.row_security import BODIES

before = importlib.import_module("candour.finding.migrations.0002_found")
NAME = "finding_in_files(tsquery, timestamptz, timestamptz, text, integer)"

IN_FILES = f"""
CREATE FUNCTION finding_in_files(
    asked tsquery, since timestamptz, until timestamptz, state text, enough integer
) RETURNS TABLE (found_id uuid, of_case bigint, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    mine bigint[] := coalesce({BODIES}::bigint[], ARRAY[]::bigint[]);
    agencies bigint[];
BEGIN
    IF cardinality(mine) = 0 OR querytree(asked) IN ('', 'T') THEN RETURN; END IF;
    agencies := {before.AGENCIES};
    RETURN QUERY
    SELECT r.document_id, r.case_id, max(w.happened_at)
    FROM filed_reading r JOIN case_file c ON c.id = r.case_id
    LEFT JOIN bodies_service s ON s.id = c.service_id
    JOIN case_words w ON w.case_id = r.case_id
        AND w.name = ANY (ARRAY[r.document_id::text, r.document_id::text || '/kept'])
    WHERE r.words @@ asked
      AND (c.body_id = ANY (mine) OR (c.shared_with && mine AND (
            NOT w.kept OR c.shared_with && array_remove(agencies, s.provider_id))))
      AND (since IS NULL OR w.happened_at >= since) AND (until IS NULL OR w.happened_at < until)
      AND (state = 'all' OR (c.closed_at IS NULL) = (state = 'open'))
    GROUP BY r.document_id, r.case_id ORDER BY 3 DESC, 1 LIMIT enough;
END $$
"""


class Migration(migrations.Migration):
    """The function, which only the application may call."""

    dependencies = [("finding", "0003_newest_first"), ("attachments", "0003_words_read")]

    operations = [
        migrations.RunSQL(
            [
                IN_FILES,
                f"REVOKE ALL ON FUNCTION {NAME} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {NAME} TO candour_app",
            ],
            f"DROP FUNCTION {NAME}",
        )
    ]
