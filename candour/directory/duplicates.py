"""Finds rows that may stand for one service. It decides nothing: a person looks at each pair.

Three things make a pair: the same number with two registers; the same postcode and names that have
most of their words in common; and a registration that came after another, as the register says or
as its dates show: one ended about when the other began, with another provider.
"""

from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from candour.directory.models import Likeness, Merge, NotDuplicates, Why

# Words that so many services share that they tell nothing.
COMMON: Final = (
    *("the", "and", "of", "at", "in", "for", "ltd", "limited", "care", "home", "homes", "house"),
    *("nursing", "residential", "centre", "service", "services", "practice", "group", "y", "yr"),
)
LIKE_ENOUGH: Final = 0.5  # of the words of both names
ABOUT_WHEN: Final = 92  # days between the end of one registration and the beginning of the next

FIND: Final = """
INSERT INTO directory_likeness (one_id, other_id, why)
WITH words AS (
    SELECT s.id, s.postcode, s.provider_id, f.name,
        ARRAY(SELECT unnest(string_to_array(f.name, ' ')) EXCEPT SELECT unnest(%(common)s::text[]))
            AS telling
    FROM bodies_service s JOIN directory_search f ON f.service_id = s.id
    WHERE s.postcode <> ''
), pairs AS (
    SELECT least(a.service_id, b.service_id) AS one, greatest(a.service_id, b.service_id) AS other,
        'number' AS why, 1 AS place
    FROM directory_listing a JOIN directory_listing b
        ON b.number = a.number AND b.register > a.register AND b.service_id <> a.service_id
    UNION ALL
    SELECT least(a.service_id, b.service_id), greatest(a.service_id, b.service_id), 'succession', 2
    FROM directory_predecessor p
    JOIN directory_listing a ON a.register = p.register AND a.number = p.number
    JOIN directory_listing b ON b.register = p.register AND b.number = p.predecessor
    WHERE a.service_id <> b.service_id
    UNION ALL
    SELECT a.id, b.id, CASE WHEN a.provider_id <> b.provider_id AND EXISTS (
            SELECT FROM directory_listing x JOIN directory_listing y ON true
            WHERE (x.service_id, y.service_id) IN ((a.id, b.id), (b.id, a.id))
                AND x.listed_until IS NOT NULL
                AND abs(y.first_listed - x.listed_until) <= %(about)s
        ) THEN 'succession' ELSE 'name_and_place' END, 3
    FROM words a JOIN words b ON b.postcode = a.postcode AND b.id > a.id
    WHERE a.name = b.name OR (
        SELECT count(*) FILTER (WHERE in_both) >= %(like)s * count(*) FROM (
            SELECT word, count(*) > 1 AS in_both FROM (
                SELECT unnest(a.telling) AS word UNION ALL SELECT unnest(b.telling)
            ) AS told GROUP BY word
        ) AS counted HAVING count(*) > 0
    )
)
SELECT DISTINCT ON (one, other) one, other, why FROM pairs ORDER BY one, other, place
"""


def find_duplicates() -> int:
    """Look through the whole directory for pairs anew, and return how many there are."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("DELETE FROM directory_likeness")
        cursor.execute(FIND, {"common": list(COMMON), "about": ABOUT_WHEN, "like": LIKE_ENOUGH})
        return int(cursor.rowcount)


LOCK: Final = 4_906_002


def pairs(why: str = "") -> QuerySet[Likeness]:
    """Return the pairs that nobody has decided about, those of one reason if one is given."""
    merged = Merge.objects.filter(
        Q(merged=OuterRef("one")) | Q(merged=OuterRef("other")), undone_at=None
    )
    apart = NotDuplicates.objects.filter(one=OuterRef("one"), other=OuterRef("other"))
    found = Likeness.objects.exclude(Exists(merged)).exclude(Exists(apart))
    if why in Why.values:
        found = found.filter(why=why)
    return found.select_related("one__provider", "other__provider").order_by("one__name", "pk")
