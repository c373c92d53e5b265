"""Counts experiences anew, from the rows themselves."""

from django.db import connection

from candour.bodies.models import Body
from candour.database.row_security import acting_for
from candour.experiences.models import Tally

COUNT_ANEW = """
WITH counted AS (SELECT * FROM experience WHERE out_since IS NULL)
INSERT INTO experience_tally (body_id, service_name, sentiment, theme, experiences)
SELECT body_id, service_name, coalesce(sentiment, 0), '', count(*)
FROM counted GROUP BY 1, 2, 3
UNION ALL
SELECT body_id, service_name, coalesce(sentiment, 0), named.theme, count(*)
FROM counted CROSS JOIN LATERAL (SELECT DISTINCT unnest(themes) AS theme) AS named
GROUP BY 1, 2, 3, 4
"""


def count_anew(body: Body) -> None:
    """Make a body's counts again from its experiences: they come out as they were kept."""
    with acting_for([body.pk]), connection.cursor() as cursor:
        Tally.objects.all().delete()
        cursor.execute(COUNT_ANEW)
