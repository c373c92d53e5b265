"""Ratings of a file: the present ones, and the earlier ones that they follow."""

from datetime import datetime
from typing import Any, Final

from django.db import connection

from candour.directory.models import Intake, What
from candour.directory.report import Report
from candour.directory.taking.comparing import RATED, parameters

# Of several answers of one day the first row of the file counts.
NEW: Final = f"""
CREATE TEMPORARY TABLE directory_rated ON COMMIT DROP AS
SELECT DISTINCT ON (service_id, schema, question, given_on) * FROM ({RATED}) AS rated
ORDER BY service_id, schema, question, given_on, line
"""  # noqa: S608  # all of it is this module's own
BEFORE: Final = """
CREATE TEMPORARY TABLE directory_rated_before ON COMMIT DROP AS
SELECT service_id, schema, question, rating, given_on FROM directory_rating
WHERE current AND service_id IN (SELECT service_id FROM directory_rated)
"""
STORED: Final = """
INSERT INTO directory_rating (service_id, schema, question, rating, given_on, current, source)
SELECT service_id, schema, question, rating, given_on, false, %(source)s
FROM directory_rated ORDER BY service_id, question, given_on
ON CONFLICT (service_id, schema, question, given_on) DO UPDATE
SET rating = excluded.rating, source = excluded.source
"""
LATEST: Final = """
SELECT DISTINCT ON (service_id, schema, question) id FROM directory_rating
WHERE service_id IN (SELECT service_id FROM directory_rated)
ORDER BY service_id, schema, question, given_on DESC NULLS LAST, id DESC
"""
NO_LONGER: Final = f"""
UPDATE directory_rating r SET current = false
WHERE r.current AND r.service_id IN (SELECT service_id FROM directory_rated)
    AND r.id NOT IN ({LATEST})
"""  # noqa: S608  # the same
NOW: Final = f"""
UPDATE directory_rating r SET current = true WHERE NOT r.current AND r.id IN ({LATEST})
"""  # noqa: S608  # the same
TOLD: Final = f"""
INSERT INTO directory_change (service_id, what, field, before, after, at, by_id, intake_id)
SELECT r.service_id, '{What.CHANGED}', 'rating ' || r.schema || ' ' || r.question,
    coalesce(b.rating || coalesce(' ' || b.given_on, ''), ''),
    r.rating || coalesce(' ' || r.given_on, ''), %(at)s, %(by)s, %(intake)s
FROM directory_rating r LEFT JOIN directory_rated_before b USING (service_id, schema, question)
WHERE r.current AND r.service_id IN (SELECT service_id FROM directory_rated)
    AND (b.rating, b.given_on) IS DISTINCT FROM (r.rating, r.given_on)
    AND (b.rating IS NOT NULL OR NOT EXISTS (
        SELECT FROM directory_change c WHERE c.intake_id = %(intake)s
            AND c.service_id = r.service_id AND c.what = '{What.ADDED}'))
ORDER BY r.service_id, r.question
"""  # noqa: S608  # the same


def take_ratings(intake: Intake, report: Report, *, as_of: datetime) -> None:
    """Store the file's ratings, mark the latest of each question as the present one, and tell."""
    values: dict[str, Any] = {
        **parameters(intake, report),
        "source": intake.file_name,
        "at": as_of,
        "by": intake.sent_by_id,
    }
    with connection.cursor() as cursor:
        for table in ("directory_rated", "directory_rated_before"):
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        for step in (NEW, BEFORE, STORED, NO_LONGER, NOW, TOLD):
            cursor.execute(step, values)
